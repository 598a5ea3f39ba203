"""Candidate pairs of the bitexts of a glossary, as its next build would see them, with what people decided of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from ..alignment.documents import AlignedBitext
from ..identity import normalized
from ..lexicons.knowledge import Knowledge
from ..records import Bitext
from ..scale.worker import Aligner
from ..terms.candidates import BitextCandidates, CandidateMaker
from ..terms.model import Model
from ..terms.state import ModelState
from .decided import Decided
from .gold import GoldKey
from .rankers import Rows

Progress = Callable[[str, int, int], None]
MOST_BITEXTS = 500
"""Bitexts with the most decided pairs that are read: their candidates are held in memory."""


class UserRows(NamedTuple):
    """All candidate pairs of the bitexts that decisions speak of; of most rows nobody has decided anything."""

    rows: Rows
    """Its keys are (document, normalized Japanese, normalized English), as decisions write them."""

    def verdicts(self, decided: Decided) -> tuple[np.ndarray, np.ndarray]:
        """Rows that are decided, ascending, and whether they are right."""
        said = [decided.of(name, (ja, en)) for name, ja, en in self.rows.keys]
        chosen = [k for k, right in enumerate(said) if right is not None]
        return np.array(chosen, dtype=np.intp), np.array([bool(said[k]) for k in chosen], dtype=bool)


def bitexts_spoken_of(bitexts: Sequence[Bitext], decided: Decided) -> list[Bitext]:
    """The bitexts in whose texts decided pairs stand, at most MOST_BITEXTS, in the order given."""
    spoken = []
    for bitext in bitexts:
        ja, en = normalized(bitext.ja.text), normalized(bitext.en.text)
        count = sum(first in ja and second in en for first, second in decided.pairs(bitext.name))
        if count:
            spoken.append((count, bitext))
    most = sorted(spoken, key=lambda found: (-found[0], found[1].name))[:MOST_BITEXTS]
    chosen = {id(bitext) for _, bitext in most}
    return [bitext for bitext in bitexts if id(bitext) in chosen]


def user_rows(
    bitexts: Sequence[Bitext], model: Model, state: ModelState, knowledge: Knowledge, show: Progress
) -> UserRows:
    """The candidates of these bitexts, which must be some, under the model state in force."""
    maker = CandidateMaker(knowledge, model.base)
    show("Aligning sentences", 0, 0)
    aligned = Aligner(knowledge)(bitexts)
    maker.prefetch(aligned)
    features, precedent_keys, places = [], [], []
    keys: list[GoldKey] = []
    for done, one in enumerate(aligned):
        show("Finding candidates", done, len(aligned))
        found = _candidates(one, maker, model, state)
        features.append(found.features.astype(np.float32))
        precedent_keys.append(found.precedent_keys)
        places.append(found.places)
        keys += _keys(found)
    document = np.repeat(np.arange(len(places)), [len(part) for part in features])
    return UserRows(Rows(np.concatenate(features), np.concatenate(precedent_keys), keys, document, places))


def _candidates(aligned: AlignedBitext, maker: CandidateMaker, model: Model, state: ModelState) -> BitextCandidates:
    beads = maker.linked(aligned, state)
    kinds = sum(label.startswith("B-") for label in model.labellers["ja"].labels)
    return maker.candidates(aligned, beads, [maker.label(bead, model.labellers) for bead in beads], state, kinds)


def _keys(found: BitextCandidates) -> list[GoldKey]:
    bitext, keys = found.aligned.bitext, []
    same = cache(normalized)
    for bead, pairs in zip(found.beads, found.pairs, strict=True):
        ja = [same(bitext.ja.text[bead.ja[a].start : bead.ja[b - 1].end]) for a, b in pairs.ja]
        en = [same(bitext.en.text[bead.en[a].start : bead.en[b - 1].end]) for a, b in pairs.en]
        keys += [(bitext.name, ja[i], en[j]) for i, j in pairs.pairs]
    return keys
