"""The reading of a term, chosen by the English side: 大谷 beside Otani is オオタニ, whatever a tagger says first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..languages.kana import is_kanji
from ..languages.phonetics import spelled_by_readings
from ..languages.tokens import Token
from .anchors import Anchor
from .romaji import heard
from .spans import TokenSpan

Readings = Callable[[str], Iterable[str]]
"""All readings that lexicons know of a string."""

_LONGEST_NAME = 3
"""English words of a name whose order is tried."""


def chosen_reading(
    ja: Sequence[Token],
    span: TokenSpan,
    en: Sequence[Token],
    other: TokenSpan,
    anchors: Sequence[Anchor],
    known: Readings,
) -> str | None:
    """The katakana reading of `ja[span]` in a pair with `en[other]`; None where the English spells no part of it.

    Parts that the English spells are read as it spells them, the rest as the tagger reads it. `anchors`: those inside
    of the pair.
    """
    tokens = ja[slice(*span)]
    text = _text(tokens)
    if not any(map(is_kanji, text)):
        return None
    for words in _orders([token.surface for token in en[slice(*other)] if token.surface[0].isalpha()]):
        if whole := spelled_by_readings(text, words, known):
            return whole
    spelled = dict(_spelled_parts(ja, en, anchors, known))
    return _composed(ja, span, spelled) if spelled else None


def _orders(words: Sequence[str]) -> Iterator[str]:
    """A name as it stands and, surname first, with its last word in front; nothing for what is no name."""
    if not words or not all(word[0].isupper() for word in words):
        return
    yield " ".join(words)
    if 1 < len(words) <= _LONGEST_NAME:
        yield " ".join((words[-1], *words[:-1]))


def _spelled_parts(
    ja: Sequence[Token], en: Sequence[Token], anchors: Sequence[Anchor], known: Readings
) -> Iterator[tuple[TokenSpan, str]]:
    for anchor in anchors:
        if anchor.reading:
            yield anchor.ja, anchor.reading
        elif anchor.kind == "dictionary" and all(token.surface[0].isupper() for token in en[slice(*anchor.en)]):
            text = _text(ja[slice(*anchor.ja)])
            english = " ".join(token.surface for token in en[slice(*anchor.en)])
            if any(map(is_kanji, text)) and (reading := spelled_by_readings(text, english, known)):
                yield anchor.ja, reading


def _composed(ja: Sequence[Token], span: TokenSpan, spelled: dict[TokenSpan, str]) -> str | None:
    by_tagger = heard(ja[slice(*span)])
    parts: list[str] = []
    place = span[0]
    while place < span[1]:
        last = max((b for a, b in spelled if a == place), default=0)
        part = spelled[place, last] if last else by_tagger[place - span[0]]
        if part is None:
            return None
        parts.append(part)
        place = last or place + 1
    return "".join(parts)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.surface for token in tokens)
