"""Labels of Wikidata, one item a line: a light extract of its dump (https://www.wikidata.org/wiki/Wikidata:Database_download).

Two forms of JSON Lines are read: the entities of the dump themselves, cut down to what is wanted
(`{"id": "Q1", "labels": {"ja": {"value": …}, "en": …}, "aliases": {"ja": [{"value": …}], "en": …}}`), and a flat one
(`{"id": "Q1", "ja": "…", "en": "…", "ja_aliases": […], "en_aliases": […], "kind": "place"}`). A table with the columns
ja and en (CSV or TSV, as the query service writes it) is read as any table is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...errors import GlossaryError
from .files import open_text
from .record import About, Record, Records, Sense


def read(path: Path, about: About) -> Records:
    """Records of a label extract; items without a label in both languages are passed over.

    Raises GlossaryError with the line that is not a JSON object.
    """
    about.name, about.licence = "Wikidata", "CC0 1.0, Wikidata"
    with open_text(path) as file:
        for number, line in enumerate(file, 1):
            line = line.strip().rstrip(",")
            if line in ("", "[", "]"):  # the dump is one array, an entity a line
                continue
            try:
                item = json.loads(line)
                record = _record(item)
            except (ValueError, AttributeError, TypeError, KeyError) as error:
                reason = getattr(error, "msg", "not an item of Wikidata")
                message = f"{path}, line {number}: not JSON Lines of labels ({reason}): check --format"
                raise GlossaryError(message) from error
            if record:
                yield record


def _record(item: dict[str, Any]) -> Record | None:
    ja, en = _names(item, "ja"), _names(item, "en")
    if not ja or not en:
        return None
    kind = item.get("kind")
    return Record(ja, (), (Sense(en, (str(kind),) if kind else ()),))


def _names(item: dict[str, Any], language: str) -> tuple[str, ...]:
    """The label first, then the aliases."""
    if "labels" in item:
        label = item["labels"].get(language)
        aliases = item.get("aliases", {}).get(language, ()) if item.get("aliases") else ()
        names = [label["value"], *(alias["value"] for alias in aliases)] if label else []
    else:
        label = item.get(language)
        names = [label, *(item.get(f"{language}_aliases") or ())] if label else []
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
