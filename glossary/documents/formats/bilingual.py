"""What all bilingual formats share: language tags, which side is which, and the segments as an `Extracted`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from glossary.documents.extracted import Extracted, SegmentTexts
from glossary.errors import GlossaryError
from glossary.records import Language

_JAPANESE = re.compile("[\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uff66-\uff9d]")
_LETTERS = re.compile(r"[A-Za-z]")


def language_of(tag: str) -> Language | None:
    """Of a language tag (BCP 47 or what programs write): "ja-JP", "JPN", "en_US"."""
    primary = re.split("[-_]", tag.strip().lower())[0]
    if primary in ("ja", "jp", "jpn"):
        return "ja"
    return "en" if primary in ("en", "eng") else None


def script_of(text: str) -> Language | None:
    """By its letters: Japanese ones make it "ja", unless they are a few in a longer Latin text, which is "en"."""
    japanese, latin = len(_JAPANESE.findall(text)), len(_LETTERS.findall(text))
    if japanese and 2.5 * japanese > 0.4 * latin:
        return "ja"
    return "en" if latin else None


def extracted_segments(
    segments: Iterable[SegmentTexts], where: str, format: str, encoding: str = "utf-8", advice: str = ""
) -> Extracted:
    """`segments` stripped, empty ones left out, each pair once; a "translation" equal to its source is none.

    Where only one language has text, that text alone. Raises GlossaryError if there is none in either.
    """
    stripped = ((ja.strip(), en.strip()) for ja, en in segments)
    told = ((ja, en) if ja != en else (ja, "") if script_of(ja) == "ja" else ("", en) for ja, en in stripped)
    kept = tuple(dict.fromkeys(pair for pair in told if any(pair)))
    if not kept:
        raise GlossaryError(f"{where} holds no Japanese and English segments: {advice or 'check its languages'}")
    for side, other in ((0, 1), (1, 0)):
        if not any(pair[other] for pair in kept):
            text = "\n".join(pair[side] for pair in kept)
            return Extracted(text, format, encoding, language=("ja", "en")[side], layout="segments")
    return Extracted("", format, encoding, layout="segments", segments=kept)
