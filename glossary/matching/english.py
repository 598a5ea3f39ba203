"""Which strings of an English text may be terms: runs of whole words, met by lemma."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..languages.english import fold
from ..records import Span
from .index import TermIndex
from .japanese import Candidate
from .keys import joins, word_spans

if TYPE_CHECKING:
    from .pieces import Words

_SHORT_ACRONYM = 5
"""Letters; US is not us, WHO not who, IT not it."""
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDINGS = ("", "s", "es")


def candidates(text: str, index: TermIndex) -> list[Candidate]:
    """All runs of words that may be terms as far as the index knows, and pairs that may be one word."""
    pieces = index.pieces
    words = pieces.words(text)
    if not words:
        return []
    single, joined, pairs, longer = words.runs(pieces.bitmap)
    some = words.some(single, joined, joined + 1, pairs, pairs + 1, longer, longer + 1, longer + 2)
    found: list[Candidate] = list(some[0])
    for (left, start, end), (right, begin, last) in zip(some[1], some[2], strict=True):
        if begin - end == 1 and text[end] in " -‐‑":
            found.append((left + right, start, last))
    for (left, start, end), (right, begin, last) in zip(some[3], some[4], strict=True):
        if (begin - end == 1 and text[end] == " ") or _continues(text, (start, end), (begin, last)):
            found.append((f"{left} {right}", start, last))
    stems = [f"{first[0]} {second[0]} {third[0]}" for first, second, third in zip(*some[5:], strict=True)]
    lengths = index.lengths("en", stems)
    for number, stem in zip(longer.tolist(), stems, strict=True):
        if lengths[stem]:
            found += _from(text, words, number, lengths[stem])
    return found


def _from(text: str, words: Words, first: int, mask: int) -> list[Candidate]:
    """The candidates that begin with word `first`. `mask`: their lengths in words, as bits."""
    found: list[Candidate] = []
    key, begin, before = "", -1, (0, 0)
    for number, (lemma, start, end) in enumerate(words.run(first, mask.bit_length() - 1), start=1):
        if number == 1:
            key, begin = lemma, start
        elif _continues(text, before, (start, end)):
            key = f"{key} {lemma}"
        else:
            break
        if mask >> number & 1:
            found.append((key, begin, end))
        before = start, end
    return found


def _continues(text: str, left: Span, right: Span) -> bool:
    """Whether nothing that parts terms stands between two words."""
    if right[0] - left[1] == 1 and text[left[1]] in " -":
        return True
    between = text[left[1] : right[0]]
    if left[1] - left[0] <= 3 and text[left[0]].isupper():  # St. Petersburg
        between = between.removeprefix(".")
    if between[:2] in ("'s", "’s"):
        between = between[2:]
    return joins(between) and between.count("\n") < 2


def fits(term: str, surface: str, is_name: bool) -> bool:
    """Whether `surface`, which has the lemmas of `term`, is written like it as far as that matters.

    Short acronyms keep their case. A name is not met in lower case, nor in another form of the word (Wall, walled).
    """
    letters = "".join(_LETTERS.findall(term))
    written = "".join(_LETTERS.findall(surface))
    if letters.isupper() and 1 < len(letters) <= _SHORT_ACRONYM:
        return written in (letters, letters + "s", letters + "S")
    if len(letters) == 1:
        return written == letters
    if not is_name:
        return True
    wanted, found = _words_of_name(term), _words_of_name(surface)
    return len(wanted) != len(found) or all(map(_same_name, wanted, found))


def _words_of_name(text: str) -> list[str]:
    surfaces = [text[start:end] for start, end in word_spans(text)]
    return surfaces[1:] if len(surfaces) > 1 and surfaces[0] in ("the", "The", "a", "A", "an", "An") else surfaces


def _same_name(term: str, surface: str) -> bool:
    """A word of a name: Wall is met by Walls, not by wall or Walled."""
    if not term[0].isupper():
        return True
    wanted, found = fold(term).replace(".", ""), fold(surface).replace(".", "")
    return surface[0].isupper() and any(wanted == found + end or found == wanted + end for end in _ENDINGS)
