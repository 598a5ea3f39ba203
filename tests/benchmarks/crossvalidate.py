"""Cross-validated figures of the pair ranker on annotated bitexts. Usage: crossvalidate.py FOLDER GOLD [--folds N]

Documents are dealt into folds; labellers and ranker that score a document have seen nothing of its fold, and neither
has the calibration curve. Only word links, which need no labels, come from all texts, as in a build, and so does the
table of grammatical words that is made of them.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from glossary.terms.trees import interpolate, isotonic
from glossary.training.corpus import prepare
from glossary.training.gold import GoldKey, Scores, gold_tiers
from glossary.training.validation import CrossValidation, best_threshold, cross_validate

HIGH_PRECISION = 0.88
BINS = 10


def figures(scores: Scores) -> str:
    """One line."""
    return (
        f"P {scores.precision:.3f}  R_core {scores.recall_core:.3f}  F {scores.f:.3f}  R_all {scores.recall_all:.3f}"
        f"  contradicted {scores.contradicted:.3f}  ({scores.predicted:,} pairs)"
    )


def reachable(gold: Mapping[GoldKey, str], candidates: Mapping[GoldKey, float]) -> float:
    """Share of the core pairs that are among the candidates."""
    core = [key for key, tier in gold.items() if tier == "core"]
    return sum(key in candidates for key in core) / max(1, len(core))


def calibrated(gold: Mapping[GoldKey, str], validated: CrossValidation) -> tuple[np.ndarray, np.ndarray]:
    """(confidence, annotated or not) of each pair's best score, through a curve of the other folds' pairs."""
    keys = list(validated.best)
    scores = np.array([validated.best[key] for key in keys])
    hits = np.array([key in gold for key in keys])
    fold = np.array([validated.fold[key[0]] for key in keys])
    confidence = np.zeros(len(keys))
    for number in np.unique(fold):
        test = fold == number
        confidence[test] = interpolate(isotonic(scores[~test], hits[~test]), scores[test])
    return confidence, hits


def calibration_error(confidence: np.ndarray, hits: np.ndarray, order_by: np.ndarray) -> float:
    """Expected calibration error: mean distance of confidence and share of hits over ten bins of equal mass."""
    order = np.argsort(order_by, kind="stable")
    bins = [part for part in np.array_split(order, BINS) if len(part)]
    return sum(len(part) * abs(confidence[part].mean() - hits[part].mean()) for part in bins) / max(1, len(order))


def main() -> None:
    """Print the figures; progress goes to standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="bitexts, NAME.ja.txt and NAME.en.txt")
    parser.add_argument("gold", type=Path, help="annotated pairs, JSON Lines")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--not-nested", action="store_true", help="quicker, a little optimistic")
    options = parser.parse_args()
    started = time.monotonic()

    def progress(message: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {message}", file=sys.stderr)

    corpus = prepare(options.folder, options.gold)
    progress(f"{len(corpus.bitexts)} bitexts prepared")
    gold = gold_tiers(corpus.gold)
    validated = cross_validate(corpus, options.folds, nested=not options.not_nested, progress=progress)
    cut, best = best_threshold(gold, validated.best)
    high_cut, high = best_threshold(gold, validated.best, lambda scores: scores.precision >= HIGH_PRECISION)
    confidence, hits = calibrated(gold, validated)
    scores = np.array(list(validated.best.values()))
    shown = scores >= cut
    print(f"{len(corpus.bitexts)} documents, {len(gold):,} pairs, {options.folds} folds")
    print(f"highest F (score {cut:+.2f}):       {figures(best)}")
    print(f"high precision (score {high_cut:+.2f}): {figures(high)}")
    print(f"reachability: {reachable(gold, validated.best):.3f} of the core pairs are among the candidates")
    print(f"calibration error: {calibration_error(confidence, hits, scores):.3f} over all candidates,", end=" ")
    print(f"{calibration_error(confidence[shown], hits[shown], scores[shown]):.3f} over those shown at the highest F")


if __name__ == "__main__":
    main()
