"""The word translations that ship: what general sentence pairs teach the aligner before it has seen a text of the user.

A single article is too short to learn from which words correspond; dictionaries do not list how words are rendered in
running text. Counts of a large text, cut down to a few links a word, are a starting point that the user's own text
outweighs soon: more of them did harm (docs/quality.md).
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from ..alignment.matching import WordMatcher
from ..alignment.words import Beadwords, LexicalTable, Settings, align_words
from ..languages import english, japanese
from ..languages.tokens import Token
from ..lexicons.knowledge import Knowledge

SentencePair = tuple[str, str]
"""(Japanese, English)."""

_CHUNK = 5000
"""Sentence pairs aligned together; what they teach is known to the next ones."""
_FIRST_ROUNDS, _ROUNDS = 4, 2
_TOGETHER = 20
"""Pairs whose words are compared in one table."""
_LONGEST = 80
"""Tokens of a sentence."""
_LEAST_LINKS = 1.5
"""Expected links in the whole text below which a word pair is chance."""
_MOST_LINKS = 5.0
"""Links of a word, of either language, that are kept in all."""
_LEAST_KEPT = 0.05


def read_pairs(path: Path) -> Iterator[SentencePair]:
    """Sentence pairs of a gzipped TSV file with the columns Japanese, English."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            ja, en = line.rstrip("\n").split("\t")
            yield ja, en


def background_table(
    pairs: Iterable[SentencePair], knowledge: Knowledge, progress: Callable[[str], None]
) -> LexicalTable:
    """Expected links of words over all pairs, each once, at most `_MOST_LINKS` a word; the same for any given order."""
    matcher = WordMatcher(knowledge)
    distinct = sorted(set(pairs), key=lambda pair: hashlib.sha256("\t".join(pair).encode()).digest())
    table = LexicalTable()
    for start in range(0, len(distinct), _CHUNK):
        beads = _beads(distinct[start : start + _CHUNK], matcher, knowledge)
        _, own = align_words(beads, table, Settings(iterations=_ROUNDS if start else _FIRST_ROUNDS))
        for (ja, en), count in own.counts.items():
            table.add(ja, en, count)
        progress(f"{start + len(beads):,} of {len(distinct):,} sentence pairs, {len(table.counts):,} word pairs")
    return _cut_down(table)


def _beads(pairs: Sequence[SentencePair], matcher: WordMatcher, knowledge: Knowledge) -> list[Beadwords]:
    tokens = [(japanese.tokenize(ja, 0), english.tokenize(en, 0)) for ja, en in pairs]
    tokens = [(ja, en) for ja, en in tokens if 0 < len(ja) < _LONGEST and 0 < len(en) < _LONGEST]
    knowledge.prefetch({form for ja, _ in tokens for token in ja for form in (token.surface, token.lemma)})
    beads = []
    for start in range(0, len(tokens), _TOGETHER):
        group = tokens[start : start + _TOGETHER]
        likeness = matcher.likeness(_flat(ja for ja, _ in group), _flat(en for _, en in group))
        for ja, en in group:
            prior = likeness.table[np.ix_(likeness.rows(ja), likeness.columns(en))]
            beads.append(Beadwords(tuple(t.lemma for t in ja), tuple(t.lemma for t in en), prior))
    return beads


def _flat(rows: Iterable[Sequence[Token]]) -> list[Token]:
    return [token for row in rows for token in row]


def _cut_down(table: LexicalTable) -> LexicalTable:
    kept = LexicalTable()
    for (ja, en), count in sorted(table.counts.items()):
        share = min(1.0, _MOST_LINKS / max(table.ja_totals[ja], table.en_totals[en]))
        if count >= _LEAST_LINKS and count * share >= _LEAST_KEPT:
            kept.add(ja, en, round(count * share, 2))
    return kept
