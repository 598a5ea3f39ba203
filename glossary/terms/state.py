"""The model state: what a corpus has taught, by which new documents are scored until `--refresh`."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..alignment.documents import AlignedBitext
from ..alignment.words import LexicalTable, align_words
from .pairfeatures import en_key, ja_key
from .spans import en_spans, ja_spans

_LEAST_LINKS = 0.2
"""Expected links below which a word pair is not kept."""


@dataclass
class ModelState:
    """Corpus-wide statistics; written to the database as bytes, numbered there."""

    documents: int = 0
    lexical: LexicalTable = field(default_factory=LexicalTable)
    ja_spread: Counter[str] = field(default_factory=Counter)
    """In how many documents a run of Japanese tokens stands, for those in two or more."""
    en_spread: Counter[str] = field(default_factory=Counter)

    def to_bytes(self) -> bytes:
        """The same state always gives the same bytes."""
        data = {
            "documents": self.documents,
            "links": [[a, b, c] for (a, b), c in sorted(self.lexical.counts.items())],
            "ja": sorted(self.ja_spread.items()),
            "en": sorted(self.en_spread.items()),
        }
        return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> ModelState:
        """Raises ValueError if the bytes are not a state."""
        try:
            raw = json.loads(zlib.decompress(data))
            state = cls(raw["documents"], ja_spread=Counter(dict(raw["ja"])), en_spread=Counter(dict(raw["en"])))
            for a, b, count in raw["links"]:
                state.lexical.add(a, b, count)
        except (zlib.error, KeyError, TypeError) as error:
            raise ValueError(f"not a model state: {error}") from error
        return state


def estimate(bitexts: Sequence[AlignedBitext], base: LexicalTable) -> ModelState:
    """The state that these bitexts teach, on top of `base` (links of words in general)."""
    beads = [bead for bitext in bitexts for bead in bitext.beadwords()]
    _, table = align_words(beads, base)
    state = ModelState(documents=len(bitexts))
    for (ja, en), count in sorted(table.counts.items()):
        if count >= _LEAST_LINKS:
            state.lexical.add(ja, en, count)
    for spread, runs in ((state.ja_spread, _runs(bitexts, 0)), (state.en_spread, _runs(bitexts, 1))):
        counts = Counter(key for keys in runs for key in keys)
        spread.update({key: count for key, count in counts.items() if count > 1})
    return state


def _runs(bitexts: Iterable[AlignedBitext], side: int) -> Iterable[set[str]]:
    for bitext in bitexts:
        if side == 0:
            yield {ja_key(bead.ja[a:b]) for bead in bitext.beads for a, b in ja_spans(bead.ja)}
        else:
            yield {en_key(bead.en[a:b]) for bead in bitext.beads for a, b in en_spans(bead.en)}


def merged(base: LexicalTable, own: LexicalTable) -> LexicalTable:
    """Counts of both tables added up, in a fixed order."""
    table = LexicalTable()
    for source in (base, own):
        for (ja, en), count in source.counts.items():
            table.add(ja, en, count)
    return table
