"""Packed bitexts on disk: those of a whole corpus are too many for the memory, and are read several times."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from typing import overload

from ..alignment.documents import AlignedBitext
from .packing import unpacked


class Spool(Sequence[AlignedBitext]):
    """A sequence that grows, of which each item is read when it is asked for. A temporary file that has no name."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="glossary-")  # noqa: SIM115 - closed by __exit__
        self._places: list[tuple[int, int]] = []

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def append(self, data: bytes) -> int:
        """A bitext as `align_chunk` packs it; its number."""
        start = self._file.seek(0, 2)
        self._file.write(data)
        self._places.append((start, len(data)))
        return len(self._places) - 1

    def arrange(self, numbers: Sequence[int]) -> None:
        """Put the bitexts of these numbers in this order, and forget the others."""
        self._places = [self._places[number] for number in numbers]

    def packed(self, number: int) -> bytes:
        """The bytes that were appended."""
        start, length = self._places[number]
        self._file.seek(start)
        return self._file.read(length)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> AlignedBitext: ...
    @overload
    def __getitem__(self, place: slice) -> list[AlignedBitext]: ...
    def __getitem__(self, place: int | slice) -> AlignedBitext | list[AlignedBitext]:
        if isinstance(place, slice):
            return [unpacked(self.packed(k)) for k in range(*place.indices(len(self)))]
        return unpacked(self.packed(range(len(self))[place]))

    def __iter__(self) -> Iterator[AlignedBitext]:
        return (unpacked(self.packed(number)) for number in range(len(self)))
