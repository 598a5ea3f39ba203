"""What the full-text index of terms holds, so that the search box of a stock Datasette finds parts of words.

Datasette quotes each word that is typed as an FTS5 phrase, and the tokenizer unicode61 makes one token of an unbroken
run of Japanese. So whatever a person may type has to be in the index as a token (or, where a dot or a hyphen cuts it,
as a run of tokens): all substrings of Japanese terms and of their readings in both kana, romaji from every syllable
on, English from the start of every word on. FTS5's own trigram tokenizer would be smaller but finds nothing for one
and two characters, which most Japanese words have.

The index keeps no text (`content = ''`), and FTS5 compresses tokens that begin alike: measured, about 2 kB a
concept, mostly kana and romaji. Only concepts that are shown are in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ..languages.kana import fold_romaji, romanize, to_hiragana, to_katakana

CUT = 64
"""Terms longer than this many characters are indexed by their beginning."""

# Stands between grams, lest a phrase match the end of one and the beginning of the next. A private-use character is a
# token to unicode61, and nobody types it.
_BREAK = " \ue000 "


class Forms(NamedTuple):
    """All strings by which a concept can be found."""

    japanese: tuple[str, ...]
    readings: tuple[str, ...]
    """Katakana."""
    romaji: tuple[str, ...]
    english: tuple[str, ...]


def grams(forms: Forms) -> str:
    """The text of the index row of a concept: equal for equal `forms`, as FTS5 needs it again to delete the row."""
    found: set[str] = set()
    for term in forms.japanese:
        for variant in {term, unicodedata.normalize("NFKC", term), to_hiragana(term), to_katakana(term)}:
            found.update(_substrings(variant))
    for reading in forms.readings:
        found.update(_substrings(to_katakana(reading)))
        found.update(_substrings(to_hiragana(reading)))
    for spelling in {s for text in forms.romaji for s in spellings(text)}:
        found.update(_word_beginnings(spelling))
        found.update(_syllable_beginnings(spelling.replace(" ", "")))
    for term in forms.english:
        found.update(_word_beginnings(unicodedata.normalize("NFC", term).casefold()))
    return _BREAK.join(sorted(found))


def keys(forms: Forms) -> set[str]:
    """The normalized strings by which a concept is found whole or from its beginning, to rank the hits."""
    found = {key(text) for text in (*forms.japanese, *forms.readings, *forms.romaji, *forms.english)}
    found.update(fold_romaji(text) for text in forms.romaji)
    found.discard("")
    return found


def key(text: str) -> str:
    """`text` without differences of width, case, accents and kana: the form in which searches are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return to_katakana(_without_accents(folded)).strip()


def spellings(romaji: str) -> set[str]:
    """The ways people type a romanized word: ryōdo, ryodo, ryoudo, ryohdo; shinbun, shimbun. Lower case."""
    lower = unicodedata.normalize("NFC", romaji).casefold()
    plain = re.sub(r"[^\w\s]", "", lower)
    found = {_without_accents(plain)}
    for long_o, long_u in (("ou", "uu"), ("oo", "uu"), ("oh", "uu")):
        found.add(_without_accents(plain.replace("ō", long_o).replace("ū", long_u)))
    found |= {re.sub(r"n(?=[bmp])", "m", s) for s in found} | {re.sub(r"m(?=[bp])", "n", s) for s in found}
    folded = fold_romaji(romaji)
    return found | {folded} if folded else found


def romaji_of(reading: str) -> str:
    """The reading romanized with macrons, for concepts whose romaji nobody gave."""
    return romanize(reading)


def _without_accents(text: str) -> str:
    """Latin letters without their accents. Kana keep their voicing marks, which are part of the letter."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))


def _substrings(text: str) -> Iterator[str]:
    text = text[:CUT].casefold()
    inner = [i for i, c in enumerate(text) if c.isalnum()]
    for start in inner:
        for end in inner:
            if end >= start:
                yield text[start : end + 1]


def _word_beginnings(text: str) -> Iterator[str]:
    """From the start of every word to every later character, over word boundaries: a phrase may be typed too."""
    text = text[:CUT]
    starts = [i for i, c in enumerate(text) if c.isalnum() and (i == 0 or not text[i - 1].isalnum())]
    for start in starts:
        for end in range(start, len(text)):
            if text[end].isalnum():
                yield text[start : end + 1]


def _syllable_beginnings(text: str) -> Iterator[str]:
    text = text[:CUT]
    starts = [i for i in range(len(text)) if i == 0 or text[i - 1] in "aeioun"]
    for start in starts:
        for end in range(start, len(text)):
            yield text[start : end + 1]
