"""The rows that the shipped first look was trained on, small enough to ship: numbers and hashes, no text, no names.

All annotated pairs and all candidates that come near them are there; of the others, which any model puts far below, a
sample stands for all (as in gradient-based one-side sampling, Ke et al. 2017, here by whole weights).
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..errors import GlossaryError
from ..terms.model import WEIGHTS, features_digest
from .gold import GoldKey
from .validation import CrossValidation

TRAINING_ROWS = WEIGHTS.with_name("training_rows.npz")
_NEAR = -4.0
"""Cross-validated score (log-odds) of the first look from which a candidate always is among the rows."""
_ONE_IN = 8
_SEED = 1


class TrainingRows(NamedTuple):
    """Candidate pairs to learn from."""

    features: np.ndarray
    """rows × features of the first look without the precedents."""
    precedent_keys: np.ndarray
    hits: np.ndarray
    """True for annotated (or approved) pairs."""
    document: np.ndarray
    """Number of each row's document, from 0."""
    weight: np.ndarray
    """int: for how many candidates each row stands."""


class Shipped(NamedTuple):
    """What the file holds."""

    rows: TrainingRows
    scores: np.ndarray
    """Cross-validated scores of both looks, of all candidate pairs of strings, ascending: for the calibration."""
    hits: np.ndarray


def sampled(validated: CrossValidation, gold: set[GoldKey]) -> Shipped:
    """The rows to ship, of a cross-validation on annotated documents."""
    rows = validated.rows
    hits = np.array([key in gold for key in rows.keys])
    near = hits | (validated.first >= _NEAR)
    far = np.flatnonzero(~near)
    chosen = np.random.default_rng(_SEED).permutation(far)[: -(-len(far) // _ONE_IN)]
    weight = near.astype(np.int64)
    if len(chosen):
        weight[chosen] = len(far) // len(chosen)
        weight[chosen[: len(far) % len(chosen)]] += 1
    kept = np.flatnonzero(weight)
    scores = np.array(list(validated.best.values()))
    order = np.argsort(scores, kind="stable")
    return Shipped(
        TrainingRows(rows.features[kept], rows.precedent_keys[kept], hits[kept], rows.document[kept], weight[kept]),
        scores[order],
        np.array([key in gold for key in validated.best])[order],
    )


def save_rows(shipped: Shipped, path: Path = TRAINING_ROWS) -> None:
    """One compressed file; features and scores as float16, columns one after the other."""
    rows = shipped.rows
    np.savez_compressed(
        path,
        features=np.ascontiguousarray(rows.features.astype(np.float16).T),
        precedent_keys=np.ascontiguousarray(rows.precedent_keys.T),
        hits=np.packbits(rows.hits),
        document=rows.document.astype(np.uint16),
        weight=rows.weight.astype(np.uint16),
        scores=shipped.scores.astype(np.float16),
        score_hits=np.packbits(shipped.hits),
        names=np.frombuffer(features_digest().encode(), dtype=np.uint8),
    )


def load_rows(path: Path = TRAINING_ROWS) -> Shipped:
    """What `save_rows` wrote. Raises GlossaryError if the rows are of other features than this version reads."""
    with np.load(path, allow_pickle=False) as arrays:
        if arrays["names"].tobytes().decode() != features_digest():
            raise GlossaryError(f"{path}: rows of other features than this version reads: install glossary anew")
        weight, scores = arrays["weight"].astype(np.int64), arrays["scores"].astype(float)
        rows = TrainingRows(
            np.ascontiguousarray(arrays["features"].T).astype(float),
            np.ascontiguousarray(arrays["precedent_keys"].T),
            np.unpackbits(arrays["hits"], count=len(weight)).astype(bool),
            arrays["document"].astype(np.int64),
            weight,
        )
        return Shipped(rows, scores, np.unpackbits(arrays["score_hits"], count=len(scores)).astype(bool))
