"""JSON Lines with everything: an object a concept, after one that says what the file is. Empty fields are left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

from ...errors import GlossaryError
from ..entry import CONCEPT_STATUSES, STATUSES, Entry, EntryContext, EntryTerm
from ..registry import About, Hints
from ..streams import lines

_HEAD = "glossary"
VERSION = 1
_NAMES = {kind: tuple(f.name for f in fields(kind) if f.name != "place") for kind in (Entry, EntryTerm, EntryContext)}
_NUMBERS = frozenset(("confidence", "occurrences", "documents", "ja_start", "en_start"))


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """One JSON object a line, UTF-8, nothing changed."""
    head = {_HEAD: VERSION, "licences": about.notices}
    _line(out, {name: value for name, value in head.items() if value})
    for entry in entries:
        _line(out, _plain(entry))


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of such a file; unknown fields are passed over. Raises GlossaryError with the faulty line."""
    for number, line in lines(path):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise ValueError("a JSON object is needed")
            if _HEAD not in value:
                yield _entry(value)
        except (ValueError, TypeError, RecursionError) as error:
            raise GlossaryError(f"{path}, line {number}: not an entry ({error}): mend or remove the line") from error


def _line(out: BinaryIO, value: dict[str, Any]) -> None:
    try:
        line = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair: only JSON's own escapes can hold it
        line = json.dumps(value).encode()
    out.write(line + b"\n")


def _plain(thing: Any) -> dict[str, Any]:
    """A dataclass as JSON can hold it. `dataclasses.asdict` copies deeply and takes five times as long."""
    found = {}
    for name in _NAMES[type(thing)]:
        value = getattr(thing, name)
        if value is None or value == ():
            continue
        if isinstance(value, tuple):
            value = [_plain(item) if type(item) in _NAMES else item for item in value]
        found[name] = value
    return found


def _entry(value: dict[str, Any]) -> Entry:
    terms = tuple(_made(EntryTerm, term) for term in _list(value, "terms"))
    if any(term.language not in ("ja", "en") or term.status not in (None, *STATUSES) for term in terms):
        raise ValueError(f"a term needs language ja or en and a status of {', '.join(STATUSES)}")
    if value.get("status") not in (None, *CONCEPT_STATUSES):
        raise ValueError(f"status is none of {', '.join(CONCEPT_STATUSES)}")
    contexts = tuple(_made(EntryContext, context) for context in _list(value, "contexts"))
    rows = {name: tuple(_list(value, name)) for name in ("evidence", "relations")}
    return _made(Entry, value | {"terms": terms, "contexts": contexts} | rows)


def _list(value: dict[str, Any], name: str) -> list[Any]:
    found = value.get(name) or []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ValueError(f"{name} is not a list of objects")
    return found


def _made(kind: Any, value: dict[str, Any]) -> Any:
    known = {name: value[name] for name in _NAMES[kind] if value.get(name) is not None}
    for name, item in known.items():
        if name in _NUMBERS:
            if isinstance(item, bool) or not isinstance(item, int | float):
                raise ValueError(f"{name} is not a number")
        elif not isinstance(item, str | tuple):
            raise ValueError(f"{name} is not a text")
    return kind(**known)
