"""TBX, ISO 30042: version 2 (martif, termEntry, langSet, tig) and version 3 (tbx, conceptEntry, langSec, termSec)."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Comment, Element

from ...errors import GlossaryError
from .record import About, Record, Records, Sense
from .xmlstream import XML_LANG, elements, local, read_prolog, text_of

_OUT_OF_USE = ("supersededTerm-admn-sts", "supersededTerm", "obsoleteTerm", "forbidden")


def read(path: Path, about: About) -> Records:
    """One record for each concept with terms in both languages; superseded and forbidden terms are left out.

    Raises GlossaryError if the file is broken or is no TBX.
    """
    about.name = path.name.removesuffix(".gz").rpartition(".")[0]
    root = read_prolog(path).root
    if root not in ("martif", "tbx"):
        raise GlossaryError(f"{path}: the root element is {root!r}, not martif (TBX 2) or tbx (TBX 3): check --format")
    for concept in elements(path, ("termEntry", "conceptEntry")):
        if concept.tag is not Comment and (record := _record(concept)):
            yield record


def _record(concept: Element) -> Record | None:
    terms: dict[str, dict[str, None]] = {"ja": {}, "en": {}}
    readings: dict[str, None] = {}
    kinds: dict[str, None] = {}
    for section in concept.iter():
        if local(section.tag) not in ("langSet", "langSec"):
            continue
        language = (section.get(XML_LANG) or section.get("lang") or "").lower()[:2]
        if language not in terms:
            continue
        for group in section:
            if local(group.tag) not in ("tig", "ntig", "termSec"):
                continue
            notes = _notes(group)
            if any(status in _OUT_OF_USE for status in notes.get("administrativeStatus", ())):
                continue
            words = (text_of(element) for element in group.iter() if local(element.tag) == "term")
            terms[language].update(dict.fromkeys(word for word in words if word))
            if language == "ja":
                readings.update(dict.fromkeys(notes.get("reading", ())))
            kinds.update(dict.fromkeys(notes.get("partOfSpeech", ())))
    if not terms["ja"] or not terms["en"]:
        return None
    return Record(tuple(terms["ja"]), tuple(readings), (Sense(tuple(terms["en"]), tuple(kinds)),))


def _notes(group: Element) -> dict[str, list[str]]:
    """Values by their type (style DCA) or by the name of their element (style DCT)."""
    found: dict[str, list[str]] = {}
    for element in group.iter():
        name = element.get("type") or local(element.tag)
        if text := text_of(element):
            found.setdefault(name, []).append(text)
    return found
