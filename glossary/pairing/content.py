"""Bitexts by content and date: the best counterpart of each text, if it is clearly better than any other."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from .likeness import Likeness

Progress = Callable[[str, int, int], None]
"""progress(step, done, total)."""

_MARGIN = 1.45
"""How many times as alike as the next rival, on either side, two texts must be."""
_USUAL_RIVAL, _RIVAL_OF_FEW, _FEW = 0.19, 0.15, 8
"""Likeness of the best of many unrelated texts; how much more it is where there are few, when no word is known to be
common; and what few is. From news without counterparts, whole and in thirds and single."""
_NEAR, _FAR = 1.08, 0.85
"""What dates of publication do to likeness: the same day or the next; more than ten days apart."""
_DATE_MARGIN = 1.1
"""The margin for two texts that are the only ones of their day."""


class Match(NamedTuple):
    """A Japanese and an English text, by their numbers, that belong together."""

    ja: int
    en: int
    likeness: float
    rival: float
    """Likeness of the next best pair that either is in, or what is usual for unrelated texts."""
    by_date: bool

    @property
    def confidence(self) -> float:
        """0..1, from the distance to the rival."""
        return 1 / (1 + math.exp(-6 * math.log(max(1.01, self.likeness / self.rival))))


class Nearest(NamedTuple):
    """The best that a text without counterpart could have had."""

    other: int
    likeness: float
    rival: float


class Matcher:
    """Matches of Japanese and English texts by likeness and date (ISO, or None)."""

    def __init__(self, likeness: Likeness, ja_dates: Sequence[str | None], en_dates: Sequence[str | None]) -> None:
        self.likeness = likeness
        self._dates = [_day(d) for d in ja_dates], [_day(d) for d in en_dates]
        self._only = tuple({day for day, n in Counter(days).items() if n == 1 and day} for days in self._dates)
        texts = (len(ja_dates) + len(en_dates)) / 2
        self.usual = _USUAL_RIVAL + _RIVAL_OF_FEW / (1 + max(0.0, texts - 1) / _FEW)

    def score(self, ja: int, en: int) -> float:
        """Likeness, more where the dates agree and less where they lie far apart."""
        left, right = self._dates[0][ja], self._dates[1][en]
        if left is None or right is None:
            return self.likeness(ja, en)
        days = abs((left - right).days)
        return min(1.0, self.likeness(ja, en) * (_NEAR if days <= 1 else _FAR if days > 10 else 1.0))

    def matches(self, progress: Progress) -> tuple[list[Match], dict[int, Nearest], dict[int, Nearest]]:
        """(matches, nearest of each Japanese text, nearest of each English text); each text in one match at most."""
        by_ja: dict[int, list[tuple[float, int]]] = {}
        by_en: dict[int, list[tuple[float, int]]] = defaultdict(list)
        candidates = self.likeness.candidates()
        for ja, others in enumerate(candidates):
            progress("Comparing texts", ja, len(candidates))
            by_ja[ja] = sorted(((self.score(ja, en), en) for en in others), key=_best_first)
            for score, en in by_ja[ja]:
                by_en[en].append((score, ja))
        for rivals in by_en.values():
            rivals.sort(key=_best_first)
        found = []
        for ja, rivals in by_ja.items():
            if rivals and by_en[rivals[0][1]][0][1] == ja:
                match = self._match(ja, rivals, by_en[rivals[0][1]])
                if match is not None:
                    found.append(match)
        return found, self._nearest(by_ja), self._nearest(by_en)

    def _match(self, ja: int, of_ja: list[tuple[float, int]], of_en: list[tuple[float, int]]) -> Match | None:
        score, en = of_ja[0]
        rival = max(self.usual, *(rivals[1][0] for rivals in (of_ja, of_en) if len(rivals) > 1), 0.0)
        days = self._dates[0][ja], self._dates[1][en]
        by_date = days[0] == days[1] and days[0] in self._only[0] and days[1] in self._only[1]
        if score >= _MARGIN * rival:
            return Match(ja, en, score, rival, False)
        return Match(ja, en, score, rival, True) if by_date and score >= _DATE_MARGIN * rival else None

    def _nearest(self, ranked: dict[int, list[tuple[float, int]]]) -> dict[int, Nearest]:
        return {
            text: Nearest(rivals[0][1], rivals[0][0], max(self.usual, rivals[1][0] if len(rivals) > 1 else 0.0))
            for text, rivals in ranked.items()
            if rivals
        }


def _best_first(item: tuple[float, int]) -> tuple[float, int]:
    return -item[0], item[1]


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None
