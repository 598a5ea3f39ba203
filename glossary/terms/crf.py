"""Linear-chain conditional random fields: marginals by forward-backward, in NumPy. Training is elsewhere.

After Lafferty, McCallum & Pereira 2001. Weights come from python-crfsuite's training; reading them needs NumPy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Crf:
    """Weights of a labeller."""

    labels: tuple[str, ...]
    features: dict[str, int]
    """feature → row of `state`."""
    state: np.ndarray
    """features × labels, float32."""
    transition: np.ndarray
    """labels × labels, float32: weight of label b after label a."""

    def emissions(self, rows: Sequence[Sequence[str]]) -> np.ndarray:
        """tokens × labels: sums of the weights of each token's features; unknown features count nothing."""
        scores = np.zeros((len(rows), len(self.labels)))
        for k, row in enumerate(rows):
            known = [self.features[feature] for feature in row if feature in self.features]
            if known:
                scores[k] = self.state[known].sum(axis=0)
        return scores

    def chain(self, rows: Sequence[Sequence[str]]) -> Chain:
        """The distribution over label sequences of one sentence."""
        return Chain(self, self.emissions(rows))


class Chain:
    """Label sequences of one sentence: marginals of tokens and exact probabilities of term spans."""

    def __init__(self, crf: Crf, emissions: np.ndarray) -> None:
        self.labels = crf.labels
        size = len(emissions)
        step = np.exp(crf.transition - crf.transition.max()).astype(float)
        local = np.exp(emissions - emissions.max(axis=1, keepdims=True)) if size else emissions
        alpha = np.zeros_like(local)
        scale = np.ones(size)
        for k in range(size):
            alpha[k] = local[k] if k == 0 else (alpha[k - 1] @ step) * local[k]
            scale[k] = alpha[k].sum()
            alpha[k] /= scale[k]
        beta = np.ones_like(local)
        for k in range(size - 2, -1, -1):
            beta[k] = step @ (local[k + 1] * beta[k + 1]) / scale[k + 1]
        self._alpha, self._beta, self._local, self._step, self._scale = alpha, beta, local, step, scale
        self.marginals = alpha * beta
        """tokens × labels: P(label of token)."""
        self.begin = np.array([label.startswith("B") for label in crf.labels])
        self.inside = np.array([label.startswith("I") for label in crf.labels])

    def spans(self, longest: int) -> dict[tuple[int, int], np.ndarray]:
        """P(span is exactly one term) by kind, for every span up to `longest` tokens: {(first, end): kinds}.

        The kinds follow the order of the B labels. A term is B I* and ends before a token that is not its I.
        """
        size = len(self._local)
        b_index = np.flatnonzero(self.begin)
        i_index = np.array([self.labels.index("I" + self.labels[b][1:]) for b in b_index])
        entering = np.zeros((size, len(b_index)))
        for k in range(size):
            before = self._alpha[k - 1] @ self._step[:, b_index] if k else np.ones(len(b_index))
            entering[k] = before * self._local[k][b_index] / self._scale[k]
        leaving = np.ones((size, 2, len(b_index)))  # after a B, after an I: mass of all that does not go on
        for k in range(size - 1):
            ahead = self._local[k + 1] * self._beta[k + 1] / self._scale[k + 1]
            for row, index in enumerate((b_index, i_index)):
                leaving[k, row] = self._step[index] @ ahead - self._step[index, i_index] * ahead[i_index]
        found = {}
        b_to_i, i_to_i = self._step[b_index, i_index], self._step[i_index, i_index]
        for first in range(size):
            mass = entering[first]
            if mass.sum() < 1e-4:
                continue
            found[first, first + 1] = mass * leaving[first, 0]
            for last in range(first + 1, min(first + longest, size)):
                mass = mass * (b_to_i if last == first + 1 else i_to_i) * self._local[last][i_index] / self._scale[last]
                if mass.sum() < 1e-5:
                    break
                found[first, last + 1] = mass * leaving[last, 1]
        return found
