"""The shipped model, fitted on annotated documents: labellers, ranker, calibration, thresholds."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from .. import __version__
from ..terms.model import Model
from ..terms.trees import interpolate, isotonic
from .corpus import LABELLERS, Corpus, train_labellers
from .gold import Scores, gold_tiers
from .rankers import fit_first, fit_second
from .validation import CrossValidation, best_threshold

_PRECISION_HIGH = 0.88


def fit(corpus: Corpus, validated: CrossValidation, source: str) -> Model:
    """The final model on all documents; calibration and thresholds from the cross-validation."""
    gold = gold_tiers(corpus.gold)
    trained = train_labellers(corpus, [(name, frozenset()) for name in LABELLERS])
    labellers = dict(zip(LABELLERS, trained, strict=True))
    # The ranker learns from labels as it will meet them: of documents that the labellers did not see; and the second
    # look from such scores of the first one.
    rows, hits = validated.rows, np.array([key in gold for key in validated.rows.keys])
    first = fit_first(rows, hits, np.ones(len(hits), dtype=bool))
    second = fit_second(rows.rivals(validated.first), hits, validated.first)
    scores = np.array(list(validated.best.values()))
    curve = isotonic(scores, np.array([key in gold for key in validated.best]))
    cut, figures = best_threshold(gold, validated.best)
    high, high_figures = best_threshold(gold, validated.best, lambda s: s.precision >= _PRECISION_HIGH)
    digest = hashlib.sha256(repr(sorted(gold.items())).encode()).hexdigest()[:12]
    signature: dict[str, Any] = {
        "input": source, "documents": len(corpus.bitexts), "pairs": len(gold), "gold_sha256": digest,
        "version": __version__, "lexicons": list(corpus.maker.knowledge.names),
        "folds": len(set(validated.fold.values())),
        "cross_validated": {"normal": _rounded(figures), "high": _rounded(high_figures)},
    }  # fmt: skip
    confidence = interpolate(curve, np.array([cut, high]))
    return Model(
        labellers, first.precedents, first.trees, second, curve, round(float(confidence[0]), 4),
        {"normal": round(float(confidence[0]), 4), "high": round(float(confidence[1]), 4)}, corpus.base, signature,
    )  # fmt: skip


def _rounded(scores: Scores) -> dict[str, float]:
    return {name: round(value, 4) for name, value in scores._asdict().items()}
