"""Japanese text into sentences and tokens, with fugashi and UniDic (unidic-lite)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ..records import Span
from .kana import is_kanji
from .lines import lines, trim
from .tokens import Token

if TYPE_CHECKING:
    import fugashi

_SENTENCE_ENDS = "。．！？!?"
_OPENING, _CLOSING = "「『（(【［〈《“", "」』）)】］〉》”"
_MAX_QUOTATION = 200
"""Characters; an opened bracket that does not close within them is not waited for."""

_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ɏ]+$")
_DIGITS = re.compile(r"[0-9０-９]+$")
_KATAKANA = re.compile(r"[ァ-ヺー]+$")
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z .'-]*")


@lru_cache(maxsize=1)
def _tagger() -> fugashi.Tagger:
    """One tagger a process: it does not pickle."""
    import fugashi
    import unidic_lite

    # The dictionary is named so that another one that happens to be installed does not change results.
    return fugashi.Tagger(f'-r "{unidic_lite.DICDIR}/mecabrc" -d "{unidic_lite.DICDIR}"')


@lru_cache(maxsize=200_000)
def _features(raw: str) -> tuple[str, str, str, str]:
    """(pos, lemma, reading, source) from UniDic's comma-separated features; empty strings where absent."""
    fields = raw.split(",") if '"' not in raw else next(csv.reader([raw]))
    pos = "-".join(field for field in fields[:4] if field != "*")
    if len(fields) < 26:
        return pos, "", "", ""
    lemma, reading, source = fields[7], fields[20], ""
    head, hyphen, tail = lemma.partition("-")
    if hyphen and head:
        lemma = head
        if _FOREIGN.fullmatch(tail):
            source = tail
    return pos, lemma, reading if reading != "*" else "", source


def joint_reading(surface: str, before: Token | None, after: Token | None) -> str:
    """ガ for a small ケ between two kanji (霧ヶ浜), カ after a numeral (三ヶ国); empty for any other token."""
    if surface not in ("ヶ", "ケ", "ヵ") or before is None or after is None:
        return ""
    if not is_kanji(after.surface[0]):
        return ""
    if "数詞" in before.pos:
        return "カ"
    return "ガ" if is_kanji(before.surface[-1]) else ""


def _raw_tokens(text: str, offset: int) -> Iterator[Token]:
    position = 0
    # MeCab ends at a NUL; repaired documents have none, other callers may.
    for node in _tagger()(text.replace("\0", " ")):
        surface, raw = node.surface, node.feature_raw  # copied at once: the next call reuses the memory
        start = text.find(surface, position)
        if start < 0:  # pragma: no cover - the tagger only drops white space
            continue
        position = start + len(surface)
        pos, lemma, reading, source = _features(raw)
        if "固有名詞" in pos:  # UniDic's lemma of a name is its reading, in which different names would meet
            lemma = surface
        yield Token(surface, offset + start, offset + position, lemma or surface, pos, reading, source)


def _joins(left: Token, right: Token) -> bool:
    """True where the tagger cut one written word: Latin and digit runs, unknown katakana (ヘタ|フェ, ア|ショア)."""
    if left.end != right.start:
        return False
    if _LATIN.match(right.surface):
        return bool(_LATIN.search(left.surface) and _LATIN.match(left.surface))
    if _DIGITS.match(right.surface):
        return bool(_DIGITS.match(left.surface))
    if _KATAKANA.match(left.surface) and _KATAKANA.match(right.surface):
        return any(
            len(token.surface) == 1 or not token.reading or (len(token.surface) == 2 and "固有名詞" in token.pos)
            for token in (left, right)
        )
    return False


def _join(left: Token, right: Token) -> Token:
    surface = left.surface + right.surface
    reading = surface if _KATAKANA.match(surface) else ""
    pos = left.pos if not _KATAKANA.match(surface) or "名詞" in left.pos else "名詞-普通名詞-一般"
    return Token(surface, left.start, right.end, surface, pos, reading, "")


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """Tokens of one sentence (UniDic short units, with Latin, digit and unknown katakana runs re-joined).

    `offset` is added to the tokens' places. Text between tokens is white space only.
    """
    tokens: list[Token] = []
    for token in _raw_tokens(text, offset):
        if tokens and _joins(tokens[-1], token):
            tokens[-1] = _join(tokens[-1], token)
        else:
            tokens.append(token)
    return tokens


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences of `text[start:end]`, white space at their ends left out.

    A sentence ends at 。！？ outside brackets, and at a line end.
    """
    end = len(text) if end is None else end
    return [span for line in lines(text, start, end) for span in _split_line(text, *line)]


def _split_line(text: str, start: int, end: int) -> list[Span]:
    spans = []
    position, begin = start, start
    while position < end:
        char = text[position]
        if char in _OPENING:
            close = _closing(text, position, end)
            if close:
                position = close
                continue
        position += 1
        if char in _SENTENCE_ENDS and not _inside_number(text, position - 1):
            while position < end and text[position] in _SENTENCE_ENDS + _CLOSING:
                position += 1
            spans.append((begin, position))
            begin = position
    spans.append((begin, end))
    trimmed = (trim(text, *span) for span in spans)
    return [span for span in trimmed if span[0] < span[1]]


def _closing(text: str, opening: int, end: int) -> int:
    """Position after the bracket that closes the one at `opening`; 0 if none is near."""
    depth = 0
    for position in range(opening, min(end, opening + _MAX_QUOTATION)):
        if text[position] in _OPENING:
            depth += 1
        elif text[position] in _CLOSING:
            depth -= 1
            if depth == 0:
                return position + 1
    return 0


def _inside_number(text: str, position: int) -> bool:
    """True for the point of 3．5 and the mark of Yahoo!ニュース, which end no sentence."""
    char = text[position]
    before, after = text[position - 1 : position], text[position + 1 : position + 2]
    if char in "．":
        return before.isdigit() and after.isdigit()
    return char in "!?" and before.isascii() and before.isalpha() and after.isalnum()
