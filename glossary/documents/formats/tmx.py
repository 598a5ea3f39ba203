"""Translation memories: TMX 1.4b (http://www.ttt.org/oscarStandards/tmx/tmx14-20041007.htm) and its elders."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from glossary.documents.extracted import Extracted, SegmentTexts
from glossary.documents.formats.bilingual import extracted_segments, language_of
from glossary.documents.formats.hardened import elements
from glossary.documents.limits import LIMITS, Limits

_CODES = frozenset(("bpt", "ept", "ph", "it", "ut", "sub"))  # formatting of the program, not text


def read_tmx(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """The Japanese and English segments of a memory of any number of languages, equal ones once."""
    return extracted_segments(_segments(data, where, limits), where, "tmx", advice="its xml:lang must be ja and en")


def _segments(data: bytes, where: str, limits: Limits) -> Iterator[SegmentTexts]:
    for unit in elements(data, where, wanted=("tu",), limits=limits):
        sides = {"ja": "", "en": ""}
        for variant in unit.iterfind("tuv"):
            language = language_of(variant.get("xml:lang") or variant.get("lang") or "")
            segment = variant.find("seg")
            if language is not None and segment is not None and not sides[language]:
                sides[language] = inline_text(segment, _CODES)
        yield sides["ja"], sides["en"]


def inline_text(element: Element, dropped: frozenset[str]) -> str:
    """The text of an element and of those inside it except `dropped`, whose tails stay."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in dropped:
            pieces.append(inline_text(child, dropped))
        pieces.append(child.tail or "")
    return "".join(pieces)
