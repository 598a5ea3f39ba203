"""Ranked pairs become concepts: variants of one pair under one id, every mention found, readings and romaji chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import NamedTuple

from ..identity import concept_id
from ..languages.tokens import Token
from ..records import KINDS, Concept, Context, Document, Language, Pairing, Span
from .apposition import appositions
from .candidates import BitextCandidates
from .definitions import definition
from .kindcues import genus_kind
from .mentions import contexts, mentions
from .ranking import RankedPair
from .romaji import reading_of, romaji_of
from .variants import SURE, NamePair, Shortened, TermKey, family_names, shortened, terms_of

_EXPANSION = 2
"""What a vote for the kind of an expansion counts for its abbreviation."""
_GENUS = 0.9
"""Share of the votes that a name's kind has at least, where the text itself defines the name."""
_DIGITS = 6
_Strings = tuple[str, str]


@dataclass
class _Members:
    """The pairs of strings of one concept in one bitext, with their places."""

    best: dict[_Strings, RankedPair] = field(default_factory=dict)
    kinds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Votes for each kind, over all places."""

    def terms(self) -> set[TermKey]:
        """All terms with their language."""
        keys: set[TermKey] = set()
        for ja, en in self.best:
            keys |= {("ja", ja), ("en", en)}
        return keys

    def add(self, strings: _Strings, pair: RankedPair) -> None:
        self.kinds[pair.kind].append(pair.kind_confidence)
        if strings not in self.best or pair.score > self.best[strings].score:
            self.best[strings] = pair


@dataclass(frozen=True)
class _Setting:
    """What all concepts of one bitext have in common."""

    found: BitextCandidates
    short: Shortened
    names: frozenset[TermKey]
    """Family names of persons who are named in full, too."""
    outer: Mapping[Language, _Outer]


def bitext_concepts(found: BitextCandidates, ranked: Sequence[RankedPair]) -> list[Concept]:
    """The concepts of one bitext: one pairing for each pair of strings, all their mentions as contexts."""
    bitext = found.aligned.bitext
    texts = bitext.ja.text, bitext.en.text
    concepts: dict[str, _Members] = defaultdict(_Members)
    linked: dict[_Strings, dict[int, list[tuple[Span, Span, float]]]] = defaultdict(lambda: defaultdict(list))
    sure: list[tuple[Span, Span]] = []
    for pair in ranked:
        ja = _characters(found.beads[pair.bead].ja, pair.ja)
        en = _characters(found.beads[pair.bead].en, pair.en)
        strings = texts[0][slice(*ja)], texts[1][slice(*en)]
        linked[strings][pair.bead].append((ja, en, pair.score))
        concepts[concept_id(*strings)].add(strings, pair)
        sure += [(ja, en)] if pair.confidence >= SURE else []
    ja_mentions = mentions([bead.ja for bead in found.beads], texts[0], {ja for ja, _ in linked})
    en_mentions = mentions([bead.en for bead in found.beads], texts[1], {en for _, en in linked})
    segments = [bead.segment for bead in found.aligned.beads]
    short = _short_forms(found)
    kinds = _kinds(concepts, short)
    outer: dict[Language, _Outer] = {"ja": _Outer(ja for ja, _ in sure), "en": _Outer(en for _, en in sure)}
    setting = _Setting(found, short, _short_names(concepts, kinds), outer)
    return [
        _concept(
            identity,
            members.best,
            kinds[identity],
            contexts(sorted(members.best), linked, ja_mentions, en_mentions, segments, bitext),
            setting,
        )
        for identity, members in sorted(concepts.items())
    ]


def _short_forms(found: BitextCandidates) -> Shortened:
    """What the appositions of both sides shorten; the first expansion counts."""
    sides: tuple[tuple[Language, str], ...] = (
        ("ja", found.aligned.bitext.ja.text),
        ("en", found.aligned.bitext.en.text),
    )
    short: Shortened = {}
    for bead in found.beads:
        for language, text in sides:
            twice = appositions(bead.ja if language == "ja" else bead.en, language)
            short = shortened(twice, language, text) | short
    return short


def _short_names(concepts: Mapping[str, _Members], kinds: Mapping[str, tuple[str, float]]) -> frozenset[TermKey]:
    """Family names of persons who are named in full, too."""
    sure = [
        NamePair(identity, *strings, kinds[identity][0])
        for identity, members in concepts.items()
        for strings, pair in members.best.items()
        if pair.confidence >= SURE
    ]
    keys: set[TermKey] = set()
    for name, _ in family_names(sure):
        keys |= {("ja", name.ja), ("en", name.en)}
    return frozenset(keys)


def _kinds(concepts: Mapping[str, _Members], short: Shortened) -> dict[str, tuple[str, float]]:
    """concept_id → (kind, share of the votes): an abbreviation is what its expansion is."""
    votes = {identity: {k: fsum(v) for k, v in members.kinds.items()} for identity, members in concepts.items()}
    by_term: dict[TermKey, set[str]] = defaultdict(set)
    for identity, members in concepts.items():
        for key in members.terms():
            by_term[key].add(identity)
    total = {identity: dict(own) for identity, own in votes.items()}
    for identity, members in concepts.items():
        long = {(language, short[language, term]) for language, term in members.terms() & short.keys()}
        for other in sorted(set().union(*(by_term[key] for key in long)) - {identity}):
            for kind, weight in votes[other].items():
                total[identity][kind] = total[identity].get(kind, 0.0) + _EXPANSION * weight
    return {identity: _largest(own) for identity, own in total.items()}


def _largest(votes: Mapping[str, float]) -> tuple[str, float]:
    kind = min(votes, key=lambda name: (-votes[name], KINDS.index(name)))
    return kind, round(votes[kind] / (fsum(votes.values()) or 1.0), _DIGITS)


def _concept(
    identity: str,
    best: Mapping[_Strings, RankedPair],
    kind: tuple[str, float],
    places: Sequence[Context],
    setting: _Setting,
) -> Concept:
    found, name = setting.found, setting.found.aligned.bitext.name
    first = max(best, key=lambda strings: (best[strings].score, strings))
    sure = best[first].confidence >= SURE
    ja, en = _definitions(places, kind[0], setting) if sure else (None, None)
    genus = next((one.genus for one in (en, ja) if one and one.genus), None)
    if genus and first[1][0].isupper():
        kind = (genus, max(kind[1], _GENUS))
    pairings = [_pairing(name, strings, pair, kind, found) for strings, pair in sorted(best.items())]
    top = next(pairing for pairing in pairings if (pairing.ja, pairing.en) == first)
    return Concept(
        concept_id=identity,
        kind=kind[0],
        terms=terms_of(pairings, top, setting.short, setting.names),
        confidence=top.confidence,
        origin="bitext",
        pairings=tuple(pairings),
        contexts=tuple(places),
        definition_ja=ja and ja.text,
        definition_en=en and en.text,
        definition_source=name if ja or en else None,
    )


def _definitions(
    places: Sequence[Context], kind: str, setting: _Setting
) -> tuple[_Definition | None, _Definition | None]:
    """What the text itself says that the concept is: the longest of its definitions in each language.

    A mention inside a longer term (血漿 in 回復期血漿) is not what is defined there.
    """
    found, outer = setting.found, setting.outer
    bitext = found.aligned.bitext
    ja_beads = {bead.segment.ja: linked.ja for bead, linked in zip(found.aligned.beads, found.beads, strict=True)}
    en_beads = {bead.segment.en: linked.en for bead, linked in zip(found.aligned.beads, found.beads, strict=True)}
    ja: set[_Definition | None] = set()
    en: set[_Definition | None] = set()
    for place in places:
        if place.ja and not outer["ja"].inside(place.ja):
            ja.add(_defined(bitext.ja, ja_beads[place.ja_sentence], place.ja, kind))
        if place.en and not outer["en"].inside(place.en):
            en.add(_defined(bitext.en, en_beads[place.en_sentence], place.en, kind))
    return _longest(ja), _longest(en)


class _Outer:
    """The widest of the sure terms at each end: what a shorter term may be part of."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._by_start: dict[int, int] = {}
        self._by_end: dict[int, int] = {}
        for start, end in spans:
            self._by_start[start] = max(end, self._by_start.get(start, 0))
            self._by_end[end] = min(start, self._by_end.get(end, start))

    def inside(self, span: Span) -> bool:
        """True if a longer term begins or ends where this one does."""
        return self._by_start.get(span[0], 0) > span[1] or self._by_end.get(span[1], span[0]) < span[0]


class _Definition(NamedTuple):
    text: str
    genus: str | None
    """The kind that it tells of."""


def _defined(document: Document, tokens: Sequence[Token], place: Span, kind: str) -> _Definition | None:
    first = next(k for k, token in enumerate(tokens) if token.start == place[0])
    last = next(k for k, token in enumerate(tokens) if token.end == place[1])
    span = definition(tokens, (first, last + 1), kind, document.language)
    if span is None:
        return None
    inner = [token for token in tokens if span[0] <= token.start and token.end <= span[1]]
    return _Definition(document.text[slice(*span)], genus_kind(inner, document.language))


def _longest(found: Iterable[_Definition | None]) -> _Definition | None:
    return max((one for one in found if one), key=lambda one: (len(one.text), one.text), default=None)


def _characters(tokens: Sequence[Token], span: tuple[int, int]) -> Span:
    return tokens[span[0]].start, tokens[span[1] - 1].end


def _pairing(
    document: str, strings: _Strings, pair: RankedPair, kind: tuple[str, float], found: BitextCandidates
) -> Pairing:
    tokens = found.beads[pair.bead].ja[slice(*pair.ja)]
    reading = pair.reading or reading_of(tokens)
    return Pairing(
        document=document,
        ja=strings[0],
        en=strings[1],
        score=pair.score,
        confidence=pair.confidence,
        evidence=pair.evidence,
        kind=kind[0],
        kind_confidence=kind[1],
        reading=reading,
        romaji=romaji_of(reading, kind[0], *strings, tokens),
    )
