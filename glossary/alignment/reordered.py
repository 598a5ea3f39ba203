"""Sentences that stand in another place in the other text: found among those that a monotone alignment leaves over.

A paragraph that a translator moved crosses the order of the rest. Sentences left alone, and those in beads that a
crossing pair clearly beats, are aligned once more, run against run; only strong words count as evidence there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

Range = tuple[int, int]
Made = tuple[Range, Range, float]
"""(Japanese sentences, English sentences, score) of a bead."""


class Scorer(Protocol):
    """Scores of beads and of sentences left alone, both with the cost of their shape."""

    def alone(self, side: str, index: int) -> float: ...

    def bead(self, i0: int, i1: int, j0: int, j1: int) -> float: ...


_STRONG = 4.5
"""Score over leaving both alone from which sentences may cross the order, in words that match fully."""
_REACH = 16
"""Sentences over which a pair in a bead is compared with others."""


class _Run(NamedTuple):
    ja: Range
    en: Range
    value: float
    beads: tuple[Made, ...]


def with_reordered(
    beads: Sequence[Made], scorer: Scorer, align: Callable[[Range, Range], Sequence[Made]]
) -> list[Made]:
    """The beads with reordered sentences brought together, in the order of the Japanese text.

    `align` gives the monotone alignment of a stretch of each text.
    """
    kept = [bead for bead in beads if _both(bead)]
    free_ja = {i for ja, en, _ in beads if en[0] == en[1] for i in range(*ja)}
    free_en = {j for ja, en, _ in beads if ja[0] == ja[1] for j in range(*en)}
    gains = _Gains(scorer)
    for bead in _beaten(kept, gains, free_ja, free_en):
        kept.remove(bead)
        free_ja.update(range(*bead[0]))
        free_en.update(range(*bead[1]))
    while (run := _best_run(free_ja, free_en, gains, align)) is not None:
        for bead in run.beads:
            kept.append(bead)
            free_ja.difference_update(range(*bead[0]))
            free_en.difference_update(range(*bead[1]))
    if len(kept) == sum(map(_both, beads)) and all(bead in beads for bead in kept):
        return list(beads)
    return _ordered(kept, free_ja, free_en, scorer)


def _beaten(kept: Sequence[Made], gains: _Gains, free_ja: set[int], free_en: set[int]) -> list[Made]:
    """Beads that stand in the way of a crossing pair of sentences that is worth more than they are."""
    values = {bead: gains.value(bead) for bead in kept}
    home_ja = {i: bead for bead in kept for i in range(*bead[0])}
    home_en = {j: bead for bead in kept for j in range(*bead[1])}
    found: dict[Made, None] = {}
    for bead in kept:
        near_ja = [i for i in (*home_ja, *free_ja) if abs(i - bead[0][0]) <= _REACH]
        near_en = [j for j in (*home_en, *free_en) if abs(j - bead[1][0]) <= _REACH]
        pairs = [(i, j) for i in range(*bead[0]) for j in near_en] + [(i, j) for j in range(*bead[1]) for i in near_ja]
        for i, j in pairs:
            rivals = {rival for rival in (home_ja.get(i), home_en.get(j)) if rival is not None}
            if len(rivals) == 1 and home_ja.get(i) is home_en.get(j):
                continue
            if gains(i, j) > max(_STRONG, sum(values[rival] for rival in rivals)):
                found |= dict.fromkeys(rivals)
    return list(found)


class _Gains:
    """What bringing sentences together is worth over leaving them alone."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._known: dict[tuple[int, int], float] = {}

    def __call__(self, i: int, j: int) -> float:
        if (i, j) not in self._known:
            bead = self._scorer.bead(i, i + 1, j, j + 1)
            self._known[i, j] = bead - self._scorer.alone("ja", i) - self._scorer.alone("en", j)
        return self._known[i, j]

    def value(self, bead: Made) -> float:
        """Of a bead of any shape."""
        ja, en, score = bead
        return (
            score
            - sum(self._scorer.alone("ja", i) for i in range(*ja))
            - sum(self._scorer.alone("en", j) for j in range(*en))
        )


def _both(bead: Made) -> bool:
    return bead[0][0] < bead[0][1] and bead[1][0] < bead[1][1]


def _runs(free: set[int]) -> list[Range]:
    runs: list[Range] = []
    for number in sorted(free):
        if runs and runs[-1][1] == number:
            runs[-1] = runs[-1][0], number + 1
        else:
            runs.append((number, number + 1))
    return runs


def _best_run(
    free_ja: set[int], free_en: set[int], gains: _Gains, align: Callable[[Range, Range], Sequence[Made]]
) -> _Run | None:
    """The two runs of free sentences that gain most by being aligned with each other."""
    best: _Run | None = None
    for ja in _runs(free_ja):
        for en in _runs(free_en):
            if max(gains(i, j) for i in range(*ja) for j in range(*en)) < _STRONG:
                continue
            beads = tuple(bead for bead in align(ja, en) if _both(bead))
            value = sum(gains.value(bead) for bead in beads)
            if value >= _STRONG and (best is None or value > best.value):
                best = _Run(ja, en, value, beads)
    return best


def _ordered(kept: Sequence[Made], free_ja: set[int], free_en: set[int], scorer: Scorer) -> list[Made]:
    """All beads by their place in the Japanese text; an English sentence alone follows the one before it."""
    beads = [*kept, *(((i, i + 1), (0, 0), scorer.alone("ja", i)) for i in free_ja)]
    beads.sort()
    for j in sorted(free_en):
        after = max((n for n, bead in enumerate(beads) if bead[1] == _before(beads, j)), default=-1)
        beads.insert(after + 1, ((0, 0), (j, j + 1), scorer.alone("en", j)))
    return beads


def _before(beads: Sequence[Made], j: int) -> Range:
    return max((bead[1] for bead in beads if bead[1][0] < bead[1][1] <= j), default=(-1, -1))
