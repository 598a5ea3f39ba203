"""Forms of the terms of a concept: what is an acronym, an abbreviation, a short name, another spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..identity import spelling_key
from ..records import Concept, Language, Pairing, Term
from .apposition import Apposition, is_acronym

SURE = 0.5
"""Confidence of the pairs that relations and short names are told of."""
TermKey = tuple[Language, str]
Shortened = dict[TermKey, str]
"""A short form of a text → its long form there."""


class NamePair(NamedTuple):
    """A pair of terms of one concept, as relations read it."""

    concept_id: str
    ja: str
    en: str
    kind: str
    reading: str | None = None


def sure_pairs(concepts: Iterable[Concept]) -> list[NamePair]:
    """The pairs that relations are told of."""
    return [
        NamePair(concept.concept_id, p.ja, p.en, p.kind, p.reading)
        for concept in concepts
        for p in concept.pairings
        if p.confidence >= SURE
    ]


def shortened(found: Iterable[Apposition], language: Language, text: str) -> Shortened:
    """The strings of appositions found in a document with this text; the first expansion counts."""
    short: Shortened = {}
    for apposition in found:
        short.setdefault((language, text[slice(*apposition.abbreviation)]), text[slice(*apposition.expansion)])
    return short


def family_names(pairs: Iterable[NamePair]) -> Iterator[tuple[NamePair, NamePair]]:
    """(short, full) names of persons in one document: 倉本 / Kuramoto and 倉本誠一 / Kuramoto Seiichi.

    The Japanese name begins the longer one, or ends it after a middle dot, and the English one is its first or last
    name.
    """
    persons = sorted({pair for pair in pairs if pair.kind == "person"})
    by_name: dict[str, list[NamePair]] = defaultdict(list)
    for pair in persons:
        names = spelling_key("en", pair.en).split()
        for name in {*names[:1], *names[-1:]} if len(names) > 1 else ():
            by_name[name].append(pair)
    for pair in persons:
        name = spelling_key("en", pair.en)
        for full in by_name.get(name, ()):
            if full.concept_id != pair.concept_id and _is_family_name(pair.ja, full.ja):
                yield pair, full


def _is_family_name(short: str, full: str) -> bool:
    return len(short) < len(full) and (full.startswith(short) or full.endswith(("・" + short, "＝" + short)))


def terms_of(
    pairings: Sequence[Pairing], top: Pairing, short: Shortened, names: frozenset[TermKey]
) -> tuple[Term, ...]:
    """The terms of a concept, Japanese first, those of the surest pairing before others of their language.

    `short`: what appositions of the text shorten; `names`: family names of persons who are named in full, too.
    """
    terms: dict[tuple[str, str], Term] = {}
    for pairing in sorted(pairings, key=lambda p: (p is not top, -p.score, p.ja, p.en)):
        ja = Term(
            "ja", pairing.ja, pairing.reading, pairing.romaji, _form("ja", pairing.ja, top, short, names), "bitext"
        )
        en = Term("en", pairing.en, form=_form("en", pairing.en, top, short, names), source="bitext")
        for term in (ja, en):
            terms.setdefault((term.language, term.term), term)
    return tuple(sorted(terms.values(), key=lambda term: term.language != "ja"))


def _form(language: Language, term: str, top: Pairing, short: Shortened, names: frozenset[TermKey]) -> str:
    if is_acronym(term):
        return "acronym"
    if (language, term) in short:
        return "abbreviation"
    if (language, term) in names:
        return "short"
    return "full" if term == (top.ja if language == "ja" else top.en) else "variant"
