"""Gradient-boosted trees read from arrays: scores, and their exact attribution to features.

The attribution is path-dependent TreeSHAP (Lundberg, Erion & Lee 2018): Shapley values over the features, the weights
of absent features taken from the training rows. A leaf's share depends only on which features of its path a row
satisfies, so all shares of a leaf are computed once (the idea of Fast TreeSHAP, Yang 2021).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import factorial
from typing import NamedTuple

import numpy as np


@dataclass(frozen=True)
class Trees:
    """An ensemble; nodes of all trees in one array each. A row goes left where feature <= threshold."""

    roots: np.ndarray
    """Index of each tree's root."""
    feature: np.ndarray
    """Of each node; -1 for a leaf."""
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    """Of each leaf; 0 for inner nodes."""
    cover: np.ndarray
    """Training rows that came by each node."""

    @classmethod
    def from_lightgbm(cls, dump: dict) -> Trees:
        """From `Booster.dump_model()`; numerical splits without missing values."""
        feature: list[int] = []
        threshold, left, right, value, cover = [], [], [], [], []

        def add(node: dict) -> int:
            here = len(feature)
            leaf = "leaf_value" in node
            feature.append(-1 if leaf else node["split_feature"])
            threshold.append(0.0 if leaf else node["threshold"])
            value.append(node["leaf_value"] if leaf else 0.0)
            cover.append(node.get("leaf_count", 1) if leaf else node["internal_count"])
            left.append(0)
            right.append(0)
            if not leaf:
                left[here] = add(node["left_child"])
                right[here] = add(node["right_child"])
            return here

        roots = [add(tree["tree_structure"]) for tree in dump["tree_info"]]
        return cls(
            np.array(roots), np.array(feature), np.array(threshold), np.array(left), np.array(right),
            np.array(value), np.array(cover, dtype=float),
        )  # fmt: skip

    @cached_property
    def depth(self) -> int:
        """Splits on the longest path."""
        level, depth = self.roots, 0
        while True:
            inner = level[self.feature[level] >= 0]
            if not len(inner):
                return depth
            level = np.concatenate([self.left[inner], self.right[inner]])
            depth += 1

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Sum of the leaves that each row falls into (log-odds)."""
        leaf = self.feature < 0
        here = np.arange(len(leaf))
        # a leaf leads to itself on both sides, so that all rows can take the same number of steps
        child = np.stack([np.where(leaf, here, self.right), np.where(leaf, here, self.left)], axis=1).ravel()
        feature = np.maximum(self.feature, 0)
        flat, start = np.ascontiguousarray(rows).ravel(), np.arange(len(rows)) * rows.shape[1]
        total = np.zeros(len(rows))
        for root in self.roots:
            node = np.full(len(rows), root)
            for _ in range(self.depth):
                goes_left = flat.take(start + feature.take(node)) <= self.threshold.take(node)
                node = child.take(2 * node + goes_left)
            total += self.value.take(node)
        return total

    @cached_property
    def base(self) -> float:
        """The expected score over the training rows."""
        return float(sum(self._expectation(int(root)) for root in self.roots))

    def _expectation(self, node: int) -> float:
        if self.feature[node] < 0:
            return float(self.value[node])
        left, right = int(self.left[node]), int(self.right[node])
        share = self.cover[left] / (self.cover[left] + self.cover[right])
        return share * self._expectation(left) + (1 - share) * self._expectation(right)

    @cached_property
    def _leaves(self) -> list[_Leaf]:
        paths: dict[int, list[tuple[float, dict[int, tuple[float, float, float]]]]] = defaultdict(list)

        def walk(node: int, path: dict[int, tuple[float, float, float]]) -> None:
            if self.feature[node] < 0:
                paths[len(path)].append((float(self.value[node]), path))
                return
            feature, threshold = int(self.feature[node]), float(self.threshold[node])
            left, right = int(self.left[node]), int(self.right[node])
            total = self.cover[left] + self.cover[right]
            low, high, share = path.get(feature, (-np.inf, np.inf, 1.0))
            for child, bounds in ((left, (low, min(high, threshold))), (right, (max(low, threshold), high))):
                walk(child, {**path, feature: (*bounds, share * float(self.cover[child] / total))})

        for root in self.roots:
            walk(int(root), {})
        return [leaf for size in sorted(paths) for leaf in _leaves_of_size(paths[size])]

    def contributions(self, rows: np.ndarray) -> np.ndarray:
        """rows × features: Shapley values; with `base` they add up to `scores`."""
        result = np.zeros(rows.shape[::-1])
        columns = np.ascontiguousarray(rows.T)
        for leaf in self._leaves:
            pattern = np.zeros(len(rows), dtype=np.intp)
            for bit, (feature, low, high) in enumerate(leaf.bounds):
                column = columns[feature]
                pattern += ((column > low) & (column <= high)).astype(np.intp) << bit
            for (feature, _, _), shares in zip(leaf.bounds, leaf.shares, strict=True):
                result[feature] += shares.take(pattern)
        return result.T


class _Leaf(NamedTuple):
    """One leaf: the features of its path, and its share for each pattern of satisfied ones."""

    bounds: list[tuple[int, float, float]]
    """(feature, low, high): satisfied where low < feature <= high."""
    shares: np.ndarray
    """features of the path × patterns."""


_BLOCK = 64
"""Leaves whose shares are worked out together: as many as stay in a processor's cache."""


def _leaves_of_size(paths: Sequence[tuple[float, dict[int, tuple[float, float, float]]]]) -> Iterator[_Leaf]:
    """Leaves with equally many features on their path."""
    for start in range(0, len(paths), _BLOCK):
        block = paths[start : start + _BLOCK]
        values = np.array([value for value, _ in block])
        absent = np.array([[share for _, _, share in path.values()] for _, path in block]).reshape(len(block), -1)
        for (_, path), shares in zip(block, _shares(values, absent), strict=True):
            yield _Leaf([(feature, low, high) for feature, (low, high, _) in path.items()], shares)


def _shares(values: np.ndarray, absent: np.ndarray) -> np.ndarray:
    """leaves × features of the path × patterns: the share of each feature in a leaf's value.

    `absent`: leaves × features, the weight of the leaf's side where the feature is unknown. Subsets of the other
    features are summed by size, as the coefficients of a product of one polynomial a feature.
    """
    size = absent.shape[1]
    patterns = np.arange(1 << size)
    present = ((patterns >> np.arange(size)[:, None]) & 1).astype(float)
    weight = np.array([factorial(s) * factorial(size - 1 - s) / factorial(size) for s in range(size)])
    shares = np.empty((len(values), size, len(patterns)))
    for k in range(size):
        sums = [np.ones((len(values), len(patterns)))]  # by number of other features in the subset
        for other in (o for o in range(size) if o != k):
            without, within = absent[:, other, None], present[other]
            sums = [
                *(
                    a * without + (b * within if b is not None else 0.0)
                    for a, b in zip(sums, [None, *sums], strict=False)
                ),
                sums[-1] * within,
            ]
        total = sum(w * part for w, part in zip(weight, sums, strict=True))
        shares[:, k] = values[:, None] * (present[k] - absent[:, k, None]) * total
    return shares


def interpolate(knots: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Confidence of scores: linear between the knots (score, confidence) of a calibration curve, flat outside."""
    return np.interp(scores, knots[:, 0], knots[:, 1])


def isotonic(scores: np.ndarray, hits: np.ndarray, mass: int = 100) -> np.ndarray:
    """A rising calibration curve: knots × (score, confidence), by pooling adjacent violators (Ayer et al. 1955).

    It begins with bins of `mass` scores each; bins that fall are pooled with their neighbour, and neighbours that
    hardly differ too, so that the curve stays short.
    """
    order = np.argsort(scores, kind="stable")
    edges = [*range(0, len(order), mass), len(order)]
    pooled: list[tuple[float, float, int]] = []
    for a, b in pairwise(edges):
        if a == b:
            continue
        pooled.append((float(scores[order[a:b]].mean()), float(hits[order[a:b]].mean()), b - a))
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1] - 0.01:
            (x1, y1, n1), (x2, y2, n2) = pooled[-2:]
            pooled[-2:] = [((x1 * n1 + x2 * n2) / (n1 + n2), (y1 * n1 + y2 * n2) / (n1 + n2), n1 + n2)]
    return np.array([[x, min(max(y, 0.001), 0.999)] for x, y, _ in pooled])
