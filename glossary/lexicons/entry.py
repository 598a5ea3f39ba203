"""What a lexicon answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol


class Entry(NamedTuple):
    """One reading of one Japanese string with its English equivalents."""

    ja: str
    reading: str
    """Katakana; empty where the lexicon gives none."""
    glosses: tuple[str, ...]
    """English equivalents, as the lexicon writes them."""
    kinds: tuple[str, ...]
    """Parts of speech (general lexicons) or name types (JMnedict), in the lexicon's words."""
    lexicon: str
    """Name of the lexicon, for evidence: "JMdict"."""
    common: bool = False
    """True if the lexicon marks the word as a common one."""


class Lexicon(Protocol):
    """A bilingual word list that can be asked from both sides."""

    name: str
    version: str
    licence: str
    sha256: str
    """Of the file that was added; empty for embedded lexicons, which their version tells."""

    def by_japanese(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries whose Japanese form is one of `strings`; strings without entries may be left out."""

    def by_english(self, strings: list[str]) -> dict[str, list[Entry]]:
        """Entries one of whose glosses is one of `strings`, whatever its case."""

    def longer(self, ja: str, limit: int = 300) -> list[tuple[str, str]]:
        """(written form, katakana reading) of entries whose form begins with `ja` and goes on, at most `limit`."""

    def gloss_kinds(self, glosses: Iterable[str]) -> dict[str, list[str]]:
        """Parts of speech of the senses that have one of `glosses` exactly, one for each such sense."""
