"""TBX 2 as Weblate has its glossaries: one source and one target term an entry, forbidden ones marked as such.

https://docs.weblate.org/en/latest/formats/tbx.html: the explanation of the source is in `descrip`, that of the target
in `note from="translator"`; the status `forbidden` becomes Weblate's flag.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element

from ...errors import GlossaryError
from ...lexicons.formats.xmlstream import XML_LANG, elements, local, read_prolog, text_of
from ..entry import SIDES, Entry
from ..labels import joined, labelled
from ..pairs import Line, Pair, gathered, pairs, sides
from ..registry import About, Hints
from ..streams import text_out
from ..text import one_line, xml_text
from .tbx import header

_STATUSES = {"forbidden": "forbidden", "deprecated": "obsolete"}
_FLAGGED = {shown: status for status, shown in _STATUSES.items()}


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """An element a pair; deprecated terms are `obsolete`, which Weblate takes for forbidden, too."""
    with text_out(out) as text:
        text.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX" xml:lang="{about.source}">\n'
            f"<martifHeader>{header(about)}</martifHeader>\n<text><body>\n"
        )
        for entry in entries:
            for pair in pairs(entry, about, flagged=True):
                if pair.source.usable:  # Weblate flags translations, not what is translated
                    text.write(_element(pair, entry, about))
                else:
                    about.leave_out("deprecated or forbidden in the source language")
        text.write("</body></text>\n</martif>\n")


def _element(pair: Pair, entry: Entry, about: About) -> str:
    source, target = sides(about)
    note = (
        labelled(entry, pair.source, pair.target)
        if pair.added is None
        else joined(labelled(None, pair.added), f"id: {entry.concept_id}" if one_line(entry.concept_id) else "")
    )
    status = _STATUSES.get((pair.added or pair.target).status or "")
    shown = f'<termNote type="administrativeStatus">{status}</termNote>' if status else ""
    said = f'<note from="translator">{xml_text(note)}</note>' if note else ""
    return (
        f'<termEntry><langSet xml:lang="{source}"><tig><term>{xml_text(pair.source.term)}</term></tig></langSet>'
        f'<langSet xml:lang="{target}"><tig><term>{xml_text(pair.target.term)}</term>{shown}{said}</tig></langSet>'
        "</termEntry>\n"
    )


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of a glossary that Weblate wrote. Raises GlossaryError if the file is broken or is no TBX 2."""
    root = read_prolog(path).root
    if root != "martif":
        raise GlossaryError(f"{path}: the root element is {root!r}, not martif (TBX 2): check --format")
    return gathered(line for element in elements(path, ("termEntry",)) if (line := _line(element)))


def _line(element: Element) -> Line | None:
    terms: dict[str, str] = {}
    notes, status, last = [], None, "en"
    for section in element:
        language = (section.get(XML_LANG) or section.get("lang") or "").lower()[:2]
        if language not in SIDES:
            continue
        last = language
        for inner in section.iter():
            text = text_of(inner)
            if local(inner.tag) == "term" and text:
                terms.setdefault(language, text)
            elif inner.get("type") == "administrativeStatus":
                status = _FLAGGED.get(text, status)
            elif local(inner.tag) in ("note", "descrip") and text:
                notes.append(text)
    if not terms:
        return None
    return Line(terms.get("ja", ""), terms.get("en", ""), joined(*notes), status, target=last)  # type: ignore[arg-type]
