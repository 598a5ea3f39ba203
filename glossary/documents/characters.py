"""Faults of single characters: line ends, invisible and control characters, half-width katakana, composition, dashes.

Every function takes a text and gives the edits that mend one fault, in ascending order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from glossary.documents.edits import Edit

KATAKANA = "ァ-ヺヽヾ"

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufff9-\ufffb\ufffe\uffff]+")
# A zero-width joiner between pictographs makes one picture of them, and there it stays.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_IDEOGRAPHIC_VARIATION = re.compile(
    "(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\ufe00-\ufe0e\U000e0100-\U000e01ef]+"
)

_HALF_WIDTH = re.compile(f"[{KATAKANA}]?[\uff61-\uff9f]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]+")
_JOINING_MARKS = str.maketrans({"\u3099": "゛", "\u309a": "゜"})

# Hangul vowels and finals join the consonant before them although they are no marks.
_HANGUL_JOINERS = re.compile("[\u1160-\u11ff]")


def line_ends(text: str) -> Iterator[Edit]:
    """CR LF, CR, form feed, vertical tab, NEL and the Unicode separators become LF."""
    for match in _LINE_END.finditer(text):
        yield Edit(*match.span(), "\n")


def control_characters(text: str) -> Iterator[Edit]:
    """Control characters other than tab and line feed go."""
    for match in _CONTROL.finditer(text):
        yield Edit(*match.span(), "")


def invisible_characters(text: str) -> Iterator[Edit]:
    """Zero-width characters, soft hyphens, direction marks and ideographic variation selectors go."""
    matches = [*_INVISIBLE.finditer(text), *_IDEOGRAPHIC_VARIATION.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        yield Edit(*match.span(), "")


def half_width_katakana(text: str) -> Iterator[Edit]:
    """Half-width katakana and their punctuation become full-width, (semi-)voiced marks joined to their letter."""
    for match in _HALF_WIDTH.finditer(text):
        after = "".join(unicodedata.normalize("NFKC", c) for c in match[0])
        yield Edit(*match.span(), unicodedata.normalize("NFC", after).translate(_JOINING_MARKS))


def ligatures(text: str) -> Iterator[Edit]:
    """The Latin ligatures of print (U+FB00 to U+FB06) become their letters."""
    for match in _LIGATURE.finditer(text):
        yield Edit(*match.span(), "".join(unicodedata.normalize("NFKC", c) for c in match[0]))


def composition(text: str) -> Iterator[Edit]:
    """Normalization form C, character by character with its marks."""
    if unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for line in text.splitlines(keepends=True):
        if not unicodedata.is_normalized("NFC", line):
            yield from _composition_of_line(line, start)
        start += len(line)


def _composition_of_line(line: str, offset: int) -> list[Edit]:
    starts = [0, *(i for i in range(1, len(line)) if _starts(line[i])), len(line)]
    pairs = [(i, j, unicodedata.normalize("NFC", line[i:j])) for i, j in pairwise(starts)]
    whole = unicodedata.normalize("NFC", line)
    if "".join(after for _, _, after in pairs) != whole:  # scripts whose letters join across starters
        return [Edit(offset, offset + len(line), whole)]
    return [Edit(offset + i, offset + j, after) for i, j, after in pairs if after != line[i:j]]


@cache
def _starts(character: str) -> bool:
    return not unicodedata.combining(character) and not _HANGUL_JOINERS.match(character)


_MINUS = "\u2212\uff0d\u2010\u2500"  # what is typed or recognized for ー; the others are seldom
_DASHES = f"{_MINUS}\u2011\u2013\u2014\u2015-"
_DASH = f"[{re.escape(_DASHES)}]"
_DASH_AFTER_KATAKANA = re.compile(
    f"(?<![{KATAKANA}ー])([{KATAKANA}ー]+)({_DASH})(?!{_DASH}|ー)(?=([{KATAKANA}ー]*)(.?))"
)
_KATAKANA_WORD = re.compile(f"[{KATAKANA}ー]+")
_ENUMERATORS = frozenset("アイウエオロハ")  # ア－エ is a range of items
_PARTICLES = frozenset("のはがをにでとも、。")


def katakana_dashes(text: str) -> Iterator[Edit]:
    """A minus sign or dash that stands for the long vowel mark in a katakana word (デ−タ) becomes ー.

    A dash between two katakana words (インド－パキスタン) stays. The long vowel is meant where the word stands
    elsewhere in the text with ー, where one side of the dash is a single letter and so no word, where a particle
    follows, or where the text never uses ー but this dash again and again.
    """
    matches = list(_DASH_AFTER_KATAKANA.finditer(text))
    if not matches:
        return
    words = frozenset(_KATAKANA_WORD.findall(text))
    systematic = _systematic_dashes(text, Counter(m[2] for m in matches))
    for match in matches:
        if match[2] in systematic or _is_long_vowel(words, match):
            yield Edit(*match.span(2), "ー")


def _systematic_dashes(text: str, dashes: Counter[str]) -> set[str]:
    if "ー" in text:
        return set()
    return {dash for dash, count in dashes.items() if dash in _MINUS and count >= 3}


def _is_long_vowel(words: frozenset[str], match: re.Match[str]) -> bool:
    left, dash, right, following = match[1], match[2], match[3], match[4]
    if len(left + right) >= 2 and f"{left}ー{right}" in words:
        return True
    if not right:
        return dash in _MINUS and len(left) >= 2 and following in _PARTICLES and following != ""
    if len(left) == 1 and len(right) == 1:
        return left not in _ENUMERATORS
    return len(left) == 1 or len(right) == 1 or right[0] in "ァィゥェォッャュョンヮ"
