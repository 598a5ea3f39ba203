"""Relations between concepts: rivals for a term, spellings, parts, broader concepts, short forms; each with its reason.

What two concepts are to each other depends on two of their pairs of terms alone. So concepts of new texts are compared
with each other and with what is stored, never stored ones among themselves, and builds in parts give what one build
gives. All look-ups go through indexes; the cost is that of the new pairs and their hits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..identity import spelling_key
from ..languages.english import FUNCTION_WORDS
from ..records import Relation
from .apposition import is_acronym, shortens, spells
from .variants import NamePair

_COMPOUNDS = frozenset(("concept", "law", "role"))
"""Kinds whose compounds are a sort of what their head names; a bridge named after a city is no sort of city."""
_KANJI_THEN_KANA = re.compile("([㐀-鿿]{2,})[いきぎしちびみりけげせてねべめれえ]")
_MOST_WORDS = 8
"""English terms of more words are not looked into for parts."""
_Related = Iterator[tuple[str, str]]
"""(relation, reason)"""


def related(new: Iterable[NamePair], stored: Iterable[NamePair] = ()) -> list[Relation]:
    """The relations of the concepts of new texts, given by their sure pairs, to each other and to those stored."""
    fresh = sorted(set(new), key=str)
    index = _Index([*fresh, *(set(stored) - set(fresh))])
    found: set[Relation] = set()
    for pair in fresh:
        for other in index.near(pair):
            if other.concept_id != pair.concept_id:
                found |= {Relation(pair.concept_id, name, other.concept_id, why) for name, why in _is_to(pair, other)}
                found |= {Relation(other.concept_id, name, pair.concept_id, why) for name, why in _is_to(other, pair)}
    return sorted(found, key=lambda r: (r.concept_id, r.relation, r.other_id, r.reason))


class _Index:
    """Pairs by what a related pair shares with them."""

    def __init__(self, pairs: Sequence[NamePair]) -> None:
        self._ja: dict[str, list[NamePair]] = defaultdict(list)
        self._en: dict[str, list[NamePair]] = defaultdict(list)
        self._words: dict[str, list[NamePair]] = defaultdict(list)
        self._letters: dict[str, list[NamePair]] = defaultdict(list)
        for pair in pairs:
            self._ja[pair.ja].append(pair)
            key = spelling_key("en", pair.en)
            self._en[key].append(pair)
            for word in set(key.split()):
                self._words[word].append(pair)
            for letters in _initials(pair.en):
                self._letters[letters].append(pair)

    def near(self, pair: NamePair) -> set[NamePair]:
        """Pairs with one term in common, that are parts of one another, or whose letters fit."""
        key = spelling_key("en", pair.en)
        words = key.split()
        found = {*self._ja[pair.ja], *self._en[key]}
        if 0 < len(words) <= _MOST_WORDS:
            rarest = min(words, key=lambda word: (len(self._words[word]), word))
            found.update(other for other in self._words[rarest] if pair.ja in other.ja)
            for first in range(len(words)):
                for last in range(first + 1, len(words) + 1):
                    found.update(o for o in self._en.get(" ".join(words[first:last]), ()) if o.ja in pair.ja)
        for letters in _initials(pair.en):
            found.update(other for other in self._letters[letters] if other.ja[:1] == pair.ja[:1])
        return found


def _initials(term: str) -> set[str]:
    """By which an acronym and what it may stand for meet: its own letters, the first ones of all or of longer words."""
    if is_acronym(term):
        return {re.sub(r"[^a-z]", "", unicodedata.normalize("NFKC", term).removesuffix("s").casefold())}
    words = _words(term.casefold())
    content = [word for word in words if word not in FUNCTION_WORDS]
    return {"".join(word[0] for word in some) for some in (words, content) if len(some) > 1}


def _is_to(one: NamePair, other: NamePair) -> _Related:
    """What `one` is to `other`; the opposite direction is asked for by itself."""
    spelling = _other_spelling(one, other)
    short = _short_for(one, other)
    if spelling:
        yield "see", spelling
    elif short:
        yield "short_for", short
    elif one.ja == other.ja or one.en == other.en:
        if not _short_for(other, one):
            language, term = ("Japanese", one.ja) if one.ja == other.ja else ("English", one.en)
            yield "competes_with", f"both have the {language} term {term}"
    else:
        yield from _part(one, other)


def _other_spelling(one: NamePair, other: NamePair) -> str | None:
    """A reason for which the two are spellings of one pair that ids keep apart."""
    one_en, other_en = spelling_key("en", one.en), spelling_key("en", other.en)
    if one.ja == other.ja:
        if one_en.replace(" ", "") == other_en.replace(" ", ""):
            return f"{_both(one.en, other.en)} differ in spaces only"
        if one.kind == other.kind == "person" and sorted(one_en.split()) == sorted(other_en.split()):
            return f"{_both(one.en, other.en)} differ in the order of names only"
    if one_en == other_en and one.ja != other.ja:
        if _without_okurigana(one.ja) == _without_okurigana(other.ja):
            return f"{_both(one.ja, other.ja)} differ in okurigana only"
        if one.reading and one.reading == other.reading and _is_kana(one.ja) != _is_kana(other.ja):
            return f"{_both(one.ja, other.ja)} are both read {one.reading}"
    return None


def _both(one: str, other: str) -> str:
    return " and ".join(sorted((one, other)))


def _without_okurigana(term: str) -> str:
    return _KANJI_THEN_KANA.sub(r"\1", spelling_key("ja", term).translate(_TO_HIRAGANA))


_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ"))}


def _is_kana(term: str) -> bool:
    return re.fullmatch("[ぁ-ヺー・]+", term) is not None


def _short_for(one: NamePair, other: NamePair) -> str | None:
    if one.ja == other.ja and is_acronym(one.en) and spells(one.en, _words(other.en)):
        return f"the letters of {one.en} begin the words of {other.en}, and {one.ja} is both"
    if one.ja == other.ja and one.kind == other.kind == "person":
        names = spelling_key("en", other.en).split()
        if len(names) > 1 and spelling_key("en", one.en) in (names[0], names[-1]):
            return f"{one.en} is part of the name {other.en}, and {one.ja} is both"
    same = spelling_key("en", one.en) == spelling_key("en", other.en)
    if (same or spells(one.en, _words(other.en))) and shortens(one.ja, other.ja):
        return f"the characters of {one.ja} stand in {other.ja} in this order, and in English both are {other.en}"
    return None


def _words(term: str) -> list[str]:
    return re.findall(r"\w+", term)


def _part(one: NamePair, other: NamePair) -> _Related:
    """Both terms of `one` are parts of those of `other`; as heads of a compound they name a broader concept."""
    if one.kind == other.kind == "person":
        return  # names in a name; whether they mean one person is for the documents to tell
    one_en, other_en = spelling_key("en", one.en), spelling_key("en", other.en)
    if one.ja in other.ja and one.ja != other.ja and one_en != other_en and f" {one_en} " in f" {other_en} ":
        if not _heads(one, other, one_en, other_en):
            yield "part", f"{other.ja} = {other.en} has {one.ja} = {one.en} in it"
    elif one_en != other_en and _heads(other, one, other_en, one_en):
        yield "broader", f"{one.ja} = {one.en} is a compound with the head {other.ja} = {other.en}"


def _heads(head: NamePair, compound: NamePair, head_en: str, compound_en: str) -> bool:
    kinds = head.kind == compound.kind and head.kind in _COMPOUNDS
    plain = not any(char.isupper() for char in compound.en[1:])
    return (
        kinds and plain and compound.ja.endswith(head.ja) and compound_en.endswith(" " + head_en) and len(head.ja) > 1
    )
