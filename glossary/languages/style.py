"""House style: how one office writes romaji, names and English, chosen among what a glossary has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

Romaji = Literal["macrons", "plain"]
NameOrder = Literal["as-found", "family-first", "given-first"]
Spelling = Literal["as-found", "british", "american"]

_MACRON = "\u0304"
_REGIONS = {"british": "GB", "american": "US"}


class HouseStyle(NamedTuple):
    """What an office prefers; the defaults leave everything as the glossary has it."""

    romaji: Romaji = "macrons"
    name_order: NameOrder = "as-found"
    spelling: Spelling = "as-found"

    @property
    def changes_something(self) -> bool:
        """False for the defaults."""
        return self != HouseStyle()

    def romanized(self, romaji: str | None) -> str | None:
        """Romaji with or without its macrons.

        >>> HouseStyle(romaji="plain").romanized("Hoppō Ryōdo")
        'Hoppo Ryodo'
        """
        if romaji is None or self.romaji == "macrons":
            return romaji
        decomposed = unicodedata.normalize("NFD", romaji)
        return unicodedata.normalize("NFC", decomposed.replace(_MACRON, ""))

    def english(self, preferred: str | None, others: Iterable[str], kind: str, romaji: str | None) -> str | None:
        """The English term to write for a concept.

        `preferred`, unless it is spelled as in the other region and `others` (its terms that may be written) has the
        same words in the spelling of the house. Of a person, family and given name stand in the order of the house
        where the term is these two words and `romaji`, which has the family name first, is the same two words.

        >>> HouseStyle(spelling="american").english("defence plan", ["defense plan"], "concept", None)
        'defense plan'
        >>> HouseStyle(name_order="family-first").english("Hanako Tada", [], "person", "Tadahanako")
        'Tada Hanako'
        """
        if preferred is None:
            return None
        if self.spelling != "as-found":
            preferred = _in_spelling(preferred, others, _REGIONS[self.spelling])
        if self.name_order != "as-found" and kind == "person" and romaji:
            return _in_order(preferred, romaji, family_first=self.name_order == "family-first")
        return preferred


def _in_spelling(preferred: str, others: Iterable[str], region: str) -> str:
    from .spelling import american, region_of

    if region_of(preferred) in (None, region):
        return preferred

    def same(term: str) -> list[str]:
        return [american(word) for word in term.casefold().split()]

    return next((term for term in others if same(term) == same(preferred) and term != preferred), preferred)


def _in_order(name: str, romaji: str, *, family_first: bool) -> str:
    from .kana import fold_romaji

    words = name.split()
    if len(words) != 2:
        return name
    whole, turned = fold_romaji(romaji), f"{words[1]} {words[0]}"
    has_family_first = fold_romaji(name) == whole
    has_given_first = fold_romaji(turned) == whole
    if has_family_first == has_given_first:
        return name
    return name if has_family_first == family_first else turned
