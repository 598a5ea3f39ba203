"""The first look fitted on shipped and decided rows together, each row with its weight."""

from __future__ import annotations

import numpy as np

from ..errors import GlossaryError
from ..terms.precedents import Precedents, without_own
from .rankers import ROUNDS, FirstLook, Rows, first_trees
from .shippedrows import TrainingRows

USER_WEIGHT = 5
"""Shipped rows for which one decided row counts: those are many, these are what this glossary is to be like."""


def check_library() -> None:
    """Raises GlossaryError if LightGBM is not installed."""
    try:
        import lightgbm  # noqa: F401
    except (ImportError, OSError) as error:  # OSError: its OpenMP library is missing
        raise GlossaryError(
            f"train: LightGBM cannot be used ({error}): install it with `pip install 'glossary[train]'`"
        ) from error


def joined(shipped: TrainingRows, user: Rows, chosen: np.ndarray, right: np.ndarray) -> TrainingRows:
    """The shipped rows and those `chosen` (indexes) of the user's, which are `right` or not."""
    return TrainingRows(
        np.concatenate([shipped.features, user.features[chosen]]),
        np.concatenate([shipped.precedent_keys, user.precedent_keys[chosen]]),
        np.concatenate([shipped.hits, right]),
        np.concatenate([shipped.document, user.document[chosen] + int(shipped.document.max()) + 1]),
        np.concatenate([shipped.weight, np.full(len(chosen), USER_WEIGHT)]),
    )


def fit_weighted(rows: TrainingRows, rounds: int = ROUNDS) -> FirstLook:
    """As `rankers.fit_first`; a row counts as often as its weight says, in the precedents and in the trees."""
    repeated = np.repeat(np.arange(len(rows.hits)), rows.weight)
    keys, hits = rows.precedent_keys[repeated], rows.hits[repeated]
    rates = without_own(keys, hits, rows.document[repeated])[np.cumsum(rows.weight) - rows.weight]
    trees = first_trees(np.column_stack([rows.features, rates]), rows.hits, rows.weight, rounds)
    return FirstLook(Precedents.counted(keys, hits), trees)
