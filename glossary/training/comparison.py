"""Two models compared on decided pairs: log-loss, pairs rightly ranked, and a paired bootstrap over documents.

People decide on what they are shown, so decided pairs have another share of right ones than all candidates, and any
model that has seen decisions, random ones too, hits that share better. What matters is which model tells right from
wrong: before the losses are taken, either model's scores are brought to the level of the decided pairs by a logistic
curve (Platt 1999) fitted on the documents of the other folds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

SAMPLES = 1000
_SEED = 1
_STEPS = 50


class Figures(NamedTuple):
    """How a model does on decided pairs."""

    log_loss: float
    """Mean over the decided pairs, in nats."""
    ranked: float
    """Share of all couples of a right and a wrong pair in which the right one scores higher; ties count half."""


class Comparison(NamedTuple):
    before: Figures
    after: Figures
    favour: float
    """Share of the bootstrap samples of documents in which the new model has the lower log-loss."""


def compare(
    before: np.ndarray, after: np.ndarray, right: np.ndarray, documents: Sequence[str], fold: np.ndarray
) -> Comparison:
    """Scores (log-odds) of decided pairs by two models; `fold`: of each pair's document."""
    losses = [_losses(_levelled(scores, right, fold), right) for scores in (before, after)]
    _, number = np.unique(np.array(documents), return_inverse=True)
    gains = np.bincount(number, losses[0] - losses[1])
    # Resampled documents bring all their pairs; the sign of the mean gain is that of the sum.
    drawn = np.random.default_rng(_SEED).integers(0, len(gains), (SAMPLES, len(gains)))
    favour = float((gains[drawn].sum(axis=1) > 0).mean())
    figures = [
        Figures(float(loss.mean()), ranked(scores, right)) for loss, scores in zip(losses, (before, after), strict=True)
    ]
    return Comparison(figures[0], figures[1], favour)


def ranked(scores: np.ndarray, right: np.ndarray) -> float:
    """Share of the couples of a right and a wrong pair that are in order (area under the ROC curve)."""
    wrong = np.sort(scores[~right])
    below = np.searchsorted(wrong, scores[right], "left") + np.searchsorted(wrong, scores[right], "right")
    return float(below.mean() / 2 / len(wrong))


def logistic(scores: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """(slope, intercept) of Platt's curve, fitted by Newton's method with his smoothed targets."""
    hits, misses = right.sum(), (~right).sum()
    target = np.where(right, (hits + 1) / (hits + 2), 1 / (misses + 2))
    columns = np.column_stack([scores, np.ones(len(scores))])
    weights = np.array([1.0, 0.0])
    loss = _cross_entropy(columns @ weights, target)
    for _ in range(_STEPS):
        p = _probability(columns @ weights)
        hessian = (columns * (p * (1 - p))[:, None]).T @ columns + 1e-9 * np.eye(2)
        step = np.linalg.solve(hessian, columns.T @ (p - target))
        while (new := _cross_entropy(columns @ (weights - step), target)) > loss and np.abs(step).max() > 1e-9:
            step = step / 2
        if new >= loss - 1e-12:
            break
        weights, loss = weights - step, new
    return float(weights[0]), float(weights[1])


def _levelled(scores: np.ndarray, right: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Log-odds by the curve of the other folds."""
    level = np.zeros(len(scores))
    for number in np.unique(fold):
        held_out = fold == number
        slope, intercept = logistic(scores[~held_out], right[~held_out])
        level[held_out] = slope * scores[held_out] + intercept
    return level


def _losses(level: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.logaddexp(0.0, np.where(right, -level, level))


def _cross_entropy(level: np.ndarray, target: np.ndarray) -> float:
    return float((np.logaddexp(0.0, level) - target * level).sum())


def _probability(level: np.ndarray) -> np.ndarray:
    return np.exp(-np.logaddexp(0.0, -level))
