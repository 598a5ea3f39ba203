"""Cross-validation by document: what is learned from labels is learned without the fold it is applied to.

The word links and counts, which need no labels, come from all texts at once, as in a build.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..terms.crf import Crf
from ..terms.trees import Trees
from .corpus import LINKED_LABELLERS, Corpus, labelled_by, train_labellers
from .gold import GoldKey, Scores, gold_tiers, score_pairs
from .rankers import FirstLook, Rows, candidate_rows, fit_first, fit_second, unseen_scores

_PLATEAU = 0.003
"""Differences of F below this are chance on some four thousand pairs."""


def folds(documents: Sequence[str], number: int) -> dict[str, int]:
    """The fold of each document, dealt out by a digest of its name: the same for any order."""
    order = sorted(set(documents), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return {name: k % number for k, name in enumerate(order)}


def best_by_key(keys: Sequence[GoldKey], scores: np.ndarray) -> dict[GoldKey, float]:
    """The best score of each pair of a document."""
    best: dict[GoldKey, float] = {}
    for key, score in zip(keys, scores, strict=True):
        if score > best.get(key, -np.inf):
            best[key] = float(score)
    return best


def best_threshold(
    gold: Mapping[GoldKey, str], best: Mapping[GoldKey, float], accept: Callable[[Scores], bool] | None = None
) -> tuple[float, Scores]:
    """The score with the highest F; with `accept`, the lowest one from which the scores are accepted.

    F is flat around its peak and where exactly the peak lies is chance: the middle of the plateau is taken.
    """
    options = []
    for cut in np.round(np.arange(-3.0, 4.0, 0.05), 2):
        scores = score_pairs(gold, (key for key, value in best.items() if value >= cut))
        if accept is not None and scores.predicted and accept(scores):
            return float(cut), scores
        options.append((float(cut), scores))
    peak = max(scores.f for _, scores in options)
    plateau = [option for option in options if option[1].f >= peak - _PLATEAU]
    return plateau[len(plateau) // 2]


@dataclass(frozen=True)
class HeldOut:
    """What was trained without a fold."""

    labellers: dict[str, Crf]
    """LINKED_LABELLERS."""
    first: FirstLook
    second: Trees


@dataclass(frozen=True)
class CrossValidation:
    """Scores of every candidate pair, given by a model that saw nothing of its document."""

    best: dict[GoldKey, float]
    fold: dict[str, int]
    rows: Rows
    first: np.ndarray
    """Of the first look, by row."""
    scores: np.ndarray
    """Of both looks together."""
    models: dict[int, HeldOut]
    """By fold."""


def cross_validate(
    corpus: Corpus, number: int = 5, *, nested: bool = True, progress: Callable[[str], None] = print
) -> CrossValidation:
    """Out-of-fold scores. `nested`: all that the ranker's training rows rest on is refitted inside each fold too.

    Without `nested` each document is labelled by the labellers that did not see its own fold, and the labels and first
    scores of the ranker's training rows come from models that have seen the test fold: quicker, and a little
    optimistic.
    """
    names = [bitext.bitext.name for bitext in corpus.bitexts]
    fold = folds(names, number)
    labeller = trained_labellers(corpus, fold, nested=nested, progress=progress)
    rows = unseen_rows(corpus, labeller, fold)
    gold = gold_tiers(corpus.gold)
    progress("first look")
    if not nested:
        return look_twice(rows, gold, fold, labeller)
    first, scores = np.zeros(len(rows.keys)), np.zeros(len(rows.keys))
    row_fold = np.array([fold[key[0]] for key in rows.keys])
    models = {}
    for f in range(number):
        progress(f"fold {f + 1} of {number}")
        left_out = {name: _of_fold(fold, f) | _of_fold(fold, fold[name]) for name in names}
        labels = labelled_by(corpus, {n: _own(labeller, out) for n, out in left_out.items()})
        train = candidate_rows(corpus, labels, set(names) - _of_fold(fold, f))
        hits = np.array([key in gold for key in train.keys])
        _, before = unseen_scores(train, hits, np.array([fold[key[0]] for key in train.keys]))
        look = fit_first(train, hits, np.ones(len(hits), dtype=bool))
        second = fit_second(train.rivals(before), hits, before)
        test = row_fold == f
        first[test] = look.scores(rows, test)
        scores[test] = first[test] + second.scores(rows.rivals(first)[test])
        models[f] = HeldOut(_own(labeller, _of_fold(fold, f)), look, second)
    return CrossValidation(best_by_key(rows.keys, scores), fold, rows, first, scores, models)


Labellers = dict[tuple[str, frozenset[str]], Crf]
"""(name, documents left out) → labeller."""


def _own(labeller: Labellers, left_out: frozenset[str]) -> dict[str, Crf]:
    return {name: labeller[name, left_out] for name in LINKED_LABELLERS}


def _of_fold(fold: Mapping[str, int], number: int) -> frozenset[str]:
    return frozenset(name for name, own in fold.items() if own == number)


def trained_labellers(
    corpus: Corpus, fold: Mapping[str, int], *, nested: bool, progress: Callable[[str], None]
) -> Labellers:
    """The labellers that leave out each fold; with `nested` also each two folds."""
    numbers = sorted(set(fold.values()))
    left_out = {_of_fold(fold, f) for f in numbers}
    if nested:
        left_out |= {_of_fold(fold, f) | _of_fold(fold, g) for f in numbers for g in numbers if g < f}
    tasks = sorted(
        ((side, out) for side in LINKED_LABELLERS for out in left_out), key=lambda t: (len(t[1]), t[0], sorted(t[1]))
    )
    progress(f"training {len(tasks)} labellers")
    return dict(zip(tasks, train_labellers(corpus, tasks), strict=True))


def unseen_rows(corpus: Corpus, labeller: Labellers, fold: Mapping[str, int]) -> Rows:
    """Candidate pairs of all documents, each labelled by labellers that did not see its fold."""
    own = {name: _of_fold(fold, number) for name, number in fold.items()}
    labels = labelled_by(corpus, {name: _own(labeller, out) for name, out in own.items()})
    return candidate_rows(corpus, labels)


def look_twice(rows: Rows, gold: Mapping[GoldKey, str], fold: dict[str, int], labeller: Labellers) -> CrossValidation:
    """Out-of-fold scores of both looks, given the rows."""
    hits = np.array([key in gold for key in rows.keys])
    row_fold = np.array([fold[key[0]] for key in rows.keys])
    looks, first = unseen_scores(rows, hits, row_fold)
    rivals, scores, models = rows.rivals(first), first.copy(), {}
    for f, look in looks.items():
        test = row_fold == f
        second = fit_second(rivals[~test], hits[~test], first[~test])
        scores[test] = first[test] + second.scores(rivals[test])
        models[f] = HeldOut(_own(labeller, _of_fold(fold, f)), look, second)
    return CrossValidation(best_by_key(rows.keys, scores), fold, rows, first, scores, models)
