"""Learning from use: the ranker's first look fitted anew on the shipped rows and on what people decided.

The new weights take the place of the old ones only if, cross-validated by document, they tell right decided pairs from
wrong ones better: in at least 95% of the bootstrap samples of documents (Koehn 2004, after Efron & Tibshirani 1993).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .. import __version__
from ..decisions.record import Decision
from ..decisions.table import stored
from ..errors import GlossaryError
from ..lexicons.in_force import knowledge_for
from ..records import Bitext
from ..store import open_glossary, read_state, stored_units
from ..store.trained import add_trained, forget_trained
from ..terms.model import Model, features_digest, model_in_force, weights_digest
from ..terms.state import ModelState
from ..terms.trees import isotonic
from .comparison import SAMPLES, Comparison, compare
from .decided import Decided, decided_pairs
from .rankers import FirstLook
from .refit import ROUNDS, check_library, fit_weighted, joined
from .shippedrows import Shipped, TrainingRows, load_rows
from .userrows import Progress, UserRows, bitexts_spoken_of, user_rows
from .validation import folds

LEAST_PAIRS = 200
"""Decided pairs from which on learning is worth its while."""
LEAST_OF_EITHER = 10
"""Right and wrong pairs there must be, to be told apart."""
FOLDS = 5
ENOUGH = 0.95


@dataclass(frozen=True)
class LearningReport:
    """What came of learning."""

    pairs: int
    """Decided pairs that the texts show, a pair once in a document."""
    right: int
    documents: int
    comparison: Comparison
    number: int | None
    """Of the weights that are in force now; None if the new ones were not kept."""

    def summary(self) -> str:
        """The figures and the outcome, in three lines."""
        before, after, favour = self.comparison
        outcome = (
            f"Kept (learned weights {self.number}): the next builds score new documents with them; run"
            " `glossary build PATH… --refresh` once for those that are there."
            if self.number is not None
            else f"Not kept: better in at least {ENOUGH:.0%} of the samples is needed; nothing was changed."
        )
        return (
            f"{self.pairs:,} decided pairs in {self.documents:,} documents:"
            f" {self.right:,} right, {self.pairs - self.right:,} wrong.\n"
            f"Before → after, cross-validated: log-loss {before.log_loss:.3f} → {after.log_loss:.3f}, rightly ranked"
            f" {before.ranked:.3f} → {after.ranked:.3f}; better in {favour:.1%} of {SAMPLES:,} samples of documents.\n"
            f"{outcome}"
        )


class _Given(NamedTuple):
    """What is read from the glossary before the long work."""

    decisions: list[Decision]
    decided: Decided
    bitexts: list[Bitext]
    state: ModelState
    model: Model


class _Pairs(NamedTuple):
    """Decided pairs of strings, each once in a document."""

    row: np.ndarray
    """Of each decided row its pair's number."""
    right: np.ndarray
    documents: list[str]

    def best(self, scores: np.ndarray) -> np.ndarray:
        """The highest score of each pair's rows, given those of the decided rows."""
        best = np.full(len(self.right), -np.inf)
        np.maximum.at(best, self.row, scores)
        return best


def learn(db_path: Path, *, rounds: int = ROUNDS, progress: Progress | None = None) -> LearningReport:
    """Fit anew, compare, and keep what is better, in one transaction. `rounds`: trees.

    Raises GlossaryError if there is too little to learn from or if LightGBM is not installed.
    """
    show = progress or (lambda step, done, total: None)
    given = _given(db_path)
    check_library()
    shipped = load_rows()
    user = user_rows(given.bitexts, given.model, given.state, knowledge_for(db_path), show)
    chosen, right = user.verdicts(given.decided)
    pairs = _decided_pairs(user, chosen, right)
    _check_enough(db_path, pairs)
    fold = folds(pairs.documents, FOLDS)
    learner = _Learner(shipped.rows, user, given.model, fold, rounds, show)
    after = pairs.best(learner.unseen(chosen, right)[chosen])
    before = pairs.best(learner.in_force(given.decisions)[chosen])
    pair_fold = np.array([fold[name] for name in pairs.documents])
    comparison = compare(before, after, pairs.right, pairs.documents, pair_fold)
    number = None
    if comparison.favour >= ENOUGH:
        show("Fitting on all", 0, 0)
        look = fit_weighted(joined(shipped.rows, user.rows, chosen, right), rounds)
        model = _learned(given, look, _calibrated(shipped, after, pairs.right), pairs, comparison)
        with closing(open_glossary(db_path)) as db:
            number = add_trained(db, model.signature, model.to_bytes()).number
    return LearningReport(len(pairs.right), int(pairs.right.sum()), len(fold), comparison, number)


def reset(db_path: Path) -> bool:
    """Put the shipped weights in force again; False if they were."""
    with closing(open_glossary(db_path)) as db:
        return forget_trained(db)


def _given(db_path: Path) -> _Given:
    with closing(open_glossary(db_path, readonly=True)) as db:
        decisions = stored(db)
        decided = decided_pairs(decisions)
        if len(decided) < LEAST_PAIRS:
            raise _too_few(db_path, len(decided), "decided pairs")
        _check_either(db_path, decided.right, len(decided) - decided.right)
        state = read_state(db)
        bitexts = [unit for unit in stored_units(db) if isinstance(unit, Bitext)]
    bitexts = bitexts_spoken_of(bitexts, decided)
    if state is None or not bitexts:
        raise _too_few(db_path, 0, "decided pairs in its bitexts")
    return _Given(decisions, decided, bitexts, ModelState.from_bytes(state[1]), model_in_force(db_path).model)


def _too_few(db_path: Path, number: int, what: str) -> GlossaryError:
    return GlossaryError(
        f"{db_path}: {number:,} {what}, {LEAST_PAIRS} are needed to learn from: approve and reject more"
        " (`glossary decide`), then train again"
    )


def _decided_pairs(user: UserRows, chosen: np.ndarray, right: np.ndarray) -> _Pairs:
    numbers: dict[tuple[str, str, str], int] = {}
    row = np.array([numbers.setdefault(user.rows.keys[k], len(numbers)) for k in chosen], dtype=np.intp)
    of_pair = np.zeros(len(numbers), dtype=bool)
    of_pair[row] = right
    return _Pairs(row, of_pair, [document for document, _, _ in numbers])


def _check_enough(db_path: Path, pairs: _Pairs) -> None:
    if len(pairs.right) < LEAST_PAIRS:
        raise _too_few(db_path, len(pairs.right), "decided pairs in its bitexts")
    right, documents = int(pairs.right.sum()), len(set(pairs.documents))
    _check_either(db_path, right, len(pairs.right) - right)
    if documents < FOLDS:
        raise GlossaryError(
            f"{db_path}: the decided pairs stand in {documents} documents, {FOLDS} are needed to try out on some what"
            " was learned from others: decide on pairs of more documents, then train again"
        )


def _check_either(db_path: Path, right: int, wrong: int) -> None:
    if min(right, wrong) < LEAST_OF_EITHER:
        raise GlossaryError(
            f"{db_path}: {right:,} right and {wrong:,} wrong pairs, {LEAST_OF_EITHER} of either are needed to learn the"
            f" difference: {'approve' if right < wrong else 'reject'} more (`glossary decide`), then train again"
        )


@dataclass(frozen=True)
class _Learner:
    """Scores of the user's rows by models that have seen no decision on their document or on the same pair.

    A verdict holds in all documents and is obeyed there anyway: to have it by heart is no learning.
    """

    shipped: TrainingRows
    user: UserRows
    model: Model
    fold: dict[str, int]
    rounds: int
    show: Progress

    def unseen(self, chosen: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Of all rows, by looks that learned from the decided rows `chosen` of other folds and of other pairs."""
        rows = self.user.rows
        # Documents without a decided pair are nobody's fold and are not looked at.
        row_fold = np.array([self.fold.get(name, -1) for name, _, _ in rows.keys])
        numbers: dict[tuple[str, str], int] = {}
        pair = np.array([numbers.setdefault(rows.keys[k][1:], len(numbers)) for k in chosen])
        first = np.zeros(len(rows.keys))
        for number in range(FOLDS):
            self.show("Cross-validating", number, FOLDS)
            held_out = row_fold[chosen] == number
            others = ~held_out & ~np.isin(pair, pair[held_out])
            look = fit_weighted(joined(self.shipped, rows, chosen[others], right[others]), self.rounds)
            first[row_fold == number] = look.scores(rows, row_fold == number)
        return self._looked_twice(first)

    def in_force(self, decisions: Sequence[Decision]) -> np.ndarray:
        """Of all rows, by the model in force; if it has learned from decisions, by its like without each fold."""
        until = self.model.signature.get("decided_until")
        if until is not None:
            then = decided_pairs(decision for decision in decisions if decision.at <= until)
            return self.unseen(*self.user.verdicts(then))
        everything = np.ones(len(self.user.rows.keys), dtype=bool)
        return self._looked_twice(FirstLook(self.model.precedents, self.model.trees).scores(self.user.rows, everything))

    def _looked_twice(self, first: np.ndarray) -> np.ndarray:
        return first + self.model.rivals.scores(self.user.rows.rivals(first))


def _calibrated(shipped: Shipped, scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    return isotonic(np.concatenate([shipped.scores, scores]), np.concatenate([shipped.hits, right]))


def _learned(given: _Given, look: FirstLook, calibration: np.ndarray, pairs: _Pairs, comparison: Comparison) -> Model:
    shipped = given.model.signature.get("shipped", given.model.signature)
    signature: dict[str, Any] = {
        "input": "shipped training rows and decisions", "version": __version__, "features": features_digest(),
        "shipped_sha256": weights_digest(), "shipped": shipped, "documents": len(set(pairs.documents)),
        "pairs": len(pairs.right), "right": int(pairs.right.sum()), "favour": round(comparison.favour, 4),
        "decided_until": max(decision.at for decision in given.decisions),
        "before": _rounded(comparison.before), "after": _rounded(comparison.after),
    }  # fmt: skip
    return replace(
        given.model, precedents=look.precedents, trees=look.trees, calibration=calibration, signature=signature
    )


def _rounded(figures: NamedTuple) -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures._asdict().items()}
