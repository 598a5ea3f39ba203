"""What the document says of a candidate pair beyond its own place: other mentions, and rivals for either term.

Two looks at all candidate pairs of a bitext. `document_features` needs no scores: how often and how well the two
strings go together in the document, and whether another string goes with either of them better. `rival_features`
is the second look, when each pair has a score: the best rival for the same term, the best pair that holds or is held by
this one, the best that cuts across it. (Re-ranking with features of competing hypotheses, as in Collins & Koo 2005.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .linked import LinkedBead
from .pairfeatures import NAMES, Pairs, en_key, ja_key

# ruff: noqa: E501 - a table
DOCUMENT_FEATURES: tuple[tuple[str, str], ...] = (
    ("ja_term_best", "document"), ("ja_term_mean", "document"), ("ja_places", "document"),
    ("en_term_best", "document"), ("en_term_mean", "document"), ("en_places", "document"),
    ("fit_sum", "document"), ("fit_best", "document"), ("pair_beads", "document"),
    ("lead_over_en", "document"), ("lead_over_ja", "document"), ("share_of_ja", "document"), ("share_of_en", "document"),
)  # fmt: skip
_RIVALS = ("same_ja", "same_en", "holding", "held", "crossing_ja", "crossing_en", "ja_elsewhere", "en_elsewhere",
           "wider_ja", "wider_en")  # fmt: skip
RIVAL_FEATURES: tuple[tuple[str, str], ...] = (
    *((f"rival_{name}", "rivals") for name in _RIVALS),
    ("document_best", "rivals"), ("document_rival_en", "rivals"), ("document_rival_ja", "rivals"),
    *((f"behind_{name}", "rivals") for name in _RIVALS),
    ("behind_best", "rivals"), ("behind_rival_en", "rivals"), ("behind_rival_ja", "rivals"),
)  # fmt: skip
_NONE = -9.0
"""Score of a rival that is not there."""
_ANCHORED = 0.9
"""What a dictionary entry or likeness of sound is worth beside the share of links."""


class Places(NamedTuple):
    """Where the candidate pairs of a bitext stand; a row for each pair, bead after bead."""

    bead: np.ndarray
    ja: np.ndarray
    """rows × 2: tokens of the bead, end exclusive."""
    en: np.ndarray
    ja_key: np.ndarray
    """Number of the Japanese string in the document."""
    en_key: np.ndarray


def places(beads: Sequence[LinkedBead], pairs: Sequence[Pairs]) -> Places:
    """The places of all candidate pairs of a bitext."""
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    bead_rows, ja_rows, en_rows, ja_keys, en_keys = [], [], [], [], []
    for number, (bead, found) in enumerate(zip(beads, pairs, strict=True)):
        if not len(found.pairs):
            continue
        ja_numbers = _numbered(numbers[0], [ja_key(bead.ja[a:b]) for a, b in found.ja])
        en_numbers = _numbered(numbers[1], [en_key(bead.en[a:b]) for a, b in found.en])
        i, j = found.pairs[:, 0], found.pairs[:, 1]
        bead_rows.append(np.full(len(i), number))
        ja_rows.append(np.array(found.ja)[i])
        en_rows.append(np.array(found.en)[j])
        ja_keys.append(ja_numbers[i])
        en_keys.append(en_numbers[j])
    if not bead_rows:
        none = np.zeros(0, dtype=np.intp)
        return Places(none, np.zeros((0, 2), dtype=np.intp), np.zeros((0, 2), dtype=np.intp), none, none)
    return Places(*(np.concatenate(rows) for rows in (bead_rows, ja_rows, en_rows, ja_keys, en_keys)))


def _numbered(numbers: dict[str, int], keys: Sequence[str]) -> np.ndarray:
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys])


def document_features(where: Places, features: np.ndarray) -> np.ndarray:
    """rows × DOCUMENT_FEATURES. `features`: the pairs' own, in the order of `pairfeatures.FEATURES`."""
    column = {name: features[:, k].astype(float) for k, name in enumerate(NAMES)}
    anchored = np.maximum(column["dictionary_whole"], column["sound_whole"])
    fit = np.maximum(column["link_jaccard"], _ANCHORED * anchored)
    result = np.zeros((len(features), len(DOCUMENT_FEATURES)))
    result[:, 0:3] = _by_string(where.ja_key, where.bead, where.ja[:, 0], column["ja_term"])
    result[:, 3:6] = _by_string(where.en_key, where.bead, where.en[:, 0], column["en_term"])
    by_pair: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    keys = list(zip(where.ja_key.tolist(), where.en_key.tolist(), strict=True))
    for key, bead, value in zip(keys, where.bead.tolist(), fit.tolist(), strict=True):
        by_pair[key][bead] = max(by_pair[key].get(bead, 0.0), value)
    total = {key: sum(values.values()) for key, values in by_pair.items()}
    of_ja, of_en = _tops(total, 0), _tops(total, 1)
    for row, key in enumerate(keys):
        value, ja, en = total[key], of_ja[key[0]], of_en[key[1]]
        result[row, 6:] = (
            value, max(by_pair[key].values()), len(by_pair[key]),
            value - ja.beside(value), value - en.beside(value), value / ja.total, value / en.total,
        )  # fmt: skip
    return result


def _by_string(key: np.ndarray, bead: np.ndarray, first: np.ndarray, term: np.ndarray) -> np.ndarray:
    """rows × 3: best and mean P(term) of a string over its places in the document, and their number."""
    at: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for string, b, f, value in zip(key.tolist(), bead.tolist(), first.tolist(), term.tolist(), strict=True):
        at[string][b, f] = value
    known = {s: (max(v.values()), sum(v.values()) / len(v), float(len(v))) for s, v in at.items()}
    return np.array([known[string] for string in key.tolist()]) if len(key) else np.zeros((0, 3))


class _Top(NamedTuple):
    best: float
    second: float
    total: float

    def beside(self, value: float) -> float:
        """The best of the others."""
        return self.second if value >= self.best else self.best


def _tops(total: dict[tuple[int, int], float], side: int) -> dict[int, _Top]:
    grouped: dict[int, list[float]] = defaultdict(list)
    for key, value in total.items():
        grouped[key[side]].append(value)
    tops = {}
    for string, values in grouped.items():
        values.sort(reverse=True)
        tops[string] = _Top(values[0], values[1] if len(values) > 1 else 0.0, max(sum(values), 1e-9))
    return tops


def rival_features(where: Places, scores: np.ndarray) -> np.ndarray:
    """rows × RIVAL_FEATURES. `scores`: log-odds of the first look."""
    rivals = np.full((len(scores), len(_RIVALS)), _NONE)
    edges = np.flatnonzero(np.diff(where.bead, prepend=-1, append=-1))
    for start, end in pairwise(edges):
        rivals[start:end] = _in_bead(where.ja[start:end], where.en[start:end], scores[start:end])
    best: dict[tuple[int, int], float] = {}
    keys = list(zip(where.ja_key.tolist(), where.en_key.tolist(), strict=True))
    for key, score in zip(keys, scores.tolist(), strict=True):
        best[key] = max(best.get(key, -np.inf), score)
    of_ja, of_en = _best_two(best, 0), _best_two(best, 1)
    document = np.array(
        [(best[key], _other(of_ja[key[0]], best[key]), _other(of_en[key[1]], best[key])) for key in keys]
    ).reshape(len(keys), 3)
    behind = np.column_stack([document[:, 0] - scores, document[:, 1:] - document[:, :1]])
    return np.column_stack([rivals, document, rivals - scores[:, None], behind])


def _in_bead(ja: np.ndarray, en: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """pairs × _RIVALS: the best score of the other pairs of one bead that stand so to each pair."""
    same_ja, over_ja, in_ja = _relations(ja)
    same_en, over_en, in_en = _relations(en)
    table = np.broadcast_to(scores, (len(scores), len(scores)))
    masks = (
        same_ja & ~same_en, same_en & ~same_ja, in_ja & in_en, in_ja.T & in_en.T,
        over_ja & ~same_ja & ~in_ja & ~in_ja.T, over_en & ~same_en & ~in_en & ~in_en.T,
        over_ja & ~over_en, over_en & ~over_ja, in_ja & (same_en | in_en), in_en & (same_ja | in_ja),
    )  # fmt: skip
    return np.stack([np.where(mask, table, _NONE).max(axis=1) for mask in masks], axis=1)


def _relations(spans: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """pairs × pairs: same span; overlapping; the row's span inside the column's longer one."""
    first, last = spans[:, 0], spans[:, 1]
    same = (first[:, None] == first) & (last[:, None] == last)
    over = (first[:, None] < last) & (first < last[:, None])
    inside = (first <= first[:, None]) & (last[:, None] <= last) & ~same
    return same, over, inside


def _best_two(best: dict[tuple[int, int], float], side: int) -> dict[int, tuple[float, float]]:
    tops: dict[int, tuple[float, float]] = {}
    for key, score in best.items():
        first, second = tops.get(key[side], (_NONE, _NONE))
        tops[key[side]] = (score, first) if score > first else (first, max(second, score))
    return tops


def _other(top: tuple[float, float], score: float) -> float:
    return top[1] if score >= top[0] else top[0]
