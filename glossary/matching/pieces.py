"""The words of English texts as rows of numbers, so that most of a text is looked up without a step for each word.

A text is cut at white space; what stands between (a piece) is taken apart once and known from then on. Strings are
hashed as numbers in base 256 modulo a prime (Karp and Rabin 1987), so that the hash of a run of words follows from
those of its words by vector arithmetic. A bitmap (Bloom 1970, with one hash function) tells which runs may be terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .keys import MODULUS, lemmas_of, may_join, remainder, word_spans

Numbers = npt.NDArray[np.int64]
Word = tuple[str, int, int]
"""Its lemma, and where it starts and ends in the text."""

_HASH, _SPACED, _POWER, _POWER_SPACED, _START, _END, _LEMMA, _SINGLE, _JOINS = range(9)
"""Columns of the table of words: of the lemma; of the lemma and a space; 256 to their lengths in bytes; place in the
piece; number of the lemma; whether it is a term by itself, or may be written as one with a neighbour."""
_BITS_PER_KEY = 64
_FEWEST_BITS, _MOST_BITS = 1 << 13, 1 << 25
_MOST_PIECES, _MOST_CHARACTERS = 200_000, 8_000_000
"""Known at a time."""


class Runs(NamedTuple):
    """Numbers of the words of a text with which terms may begin."""

    single: Numbers
    joined: Numbers
    """With the next word, written as one."""
    pairs: Numbers
    longer: Numbers
    """Three words and more."""


class Bitmap:
    """Which hashes are there; now and then it says so of one that is not."""

    def __init__(self, bits: bytes) -> None:
        self._bits = np.frombuffer(bits, np.uint8)
        self._mask = len(bits) * 8 - 1

    @staticmethod
    def of(hashes: Iterable[int], number: int) -> bytes:
        """The bitmap of `number` hashes as it is kept: 64 bits for each, 1 KiB to 4 MiB."""
        size = min(_MOST_BITS, max(_FEWEST_BITS, 1 << (number * _BITS_PER_KEY).bit_length()))
        places = np.fromiter(hashes, np.int64) & (size - 1)
        bits = np.zeros(size // 8, np.uint8)
        np.bitwise_or.at(bits, places >> 3, (1 << (places & 7)).astype(np.uint8))
        return bits.tobytes()

    def has(self, hashes: Numbers) -> Numbers:
        """1 for each hash that may be there, else 0."""
        places = hashes & self._mask
        found: Numbers = self._bits[places >> 3] >> (places & 7) & 1
        return found


class Pieces(dict[str, int]):
    """Numbers of the pieces met so far and what is in them; new ones are taken apart when they are asked for."""

    def __init__(self, bitmap: Bitmap, is_term: Callable[[str], bool]) -> None:
        """`is_term`: whether this lemma is a key by itself; asked where the bitmap says that it may be."""
        super().__init__()
        self.bitmap = bitmap
        self._is_term = is_term
        self._lemmas: list[str] = []
        self._characters = 0
        self._pieces: Numbers = np.zeros((1024, 3), np.int64)
        self._table: Numbers = np.zeros((1024, 9), np.int64)

    def __missing__(self, piece: str) -> int:
        spans = word_spans(piece)
        self._pieces = _room(self._pieces, len(self))
        self._pieces[len(self)] = len(self._lemmas), len(spans), len(piece) + 1
        for (start, end), lemma in zip(spans, lemmas_of(piece, spans), strict=True):
            self._add(lemma, start, end)
        self._characters += len(piece)
        number = self[piece] = len(self)
        return number

    def words(self, text: str) -> Words:
        """The words of a text."""
        if len(self) > _MOST_PIECES or self._characters > _MOST_CHARACTERS:
            self._start_anew()
        pieces = text.replace("\n", " ").split(" ")
        numbers = np.fromiter(map(self.__getitem__, pieces), np.int64, len(pieces))
        first, counts, lengths = self._pieces.take(numbers, axis=0).T
        ends = counts.cumsum()
        owners = np.arange(len(pieces)).repeat(counts)
        places = (first - ends + counts).take(owners) + np.arange(len(owners))
        begins = lengths.cumsum() - lengths
        return Words(self._table.take(places, axis=0), begins.take(owners), self._lemmas)

    def _add(self, lemma: str, start: int, end: int) -> None:
        size = len(lemma.encode("utf-8", "surrogatepass"))
        number = remainder(lemma)
        power = pow(256, size, MODULUS)
        row = len(self._lemmas)
        self._table = _room(self._table, row)
        self._table[row, :_SINGLE] = (
            number,
            (number * 256 + 32) % MODULUS,
            power,
            power * 256 % MODULUS,
            start,
            end,
            row,
        )
        self._table[row, _SINGLE] = self.bitmap.has(self._table[row, :1])[0] and self._is_term(lemma)
        self._table[row, _JOINS] = may_join(lemma)
        self._lemmas.append(lemma)

    def _start_anew(self) -> None:
        self.clear()
        self._lemmas, self._characters = [], 0


class Words:
    """The words of one text, in order."""

    def __init__(self, table: Numbers, begins: Numbers, lemmas: list[str]) -> None:
        self._columns = table.T
        self._begins = begins
        self._lemmas = lemmas

    def __len__(self) -> int:
        return len(self._begins)

    def some(self, *numbers: Numbers) -> list[list[Word]]:
        """The words with these numbers, a list for each array."""
        every = np.concatenate(numbers)
        begins = self._begins.take(every)
        starts = (begins + self._columns[_START].take(every)).tolist()
        ends = (begins + self._columns[_END].take(every)).tolist()
        lemmas = map(self._lemmas.__getitem__, self._columns[_LEMMA].take(every).tolist())
        words = zip(lemmas, starts, ends, strict=True)
        return [list(islice(words, len(some))) for some in numbers]

    def run(self, first: int, length: int) -> list[Word]:
        """At most `length` words from word `first` on."""
        return self.some(np.arange(first, min(len(self), first + length)))[0]

    def runs(self, bitmap: Bitmap) -> Runs:
        """Where terms may begin: never too few, a few too many."""
        hashes, spaced, powers = self._columns[_HASH], self._columns[_SPACED], self._columns[_POWER]
        twos = (spaced[:-1] * powers[1:] + hashes[1:]) % MODULUS
        begun = (spaced[:-2] * self._columns[_POWER_SPACED, 1:-1] + spaced[1:-1]) % MODULUS
        threes = (begun * powers[2:] + hashes[2:]) % MODULUS
        joinable = (self._columns[_JOINS, :-1] & self._columns[_JOINS, 1:]).nonzero()[0]
        ones = (hashes[joinable] * powers[joinable + 1] + hashes[joinable + 1]) % MODULUS
        found = bitmap.has(np.concatenate((ones, twos, threes)))
        places = len(ones), len(ones) + len(twos)
        return Runs(
            self._columns[_SINGLE].nonzero()[0],
            joinable[found[: places[0]].nonzero()[0]],
            found[places[0] : places[1]].nonzero()[0],
            found[places[1] :].nonzero()[0],
        )


def _room(table: Numbers, row: int) -> Numbers:
    """The table with room for the row: twice as large where it has none."""
    return table if row < len(table) else np.concatenate([table, np.zeros_like(table)])
