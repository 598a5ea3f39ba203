"""From aligned bitexts to candidate pairs with their features: the part that training and building share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..alignment.documents import AlignedBitext
from ..alignment.words import LexicalTable, Settings, align_words
from ..lexicons.knowledge import Knowledge
from .anchors import Anchor, AnchorFinder
from .crf import Crf
from .labelfeatures import LabelFeatures
from .linked import LinkedBead
from .pairfeatures import FEATURES, Counts, Labelled, Labels, PairFeatures, Pairs, SideLabels, en_key, ja_key
from .precedents import PRECEDENT_FEATURES, precedent_keys
from .rivals import DOCUMENT_FEATURES, Places, document_features, places
from .spans import LONGEST, en_spans, ja_spans
from .state import ModelState, merged
from .wordclass import WordClasses

FIRST_FEATURES = (*FEATURES, *DOCUMENT_FEATURES, *PRECEDENT_FEATURES)
"""What the ranker's first look reads of a pair: (name, kind of evidence)."""
_ITERATIONS = 2
"""Rounds of word alignment of one document under a model state, which has learned the rest."""
_LEAST = 1e-3
"""Probability of a span below which the labeller's opinion is not kept."""


@dataclass(frozen=True)
class BitextCandidates:
    """A bitext with all candidate pairs of its beads."""

    aligned: AlignedBitext
    beads: list[LinkedBead]
    anchors: list[list[Anchor]]
    labels: list[Labels]
    pairs: list[Pairs]
    places: Places
    features: np.ndarray
    """rows × FIRST_FEATURES without the precedents, bead after bead."""
    precedent_keys: np.ndarray
    """rows × PRECEDENT_FEATURES: what to look up in the model's precedents."""


class CandidateMaker:
    """Makes candidates of bitexts; remembers what lexicons answered."""

    def __init__(self, knowledge: Knowledge, base: LexicalTable) -> None:
        self.knowledge = knowledge
        self.classes = WordClasses(knowledge)
        self.label_features = LabelFeatures(knowledge, self.classes)
        self._base = base
        self._known: tuple[ModelState, LexicalTable] | None = None
        self._anchors = AnchorFinder(knowledge)
        self._features = PairFeatures(self.classes, self._headword)

    def _headword(self, text: str) -> int:
        """0 unknown, 1 a name only, 2 a word, 3 a common word of the lexicons."""
        entries = self.knowledge.entries(text)
        if not entries:
            return 0
        if all(entry.lexicon == "JMnedict" for entry in entries):
            return 1
        return 3 if any(entry.common for entry in entries) else 2

    def prefetch(self, bitexts: Sequence[AlignedBitext]) -> None:
        """Ask the lexicons for all strings of these bitexts in few queries."""
        self.knowledge.prefetch(
            set().union(*(self._anchors.strings(bead.ja) for bitext in bitexts for bead in bitext.beads))
        )
        self.classes.prefetch({token.lemma for bitext in bitexts for bead in bitext.beads for token in bead.en})

    def linked(self, aligned: AlignedBitext, state: ModelState) -> list[LinkedBead]:
        """The beads with their word links, as the state in force sees them."""
        if self._known is None or self._known[0] is not state:
            # once for a state, which may hold all that a large corpus taught
            self._known = state, merged(self._base, state.lexical)
        known = self._known[1]
        posteriors, _ = align_words(aligned.beadwords(), known, Settings(iterations=_ITERATIONS))
        return [
            LinkedBead(bead.ja, bead.en, bead.prior, forward, backward)
            for bead, (forward, backward) in zip(aligned.beads, posteriors, strict=True)
        ]

    def candidates(
        self,
        aligned: AlignedBitext,
        beads: list[LinkedBead],
        labels: list[Labels],
        state: ModelState,
        kinds: int,
    ) -> BitextCandidates:
        """All candidate pairs of a bitext.

        `labels`: what the labellers of both sides say of each bead; `kinds`: number of kinds that they tell apart.
        """
        anchors = [self._anchors.anchors(bead.ja, bead.en) if bead.ja and bead.en else [] for bead in beads]
        counts = _counts(beads, state)
        pairs = [
            self._features.pairs(bead, found, said, counts, kinds)
            for bead, found, said in zip(beads, anchors, labels, strict=True)
        ]
        where = places(beads, pairs)
        own = np.concatenate([found.features for found in pairs]) if pairs else np.zeros((0, len(FEATURES)))
        features = np.column_stack([own, document_features(where, own)]).astype(float)
        keys = precedent_keys(beads, pairs, self.classes)
        return BitextCandidates(aligned, beads, anchors, labels, pairs, where, features, keys)

    def label(self, bead: LinkedBead, labellers: Mapping[str, Crf]) -> Labels:
        """What the labellers that read the links (ja, ja_inner, en, en_inner) say of a bead."""
        ja = self.label_features.japanese(bead.ja, bead)
        en = self.label_features.english(bead.en, bead)
        return side_labels(labellers, "ja", ja), side_labels(labellers, "en", en)


def side_labels(labellers: Mapping[str, Crf], side: str, rows: list[list[str]]) -> SideLabels:
    """What both layers' labellers of a side say of one sentence, given the features of its tokens."""
    return SideLabels(likely_spans(labellers[side], rows), likely_spans(labellers[f"{side}_inner"], rows))


def likely_spans(labeller: Crf, rows: list[list[str]]) -> Labelled:
    """Spans of one sentence that the labeller gives any chance, with their probability by kind."""
    if not rows:
        return {}
    return {span: p for span, p in labeller.chain(rows).spans(LONGEST).items() if p.sum() > _LEAST}


def _counts(beads: Sequence[LinkedBead], state: ModelState) -> Counts:
    ja: Counter[str] = Counter()
    en: Counter[str] = Counter()
    ja_beads: dict[str, set[int]] = defaultdict(set)
    en_beads: dict[str, set[int]] = defaultdict(set)
    for number, bead in enumerate(beads):
        for first, last in ja_spans(bead.ja):
            key = ja_key(bead.ja[first:last])
            ja[key] += 1
            ja_beads[key].add(number)
        for first, last in en_spans(bead.en):
            key = en_key(bead.en[first:last])
            en[key] += 1
            en_beads[key].add(number)
    return Counts(ja, en, ja_beads, en_beads, state.ja_spread, state.en_spread)
