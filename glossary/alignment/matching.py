"""How well single words correspond before any statistics: dictionary, source word, sound, numbers, Latin strings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..languages.english import FUNCTION_WORDS, fold
from ..languages.kana import fold_romaji, is_kana, romanize
from ..languages.phonetics import loan_similarities
from ..languages.tokens import Token
from ..lexicons.knowledge import Knowledge

_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞", "代名詞", "連体詞")
_LOAN = re.compile(r"[ァ-ヺー・]{2,}$")
_LOAN_FLOOR = 0.62
"""Likeness of sounds below which two words are unrelated: on random pairs 1 in 200 lies above."""

_MONTHS = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct"
    "|november nov|december dec"
)
_NUMBERS = "one first|two second|three third|four fourth|five fifth|six|seven|eight|nine|ten|eleven|twelve"
NUMBER_WORDS = {
    word: str(number)
    for names in (_MONTHS, _NUMBERS)
    for number, words in enumerate(names.split("|"), 1)
    for word in words.split()
}
"""Names of months and numbers: their digits."""


def is_content_ja(token: Token) -> bool:
    """True for words that carry meaning: nouns, verbs, adjectives, affixes."""
    return token.pos.startswith(_CONTENT) and "非自立" not in token.pos


def is_content_en(token: Token) -> bool:
    """True for words that are neither function words nor punctuation."""
    return token.surface[0].isalnum() and token.lemma not in FUNCTION_WORDS


@lru_cache(maxsize=100_000)
def number_ja(surface: str) -> str:
    """Digits of a Japanese number word ("３", "三" → "3"); empty if it is none."""
    text = unicodedata.normalize("NFKC", surface)
    if text.isascii() and text.replace(".", "").replace(",", "").isdigit():
        return text.replace(",", "").lstrip("0") or "0"
    return str(_KANJI_DIGITS[text]) if text in _KANJI_DIGITS else ""


@lru_cache(maxsize=100_000)
def number_en(lemma: str) -> str:
    """Digits of an English number word or month ("1,200", "third", "March"); empty if it is none."""
    if lemma in NUMBER_WORDS:
        return NUMBER_WORDS[lemma]
    match = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th|s)?", lemma)
    return (match.group(1).replace(",", "").lstrip("0") or "0") if match else ""


class Likeness(NamedTuple):
    """Likeness of every Japanese with every English word type of a document."""

    ja_type: dict[tuple[str, str], int]
    """(surface, lemma) → row."""
    en_type: dict[str, int]
    """surface → column."""
    table: np.ndarray
    """0 (nothing known) .. 1 (certain); rows × columns, float32."""

    def rows(self, tokens: Iterable[Token]) -> np.ndarray:
        """Rows of Japanese tokens."""
        return np.array([self.ja_type[token.surface, token.lemma] for token in tokens], dtype=np.intp)

    def columns(self, tokens: Iterable[Token]) -> np.ndarray:
        """Columns of English tokens."""
        return np.array([self.en_type[token.surface] for token in tokens], dtype=np.intp)


class WordMatcher:
    """Likeness of words by what lexicons and sounds say, without any statistics of the text."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._glosses: dict[tuple[str, str, str], dict[str, float]] = {}

    def gloss_words(self, token: Token) -> dict[str, float]:
        """English lemmas that the dictionaries give for a token, each with the share of its gloss that it makes up."""
        key = (token.surface, token.lemma, token.source)
        if key not in self._glosses:
            weights: dict[str, float] = {}
            for form in dict.fromkeys((token.surface, token.lemma)):
                for words in self._knowledge.gloss_lemmas(form):
                    content = [word for word in words if word not in FUNCTION_WORDS] or list(words)
                    for word in content:
                        weights[word] = max(weights.get(word, 0.0), 1.0 / len(content))
            for word in token.source.casefold().split():
                weights[word] = 1.0
            self._glosses[key] = weights
        return self._glosses[key]

    def likeness(self, ja: Iterable[Token], en: Iterable[Token]) -> Likeness:
        """The table for all word types of two token sequences (of one document, or of one bead)."""
        ja_types = {(token.surface, token.lemma): token for token in ja}
        en_types = {token.surface: token for token in en}
        table = np.zeros((len(ja_types), len(en_types)), dtype=np.float32)
        lemmas, numbers, names = _english_index(list(en_types.values()))
        loans = []
        for row, token in enumerate(ja_types.values()):
            number = number_ja(token.surface)
            if number:
                table[row, numbers.get(number, [])] = 0.9
                continue
            for lemma, weight in self.gloss_words(token).items():
                if lemma in lemmas:
                    table[row, lemmas[lemma]] = weight
            plain = unicodedata.normalize("NFKC", token.surface)
            if plain.isascii():
                table[row, lemmas.get(plain.casefold(), [])] = 1.0
            elif _LOAN.match(token.surface):
                loans.append(row)
            if "名詞" in token.pos or "接" in token.pos:
                for folded in self._romanizations(token):
                    if folded in names:
                        table[row, names[folded]] = 1.0
        tokens = list(ja_types.values())
        _add_loans(table, loans, [tokens[row].surface for row in loans], list(en_types))
        return Likeness(
            {key: row for row, key in enumerate(ja_types)}, {key: column for column, key in enumerate(en_types)}, table
        )

    def _romanizations(self, token: Token) -> set[str]:
        """Folded romaji of every reading that is known of a Japanese word."""
        if is_kana(token.surface):
            readings: list[str] = [token.surface]
        else:
            readings = [token.reading, *self._knowledge.readings(token.surface)]
        return {folded for reading in readings if reading and len(folded := fold_romaji(romanize(reading))) > 1}


def _english_index(tokens: list[Token]) -> tuple[dict[str, list[int]], dict[str, list[int]], dict[str, list[int]]]:
    """Columns by lemma, by number and, for capitalized words, by folded spelling."""
    lemmas: dict[str, list[int]] = defaultdict(list)
    numbers: dict[str, list[int]] = defaultdict(list)
    names: dict[str, list[int]] = defaultdict(list)
    for column, token in enumerate(tokens):
        lemmas[token.lemma].append(column)
        if fold(token.surface) != token.lemma:
            lemmas[fold(token.surface)].append(column)
        if number := number_en(token.lemma):
            numbers[number].append(column)
        if token.surface[0].isupper():
            names[fold_romaji(token.surface)].append(column)
    return lemmas, numbers, names


def _add_loans(table: np.ndarray, rows: list[int], kana: list[str], english: list[str]) -> None:
    """Raise the cells of words in katakana by the likeness of their sound, above the floor stretched to 0..1."""
    columns = [column for column, word in enumerate(english) if word[0].isalpha() and len(word) > 1]
    if not rows or not columns:
        return
    similarity = loan_similarities(kana, [english[column] for column in columns])
    stretched = np.clip((similarity - _LOAN_FLOOR) / (1 - _LOAN_FLOOR), 0, 1)
    cells = np.ix_(rows, columns)
    table[cells] = np.maximum(table[cells], stretched)
