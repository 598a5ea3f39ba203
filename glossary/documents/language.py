"""Which language a text is in, by its script and, between the languages of Latin script, its function words."""

from __future__ import annotations

import re
from typing import NamedTuple

from glossary.records import Language

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_KANJI = re.compile("[\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _words(
    "the of and to in that is was for with on as by at from it be are were has have had will would not this which "
    "but they he she his her their its an or who said been after about into than more also when what if there"
)
# Function words that English does not have; a, in, me and the like prove nothing.
_OTHER_LATIN = _words(
    "le la les des du et est une dans pour qui sur avec pas que au aux ce cette sont der die das und ist nicht mit "
    "den von zu dem ein eine auf für im el los las del una con por para en se como más il di che un gli della per non "
    "sono o os da do em com uma não het een van niet dat zijn og det som på av är att och inte för jest nie się na w z "
    "ve bir için yang dan tidak"
)
_CHINESE = frozenset("的是了在们這这我他她你吗嗎没沒很就都个個让讓啊呢")


class Guess(NamedTuple):
    language: Language | None
    """None: neither Japanese nor English, or too little text to tell."""
    sure: bool
    """Evident; a language tag that says otherwise is wrong."""


def guess_language(text: str) -> Guess:
    """Japanese or English, and whether that is evident.

    One character of Japanese is worth about two and a half letters of English, which is how a text with quotations
    in the other language is decided.
    """
    kana, kanji = len(_KANA.findall(text)), len(_KANJI.findall(text))
    letters = len(_LETTER.findall(text))
    latin = sum("A" <= c <= "ɏ" and c.isalpha() for c in text)
    other = letters - kana - kanji - latin - text.count("ー")
    if letters == 0:
        return Guess(None, False)
    if other > letters / 2:
        return Guess(None, True)
    if 2.5 * (kana + kanji) > latin:
        return _japanese(text, kana, kanji)
    return _english(text)


def _japanese(text: str, kana: int, kanji: int) -> Guess:
    if kana >= 0.1 * (kana + kanji):
        return Guess("ja", kana + kanji >= 5)
    chinese = sum(c in _CHINESE for c in text)
    if kanji > 40 or chinese >= 2:
        return Guess(None, kanji > 40)
    return Guess("ja", False)


def _english(text: str) -> Guess:
    words = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH for word in words)
    other = sum(word in _OTHER_LATIN for word in words)
    if len(words) < 12:
        is_english = (text.isascii() and other == 0) or english > other
        return Guess("en" if is_english else None, english >= 2 and english > 2 * other)
    if english > 2 * other and english >= 0.08 * len(words):
        return Guess("en", True)
    if english >= other and english >= 0.03 * len(words):
        return Guess("en", False)
    return Guess(None, other > 2 * english)
