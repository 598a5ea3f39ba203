"""Units of work, and the chunks in which they are handed to workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..alignment.documents import AlignedBitext
from ..records import Bitext, Concept, Document, Segment

Unit = Bitext | Document
"""What is scored by itself: a bitext, or a document without counterpart."""
Result = tuple[list[Segment], list[Concept]]
"""What comes of a unit."""

CHUNK_UNITS = 16
"""Units that are scored together: the ranker's explanations are cheaper by the dozen."""
CHUNK_CHARACTERS = 24_000
"""Japanese characters from which on a chunk is full, about as many as 16 news articles have."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A unit of which nothing could be made."""

    unit: Unit
    reason: str
    """One line."""


def documents_of(unit: Unit | AlignedBitext) -> tuple[Document, ...]:
    """The document, or the Japanese and the English one."""
    if isinstance(unit, AlignedBitext):
        unit = unit.bitext
    return (unit.ja, unit.en) if isinstance(unit, Bitext) else (unit,)


def chunked(units: Sequence[Unit], characters: int = CHUNK_CHARACTERS) -> Iterator[list[Unit]]:
    """The units in their order, up to 16 at a time, fewer of long texts."""
    chunk: list[Unit] = []
    size = 0
    for unit in units:
        length = len(documents_of(unit)[0].text)
        if chunk and (len(chunk) == CHUNK_UNITS or size + length > characters):
            yield chunk
            chunk, size = [], 0
        chunk.append(unit)
        size += length
    if chunk:
        yield chunk
