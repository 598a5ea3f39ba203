"""Which strings of a Japanese text may be terms: runs of whole tokens, never a part of a word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from ..languages.tokens import Token
from .index import TermIndex
from .keys import HEAD, STEM, fold_japanese

_FUNCTION = ("助詞", "助動詞", "補助記号")
_GRAMMATICAL = (*_FUNCTION, "連体詞", "代名詞", "接続詞", "感動詞")
_DEMONSTRATIVES = frozenset("こんな そんな あんな どんな こう そう ああ どう".split())
_INFLECTED = ("動詞", "形容詞", "助動詞")
_MOST_TOKENS = 24


Candidate = tuple[str, int, int]
"""A key to look up, and the characters of the text (start, end) that have it."""


@lru_cache(maxsize=200_000)
def _part(surface: str) -> str:
    return fold_japanese(surface)


class _Row(NamedTuple):
    tokens: Sequence[Token]
    folded: str
    ends: list[int]
    """Where each token ends in `folded`."""


class _Start(NamedTuple):
    """A place where a term may begin."""

    row: _Row
    first: int
    """Number of the token."""
    start: int
    """Its place in the folded row."""
    mask: int
    """Lengths of the terms that begin so, as bits."""


_SHORT = (1 << STEM) - 1
"""Bits of the lengths that a stem says nothing of."""


def candidates(rows: Sequence[Sequence[Token]], text: str, index: TermIndex) -> list[Candidate]:
    """All strings of whole tokens, within a row, that have the beginning and the length of some term."""
    starts = _starts([_folded(row) for row in rows], index)
    stems = [s.row.folded[s.start : s.start + STEM] if s.mask > _SHORT else "" for s in starts]
    lengths = index.lengths("ja", stems)
    found: list[Candidate] = []
    for start, stem in zip(starts, stems, strict=True):
        mask = start.mask & _SHORT | lengths[stem] & ~_SHORT
        if mask or start.row.tokens[start.first].pos.startswith(_INFLECTED):
            found += _from(start, mask, text)
    return found


def _folded(tokens: Sequence[Token]) -> _Row:
    parts = [_part(token.surface) for token in tokens]
    return _Row(tokens, "".join(parts), list(accumulate(map(len, parts))))


def _starts(rows: Sequence[_Row], index: TermIndex) -> list[_Start]:
    """Where the first characters are those of some term."""
    lengths = index.lengths("ja", {head for row in rows for head in _heads(row)})
    found = []
    for row in rows:
        start = 0
        for first, end in enumerate(row.ends):
            if end > start:
                mask = lengths[row.folded[start : start + HEAD]]
                if end == start + 1:
                    mask |= lengths[row.folded[start:end]] & 2
                if mask and not row.tokens[first].pos.startswith(_FUNCTION):
                    found.append(_Start(row, first, start, mask))
            start = end
    return found


def _heads(row: _Row) -> list[str]:
    folded = row.folded
    starts = [0, *row.ends][: len(row.ends)]
    heads = [folded[start : start + HEAD] for start in starts]
    return heads + [folded[start:end] for start, end in zip(starts, row.ends, strict=True) if end == start + 1]


def _from(begin: _Start, mask: int, text: str) -> list[Candidate]:
    """The candidates that begin there. `mask`: the lengths; a dictionary form may have any that the head allows."""
    row, first, start, head_mask = begin
    found = []
    longest = head_mask.bit_length() - 1
    before = start
    for last in range(first, min(len(row.tokens), first + _MOST_TOKENS)):
        end = row.ends[last]
        if end - start > longest + 1:  # one more: a dictionary form may be shorter than what stands in the text
            break
        token = row.tokens[last]
        if last > first and not _adjoin(text, row.tokens[last - 1], token):
            break
        if end > before:
            keys = [row.folded[start:end]] if mask >> (end - start) & 1 else []
            if token.lemma != token.surface and token.pos.startswith(_INFLECTED):
                form = row.folded[start:before] + _part(token.lemma)
                keys += [form] if len(form) <= longest and head_mask >> len(form) & 1 else []
            if keys and _is_whole(text, row.tokens, first, last):
                found += [(key, row.tokens[first].start, token.end) for key in keys]
        before = end
        if not mask >> (end - start + 1) and not token.pos.startswith(_INFLECTED) and last > first:
            break
    return found


def _adjoin(text: str, left: Token, right: Token) -> bool:
    """True for tokens with nothing between them; Latin words may have a space."""
    return left.end == right.start or (
        text[left.end : right.start] == " " and text[left.end - 1].isascii() and text[right.start].isascii()
    )


def _is_whole(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """False inside a run of katakana, Latin letters or digits, for the last character of a compound (日曜日) and for
    grammatical words in hiragana.
    """
    start, end = tokens[first].start, tokens[last].end
    if end - start == 1 and start and _is_kanji(text[start - 1]) and "固有名詞" not in tokens[first].pos:
        return False
    if start and _same_run(text[start - 1], text[start]):
        return False
    if end < len(text) and _same_run(text[end - 1], text[end]):
        return False
    if all("ぁ" <= c <= "ゟ" for c in text[start:end]):
        return not any(
            token.pos.startswith(_GRAMMATICAL) or token.surface in _DEMONSTRATIVES for token in tokens[first : last + 1]
        )
    return True


def _is_kanji(character: str) -> bool:
    return "一" <= character <= "鿿" or character == "々"


def _same_run(left: str, right: str) -> bool:
    kind = _kind(left)
    return bool(kind) and kind == _kind(right)


@lru_cache(maxsize=10_000)
def _kind(character: str) -> str:
    if "ァ" <= character <= "ヺ" or character == "ー":
        return "katakana"
    if character.isdecimal():
        return "digit"
    folded = fold_japanese(character)
    return "latin" if len(folded) == 1 and (folded.isascii() or folded < "\u0250") and folded.isalpha() else ""
