"""The two looks of the ranker, fitted: gradient-boosted trees on candidate pairs, and on each pair among its rivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ..terms.candidates import FIRST_FEATURES
from ..terms.pairfeatures import Labels
from ..terms.precedents import Precedents, without_own
from ..terms.rivals import Places, rival_features
from ..terms.trees import Trees
from .corpus import LABELLED_KINDS, Corpus
from .gold import GoldKey, normalize_en, normalize_ja

_TREE_PARAMETERS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 31, "max_depth": 7, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": 1,
}  # fmt: skip
_FIRST_LOOK = {"extra_trees": True}
ROUNDS = 450
"""Trees of the first look."""
_SECOND_LOOK = {"num_leaves": 15}
_SECOND_ROUNDS = 100


class Rows(NamedTuple):
    """Candidate pairs of all documents."""

    features: np.ndarray
    """rows × features of the first look without the precedents."""
    precedent_keys: np.ndarray
    keys: list[GoldKey]
    document: np.ndarray
    """Number of each row's document, from 0 in the order of the rows."""
    places: list[Places]
    """By document."""

    def rivals(self, scores: np.ndarray) -> np.ndarray:
        """rows × RIVAL_FEATURES, given the scores of the first look at all rows."""
        parts = [scores[self.document == number] for number in range(len(self.places))]
        return np.concatenate([rival_features(where, part) for where, part in zip(self.places, parts, strict=True)])


def candidate_rows(corpus: Corpus, labels: Sequence[list[Labels]], only: set[str] | None = None) -> Rows:
    """Features of all candidate pairs, given what the labellers say."""
    features, precedent_keys, where = [], [], []
    keys: list[GoldKey] = []
    for bitext, beads, said in zip(corpus.bitexts, corpus.beads, labels, strict=True):
        if only is not None and bitext.bitext.name not in only:
            continue
        found = corpus.maker.candidates(bitext, beads, said, corpus.state, len(LABELLED_KINDS))
        ja_text, en_text = bitext.bitext.ja.text, bitext.bitext.en.text
        for bead, pairs in zip(beads, found.pairs, strict=True):
            ja = [normalize_ja(ja_text[bead.ja[a].start : bead.ja[b - 1].end]) for a, b in pairs.ja]
            en = [normalize_en(en_text[bead.en[a].start : bead.en[b - 1].end]) for a, b in pairs.en]
            keys += [(bitext.bitext.name, ja[i], en[j]) for i, j in pairs.pairs]
        features.append(found.features)
        precedent_keys.append(found.precedent_keys)
        where.append(found.places)
    document = np.repeat(np.arange(len(where)), [len(part) for part in features])
    return Rows(np.concatenate(features), np.concatenate(precedent_keys), keys, document, where)


def without_evidence(rows: Rows, kind: str) -> Rows:
    """The rows as if the first look knew nothing of that kind of evidence (one of FIRST_FEATURES)."""
    if kind == "precedent":
        return rows._replace(precedent_keys=np.zeros_like(rows.precedent_keys))
    features = rows.features.copy()
    features[:, [k for k, (_, of) in enumerate(FIRST_FEATURES[: features.shape[1]]) if of == kind]] = 0.0
    return rows._replace(features=features)


@dataclass(frozen=True)
class FirstLook:
    """Each pair by itself, with its document's other mentions and with precedents."""

    precedents: Precedents
    trees: Trees

    def scores(self, rows: Rows, mask: np.ndarray) -> np.ndarray:
        """Log-odds of the rows chosen, of documents that were not trained on."""
        known = self.precedents.of(rows.precedent_keys[mask])
        return self.trees.scores(np.column_stack([rows.features[mask], known]))


def fit_first(rows: Rows, hits: np.ndarray, mask: np.ndarray) -> FirstLook:
    """The first look, trained on the rows chosen; `hits`: which of all rows are annotated pairs."""
    keys, chosen = rows.precedent_keys[mask], hits[mask]
    rates = without_own(keys, chosen, rows.document[mask])
    trees = first_trees(np.column_stack([rows.features[mask], rates]), chosen)
    return FirstLook(Precedents.counted(keys, chosen), trees)


def fit_second(rivals: np.ndarray, hits: np.ndarray, scores: np.ndarray) -> Trees:
    """The second look, boosted on top of the first one's `scores`, which must come from documents it had not seen."""
    return _boosted(rivals, hits, _SECOND_LOOK, _SECOND_ROUNDS, init=scores)


def first_trees(
    features: np.ndarray, hits: np.ndarray, weight: np.ndarray | None = None, rounds: int = ROUNDS
) -> Trees:
    """The trees of the first look. `features`: with the precedents' rates; `weight`: for how many each row stands."""
    return _boosted(features, hits, _FIRST_LOOK, rounds, weight=weight)


def _boosted(
    features: np.ndarray,
    hits: np.ndarray,
    own: Mapping[str, Any],
    rounds: int,
    *,
    init: np.ndarray | None = None,
    weight: np.ndarray | None = None,
) -> Trees:
    import lightgbm

    data = lightgbm.Dataset(features, hits.astype(float), weight=weight, init_score=init, params={"verbose": -1})
    return Trees.from_lightgbm(lightgbm.train({**_TREE_PARAMETERS, **own}, data, rounds).dump_model())


def unseen_scores(rows: Rows, hits: np.ndarray, fold: np.ndarray) -> tuple[dict[int, FirstLook], np.ndarray]:
    """The first look trained without each fold, and its scores of the fold's rows."""
    looks, scores = {}, np.zeros(len(hits))
    for number in np.unique(fold):
        test = fold == number
        looks[int(number)] = fit_first(rows, hits, ~test)
        scores[test] = looks[int(number)].scores(rows, test)
    return looks, scores
