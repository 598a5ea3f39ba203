"""XLIFF 1.2 (with SDL's .sdlxliff) and 2.0 to 2.2, by the OASIS specifications.

http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
http://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html
SDL's files are XLIFF 1.2 whose units are cut into segments by `mrk mtype="seg"` in `seg-source` and `target`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from glossary.documents.extracted import Extracted, SegmentTexts
from glossary.documents.formats.bilingual import extracted_segments, language_of
from glossary.documents.formats.hardened import elements
from glossary.documents.formats.tmx import inline_text
from glossary.documents.limits import LIMITS, Limits
from glossary.records import Language

_CODES_1 = frozenset(("bpt", "ept", "ph", "it", "x", "bx", "ex", "sub"))
_CODES_2 = frozenset(("ph", "sc", "ec", "sm", "em"))
_GETTEXT_HEADER = "x-gettext-domain-header"
_UNTRANSLATED = frozenset(("new", "needs-translation"))
_ADVICE = "its source and target language must be Japanese and English"

Translated = tuple[str, str]
"""(source, target)"""


def read_xliff(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """The segments of a translation file; those without a translation yet keep their source alone.

    Units marked as not to be translated are left out. Raises GlossaryError if the languages are others.
    """
    return extracted_segments(_segments(data, where, limits), where, "xliff", advice=_ADVICE)


def read_sdlxliff(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """As `read_xliff`."""
    return extracted_segments(_segments(data, where, limits), where, "sdlxliff", advice=_ADVICE)


def _segments(data: bytes, where: str, limits: Limits) -> Iterator[SegmentTexts]:
    source: Language | None = None
    target: Language | None = None
    for element in elements(data, where, ("trans-unit", "unit"), ("xliff", "file"), limits):
        if element.tag in ("xliff", "file"):
            source = language_of(element.get("source-language") or element.get("srcLang") or "") or source
            target = language_of(element.get("target-language") or element.get("trgLang") or "") or target
            if element.tag == "file" and element.get("target-language") is not None:
                target = language_of(element.get("target-language") or "")
            continue
        if element.get("translate") == "no" or element.get("restype") == _GETTEXT_HEADER:
            continue
        pairs = _unit_1(element) if element.tag == "trans-unit" else _unit_2(element)
        yield from _by_language(pairs, source, target)


def _by_language(
    pairs: Iterable[Translated], source: Language | None, target: Language | None
) -> Iterator[SegmentTexts]:
    for source_text, target_text in pairs:
        sides: dict[Language | None, str] = {target: target_text, source: source_text}
        if source == target:  # none is told, or both are of one language
            sides = {source: source_text}
        yield sides.get("ja", ""), sides.get("en", "")


def _unit_1(unit: Element) -> Iterator[Translated]:
    source, target = unit.find("source"), unit.find("target")
    if target is not None and target.get("state") in _UNTRANSLATED:
        target = None
    cut = unit.find("seg-source")
    parts = _marked(cut) if cut is not None else {}
    translations = _marked(target) if target is not None else {}
    if parts and (translations or target is None):
        for number, part in parts.items():
            yield part, translations.get(number, "")
    elif source is not None:
        yield inline_text(source, _CODES_1), "" if target is None else inline_text(target, _CODES_1)


def _marked(element: Element) -> dict[str, str]:
    """The segments of a unit by their number."""
    marks = (mark for mark in element.iter("mrk") if mark.get("mtype") == "seg")
    return {mark.get("mid", ""): inline_text(mark, _CODES_1) for mark in marks}


def _unit_2(unit: Element) -> Iterator[Translated]:
    for segment in unit.iterfind("segment"):
        source, target = segment.find("source"), segment.find("target")
        if source is None:
            continue
        texts = _text_2(source), "" if target is None else _text_2(target)
        untranslated = segment.get("state", "initial") == "initial" and texts[0] == texts[1]
        yield (texts[0], "") if untranslated else texts


def _text_2(element: Element) -> str:
    for code_point in element.iter("cp"):  # a character that XML cannot hold
        code_point.text = ""
    return inline_text(element, _CODES_2)
