"""Which sentences correspond: dynamic programming over beads, by words that match and by length.

After Gale & Church 1993 (beads, lengths) and Moore 2002 / hunalign (words); a sentence without counterpart stays alone,
unless its counterpart stands in another place (reordered.py).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..languages.tokens import Token
from .inversions import with_inversions
from .matching import Likeness, is_content_en, is_content_ja
from .reordered import with_reordered


class Bead(NamedTuple):
    """Sentences `ja[0]:ja[1]` correspond to `en[0]:en[1]`; an empty range where a side has nothing."""

    ja: tuple[int, int]
    en: tuple[int, int]
    score: float


_SHAPES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2))
_SHAPE_COST = {(1, 1): 0.0, (1, 0): 0.5, (0, 1): 0.5, (1, 2): 3.5, (2, 1): 3.5, (2, 2): 8.0, (1, 3): 6.5, (3, 1): 6.5,
               (1, 4): 10.0, (4, 1): 10.0, (2, 3): 12.0, (3, 2): 12.0}  # fmt: skip
_UNMATCHED, _ALONE = 0.42, 0.2
"""Cost of a word without counterpart inside a bead, and in a sentence left alone, in units of its weight.

Swept together on the development news, whole and with every sixth English sentence taken out; flat around these."""
_FULL_COVERAGE = 0.3
"""Share of matching words from which a word without match tells against a bead in full."""
_LENGTH_WEIGHT = 1.5
_REMEMBERED = 100_000
"""Scores of beads that are kept: all those of an article, which are asked for again and again, a part of a book's."""


def align_sentences(
    ja: Sequence[Sequence[Token]],
    en: Sequence[Sequence[Token]],
    likeness: Likeness,
) -> list[Bead]:
    """Beads in the order of the Japanese text, covering every sentence of both sides once."""
    if not ja or not en:
        return [Bead((i, i + 1), (0, 0), 0.0) for i in range(len(ja))] + [
            Bead((0, 0), (j, j + 1), 0.0) for j in range(len(en))
        ]
    scorer = _Scorer(ja, en, likeness)
    whole = _best_path((0, len(ja)), (0, len(en)), scorer)
    inverted = with_inversions(whole, _SHAPES, scorer.step)
    beads = with_reordered(inverted, scorer, lambda left, right: _best_path(left, right, scorer))
    return [Bead(*bead) for bead in beads]


class _Scorer:
    """Scores of beads, from a table of how well each word is matched in each sentence of the other side."""

    def __init__(self, ja: Sequence[Sequence[Token]], en: Sequence[Sequence[Token]], likeness: Likeness) -> None:
        ja_words = [[t for t in sentence if is_content_ja(t)] for sentence in ja]
        en_words = [[t for t in sentence if is_content_en(t)] for sentence in en]
        self.ja_weight = _weights(ja_words)
        self.en_weight = _weights(en_words)
        # ja_match[i][j]: for each word of Japanese sentence i its best likeness in English sentence j; and the reverse
        self.ja_match = [[np.zeros(len(words)) for _ in en] for words in ja_words]
        self.en_match = [[np.zeros(len(words)) for _ in ja] for words in en_words]
        rows = [likeness.rows(words) for words in ja_words]
        columns = [likeness.columns(words) for words in en_words]
        for i, left in enumerate(rows):
            for j, right in enumerate(columns):
                if not len(left) or not len(right):
                    continue
                table = likeness.table[np.ix_(left, right)]
                self.ja_match[i][j] = table.max(axis=1)
                self.en_match[j][i] = table.max(axis=0)
        self.unmatched = _ALONE + (_UNMATCHED - _ALONE) * min(1.0, self._coverage() / _FULL_COVERAGE)
        self.ja_length = [sum(len(t.surface) for t in sentence) for sentence in ja]
        self.en_length = [sum(len(t.surface) for t in sentence) for sentence in en]
        self.ratio = sum(self.en_length) / max(1, sum(self.ja_length))
        self.steps: dict[tuple[int, int, int, int], float] = {}

    def _coverage(self) -> float:
        """Share of the words that match any word of the other text: little where no lexicon is at hand."""
        best = [
            np.max(matches, axis=0)
            for side in (self.ja_match, self.en_match)
            for matches in side
            if len(matches) and len(matches[0])
        ]
        return float(np.concatenate(best).mean()) if best else 0.0

    def alone(self, side: str, index: int) -> float:
        weights = (self.ja_weight if side == "ja" else self.en_weight)[index]
        return -_ALONE * float(weights.sum()) - 0.3

    def step(self, i: int, j: int, di: int, dj: int) -> float:
        """Score of the bead of the di and dj sentences before i and j, less the cost of its shape."""
        key = i, j, di, dj
        known = self.steps.get(key)
        if known is not None:
            return known
        if dj == 0:
            gain = self.alone("ja", i - 1)
        elif di == 0:
            gain = self.alone("en", j - 1)
        else:
            gain = self.bead(i - di, i, j - dj, j)
        gain -= _SHAPE_COST[di, dj]
        if len(self.steps) < _REMEMBERED:
            self.steps[key] = gain
        return gain

    def bead(self, i0: int, i1: int, j0: int, j1: int) -> float:
        total = 0.0
        for i in range(i0, i1):
            matched = np.max([self.ja_match[i][j] for j in range(j0, j1)], axis=0)
            total += float(self.ja_weight[i] @ (matched * (1 + self.unmatched) - self.unmatched))
        for j in range(j0, j1):
            matched = np.max([self.en_match[j][i] for i in range(i0, i1)], axis=0)
            total += float(self.en_weight[j] @ (matched * (1 + self.unmatched) - self.unmatched))
        expected = self.ratio * (sum(self.ja_length[i0:i1]) + 4)
        actual = sum(self.en_length[j0:j1]) + 4 * self.ratio
        return total - _LENGTH_WEIGHT * math.log(actual / expected) ** 2


def _weights(sentences: list[list[Token]]) -> list[np.ndarray]:
    """Weight of each word: 1 for one that stands in one sentence only, less for one that stands in many."""
    frequency = Counter(lemma for words in sentences for lemma in {t.lemma for t in words})
    top = math.log(len(sentences) + 1)
    return [
        np.array([max(0.1, 1 - 0.8 * math.log(frequency[t.lemma]) / top) for t in words]) if words else np.zeros(0)
        for words in sentences
    ]


def _best_path(ja: tuple[int, int], en: tuple[int, int], scorer: _Scorer) -> list[Bead]:
    """The best monotone alignment of a stretch of each text."""
    (i0, n), (j0, m) = (ja[0], ja[1] - ja[0]), (en[0], en[1] - en[0])
    best = np.full((n + 1, m + 1), -np.inf)
    best[0, 0] = 0.0
    back: dict[tuple[int, int], Bead] = {}
    band = max(12, abs(n - m) + 8, (n + m) // 8)
    for i in range(n + 1):
        centre = i * m / n
        for j in range(max(0, math.floor(centre - band)), min(m, math.ceil(centre + band)) + 1):
            for di, dj in _SHAPES:
                if di > i or dj > j or best[i - di, j - dj] == -np.inf:
                    continue
                gain = scorer.step(i0 + i, j0 + j, di, dj)
                if best[i - di, j - dj] + gain > best[i, j]:
                    best[i, j] = best[i - di, j - dj] + gain
                    back[i, j] = Bead((i0 + i - di, i0 + i), (j0 + j - dj, j0 + j), gain)
    beads = []
    i, j = n, m
    while i or j:
        bead = back[i, j]
        beads.append(bead)
        i, j = bead.ja[0] - i0, bead.en[0] - j0
    return beads[::-1]
