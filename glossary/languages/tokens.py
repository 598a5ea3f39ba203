"""The token: what both languages are cut into."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A word of a text. `start`, `end`: characters of the document's text, end exclusive."""

    surface: str
    start: int
    end: int
    lemma: str
    """Dictionary form, by which the spellings and inflections of one word meet."""
    pos: str
    """UniDic part of speech joined with hyphens (名詞-固有名詞-地名-一般), or our coarse English class."""
    reading: str = ""
    """Katakana, UniDic's one-best; empty where unknown and in English."""
    source: str = ""
    """The foreign word that UniDic gives for a loan word (aegis for イージス), else empty."""
