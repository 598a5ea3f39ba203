"""Cross-validated figures of pairing on annotated bitexts. Usage: crossvalidate.py FOLDER GOLD [--folds N]

Documents are dealt into folds; labellers and ranker that score a document have seen nothing of its fold, and neither
has the calibration curve. Only word links, which need no labels, come from all texts, as in a build.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from glossary.alignment.documents import AlignedBitext
from glossary.terms.candidates import BitextCandidates
from glossary.terms.model import Model
from glossary.terms.ranking import RankedPair, rank
from glossary.terms.state import estimate
from glossary.terms.trees import interpolate, isotonic
from glossary.training.corpus import LABELLED_KINDS, Corpus, prepare
from glossary.training.gold import GoldKey, Scores, gold_tiers, normalize_en, normalize_ja, score_pairs
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


def held_out_model(corpus: Corpus, validated: CrossValidation, fold: int) -> Model:
    """The model that saw nothing of a fold, calibrated on the others."""
    gold = gold_tiers(corpus.gold)
    parts = validated.models[fold]
    keys = [key for key in validated.best if validated.fold[key[0]] != fold]
    curve = isotonic(np.array([validated.best[key] for key in keys]), np.array([key in gold for key in keys]))
    return Model(
        parts.labellers, parts.first.precedents, parts.first.trees, parts.second, curve, 0.0, {}, corpus.base, {}
    )


def built_alone(corpus: Corpus, validated: CrossValidation, bitext: AlignedBitext) -> list[tuple[GoldKey, RankedPair]]:
    """The pairs of one bitext whose model state knows no other text."""
    model = held_out_model(corpus, validated, validated.fold[bitext.bitext.name])
    state = estimate([bitext], corpus.base)
    beads = corpus.maker.linked(bitext, state)
    labels = [corpus.maker.label(bead, model.labellers) for bead in beads]
    found = corpus.maker.candidates(bitext, beads, labels, state, len(LABELLED_KINDS))
    return named_pairs(found, rank([found], model, corpus.maker.knowledge)[0])


def named_pairs(found: BitextCandidates, ranked: Sequence[RankedPair]) -> list[tuple[GoldKey, RankedPair]]:
    """Each ranked pair with its normalized strings."""
    bitext, pairs = found.aligned.bitext, []
    for pair in ranked:
        ja, en = found.beads[pair.bead].ja, found.beads[pair.bead].en
        ja_text = bitext.ja.text[ja[pair.ja[0]].start : ja[pair.ja[1] - 1].end]
        en_text = bitext.en.text[en[pair.en[0]].start : en[pair.en[1] - 1].end]
        pairs.append(((bitext.name, normalize_ja(ja_text), normalize_en(en_text)), pair))
    return pairs


def mean_f(gold: Mapping[GoldKey, str], predicted: Sequence[GoldKey]) -> float:
    """Mean of the documents' own F."""
    by_document: dict[str, tuple[dict[GoldKey, str], list[GoldKey]]] = {}
    for key, tier in gold.items():
        by_document.setdefault(key[0], ({}, []))[0][key] = tier
    for key in predicted:
        by_document[key[0]][1].append(key)
    return float(np.mean([score_pairs(own, found).f for own, found in by_document.values()]))


def kinds_of_found(
    corpus: Corpus, ranked: Sequence[tuple[GoldKey, RankedPair]], cut: float
) -> tuple[int, float, float]:
    """(core pairs found, accuracy, macro-F) of the kinds of core pairs that score at least `cut`."""
    gold = gold_tiers(corpus.gold)
    true = {
        (row.document, normalize_ja(row.ja), normalize_en(row.en)): row.kind for row in corpus.gold if row.ja and row.en
    }
    best: dict[GoldKey, RankedPair] = {}
    for key, pair in ranked:
        if gold.get(key) == "core" and pair.score >= cut and (key not in best or pair.score > best[key].score):
            best[key] = pair
    kinds = [(true[key], pair.kind) for key, pair in best.items()]
    fs = []
    for kind in sorted({a for a, _ in kinds}):
        both = sum(a == b == kind for a, b in kinds)
        fs.append(2 * both / (sum(a == kind for a, _ in kinds) + sum(b == kind for _, b in kinds)))
    return len(kinds), sum(a == b for a, b in kinds) / max(1, len(kinds)), float(np.mean(fs)) if fs else 0.0


def main() -> None:
    """Print the figures; progress goes to standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="bitexts, NAME.ja.txt and NAME.en.txt")
    parser.add_argument("gold", type=Path, help="annotated pairs, JSON Lines")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--not-nested", action="store_true", help="quicker, a little optimistic")
    parser.add_argument("--group", action="append", default=[], help="also of documents whose names begin so")
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
    for group in options.group:
        own = {key: tier for key, tier in gold.items() if key[0].startswith(group)}
        found = (key for key, score in validated.best.items() if score >= cut and key[0].startswith(group))
        print(f"{group} at highest F of all: {figures(score_pairs(own, found))}")
    print(f"reachability: {reachable(gold, validated.best):.3f} of the core pairs are among the candidates")
    print(f"calibration error: {calibration_error(confidence, hits, scores):.3f} over all candidates,", end=" ")
    print(f"{calibration_error(confidence[shown], hits[shown], scores[shown]):.3f} over those shown at the highest F")
    progress("each document alone")
    alone = [pair for bitext in corpus.bitexts for pair in built_alone(corpus, validated, bitext)]
    keys = list(dict.fromkeys(key for key, pair in alone if pair.score >= cut))
    together = [key for key, score in validated.best.items() if score >= cut]
    print(f"each document alone:           {figures(score_pairs(gold, keys))}")
    print(f"mean F of the documents: together {mean_f(gold, together):.3f}, alone {mean_f(gold, keys):.3f}")
    number, accuracy, macro = kinds_of_found(corpus, alone, cut)
    print(f"kinds of {number:,} core pairs found alone: accuracy {accuracy:.3f}, macro-F {macro:.3f}")


if __name__ == "__main__":
    main()
