"""What one string may be in the other language according to the lexicons, each possibility with weight and reason.

A weight is a share of trust from 0 to 1, the product of what can be said of the entry: the lexicon, whether it marks
the word as common, the gloss's place in it, how many longer entries begin with this form (and, for names, are read so),
and whether UniDic knows the name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from ..languages.kana import fold_romaji, is_kana, romanize
from ..languages.tokens import Token
from .entry import Entry
from .keys import clean_gloss, english_key
from .knowledge import Knowledge

_GIVEN = frozenset(("given", "fem", "masc", "unclass"))
_NAME_WEIGHTS = {
    "person": 0.8, "organization": 0.75, "company": 0.7, "station": 0.35, "work": 0.5, "product": 0.5, "place": 0.5,
    "surname": 0.5, "given": 0.35, "fem": 0.3, "masc": 0.35, "unclass": 0.3,
}  # fmt: skip
_SHARED_BY_MANY = frozenset(("surname", "given", "fem", "masc", "place", "unclass"))
"""Types of names that many written forms are read alike in."""
_ADDED, _COMMON, _RARE = 0.9, 0.7, 0.5
_LONG_VOWELS = str.maketrans("āīūēōĀĪŪĒŌ", "aiueoAIUEO")
_MACRONS = {"o": ("o", "ō", "ou", "oo"), "u": ("u", "ū", "uu")}
_SPELLINGS = 16


class Rendering(NamedTuple):
    """One string in both languages, as one entry has it."""

    ja: str
    en: str
    reading: str
    """Katakana, of `ja`; may be empty."""
    weight: float
    lexicon: str
    kinds: frozenset[str]
    evidence: tuple[str, ...]
    name: bool = False

    @property
    def surname(self) -> bool:
        """Whether it may be a surname."""
        return "surname" in self.kinds

    @property
    def given(self) -> bool:
        """Whether it may be a given name."""
        return bool(self.kinds & _GIVEN)


def english_renderings(ja: str, knowledge: Knowledge) -> list[Rendering]:
    """English for a Japanese string, the best first."""
    token = _unidic_token(ja)
    found: list[Rendering] = []
    rank: dict[str, int] = {}
    for entry in knowledge.entries(ja):
        place = rank.get(entry.lexicon, 0)
        if is_name(entry):
            found.extend(_names(ja, entry, knowledge, token))
        else:
            rank[entry.lexicon] = place + 1
            found.extend(_words(ja, entry, 0.8**place))
    return _merged(found, lambda rendering: rendering.en.casefold())


def japanese_renderings(en: str, knowledge: Knowledge, forms: Iterable[str] = ()) -> list[Rendering]:
    """Japanese for an English string, the best first. `forms`: further spellings of it to look for (the singular)."""
    found: list[Rendering] = []
    weights = {form: 1.0 if form == en else 0.7 for form in (en, *forms)}
    capital = en[:1].isupper()
    answers = knowledge.by_english(weights)
    knowledge.prefetch(entry.reading for entries in answers.values() for entry in entries)
    for form, entries in answers.items():
        key = english_key(form)
        for entry in entries:
            place = next((n for n, gloss in enumerate(entry.glosses) if english_key(gloss) == key), len(entry.glosses))
            if is_name(entry):
                if not capital:
                    continue
                weight = _name_weight(entry) * _popularity(entry, knowledge) / (1 + 0.5 * place)
            else:
                weight = _word_weight(entry) * _place_weight(place, len(entry.glosses))
                if capital and not any(gloss[:1].isupper() for gloss in entry.glosses[place : place + 1]):
                    weight *= 0.9
            gloss = entry.glosses[place] if place < len(entry.glosses) else form
            for ja in _spellings(entry, knowledge):
                share = weights[form] * (1.0 if is_name(entry) else 0.8 + 0.2 * usage(ja, knowledge))
                found.append(_rendering(ja, entry, clean_gloss(gloss), weight * share, gloss))
    return _merged(found, lambda rendering: rendering.ja)


def romanized_spellings(word: str) -> list[str]:
    """A romanized word without long marks as lexicons may write it: Shinzo → Shinzo, Shinzō, Shinzou, Shinzoo."""
    plain = word.translate(_LONG_VOWELS)
    letters = [_MACRONS.get(letter, (letter,)) for letter in plain]
    if math.prod(map(len, letters)) > 300:
        return [word]
    spelled = sorted(product(*letters), key=lambda choice: sum(a != b for a, b in zip(choice, plain, strict=True)))
    return ["".join(choice) for choice in spelled[:_SPELLINGS]]


def usage(ja: str, knowledge: Knowledge) -> float:
    """0.1 to 1: how many longer entries begin with a word; one in use has compounds."""
    return 0.1 + 0.9 * min(1.0, math.log1p(len(knowledge.longer(ja))) / math.log1p(60))


def is_name(entry: Entry) -> bool:
    """Whether an entry is a proper name by its type."""
    return bool(entry.kinds) and all(kind in _NAME_WEIGHTS for kind in entry.kinds)


def _words(ja: str, entry: Entry, share: float) -> Iterable[Rendering]:
    for place, gloss in enumerate(entry.glosses[:8]):
        text = clean_gloss(gloss)
        if not text or text.startswith("-"):
            continue
        weight = _word_weight(entry) * share / (1 + 0.4 * place)
        if gloss.startswith("to "):
            weight *= 0.6
        if len(text.split()) > 4 and text[:1].islower():
            weight *= 0.6
        yield _rendering(ja, entry, text, weight, gloss)


def _names(ja: str, entry: Entry, knowledge: Knowledge, token: Token | None) -> Iterable[Rendering]:
    for place, gloss in enumerate(entry.glosses[:3]):
        text = _plain_name(clean_gloss(gloss), entry.reading)
        if not text:
            continue
        weight = _name_weight(entry) / (1 + 0.5 * place)
        reasons = [f"{entry.lexicon}: {ja}, read {entry.reading} = {gloss}"]
        if not is_kana(ja):
            longer = [reading for _, reading in knowledge.longer(ja) if reading]
            same = sum(reading.startswith(entry.reading) for reading in longer)
            if longer:
                # One more for every reading that is known: none is impossible because no longer name has it.
                weight *= 0.35 + 0.65 * (same + 1) / (len(longer) + 3)
                reasons.append(f"{same} of {len(longer)} longer entries that begin with {ja} read it {entry.reading}")
            else:
                weight *= 0.6
            if token is not None and "固有名詞" not in token.pos:
                weight *= 0.6  # first of all a word, which also happens to be a name
            elif token is not None and token.reading == entry.reading:
                weight = min(0.9, weight * 2)
                reasons.append(f"UniDic knows the name {ja}, read {entry.reading}")
        yield _rendering(ja, entry, text, weight, gloss)._replace(evidence=tuple(reasons))


def _plain_name(gloss: str, reading: str) -> str:
    """A name as newspapers write it, without marks of long vowels: Ootani, Ōtani → Otani; other glosses as they are."""
    plain = gloss.translate(_LONG_VOWELS)
    if not reading or fold_romaji(plain) != fold_romaji(romanize(reading)):
        return plain
    words = plain.split()
    if len(words) == 1:
        return romanize(reading.replace("・", ""), macrons=False).capitalize() if reading else plain
    return " ".join(_shortened(word) for word in words)


def _shortened(word: str) -> str:
    return re.sub(r"uu", "u", re.sub(r"o[ou]", "o", re.sub(r"^O[ou]", "O", word)))


def _spellings(entry: Entry, knowledge: Knowledge) -> list[str]:
    """The entry's form and, for loan words with a kanji spelling (埃及), the katakana that the lexicon also has."""
    kana = entry.reading
    if not kana or kana == entry.ja or is_name(entry):
        return [entry.ja]
    loan = any(other.glosses == entry.glosses for other in knowledge.entries(kana))
    return [entry.ja, kana] if loan else [entry.ja]


@lru_cache(maxsize=50_000)
def _unidic_token(ja: str) -> Token | None:
    """The word that UniDic takes the whole string for, if it is one to it."""
    from ..languages import japanese

    tokens = japanese.tokenize(ja)
    return tokens[0] if len(tokens) == 1 else None


def _known_name(entry: Entry) -> bool:
    token = _unidic_token(entry.ja)
    return token is not None and "固有名詞" in token.pos and token.reading in ("", entry.reading)


def _popularity(entry: Entry, knowledge: Knowledge) -> float:
    """0.3 to 1: of many names that are read alike, the one that more longer names begin with."""
    if is_kana(entry.ja) or entry.kinds[0] not in _SHARED_BY_MANY:
        return 0.9
    same = sum(reading.startswith(entry.reading) for _, reading in knowledge.longer(entry.ja))
    popular = 0.3 + 0.7 * min(1.0, math.log1p(same) / math.log1p(300))
    return popular if _known_name(entry) else popular * 0.5


def _name_weight(entry: Entry) -> float:
    """The best of its types, and a little more for a name of several (place and surname)."""
    return min(0.9, max(_NAME_WEIGHTS[kind] for kind in entry.kinds) + 0.1 * (len(entry.kinds) - 1))


def _word_weight(entry: Entry) -> float:
    if entry.lexicon not in ("JMdict", "EDICT"):
        return _ADDED
    weight = _COMMON if entry.common else _RARE
    noun = not entry.kinds or any("noun" in kind or "suffix" in kind or "prefix" in kind for kind in entry.kinds)
    return weight if noun else weight * 0.5


def _place_weight(place: int, glosses: int) -> float:
    """The first gloss is what a word mostly means; a word of many glosses means each of them more rarely."""
    return 1 / (1 + 0.3 * place) / (1 + 0.08 * glosses)


def _rendering(ja: str, entry: Entry, text: str, weight: float, gloss: str) -> Rendering:
    reason = f"{entry.lexicon}: {ja} = {gloss}"
    return Rendering(ja, text, entry.reading, weight, entry.lexicon, frozenset(entry.kinds), (reason,), is_name(entry))


def _merged(renderings: list[Rendering], key: Callable[[Rendering], str]) -> list[Rendering]:
    """One for each text: several entries that agree make it more likely, and all their reasons are kept."""
    merged: dict[str, Rendering] = {}
    for rendering in renderings:
        other = merged.get(key(rendering))
        if other is None:
            merged[key(rendering)] = rendering
            continue
        best, second = (other, rendering) if other.weight >= rendering.weight else (rendering, other)
        merged[key(rendering)] = best._replace(
            weight=1 - (1 - best.weight) * (1 - 0.5 * second.weight),
            kinds=best.kinds | second.kinds,
            evidence=tuple(dict.fromkeys((*best.evidence, *second.evidence)))[:4],
        )
    return sorted(merged.values(), key=lambda rendering: -rendering.weight)
