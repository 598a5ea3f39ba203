"""Which strings of an English text may be terms: runs of whole words, met by lemma."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..languages.english import fold
from ..records import Span
from .index import TermIndex
from .japanese import Candidate
from .keys import joins, lemmas_of, may_join, word_spans

_SHORT_ACRONYM = 5
"""Letters; US is not us, WHO not who, IT not it."""
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDINGS = ("", "s", "es")


def candidates(text: str, index: TermIndex) -> list[Candidate]:
    """All runs of words that have the first words and the length of some term, and pairs that may be one word."""
    spans = word_spans(text)
    lemmas = lemmas_of(text, spans)
    pairs = _pairs(text, spans, lemmas)
    lengths = index.lengths("en", {*lemmas, *(pair for _, pair in pairs)})
    masks = [lengths[lemma] for lemma in lemmas]
    found = [Candidate(lemmas[k], *spans[k]) for k, mask in enumerate(masks) if mask & 2]
    found += [Candidate(pair, spans[k][0], spans[k + 1][1]) for k, pair in pairs if lengths[pair] & 2]
    begins = [k for k, mask in enumerate(masks[:-1]) if mask > 3 and _continues(text, spans[k], spans[k + 1])]
    stems = [f"{lemmas[k]} {lemmas[k + 1]}" for k in begins]
    lengths = index.lengths("en", stems)
    for k, stem in zip(begins, stems, strict=True):
        if lengths[stem]:
            found += _from(text, spans, lemmas, k, lengths[stem])
    return found


def _pairs(text: str, spans: Sequence[Span], lemmas: Sequence[str]) -> list[tuple[int, str]]:
    """(number of the first word, both as one word) of neighbours that may be written as one."""
    joinable = [may_join(lemma) for lemma in lemmas]
    return [
        (k, lemmas[k] + lemmas[k + 1])
        for k in range(len(lemmas) - 1)
        if joinable[k] and joinable[k + 1] and spans[k + 1][0] - spans[k][1] == 1 and text[spans[k][1]] in " -‐‑"
    ]


def _from(text: str, spans: Sequence[Span], lemmas: Sequence[str], first: int, mask: int) -> list[Candidate]:
    """The candidates of two words and more that begin with word `first`."""
    found = []
    for last in range(first + 1, min(len(lemmas), first + mask.bit_length() - 1)):
        if last > first + 1 and not _continues(text, spans[last - 1], spans[last]):
            break
        if mask >> (last - first + 1) & 1:
            found.append(Candidate(" ".join(lemmas[first : last + 1]), spans[first][0], spans[last][1]))
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
