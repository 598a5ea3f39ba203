"""Names that one text spells in two ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from ..languages.english import fold
from ..languages.tokens import Token
from .evidence import Evidence
from .findings import Finding

_LEAST_LETTERS = 5
"""Of a name that may be a misspelled other."""
_SURE = 0.8
"""Support that is not by a vague likeness of sound."""
_INFLECTIONS = ("s", "es", "n", "an", "ian", "ese", "ish", "ic", "er", "ers", "ns", "ans", "ians", "y", "i")


def check_spellings(evidence: Evidence) -> Iterator[Finding]:
    """Names that differ in one letter, of which one is much like a slip: nothing in the Japanese tells them apart."""
    counts: Counter[str] = Counter()
    places: dict[str, list[Token]] = defaultdict(list)
    for bead in evidence.beads:
        for token in bead.en:
            if token.surface[0].isupper() and len(token.surface) >= _LEAST_LETTERS - 1 and token.surface.isalpha():
                counts[token.surface] += 1
                places[token.surface].append(token)
    support = {surface: evidence.table.table[:, evidence.table.en_type[surface]] for surface in counts}
    for one, other in _alike(sorted(counts)):
        rare, usual = sorted((one, other), key=lambda s: (counts[s], support[s].max(initial=0)))
        if _are_two(support[one], support[other]):
            continue
        if is_word(rare) and (is_word(usual) or not _are_one(support[one], support[other])):
            continue
        message = f"{rare} beside {usual}: one name in two spellings?"
        for token in places[rare]:
            span = (token.start, token.end)
            yield Finding("name-spelling", "warning", message, None, span, None, rare, suggestion=usual)


def _alike(surfaces: Sequence[str]) -> Iterator[tuple[str, str]]:
    for k, one in enumerate(surfaces):
        for other in surfaces[k + 1 :]:
            if max(len(one), len(other)) < _LEAST_LETTERS or abs(len(one) - len(other)) > 1:
                continue
            if one[-1].isupper() == other[-1].isupper() and is_slip(fold(one), fold(other)):
                yield one, other


def is_word(surface: str) -> bool:
    """True for a word that a dictionary has in lower case (white, games)."""
    import simplemma

    return simplemma.is_known(surface.casefold(), lang="en")


def is_slip(one: str, other: str) -> bool:
    """One letter put in, left out or changed, or two that changed places; not an inflection or derivation."""
    if one == other:
        return False
    short, long = sorted((one, other), key=len)
    if any(short + ending == long for ending in _INFLECTIONS):
        return False
    if short[:-1] == long[:-1] and {short[-1], long[-1]} <= set("snyi"):
        return False
    first = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    return short[first + 1 :] == long[first + 1 :] or (
        short[first : first + 2] == long[first : first + 2][::-1] and short[first + 2 :] == long[first + 2 :]
    )


def _are_two(one: np.ndarray, other: np.ndarray) -> bool:
    """True where each has a Japanese word of its own."""
    a, b = one >= _SURE, other >= _SURE
    return bool((a & ~b).any() and (b & ~a).any())


def _are_one(one: np.ndarray, other: np.ndarray) -> bool:
    """True where one Japanese word stands for both."""
    return bool(((one >= _SURE) & (other >= _SURE)).any())
