"""Candidate pairs of a bitext ranked: score, confidence and reasons of those that have a chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..lexicons.knowledge import Knowledge
from ..records import Evidence
from .anchors import Anchor
from .candidates import BitextCandidates
from .explain import explain
from .kindcues import Votes, cues
from .model import Model
from .pairfeatures import Labels, ja_key
from .readings import chosen_reading
from .rivals import rival_features
from .spans import TokenSpan
from .trees import interpolate

LEAST_CONFIDENCE = 0.05
"""Candidates below it are forgotten."""
_NAME_KINDS = {
    "surname": "person", "given name": "person", "female given name": "person", "male given name": "person",
    "full name": "person", "place": "place", "station": "facility", "organization": "organization",
    "company": "organization", "product": "product", "work": "work",
}  # fmt: skip
"""Types of JMnedict as our kinds."""
_DIGITS = 6
"""Decimals of scores and confidences, so that they do not depend on the order of sums."""


@dataclass(frozen=True)
class RankedPair:
    """A Japanese and an English span of one bead, held to be translations of each other."""

    bead: int
    ja: TokenSpan
    en: TokenSpan
    score: float
    confidence: float
    evidence: tuple[Evidence, ...]
    kind: str
    kind_confidence: float
    reading: str | None
    """Katakana that the English side spells, where it does."""


def rank(bitexts: Sequence[BitextCandidates], model: Model, knowledge: Knowledge) -> list[list[RankedPair]]:
    """For each bitext the pairs with a confidence of at least .05, in order of place.

    Many bitexts at once cost far less than one after the other; the result is the same.
    """
    places = [(found, bead) for found in bitexts for bead in range(len(found.pairs))]
    sizes = [len(found.pairs[bead].pairs) for found, bead in places]
    ranked: dict[int, list[RankedPair]] = {id(found): [] for found in bitexts}
    if not sum(sizes):
        return [[] for _ in bitexts]
    features = np.concatenate(
        [np.column_stack([found.features, model.precedents.of(found.precedent_keys)]) for found in bitexts]
    )
    first = np.round(model.trees.scores(features), _DIGITS)
    ends = np.cumsum([len(found.features) for found in bitexts])
    of_bitext = np.split(first, ends[:-1])
    rivals = np.concatenate([rival_features(f.places, s) for f, s in zip(bitexts, of_bitext, strict=True)])
    scores = np.round(first + model.rivals.scores(rivals), _DIGITS)
    confidence = interpolate(model.calibration, scores)
    kept = np.flatnonzero(confidence >= LEAST_CONFIDENCE)
    contributions = np.column_stack(
        [model.trees.contributions(features[kept]), model.rivals.contributions(rivals[kept])]
    )
    features = np.column_stack([features[kept], rivals[kept]])
    base = model.trees.base + model.rivals.base
    place = np.repeat(np.arange(len(sizes)), sizes)
    offset = np.concatenate([[0], np.cumsum(sizes)])
    kinds = tuple(label[2:] for label in model.labellers["ja"].labels if label.startswith("B-"))
    for row, k in enumerate(kept):
        found, bead = places[place[k]]
        pairs = found.pairs[bead]
        i, j = pairs.pairs[k - offset[place[k]]]
        ja, en = pairs.ja[i], pairs.en[j]
        anchors = [a for a in found.anchors[bead] if _within(a.ja, ja) and _within(a.en, en)]
        score = float(scores[k])
        evidence = explain(features[row], contributions[row], base, score, anchors, model.precedents.prior)
        named = _lexicon_kinds(ja_key(found.beads[bead].ja[slice(*ja)]), ja, en, anchors, knowledge)
        heard = cues(found.beads[bead].ja, ja, found.beads[bead].en, en)
        kind, share = _kind(found.labels[bead], ja, en, kinds, named, heard)
        reading = chosen_reading(found.beads[bead].ja, ja, found.beads[bead].en, en, anchors, knowledge.readings)
        certain = round(float(confidence[k]), _DIGITS)
        ranked[id(found)].append(RankedPair(bead, ja, en, score, certain, evidence, kind, share, reading))
    return [ranked[id(found)] for found in bitexts]


def _within(inner: TokenSpan, outer: TokenSpan) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _lexicon_kinds(
    text: str, ja: TokenSpan, en: TokenSpan, anchors: Sequence[Anchor], knowledge: Knowledge
) -> list[str]:
    """What a lexicon of names says the pair is, where it has exactly this pair."""
    if not any(a.kind == "dictionary" and a.ja == ja and a.en == en for a in anchors):
        return []
    types = (kind for entry in knowledge.entries(text) for kind in entry.kinds)
    return sorted({_NAME_KINDS[name] for name in types if name in _NAME_KINDS})


def _kind(
    labels: Labels,
    ja: TokenSpan,
    en: TokenSpan,
    kinds: tuple[str, ...],
    named: Sequence[str],
    heard: Votes,
) -> tuple[str, float]:
    """The kind that both labellers, the lexicons of names and the cues of words find likeliest, and its share.

    A lexicon has one vote, like each labeller, divided among what it says; cues have the weights of their table.
    """
    votes = np.full(len(kinds), 1e-6)
    for name in named:
        votes[kinds.index(name)] += 1.0 / len(named)
    for name, weight in heard.items():
        votes[kinds.index(name)] += weight
    for side, span in zip(labels, (ja, en), strict=True):
        if span in side.whole:
            votes += side.whole[span]
    best = int(votes.argmax())
    return kinds[best], round(float(votes[best] / votes.sum()), _DIGITS)
