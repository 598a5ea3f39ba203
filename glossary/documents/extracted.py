"""What a reader hands on: the text of one file, or the aligned segments of a bilingual one, unrepaired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from glossary.records import Language

Layout = Literal["lines", "pages", "segments"]
"""What a line break means: "lines": whatever the text shows; "pages": U+2028 ends a line of print, LF a paragraph;
"segments": LF ends a segment and is never taken away."""

SegmentTexts = tuple[str, str]
"""(Japanese, English); one side is empty where the file has no translation."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reader found in a file; None where the format does not say.

    Ruby stands in the text between the interlinear annotation characters (U+FFF9 base U+FFFA reading U+FFFB), from
    which the repairs take the reading out again and keep it in their log.
    """

    text: str
    """Empty where `segments` says it all."""
    format: str = "text"
    encoding: str = "utf-8"
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO 8601 date."""
    language: Language | None = None
    layout: Layout = "lines"
    segments: tuple[SegmentTexts, ...] = ()
    """Of a bilingual file, in its order."""
