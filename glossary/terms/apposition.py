"""Brackets and appositions that name one thing twice: A (B), "B, known as A", 「…」（AIIB）, X、通称Y, XはYの略.

Whether an acronym fits is told by its letters, as Schwartz & Hearst (2003, "A simple algorithm for identifying
abbreviation definitions in biomedical text") do, but word by word: each letter run has to begin a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..languages.english import FUNCTION_WORDS
from ..languages.tokens import Token
from ..records import Language, Span

_LONGEST = 12
"""Tokens of an expansion."""
_KANJI_ONLY = re.compile("[㐀-鿿]{2,4}")
_LATIN_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.]*[A-Z0-9][A-Za-z0-9]?$")
_OPENING, _CLOSING = ("(", "（", "[", "［"), (")", "）", "]", "］")
_QUOTES = {"「": "」", "『": "』", "“": "”", '"': '"'}
_KNOWN = (
    ("also", "known", "as"), ("known", "as"), ("better", "known", "as"), ("commonly", "known", "as"), ("called",),
    ("dubbed",), ("nicknamed",), ("or",), ("abbreviated", "as"), ("abbreviated", "to"),
)  # fmt: skip
_HONORIFICS = ("さん", "氏", "君", "ちゃん", "容疑者", "被告")
_NAMED_JA = ("通称", "略称", "愛称", "別名", "俗称", "以下")


class Apposition(NamedTuple):
    """Two places of one sentence that name the same. All spans count characters of the document."""

    expansion: Span
    abbreviation: Span
    pattern: str
    """bracket, known as, こと, 略, 通称 (or another word that says so)."""
    sentence: Span


def appositions(tokens: Sequence[Token], language: Language) -> list[Apposition]:
    """The appositions of one sentence (or of the sentences of one bead), in order of place."""
    if not tokens:
        return []
    found = _japanese(tokens) if language == "ja" else _english(tokens)
    sentence = tokens[0].start, tokens[-1].end
    return [
        Apposition(_characters(tokens, long), _characters(tokens, short), pattern, sentence)
        for long, short, pattern in sorted(set(found))
    ]


_Found = tuple[tuple[int, int], tuple[int, int], str]
"""(tokens of the expansion, tokens of the abbreviation, pattern)"""


def is_acronym(text: str) -> bool:
    """True of AIIB, U.S., ＩＡＥＡ and EVs, not of Tokyo or TOKYOMETRO."""
    plain = unicodedata.normalize("NFKC", text)
    letters = re.sub(r"[^A-Za-z]", "", plain)
    return (
        len(letters) <= 7 and sum(c.isupper() for c in letters) >= 2 and bool(_LATIN_ACRONYM.match(plain.rstrip(".")))
    )


def spells(acronym: str, words: Sequence[str]) -> bool:
    """True if the letters of an acronym begin all the words in order; function words may be passed over.

    >>> spells("METI", ["Ministry", "of", "Economy", ",", "Trade", "and", "Industry"])
    True
    >>> spells("TEPCO", ["Tokyo", "Electric", "Power", "Co."])
    True
    >>> spells("UN", ["United", "Kingdom"])
    False
    """
    letters = re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", acronym).removesuffix("s").casefold())
    parts = [word.casefold() for word in words if word[0].isalnum()]
    if len(letters) < 2 or not parts:
        return False
    return _spelt(letters, parts, 0, 0)


def _spelt(letters: str, words: Sequence[str], letter: int, word: int) -> bool:
    if word == len(words):
        return letter == len(letters)
    longest = 0
    while letter + longest < len(letters) and words[word][longest : longest + 1] == letters[letter + longest]:
        longest += 1
    if any(_spelt(letters, words, letter + taken, word + 1) for taken in range(min(longest, 3), 0, -1)):
        return True
    return words[word] in FUNCTION_WORDS and _spelt(letters, words, letter, word + 1)


def shortens(short: str, long: str) -> bool:
    """True if the characters of a Japanese name stand in another in order, from its first on: 東電 in 東京電力.

    >>> shortens("東電", "東京電力"), shortens("京電", "東京電力"), shortens("東京", "東京電力")
    (True, False, False)
    """
    if short[:1] != long[:1] or short in long or not _KANJI_ONLY.fullmatch(short):
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def _characters(tokens: Sequence[Token], span: tuple[int, int]) -> Span:
    return tokens[span[0]].start, tokens[span[1] - 1].end


def _english(tokens: Sequence[Token]) -> Iterator[_Found]:
    words = [token.surface for token in tokens]
    for opening, inner in _brackets(words):
        yield from _english_bracket(tokens, words, opening, inner)
    for k in range(1, len(words)):
        for phrase in _KNOWN:
            after = k + len(phrase)
            if tuple(word.casefold() for word in words[k:after]) == phrase and words[k - 1] in (",", "(", "["):
                yield from _english_named(words, k - 1, after, phrase)


def _english_bracket(
    tokens: Sequence[Token], words: list[str], opening: int, inner: tuple[int, int]
) -> Iterator[_Found]:
    if inner[1] - inner[0] == 1 and is_acronym(words[inner[0]]):
        first = _expansion_start(words, opening, words[inner[0]])
        if first is not None:
            yield (first, opening), inner, "bracket"
    elif opening and is_acronym(words[opening - 1]) and spells(words[opening - 1], words[slice(*inner)]):
        yield inner, (opening - 1, opening), "bracket"


def _expansion_start(words: Sequence[str], end: int, acronym: str) -> int | None:
    """Where the words begin that end at `end` and that the acronym spells."""
    for first in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
        if words[first][0].isalnum() and words[first] not in FUNCTION_WORDS and spells(acronym, words[first:end]):
            return first
    return None


def _english_named(words: list[str], comma: int, after: int, phrase: tuple[str, ...]) -> Iterator[_Found]:
    """What follows "known as", "or": an acronym that fits, or after the former a name."""
    first = after + (after < len(words) and words[after] in ("the", "“", '"', "‘"))
    if first >= len(words):
        return
    if is_acronym(words[first]):
        start = _expansion_start(words, comma, words[first])
        if start is not None:
            yield (start, comma), (first, first + 1), "known as" if phrase != ("or",) else "or"
        return
    last = _name_end(words, first)
    start = _name_start(words, comma)
    if phrase != ("or",) and last > first and start < comma:
        yield (start, comma), (first, last), "known as"


def _name_end(words: Sequence[str], first: int) -> int:
    last = first
    while last < len(words) and last - first < _LONGEST and (words[last][0].isupper() or _joins(words, last, first)):
        last += 1
    return last


def _joins(words: Sequence[str], k: int, first: int) -> bool:
    """A hyphen or a small word between two capitals."""
    return (
        k > first and words[k] in ("-", "of", "the", "and", "de") and k + 1 < len(words) and words[k + 1][0].isupper()
    )


def _name_start(words: Sequence[str], end: int) -> int:
    first = end
    while first > 0 and end - first < _LONGEST:
        word = words[first - 1]
        small = word in ("-", "of", "de") and first > 1 and words[first - 2][0].isupper() and first < end
        if not word[0].isupper() and not small:
            break
        first -= 1
    while first < end and words[first].casefold() in FUNCTION_WORDS:
        first += 1
    return first


def _brackets(words: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """(place of the opening bracket, tokens between it and the closing one)"""
    for k, word in enumerate(words):
        if word in _OPENING:
            closing = _CLOSING[_OPENING.index(word)]
            end = next((j for j in range(k + 1, min(len(words), k + 2 + _LONGEST)) if words[j] == closing), None)
            if end is not None and end > k + 1:
                yield k, (k + 1, end)


def _japanese(tokens: Sequence[Token]) -> Iterator[_Found]:
    words = [token.surface for token in tokens]
    for opening, inner in _brackets(words):
        yield from _japanese_bracket(tokens, words, opening, inner)
    for k, word in enumerate(words):
        if word in _NAMED_JA and k > 1 and words[k - 1] in ("、", "，", ","):
            yield from _named(tokens, words, k - 1, k, len(words))
        elif word == "こと" and 0 < k < len(words) - 1:
            yield from _sides(tokens, words, k, k + 1, "こと")
        elif word in ("略", "略称") and k > 1 and words[k - 1] == "の":
            yield from _short_of(tokens, words, k - 1)


def _japanese_bracket(
    tokens: Sequence[Token], words: list[str], opening: int, inner: tuple[int, int]
) -> Iterator[_Found]:
    if words[inner[0]] in _NAMED_JA:
        yield from _named(tokens, words, opening, inner[0], inner[1])
        return
    outer = _noun_before(tokens, opening)
    if outer is None:
        return
    text, name = "".join(words[slice(*inner)]), "".join(words[slice(*outer)])
    if (is_acronym(text) and not is_acronym(name)) or shortens(text, name):
        yield outer, inner, "bracket"
    elif (is_acronym(name) and _all_nouns(tokens, inner)) or shortens(name, text):
        yield inner, outer, "bracket"


def _named(tokens: Sequence[Token], words: list[str], end: int, word: int, stop: int) -> Iterator[_Found]:
    """X、通称Y and X（略称・Y）: the name that ends at `end` and the one that follows the word."""
    first = word + 1
    while first < stop and words[first] in ("、", "，", "は", "・", "＝", ":", "："):
        first += 1
    long, short = _noun_before(tokens, end), _noun_after(tokens, first, stop)
    if long and short:
        yield long, short, words[word]


def _sides(tokens: Sequence[Token], words: list[str], end: int, first: int, pattern: str) -> Iterator[_Found]:
    """XことY: two names on either side; what follows is the real one."""
    short, long = _noun_before(tokens, end), _noun_after(tokens, first, len(words))
    if not long or not short:
        return
    long = long[0], long[1] - (words[long[1] - 1] in _HONORIFICS)
    if long[0] < long[1] and _is_proper(tokens, long) and _is_proper(tokens, short):
        yield long, short, pattern


def _short_of(tokens: Sequence[Token], words: list[str], end: int) -> Iterator[_Found]:
    """XはYの略: X is the abbreviation of Y."""
    long = _noun_before(tokens, end)
    if long is None or long[0] < 2:
        return
    comma = long[0] - 1 - (words[long[0] - 1] in "「『")
    topic = comma - (words[comma] in "、，")
    if topic > 0 and words[topic] == "は":
        short = _noun_before(tokens, topic)
        if short:
            yield long, short, "略"


def _noun_before(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """The quoted string or the run of nouns that ends at `end`."""
    if end > 1 and tokens[end - 1].surface in _QUOTES.values():
        for first in range(end - 2, max(-1, end - 2 - _LONGEST), -1):
            if _QUOTES.get(tokens[first].surface) == tokens[end - 1].surface:
                return (first + 1, end - 1) if first + 1 < end - 1 else None
        return None
    first = end
    while first > 0 and end - first < _LONGEST and _is_noun(tokens[first - 1], inner=first < end):
        first -= 1
    while first < end and not _is_noun(tokens[first], inner=False):
        first += 1
    return (first, end) if first < end else None


def _noun_after(tokens: Sequence[Token], first: int, stop: int) -> tuple[int, int] | None:
    if first < stop and tokens[first].surface in _QUOTES:
        closing = _QUOTES[tokens[first].surface]
        for last in range(first + 1, min(stop, first + 1 + _LONGEST)):
            if tokens[last].surface == closing:
                return (first + 1, last) if first + 1 < last else None
        return None
    last = first
    while last < stop and last - first < _LONGEST and _is_noun(tokens[last], inner=last > first):
        last += 1
    return (first, last) if first < last else None


def _is_noun(token: Token, inner: bool) -> bool:
    if token.surface in "・＝-‐":
        return inner
    if re.match(r"[A-Za-zＡ-Ｚａ-ｚ]", token.surface):
        return True
    return token.pos.startswith(("名詞", "接頭辞", "接尾辞-名詞", "形状詞"))


def _all_nouns(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    return all(_is_noun(token, inner=k > span[0]) for k, token in enumerate(tokens[slice(*span)], span[0]))


def _is_proper(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    return any("固有名詞" in token.pos or re.match(r"[A-ZＡ-Ｚァ-ヺ]", token.surface) for token in tokens[slice(*span)])
