"""Precedents: how often spans like these were terms in the annotated documents the model has learned from.

Heads, first words, patterns of word classes and whole strings of a candidate pair are looked up in tables of rates
(target encoding, Micci-Barreca 2001). When the model is trained, a row's own document is left out of its rates. The
tables hold hashes and rates, no text.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..languages.english import FUNCTION_WORDS
from ..languages.tokens import Token
from .labelfeatures import shape
from .linked import LinkedBead
from .pairfeatures import Pairs, en_key, ja_key
from .wordclass import WordClasses

PRECEDENT_FEATURES: tuple[tuple[str, str], ...] = tuple(
    (f"precedent_{name}", "precedent")
    for name in (
        *("ja_head", "ja_first", "ja_pattern", "ja_string", "en_head", "en_first", "en_pattern", "en_string"),
        *("patterns", "heads"),
    )
)
_MIX = np.uint32(2654435761)
"""Knuth's multiplier, to join two hashes to one."""
CAUTION = 10.0
"""Pairs at the general rate that are added to what was counted."""


def precedent_keys(beads: Sequence[LinkedBead], pairs: Sequence[Pairs], classes: WordClasses) -> np.ndarray:
    """rows × PRECEDENT_FEATURES, uint32: hashes of what is looked up for each candidate pair, bead after bead."""
    parts = [np.zeros((0, len(PRECEDENT_FEATURES)), dtype=np.uint32)]
    for bead, found in zip(beads, pairs, strict=True):
        if not len(found.pairs):
            continue
        ja = np.array([_ja_hashes(bead.ja[a:b]) for a, b in found.ja], dtype=np.uint32)[found.pairs[:, 0]]
        en = np.array([_en_hashes(bead.en[a:b], classes) for a, b in found.en], dtype=np.uint32)[found.pairs[:, 1]]
        parts.append(np.column_stack([ja, en, _joined(ja[:, 2], en[:, 2]), _joined(ja[:, 0], en[:, 0])]))
    return np.concatenate(parts)


def _ja_hashes(tokens: Sequence[Token]) -> tuple[int, ...]:
    pattern = " ".join("-".join(token.pos.split("-")[:3]) for token in tokens)
    return tuple(map(_hash, (tokens[-1].lemma, tokens[0].lemma, pattern, ja_key(tokens))))


def _en_hashes(tokens: Sequence[Token], classes: WordClasses) -> tuple[int, ...]:
    pattern = " ".join(
        shape(token.surface) + ("f" if token.lemma in FUNCTION_WORDS else classes.of(token.lemma)[:2])
        for token in tokens
    )
    return tuple(map(_hash, (tokens[-1].lemma, tokens[0].lemma, pattern, en_key(tokens))))


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8"))


def _joined(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return left * _MIX ^ right


@dataclass(frozen=True)
class Precedents:
    """Tables of rates, one for each of PRECEDENT_FEATURES."""

    hashes: tuple[np.ndarray, ...]
    """Sorted, uint32."""
    rates: tuple[np.ndarray, ...]
    """float32: share of the candidate pairs with this hash that were annotated pairs."""
    prior: float
    """The share among all candidate pairs."""

    @classmethod
    def counted(cls, keys: np.ndarray, hits: np.ndarray) -> Precedents:
        """From the keys of annotated documents' candidate pairs and which of them are annotated pairs."""
        prior = float(hits.mean())
        hashes, rates = [], []
        for column in keys.T:
            values, place = np.unique(column, return_inverse=True)
            share = _rate(np.bincount(place, hits), np.bincount(place), prior)
            hashes.append(values)
            rates.append(share.astype(np.float32))
        return cls(tuple(hashes), tuple(rates), prior)

    def of(self, keys: np.ndarray) -> np.ndarray:
        """rows × PRECEDENT_FEATURES: the rate of each key; the prior where there is no precedent."""
        result = np.full(keys.shape, np.float32(self.prior), dtype=float)
        for k, (hashes, rates) in enumerate(zip(self.hashes, self.rates, strict=True)):
            place = np.minimum(np.searchsorted(hashes, keys[:, k]), len(hashes) - 1)
            known = hashes[place] == keys[:, k]
            result[known, k] = rates[place[known]]
        return result


def without_own(keys: np.ndarray, hits: np.ndarray, document: np.ndarray) -> np.ndarray:
    """rows × PRECEDENT_FEATURES: rates for training rows, counted over all documents but the row's own.

    `document`: number of each row's document, from 0.
    """
    prior = float(hits.mean())
    result = np.zeros(keys.shape)
    for k, column in enumerate(keys.T):
        _, value = np.unique(column, return_inverse=True)
        _, own = np.unique(value * (int(document.max()) + 1) + document, return_inverse=True)
        found = np.bincount(value, hits)[value] - np.bincount(own, hits)[own]
        count = np.bincount(value)[value] - np.bincount(own)[own]
        result[:, k] = _rate(found, count, prior).astype(np.float32)
    return result


def _rate(hits: np.ndarray, count: np.ndarray, prior: float) -> np.ndarray:
    return (hits + CAUTION * prior) / (count + CAUTION)
