"""Word links over all pairs of spans of a bead: sums inside and outside each pair, by prefix sums."""

from __future__ import annotations

import numpy as np

from ..alignment.matching import is_content_en, is_content_ja
from .linked import LinkedBead
from .spans import TokenSpan


class LinkGrid:
    """Sums of link mass over all pairs of spans, by two-dimensional prefix sums."""

    def __init__(self, bead: LinkedBead, ja: list[TokenSpan], en: list[TokenSpan]) -> None:
        self.bead = bead
        self.ja, self.en = np.array(ja), np.array(en)
        self.links = bead.links
        self._forward, self._backward = bead.forward, bead.backward
        self.inside = self._block(self.links)
        self.ja_mass = range_sum(self.links.sum(axis=1), self.ja)
        self.en_mass = range_sum(self.links.sum(axis=0), self.en)

    def _block(self, matrix: np.ndarray) -> np.ndarray:
        """Sum of `matrix` over each pair of spans: ja spans × en spans."""
        prefix = np.zeros((matrix.shape[0] + 1, matrix.shape[1] + 1))
        prefix[1:, 1:] = matrix.cumsum(axis=0).cumsum(axis=1)
        rows = prefix[self.ja[:, 1]] - prefix[self.ja[:, 0]]
        return rows[:, self.en[:, 1]] - rows[:, self.en[:, 0]]

    def jaccard(self) -> np.ndarray:
        """Link mass inside a pair of spans, of all link mass that touches either."""
        return self.inside / np.maximum(self.ja_mass[:, None] + self.en_mass[None, :] - self.inside, 0.05)

    def columns(self, i: np.ndarray, j: np.ndarray, jaccard: np.ndarray, score: np.ndarray) -> dict[str, np.ndarray]:
        forward, backward = self._block(self._forward), self._block(self._backward)
        ja_size = (self.ja[:, 1] - self.ja[:, 0])[i]
        en_size = (self.en[:, 1] - self.en[:, 0])[j]
        # P(each Japanese token links into the English span), and the reverse: cumulated once over tokens
        ja_into = _cumulate(self._backward, 1)
        en_into = _cumulate(self._forward, 0)
        a, b = self.ja[i, 0], self.ja[i, 1]
        x, y = self.en[j, 0], self.en[j, 1]

        def ja_token(k: np.ndarray) -> np.ndarray:
            return _into(ja_into, k, y, k, x, len(self.bead.ja), k)

        def en_token(k: np.ndarray) -> np.ndarray:
            return _into(en_into, b, k, a, k, len(self.bead.en), k)

        ja_content = np.array([is_content_ja(token) for token in self.bead.ja])
        en_content = np.array([is_content_en(token) for token in self.bead.en])
        best_en, best_ja = _other_best(score, 1), _other_best(score, 0)
        return {
            "link_jaccard": jaccard[i, j],
            "link_inside": self.inside[i, j],
            "forward_share": forward[i, j] / en_size,
            "backward_share": backward[i, j] / ja_size,
            "forward_out": range_sum(self._forward.sum(axis=1), self.ja)[i] - forward[i, j],
            "backward_out": range_sum(self._backward.sum(axis=0), self.en)[j] - backward[i, j],
            "ja_weakest": _weakest(ja_token, a, ja_size, ja_content),
            "en_weakest": _weakest(en_token, x, en_size, en_content),
            "ja_first": ja_token(a), "ja_last": ja_token(b - 1), "en_first": en_token(x), "en_last": en_token(y - 1),
            "ja_before": ja_token(a - 1), "ja_after": ja_token(b),
            "en_before": en_token(x - 1), "en_after": en_token(y),
            "rank_en": (score[i] > score[i, j][:, None]).sum(axis=1),
            "rank_ja": (score[:, j] > score[i, j][None, :]).sum(axis=0),
            "gap_en": score[i, j] - best_en[i, j],
            "gap_ja": score[i, j] - best_ja[i, j],
        }  # fmt: skip


def _into(
    sums: np.ndarray,
    row: np.ndarray,
    column: np.ndarray,
    row0: np.ndarray,
    column0: np.ndarray,
    size: int,
    k: np.ndarray,
) -> np.ndarray:
    """Difference of cumulated sums at two places for tokens `k`; 0 where there is no such token."""
    inside = (k >= 0) & (k < size)
    high, low = sums.shape[0] - 1, sums.shape[1] - 1
    ends = sums[np.clip(row, 0, high), np.clip(column, 0, low)]
    starts = sums[np.clip(row0, 0, high), np.clip(column0, 0, low)]
    return np.where(inside, ends - starts, 0.0)


def _cumulate(matrix: np.ndarray, axis: int) -> np.ndarray:
    """Cumulative sums along `axis`, with a leading zero."""
    shape = list(matrix.shape)
    shape[axis] = 1
    return np.concatenate([np.zeros(shape), matrix.cumsum(axis=axis)], axis=axis)


def _weakest(link, first: np.ndarray, size: np.ndarray, content: np.ndarray) -> np.ndarray:
    """The weakest link into the other span of any content word of the span."""
    weakest = np.ones(len(first))
    for step in range(int(size.max()) if len(size) else 0):
        place = first + step
        counts = (step < size) & content[np.minimum(place, len(content) - 1)]
        weakest = np.where(counts, np.minimum(weakest, link(place)), weakest)
    return weakest


def range_sum(vector: np.ndarray, spans: np.ndarray) -> np.ndarray:
    prefix = np.concatenate([[0.0], vector.cumsum()])
    return prefix[spans[:, 1]] - prefix[spans[:, 0]]


def _other_best(score: np.ndarray, axis: int) -> np.ndarray:
    """For each cell the best score of the other cells along `axis`."""
    if score.shape[axis] < 2:
        return np.zeros_like(score)
    ordered = np.sort(score, axis=axis)
    best = ordered.take([-1], axis=axis)
    second = ordered.take([-2], axis=axis)
    return np.where(score == best, second, best)
