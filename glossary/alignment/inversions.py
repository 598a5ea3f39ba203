"""Blocks of sentences that stand in each other's place in the other text, such as two paragraphs.

An alignment may be straight or inverted, as in inversion transduction grammars (Wu 1997), with blocks of sentences for
words: wherever two neighbouring stretches of the English text fit the Japanese one better in each other's place, by
more than chance finds, they are aligned so, and each of the stretches is looked at once more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from .reordered import Made, Range

Step = Callable[[int, int, int, int], float]
"""step(i, j, di, dj): score of the bead of the di and dj sentences before i and j, shape and all."""

_COST = 2.5
"""What an inversion costs, in words that match fully. Swept on the development news: flat from 2 to 3."""
_WINDOW = 28
"""Most sentences of a side that are looked at together; time and memory grow with the fourth power."""


def with_inversions(beads: Sequence[Made], shapes: Sequence[tuple[int, int]], step: Step) -> list[Made]:
    """The beads of the best alignment with inversions, in the order of the Japanese text.

    `beads`: the best monotone alignment of two whole texts, in order; `shapes`: sentences on each side of a bead. A
    long text is looked at in windows that overlap by half; what has been settled before stays.
    """
    found: list[Made] = []
    rest = list(beads)
    while rest:
        size = _fitting(rest)
        window = _improved(rest[:size], shapes, step)
        settled = len(window) if size == len(rest) else _cut(window)
        found += window[:settled]
        rest = window[settled:] + rest[size:]
    return found


def _fitting(beads: Sequence[Made]) -> int:
    """How many beads the window takes; one at least."""
    ja = en = 0
    for count, (left, right, _) in enumerate(beads):
        ja, en = ja + left[1] - left[0], en + right[1] - right[0]
        if max(ja, en) > _WINDOW:
            return max(1, count)
    return len(beads)


def _cut(beads: Sequence[Made]) -> int:
    """How many beads come before the middle, or a little more: no bead behind them belongs before one of them."""
    for count in range(max(1, len(beads) // 2), len(beads)):
        before = max((en[1] for _, en, _ in beads[:count] if en[0] < en[1]), default=0)
        if all(en[0] >= before for _, en, _ in beads[count:] if en[0] < en[1]):
            return count
    return len(beads)


def _improved(beads: Sequence[Made], shapes: Sequence[tuple[int, int]], step: Step) -> list[Made]:
    ja = _span([left for left, _, _ in beads])
    en = _span([right for _, right, _ in beads])
    if min(ja[1] - ja[0], en[1] - en[0]) < 2:
        return list(beads)
    blocks = _Chart(ja, en, shapes, step).blocks()
    if len(blocks) == 1:
        return list(beads)
    return [bead for block in blocks for bead in block]


def _span(ranges: Sequence[Range]) -> Range:
    filled = [r for r in ranges if r[0] < r[1]]
    return (min(a for a, _ in filled), max(b for _, b in filled)) if filled else (0, 0)


class _Split(NamedTuple):
    """Two neighbouring stretches of each text; the first Japanese one belongs to the second English one."""

    i: tuple[int, int, int]
    j: tuple[int, int, int]


class _Chart:
    """Scores of the best monotone alignment of every stretch of one text with every stretch of the other."""

    def __init__(self, ja: Range, en: Range, shapes: Sequence[tuple[int, int]], step: Step) -> None:
        self._origin = ja[0], en[0]
        self._n, self._m = ja[1] - ja[0], en[1] - en[0]
        self._shapes = shapes
        n, m = self._n, self._m
        self._step = {shape: np.full((n + 1, m + 1), -np.inf, dtype=np.float32) for shape in shapes}
        for (di, dj), table in self._step.items():
            for i in range(di, n + 1):
                for j in range(dj, m + 1):
                    table[i, j] = step(ja[0] + i, en[0] + j, di, dj)
        # best[i, j, a, b]: of sentences a:i with b:j
        self._best = np.full((n + 1, m + 1, n + 1, m + 1), -np.inf, dtype=np.float32)
        for i in range(n + 1):
            for j in range(m + 1):
                cell = self._best[i, j]
                cell[i, j] = 0.0
                for (di, dj), table in self._step.items():
                    if di <= i and dj <= j:
                        np.maximum(cell, self._best[i - di, j - dj] + table[i, j], out=cell)

    def blocks(self) -> list[list[Made]]:
        """Beads by blocks that are monotone inside; one block if nothing is inverted."""
        return self._blocks((0, self._n), (0, self._m))

    def _blocks(self, ja: Range, en: Range) -> list[list[Made]]:
        split = self._inversion(ja, en)
        if split is None:
            return [self._beads(ja, en)]
        (i1, i2, i3), (j1, j2, j3) = split
        return [
            *self._blocks((ja[0], i1), (en[0], j1)),
            *self._blocks((i1, i2), (j2, j3)),
            *self._blocks((i2, i3), (j1, j2)),
            *self._blocks((i3, ja[1]), (j3, en[1])),
        ]

    def _inversion(self, ja: Range, en: Range) -> _Split | None:
        """The best inversion of two stretches, if it is worth its cost."""
        (a, b), (c, d) = ja, en
        if b - a < 2 or d - c < 2:
            return None
        best, where = float(self._best[b, d, a, c]) + _COST, None
        inside = self._best[a : b + 1, c : d + 1, a : b + 1, c : d + 1]
        behind = inside[-1, -1]
        for j1 in range(d - c - 1):
            before = inside[:, j1, 0, 0]
            for j2 in range(j1 + 1, d - c):
                moved_up = (inside[:, j2 + 1 :, :, j2] + before).max(axis=2)  # i2, j3
                total = (inside[:, j2, :, j1][:, :, None] + moved_up[None]).max(axis=1) + behind[:, j2 + 1 :]
                if total.max() > best:
                    best = float(total.max())
                    i3, place = np.unravel_index(int(total.argmax()), total.shape)
                    i2 = int((inside[i3, j2, :, j1] + moved_up[:, place]).argmax())
                    j3 = j2 + 1 + int(place)
                    i1 = int((inside[i2, j3, :, j2] + before).argmax())
                    where = _Split((a + i1, a + i2, a + int(i3)), (c + j1, c + j2, c + j3))
        return where

    def _beads(self, ja: Range, en: Range) -> list[Made]:
        """The best monotone alignment of two stretches."""
        beads: list[Made] = []
        (a, i), (b, j) = ja, en
        while i > a or j > b:
            ways = [
                (float(self._best[i - di, j - dj, a, b] + table[i, j]), di, dj)
                for (di, dj), table in self._step.items()
                if i - di >= a and j - dj >= b
            ]
            _, di, dj = max(ways)
            beads.append(self._bead(i, j, di, dj))
            i, j = i - di, j - dj
        return beads[::-1]

    def _bead(self, i: int, j: int, di: int, dj: int) -> Made:
        score = float(self._step[di, dj][i, j])
        i, j = i + self._origin[0], j + self._origin[1]
        return ((i - di, i) if di else (0, 0)), ((j - dj, j) if dj else (0, 0)), score
