"""Where the terms of a glossary stand in a text.

Longest match on token boundaries. Of overlapping matches the longest stays, then the one of the more confident
concept, then the first. All concepts that have the matched term come with it, the likeliest first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from ..languages.tokens import Token
from ..records import Language
from ..uses.reading import open_for_reading
from . import english, japanese
from .index import TermIndex
from .keys import keys_of

_NAMES = frozenset(("person", "place", "organization", "facility", "event", "product", "work", "law"))
CACHED_CONCEPTS = 50_000
_CACHED_STRINGS = 200_000
_USABLE = ("preferred", "admitted")
_ORDER = {"preferred": 0, "admitted": 1, "deprecated": 2, "forbidden": 3}

_CONCEPTS = """select id, concept_id, kind, status, iif(status = 'approved', 1.0, confidence) as confidence, ja, en,
    reading, romaji, usage_note, definition_ja, definition_en, subject, occurrences, collection
    from concept where shown = 1 and id in (select concept from term where id in (select value from json_each(?)))"""
_TERMS = """select concept, id, term_id, language, term, reading, romaji, form, status, region, occurrences
    from term where concept in (select value from json_each(?)) order by id"""


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term of a concept, as in the view `terms`."""

    term_id: str
    language: Language
    term: str
    reading: str | None
    romaji: str | None
    form: str
    status: str
    region: str | None
    occurrences: int


@dataclass(frozen=True, slots=True)
class Known:
    """A concept of the glossary, as in the view `glossary`, with its terms (preferred ones first)."""

    concept_id: str
    kind: str
    status: str
    confidence: float | None
    ja: str | None
    en: str | None
    reading: str | None
    romaji: str | None
    usage_note: str | None
    definition_ja: str | None
    definition_en: str | None
    subject: str | None
    occurrences: int
    collection: str | None
    terms: tuple[KnownTerm, ...]
    layer: str | None = None
    """Which of several glossaries it comes from; None where there is one."""

    def usable(self, language: Language) -> tuple[KnownTerm, ...]:
        """Its terms in one language that people may write: neither deprecated nor forbidden."""
        return tuple(term for term in self.terms if term.language == language and term.status in _USABLE)

    def preferred(self, language: Language) -> str | None:
        """What the glossary writes for it in one language."""
        return self.ja if language == "ja" else self.en


Concepts = tuple[tuple[Known, KnownTerm], ...]
"""Concepts that have a term, each with the term as the glossary writes it; the likeliest first."""


class Match(NamedTuple):
    """A term in a text; `start`, `end`: characters of the text, end exclusive."""

    start: int
    end: int
    text: str
    """As it stands there."""
    language: Language
    concepts: Concepts

    @property
    def known(self) -> Known:
        """The likeliest concept."""
        return self.concepts[0][0]

    @property
    def term(self) -> KnownTerm:
        """The term of the likeliest concept."""
        return self.concepts[0][1]


class Matcher:
    """Finds terms of the glossary at `path` in texts. Close it, or use it in a `with` statement.

    The first text after a change of the glossary brings the index up to date. Raises GlossaryError as
    glossary.store.open_glossary does.
    """

    def __init__(self, path: Path, db: sqlite3.Connection | None = None) -> None:
        self.path = path
        self._stack = ExitStack()
        self._db = db if db is not None else self._stack.enter_context(open_for_reading(path))
        self._index: TermIndex | None = None
        self._terms: dict[int, tuple[Known, KnownTerm]] = {}
        self._met: dict[Language, dict[tuple[str, str], Concepts]] = {"ja": {}, "en": {}}
        """Concepts by key and by how it is written in a text."""

    def __enter__(self) -> Matcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and the index."""
        if self._index is not None:
            self._index.close()
        self._stack.close()

    @property
    def index(self) -> TermIndex:
        """The index of terms, opened when it is first needed."""
        if self._index is None:
            self._index = TermIndex(self.path)
        return self._index

    def matches(self, text: str, language: Language, rows: Sequence[Sequence[Token]] | None = None) -> list[Match]:
        """The terms in `text`, in order, none overlapping.

        `rows`: tokens of its Japanese sentences where the caller has them; by default each line is tokenized.
        """
        return longest(self.all_matches(text, language, rows))

    def all_matches(self, text: str, language: Language, rows: Sequence[Sequence[Token]] | None = None) -> list[Match]:
        """All terms in `text`, also those inside of longer ones."""
        if language == "ja":
            found = japanese.candidates(rows if rows is not None else tokens_of_lines(text), text, self.index)
        else:
            found = english.candidates(text, self.index)
        met = self._concepts(language, [(key, text[start:end]) for key, start, end in found])
        spans: dict[tuple[int, int], Concepts] = {}
        for (_, start, end), concepts in zip(found, met, strict=True):
            if concepts:
                there = spans.get((start, end))
                spans[start, end] = concepts if there is None else _merged(there, concepts)
        return [
            Match(start, end, text[start:end], language, concepts) for (start, end), concepts in sorted(spans.items())
        ]

    def _concepts(self, language: Language, strings: Sequence[tuple[str, str]]) -> list[Concepts]:
        """The concepts that each string, given as key and as it is written, is a term of."""
        if len(self._terms) > CACHED_CONCEPTS or sum(map(len, self._met.values())) > _CACHED_STRINGS:
            self._terms.clear()
            self._met = {"ja": {}, "en": {}}
        met = self._met[language]
        fresh = {string for string in strings if string not in met}
        if fresh:
            hits = self.index.terms(language, {key for key, _ in fresh})
            self._fetch(term for terms in hits.values() for term in terms)
            for key, surface in fresh:
                concepts = [self._terms[term] for term in hits.get(key, ()) if term in self._terms]
                met[key, surface] = _merged(concept for concept in concepts if _fits(key, *concept, surface))
        return [met[string] for string in strings]

    def _fetch(self, terms: Iterable[int]) -> None:
        """Read the concepts of these terms (`term.id`) that are not known yet."""
        wanted = sorted({term for term in terms if term not in self._terms})
        if not wanted:
            return
        cursor = self._db.execute(_CONCEPTS, [json.dumps(wanted)])
        names = [column[0] for column in cursor.description]
        concepts = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in cursor}
        rows: dict[int, list[tuple[int, KnownTerm]]] = {}
        for concept, number, *values in self._db.execute(_TERMS, [json.dumps(list(concepts))]):
            rows.setdefault(concept, []).append((number, KnownTerm(*values)))
        for concept, numbered in rows.items():
            known = _known(concepts[concept], [term for _, term in numbered])
            self._terms.update((number, (known, term)) for number, term in numbered)


def longest(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches the longest, then the most confident, then the first; in the order of the text."""
    kept: list[Match] = []
    group: list[Match] = []  # each overlaps one before it
    end = 0
    for match in sorted(matches, key=attrgetter("start")):
        if match.start >= end and group:
            kept += _chosen(group) if len(group) > 1 else group
            group = []
        group.append(match)
        end = max(end, match.end)
    return kept + _chosen(group)


def _chosen(matches: Iterable[Match]) -> list[Match]:
    ranked = sorted(matches, key=lambda m: (m.start - m.end, -(m.known.confidence or 0.0), m.start))
    kept: list[Match] = []
    for match in ranked:
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=attrgetter("start"))


def tokens_of_lines(text: str) -> list[list[Token]]:
    """The tokens of each line of a Japanese text."""
    from ..languages.japanese import tokenize
    from ..languages.lines import lines

    return [tokenize(text[start:end], start) for start, end in lines(text, 0, len(text)) if start < end]


def _known(row: dict[str, Any], terms: list[KnownTerm]) -> Known:
    def order(term: KnownTerm) -> tuple[int, bool, int]:
        return _ORDER.get(term.status, 1), term.term not in (row["ja"], row["en"]), -term.occurrences

    return Known(**row, terms=tuple(sorted(terms, key=order)))


def _likeliest(concept: tuple[Known, KnownTerm]) -> tuple[Any, ...]:
    known, term = concept
    other = known.en if term.language == "ja" else known.ja
    return (
        known.status != "approved",
        other is None,
        _ORDER.get(term.status, 1) > 1,
        -(known.confidence or 0.0),
        -known.occurrences,
        known.concept_id,
    )


@lru_cache(maxsize=100_000)
def _all_keys(language: Language, term: str) -> frozenset[str]:
    return frozenset(found.key for found in keys_of(language, term))


def _merged(*found: Iterable[tuple[Known, KnownTerm]]) -> Concepts:
    """Each concept once, the likeliest first."""
    best: dict[str, tuple[Known, KnownTerm]] = {}
    for concept in chain(*found):
        best.setdefault(concept[0].concept_id, concept)
    return tuple(sorted(best.values(), key=_likeliest))


def _fits(key: str, known: Known, term: KnownTerm, surface: str) -> bool:
    """Whether `surface` is this term indeed: hashes may be equal by chance, acronyms and names keep their case."""
    if key not in _all_keys(term.language, term.term):
        return False
    return term.language == "ja" or english.fits(term.term, surface, known.kind in _NAMES)
