"""What dictionary entries and likenesses of sound explain of each pair of spans of a bead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..languages.english import FUNCTION_WORDS
from .anchors import Anchor
from .linked import LinkedBead
from .linkgrid import range_sum
from .spans import TokenSpan


def anchor_tables(
    ja: list[TokenSpan], en: list[TokenSpan], anchors: Sequence[Anchor], bead: LinkedBead
) -> dict[str, np.ndarray]:
    """For each pair of spans what of it the anchors explain: ja spans × en spans each."""
    shape_ = (len(ja), len(en))
    names = (
        "dictionary_whole", "dictionary_ja", "dictionary_en", "dictionary_out", "sound_whole", "sound_ja", "sound_en",
        "same_whole", "known_ja", "known_en", "anchor_before", "anchor_after",
    )  # fmt: skip
    tables = {name: np.zeros(shape_) for name in names}
    ja_at = {span: k for k, span in enumerate(ja)}
    en_at = {span: k for k, span in enumerate(en)}
    for anchor in anchors:
        row, column = ja_at.get(anchor.ja), en_at.get(anchor.en)
        if row is not None and column is not None:
            name = {"dictionary": "dictionary_whole", "transliteration": "sound_whole", "same": "same_whole"}[
                anchor.kind
            ]
            tables[name][row, column] = max(tables[name][row, column], anchor.strength)
    if not anchors:
        return tables
    ja_array, en_array = np.array(ja), np.array(en)
    cover = {  # token-level cover: pairs × tokens, by kind
        kind: (np.zeros((*shape_, len(bead.ja)), dtype=np.float32), np.zeros((*shape_, len(bead.en)), dtype=np.float32))
        for kind in ("dictionary", "sound")
    }
    for anchor in anchors:
        within_ja = (ja_array[:, 0] <= anchor.ja[0]) & (anchor.ja[1] <= ja_array[:, 1])
        within_en = (en_array[:, 0] <= anchor.en[0]) & (anchor.en[1] <= en_array[:, 1])
        both = np.ix_(np.flatnonzero(within_ja), np.flatnonzero(within_en))
        ja_cover, en_cover = cover["dictionary" if anchor.kind == "dictionary" else "sound"]
        rows_, columns_ = both
        for cover_, (first, last) in ((ja_cover, anchor.ja), (en_cover, anchor.en)):
            for token in range(first, last):
                cover_[rows_, columns_, token] = np.maximum(cover_[rows_, columns_, token], anchor.strength)
        outside = np.ix_(np.flatnonzero(within_ja), np.flatnonzero(~within_en))
        tables["dictionary_out"][outside] += 1.0 / 4
        next_ja = ja_array[:, 1] == anchor.ja[0]
        prev_ja = ja_array[:, 0] == anchor.ja[1]
        touching = (en_array[:, 1] == anchor.en[0]) | (en_array[:, 0] == anchor.en[1])
        touching |= (en_array[:, 1] + 1 == anchor.en[0]) | (en_array[:, 0] - 1 == anchor.en[1])
        tables["anchor_after"][np.ix_(np.flatnonzero(next_ja), np.flatnonzero(touching))] = anchor.strength
        tables["anchor_before"][np.ix_(np.flatnonzero(prev_ja), np.flatnonzero(touching))] = anchor.strength
    ja_weight = np.array([float(len(token.surface)) for token in bead.ja])
    en_weight = np.array([float(token.surface[0].isalnum() and token.lemma not in FUNCTION_WORDS) for token in bead.en])
    ja_total = range_sum(ja_weight, ja_array)[:, None]
    en_total = np.maximum(range_sum(en_weight, en_array), 1.0)[None, :]
    for kind in ("dictionary", "sound"):
        tables[f"{kind}_ja"] = cover[kind][0] @ ja_weight / ja_total
        tables[f"{kind}_en"] = cover[kind][1] @ en_weight / en_total
    tables["known_ja"] = np.maximum(cover["dictionary"][0], cover["sound"][0]) @ ja_weight / ja_total
    tables["known_en"] = np.maximum(cover["dictionary"][1], cover["sound"][1]) @ en_weight / en_total
    return tables
