"""What a text can be recognized by in the other language: names as they sound, numbers, Latin strings, translations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from ..alignment.matching import WordMatcher, is_content_en, is_content_ja, number_en, number_ja
from ..languages import english, japanese
from ..languages.english import fold
from ..languages.kana import fold_romaji, is_kana, romanize
from ..languages.phonetics import english_sound, katakana_sound
from ..languages.tokens import Token
from ..lexicons.knowledge import Knowledge
from ..records import Document

Result = TypeVar("Result")
CHARACTERS_READ = 12_000
"""Of each text: a report of 300 pages is recognized by its first ones, at the price of an article."""
_LOAN = re.compile(r"[ァ-ヺー]{3,}$")
_VOWELS = re.compile(r"[aeiou]")
NAME = 1.5
"""Weight of a name; other words have 1."""
_LEAST_TRANSLATION = 0.5
"""Share of a dictionary's gloss that a word must make up to stand for it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and what may stand for it in the other language."""

    surface: str
    weight: float
    """What kinds of words tell: names most, numbers of one digit least."""
    features: Mapping[str, float]
    """Feature: how surely (0..1) it means this word."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a document is recognized by."""

    words: tuple[Word, ...]
    """The distinct words of the text that carry meaning, in its order."""
    weights: Mapping[str, float]
    """All features of the words: how surely each means one of them."""
    length: int
    """Characters of the text."""


def features(documents: Sequence[Document], knowledge: Knowledge) -> tuple[list[Features], dict[str, str]]:
    """(features of all documents, why by document_id some could not be looked at and have none).

    The lexicons are asked in few queries.
    """
    failed: dict[str, str] = {}

    def attempted(document: Document, look: Callable[[], Result], nothing: Result) -> Result:
        if document.document_id in failed:
            return nothing
        try:
            return look()
        except Exception as error:  # one text must not cost the others theirs, whatever it holds
            failed[document.document_id] = " ".join(f"{type(error).__name__}: {error}".split())[:160]
            return nothing

    none: list[Token] = []
    tokens = [attempted(document, partial(_tokens, document), none) for document in documents]
    knowledge.prefetch(
        form
        for document, row in zip(documents, tokens, strict=True)
        if document.language == "ja"
        for token in row
        for form in (token.surface, token.lemma)
    )
    extract = _Extractor(knowledge)
    found = [
        attempted(document, partial(extract, document, row), Features((), {}, 0))
        for document, row in zip(documents, tokens, strict=True)
    ]
    return found, failed


def _tokens(document: Document) -> list[Token]:
    language = japanese if document.language == "ja" else english
    tokens = language.tokenize(document.text[:CHARACTERS_READ], 0)
    return [t for t in tokens if not any(start <= t.start and t.end <= end for start, end in document.furniture)]


class _Extractor:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._matcher = WordMatcher(knowledge)
        self._known: dict[tuple[str, str], Word] = {}

    def __call__(self, document: Document, tokens: Sequence[Token]) -> Features:
        of_token = self._japanese if document.language == "ja" else _english
        words: dict[str, Word] = {}
        weights: dict[str, float] = {}
        for token in tokens:
            key = token.surface if document.language == "ja" else token.lemma
            word = words.get(key) or of_token(token)
            if word is not None and key not in words:
                words[key] = word
                for feature, weight in word.features.items():
                    weights[feature] = max(weight, weights.get(feature, 0.0))
        return Features(tuple(words.values()), weights, len(document.text))

    def _japanese(self, token: Token) -> Word | None:
        if not is_content_ja(token) and not token.surface.isascii():
            return None
        key = token.surface, token.pos
        if key not in self._known:
            self._known[key] = self._word(token)
        word = self._known[key]
        return word if word.features else None

    def _word(self, token: Token) -> Word:
        if number := number_ja(token.surface):
            return _number(token.surface, number)
        plain = unicodedata.normalize("NFKC", token.surface)
        if plain.isascii():
            found = {f"w:{plain.casefold()}": 1.0} if plain[0].isalnum() else {}
            return Word(token.surface, NAME if plain[0].isupper() else 1.0, found)
        is_name = "固有名詞" in token.pos
        glosses = self._matcher.gloss_words(token).items()
        found = {f"w:{word}": weight for word, weight in glosses if weight >= _LEAST_TRANSLATION}
        if is_name:
            for reading in (token.surface,) if is_kana(token.surface) else self._readings(token):
                if len(sound := fold_romaji(romanize(reading))) > 2:
                    found[f"n:{sound}"] = 1.0
        if _LOAN.match(token.surface) and len(sound := _consonants(katakana_sound(token.surface))) > 2:
            found[f"s:{sound}"] = 0.7
        return Word(token.surface, NAME if is_name else 1.0, found)

    def _readings(self, token: Token) -> list[str]:
        return [reading for reading in (token.reading, *self._knowledge.readings(token.surface)) if reading]


def _consonants(sound: str) -> str:
    """Kana insert vowels and guess at others: consonants hold."""
    return sound[:1] + _VOWELS.sub("", sound[1:])


def _number(surface: str, digits: str) -> Word:
    """A number of one digit says little, a long one nearly as much as a name."""
    return Word(surface, min(NAME, 0.4 * len(digits)), {f"#:{digits}": 1.0})


def _english(token: Token) -> Word | None:
    if number := number_en(token.lemma):
        return _number(token.surface, number)
    if not is_content_en(token):
        return None
    found = {f"w:{token.lemma}": 1.0, f"w:{fold(token.surface)}": 1.0}
    is_name = token.surface[0].isupper()
    if is_name:
        found[f"n:{fold_romaji(token.surface)}"] = 1.0
        if len(sound := _consonants(english_sound(token.surface))) > 2:
            found[f"s:{sound}"] = 0.7
    return Word(token.surface, NAME if is_name else 1.0, found)
