"""Which words correspond: a hidden Markov alignment in both directions, with dictionary and sound as prior knowledge.

After Vogel, Ney & Tillmann 1996 (HMM alignment) and Liang, Taskar & Klein 2006 (agreement of both directions); the
prior multiplies the lexical table, so that a single article pair can be aligned with no other text at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

JUMP_LIMIT = 8
"""Jumps further than this share one probability."""


@dataclass(frozen=True, slots=True)
class Beadwords:
    """One bead, as the aligner sees it: word types of both sides and their likeness before statistics."""

    ja: tuple[str, ...]
    en: tuple[str, ...]
    prior: np.ndarray
    """ja × en, 0 (nothing known) .. 1 (certain)."""


@dataclass(slots=True)
class LexicalTable:
    """Expected link counts of word types; the part of the model that a corpus teaches. Sums in a fixed order."""

    counts: dict[tuple[str, str], float] = field(default_factory=dict)
    """(Japanese lemma, English lemma) → expected number of links."""
    ja_totals: dict[str, float] = field(default_factory=dict)
    en_totals: dict[str, float] = field(default_factory=dict)

    def add(self, ja: str, en: str, count: float) -> None:
        self.counts[ja, en] = self.counts.get((ja, en), 0.0) + count
        self.ja_totals[ja] = self.ja_totals.get(ja, 0.0) + count
        self.en_totals[en] = self.en_totals.get(en, 0.0) + count


@dataclass(frozen=True, slots=True)
class Settings:
    """Constants of the model, each swept on the development news (see docs/quality.md)."""

    iterations: int = 6
    prior_weight: float = 4.5
    """exp(weight × prior) multiplies the lexical probability of a pair."""
    prior_links: float = 0.5
    """Weight, in links, of the flat lexical table that smooths the expected counts of a word."""
    unseen: float = 0.001
    """Probability in that flat table."""
    agreement: float = 0.5
    """Expected links are (forward × backward) ** agreement."""
    jump_decay: float = 1.0
    """A jump that misses the next position by d has weight (1 + d) ** -decay."""
    null: float = 0.15
    """Probability that a word has no counterpart."""
    null_emission: float = 0.01


class _Batch:
    """Beads of like size padded to one array: types, mask, prior."""

    def __init__(self, beads: list[Beadwords], indexes: list[int], pair_id: dict, ja_id: dict, en_id: dict) -> None:
        self.indexes = indexes
        rows = max(len(beads[k].ja) for k in indexes)
        columns = max(len(beads[k].en) for k in indexes)
        shape = (len(indexes), rows, columns)
        self.pair = np.zeros(shape, dtype=np.int64)
        self.ja = np.zeros((len(indexes), rows), dtype=np.int64)
        self.en = np.zeros((len(indexes), columns), dtype=np.int64)
        self.mask = np.zeros(shape, dtype=bool)
        self.boost = np.zeros(shape, dtype=np.float64)
        self.lengths = [(len(beads[k].ja), len(beads[k].en)) for k in indexes]
        for b, k in enumerate(indexes):
            bead = beads[k]
            ja = [ja_id.setdefault(w, len(ja_id)) for w in bead.ja]
            en = [en_id.setdefault(w, len(en_id)) for w in bead.en]
            n, m = len(ja), len(en)
            self.ja[b, :n], self.en[b, :m] = ja, en
            self.pair[b, :n, :m] = [[pair_id.setdefault((i, j), len(pair_id)) for j in en] for i in ja]
            self.mask[b, :n, :m] = True
            self.boost[b, :n, :m] = bead.prior


def align_words(
    beads: Sequence[Beadwords], known: LexicalTable | None = None, settings: Settings = Settings()
) -> tuple[list[tuple[np.ndarray, np.ndarray]], LexicalTable]:
    """Link posteriors of each bead, and the expected counts they amount to.

    Returns for each bead two ja × en arrays: P(English word → Japanese word), whose columns sum to at most 1, and
    P(Japanese word → English word), whose rows do. `known` counts of earlier text are added to those of these beads.
    """
    pair_id: dict[tuple[int, int], int] = {}
    ja_id: dict[str, int] = {}
    en_id: dict[str, int] = {}
    work = [k for k in range(len(beads)) if beads[k].ja and beads[k].en]
    work.sort(key=lambda k: (len(beads[k].ja) * len(beads[k].en), len(beads[k].ja)))
    batches = [_Batch(list(beads), work[s : s + 64], pair_id, ja_id, en_id) for s in range(0, len(work), 64)]
    for batch in batches:
        batch.boost = np.exp(settings.prior_weight * batch.boost) * batch.mask
    base = _known_counts(known, pair_id, ja_id, en_id)
    counts, ja_totals, en_totals = (array.copy() for array in base)
    jumps = _jumps(settings)
    results: list[tuple[np.ndarray, np.ndarray]] = [(np.zeros((len(b.ja), len(b.en))),) * 2 for b in beads]
    for iteration in range(settings.iterations):
        new_counts = np.zeros(len(pair_id))
        for batch in batches:
            joint = counts[batch.pair] + settings.prior_links * settings.unseen
            given_ja = joint / (ja_totals[batch.ja][:, :, None] + settings.prior_links) * batch.boost
            given_en = joint / (en_totals[batch.en][:, None, :] + settings.prior_links) * batch.boost
            forward = _posteriors(given_ja, batch.mask, jumps, settings)
            backward = _posteriors(given_en.transpose(0, 2, 1), batch.mask.transpose(0, 2, 1), jumps, settings)
            backward = backward.transpose(0, 2, 1)
            agreed = (forward * backward) ** settings.agreement
            new_counts += np.bincount(batch.pair[batch.mask], agreed[batch.mask], minlength=len(pair_id))
            if iteration == settings.iterations - 1:
                for b, k in enumerate(batch.indexes):
                    n, m = batch.lengths[b]
                    results[k] = (forward[b, :n, :m].copy(), backward[b, :n, :m].copy())
        own_ja, own_en = _totals(new_counts, pair_id, len(ja_id), len(en_id))
        counts, ja_totals, en_totals = base[0] + new_counts, base[1] + own_ja, base[2] + own_en
    return results, _as_table(new_counts if work else np.zeros(0), pair_id, ja_id, en_id)


def _jumps(settings: Settings) -> np.ndarray:
    """Weights of jumps -LIMIT..LIMIT: one step on is likeliest. Fixed: re-estimating them from small texts did harm."""
    distance = np.abs(np.arange(-JUMP_LIMIT, JUMP_LIMIT + 1) - 1)
    return (1.0 + distance) ** -settings.jump_decay


def _posteriors(emission: np.ndarray, mask: np.ndarray, jumps: np.ndarray, settings: Settings) -> np.ndarray:
    """Forward-backward over targets. `emission`: batch × states × targets; so are the posteriors returned."""
    size, states, targets = emission.shape
    state_mask: np.ndarray = np.any(mask, axis=2)
    target_mask: np.ndarray = np.any(mask, axis=1)
    offset = np.arange(states)[None, :] - np.arange(states)[:, None]
    transition = jumps[np.clip(offset, -JUMP_LIMIT, JUMP_LIMIT) + JUMP_LIMIT]
    transition = transition[None] * state_mask[:, None, :]
    transition = transition / np.maximum(transition.sum(axis=2, keepdims=True), 1e-12) * (1 - settings.null)
    uniform = state_mask / np.maximum(state_mask.sum(axis=1, keepdims=True), 1)
    alpha = np.zeros((targets, size, states))
    alpha_null = np.zeros((targets, size))
    scale = np.ones((targets, size))
    into, into_null = uniform * (1 - settings.null), np.full(size, settings.null)
    for t in range(targets):
        live: np.ndarray = target_mask[:, t]
        a = into * emission[:, :, t]
        a_null = into_null * settings.null_emission
        total = np.where(live, a.sum(axis=1) + a_null, 1.0)
        total = np.maximum(total, 1e-300)
        alpha[t], alpha_null[t], scale[t] = a / total[:, None], a_null / total, total
        onward = np.matmul(alpha[t][:, None, :], transition)[:, 0]  # twice as fast as einsum
        into = onward + alpha_null[t][:, None] * uniform * (1 - settings.null)
        into_null = np.full(size, settings.null) * (alpha[t].sum(axis=1) + alpha_null[t])
    beta, beta_null = np.ones((size, states)), np.ones(size)
    posterior = np.zeros_like(emission)
    for t in range(targets - 1, -1, -1):
        gamma = alpha[t] * beta
        whole = np.maximum(gamma.sum(axis=1) + alpha_null[t] * beta_null, 1e-300)
        posterior[:, :, t] = np.where(target_mask[:, t][:, None], gamma / whole[:, None], 0.0)
        if t == 0:
            break
        live = target_mask[:, t]
        ahead = emission[:, :, t] * beta / scale[t][:, None]
        ahead_null = settings.null_emission * beta_null / scale[t]
        new_beta = np.matmul(transition, ahead[:, :, None])[:, :, 0] + (settings.null * ahead_null)[:, None]
        new_null = (uniform * (1 - settings.null) * ahead).sum(axis=1) + settings.null * ahead_null
        beta = np.where(live[:, None], new_beta, 1.0)
        beta_null = np.where(live, new_null, 1.0)
    return posterior


def _known_counts(
    known: LexicalTable | None, pair_id: dict, ja_id: dict, en_id: dict
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    pairs, ja_totals, en_totals = np.zeros(len(pair_id)), np.zeros(len(ja_id)), np.zeros(len(en_id))
    if known is not None:
        ja_words, en_words = list(ja_id), list(en_id)
        for (i, j), number in pair_id.items():
            pairs[number] = known.counts.get((ja_words[i], en_words[j]), 0.0)
        for word, number in ja_id.items():
            ja_totals[number] = known.ja_totals.get(word, 0.0)
        for word, number in en_id.items():
            en_totals[number] = known.en_totals.get(word, 0.0)
    return pairs, ja_totals, en_totals


def _totals(counts: np.ndarray, pair_id: dict, ja_size: int, en_size: int) -> tuple[np.ndarray, np.ndarray]:
    pairs = np.array(list(pair_id), dtype=np.int64).reshape(-1, 2)
    return (
        np.bincount(pairs[:, 0], counts, minlength=ja_size).astype(float),
        np.bincount(pairs[:, 1], counts, minlength=en_size).astype(float),
    )


def _as_table(counts: np.ndarray, pair_id: dict, ja_id: dict, en_id: dict) -> LexicalTable:
    table = LexicalTable()
    ja_words, en_words = list(ja_id), list(en_id)
    for (i, j), number in pair_id.items():
        if number < len(counts) and counts[number] >= 0.05:
            table.add(ja_words[i], en_words[j], round(float(counts[number]), 4))
    return table
