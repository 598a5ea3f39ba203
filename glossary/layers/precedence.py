"""When a concept of one glossary takes the place of a concept of a glossary that lies under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..identity import normalized

Pair = tuple[str, str]
"""Normalized Japanese and English term."""


@dataclass(frozen=True, slots=True)
class Face:
    """What is compared of a concept: its terms (normalized, those too that it forbids) and what kind of thing it is."""

    ja: frozenset[str]
    en: frozenset[str]
    sense: str | None
    """person, place, word (an ordinary word: in lower case in English); None where it may be any of these."""


def face(kind: str, english: str | None, terms: Iterable[tuple[str, str]]) -> Face:
    """The face of a concept of this kind and preferred English term; `terms`: (language, term)."""
    sides: dict[str, set[str]] = {"ja": set(), "en": set()}
    for language, term in terms:
        sides[language].add(normalized(term))
    return Face(frozenset(sides["ja"]), frozenset(sides["en"]), _sense(kind, english))


def _sense(kind: str, english: str | None) -> str | None:
    if kind in ("person", "place"):
        return kind
    return "word" if kind in ("concept", "role") and english and english[0].islower() else None


def pair_of(ja: str | None, en: str | None) -> Pair | None:
    """A concept's preferred terms, normalized; None where it lacks one of them."""
    return (normalized(ja), normalized(en)) if ja and en else None


def takes_place(upper: Face, lower: Face) -> bool:
    """Whether `upper`, of the glossary above, hides `lower`.

    It does where they share a term of both languages. Where they share a Japanese term only (the upper glossary
    translates it otherwise) it does unless they are different things: a person, a place and an ordinary word. A shared
    English term alone hides nothing: a translator from Japanese still needs the other Japanese term.
    """
    if not upper.ja & lower.ja:
        return False
    if upper.en & lower.en:
        return True
    return upper.sense is None or lower.sense is None or upper.sense == lower.sense


def is_refused(lower: Face, preferred: Pair | None, rejected: frozenset[Pair]) -> bool:
    """Whether a person rejected this concept's preferred pair, or every pair of its terms, in a glossary above."""
    if not rejected:
        return False
    if preferred is not None and preferred in rejected:
        return True
    pairs = [(ja, en) for ja in lower.ja for en in lower.en]
    return bool(pairs) and all(pair in rejected for pair in pairs)
