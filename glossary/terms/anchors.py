"""Places where a run of Japanese words and a run of English words are known to correspond, whatever statistics say."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ..languages.english import FUNCTION_WORDS
from ..languages.kana import fold_romaji, is_kana, romanize
from ..languages.phonetics import loan_similarities, spelled_by_readings
from ..languages.tokens import Token
from ..lexicons.knowledge import Knowledge, gloss_lemmas
from .labelfeatures import script

_LONGEST = 7
"""Tokens of a Japanese run that is looked up."""
_LONGEST_TEXT = 16
_NAME_POS = ("名詞", "接", "形状詞", "動詞", "形容詞", "副詞", "感動詞", "連体詞")
"""Parts of speech that a name may be cut into."""
_LOAN_FLOOR = 0.72
"""Likeness of sounds at which a run in katakana anchors."""


ANCHOR_KINDS = ("dictionary", "transliteration", "same")
"""What the ranker tells apart."""


class Anchor(NamedTuple):
    """Japanese tokens `ja[0]:ja[1]` correspond to English tokens `en[0]:en[1]` of one bead."""

    ja: tuple[int, int]
    en: tuple[int, int]
    kind: str
    """One of `ANCHOR_KINDS`; same: Latin letters or digits."""
    strength: float
    """0..1."""
    detail: str
    """A sentence for people: "JMnedict: 飯倉 = Iikura"."""
    source: str
    reading: str = ""
    """Katakana that the English side spells; of transliterations only."""


class AnchorFinder:
    """Finds the anchors of beads; answers about strings are remembered."""

    def __init__(self, knowledge: Knowledge) -> None:
        from .evidence import sources

        self._knowledge = knowledge
        self._sources = sources()
        self._spelled: dict[tuple[str, str], str | None] = {}
        self._initials: dict[str, frozenset[str]] = {}
        self._known: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}

    @staticmethod
    def strings(ja: Sequence[Token]) -> set[str]:
        """All Japanese strings that will be looked up for a bead, to be asked for at once."""
        wanted = {token.lemma for token in ja}
        for first in range(len(ja)):
            text = ""
            for last in range(first, min(first + _LONGEST, len(ja))):
                text += ja[last].surface
                if len(text) > _LONGEST_TEXT:
                    break
                wanted.add(text)
        for _, text in _name_runs(ja):
            wanted.update(text[a:b] for a in range(len(text)) for b in range(a + 1, min(a + 4, len(text)) + 1))
        return wanted

    def anchors(self, ja: Sequence[Token], en: Sequence[Token]) -> list[Anchor]:
        """All anchors of one bead, in order of place."""
        found = self._dictionary(ja, en) + _same(ja, en) + _loans(ja, en)
        found += self._names(ja, en, found)
        found += [anchor for source in self._sources for anchor in source.anchors(ja, en)]
        return sorted(set(found))

    def _dictionary(self, ja: Sequence[Token], en: Sequence[Token]) -> list[Anchor]:
        places: dict[str, list[int]] = defaultdict(list)
        for k, token in enumerate(en):
            places[token.lemma].append(k)
        found = []
        for first in range(len(ja)):
            text = ""
            for last in range(first, min(first + _LONGEST, len(ja))):
                text += ja[last].surface
                if len(text) > _LONGEST_TEXT:
                    break
                if last == first and not ja[first].pos.startswith(("名詞", "形状詞", "接", "動詞", "形容詞", "副詞")):
                    continue
                for words, lexicon in self._glosses(text):
                    for start in places.get(words[0], ()):
                        end = _phrase_end(en, start, words)
                        if end:
                            shown = " ".join(token.surface for token in en[start:end])
                            detail = f"{lexicon}: {text} = {shown}"
                            found.append(Anchor((first, last + 1), (start, end), "dictionary", 1.0, detail, lexicon))
        return found

    def _glosses(self, text: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        """English equivalents of `text` as lemmas, each with the lexicon that has it."""
        if text not in self._known:
            glosses: dict[tuple[str, ...], str] = {}
            for entry in self._knowledge.entries(text):
                for gloss in entry.glosses:
                    words = gloss_lemmas(gloss)
                    if words and len(words) <= 8 and not all(word in FUNCTION_WORDS for word in words):
                        glosses.setdefault(words, entry.lexicon)
            self._known[text] = tuple(glosses.items())
        return self._known[text]

    def _names(self, ja: Sequence[Token], en: Sequence[Token], known: list[Anchor]) -> list[Anchor]:
        """Names in kanji (or mixed) whose readings spell capitalized English words."""
        covered = {k for anchor in known if anchor.strength >= 0.9 for k in range(*anchor.en)}
        words = [(k, token) for k, token in enumerate(en) if k not in covered and _may_be_name(token)]
        if not words:
            return []
        runs = _name_runs(ja)
        found = []
        for k, token in words:
            target = fold_romaji(token.surface)
            if len(target) < 2:
                continue
            pieces = [((k, k + 1), token.surface)]
            if k + 2 < len(en) and en[k + 1].surface in "-–’'" and en[k + 2].surface[0].isalpha():
                pieces.append(((k, k + 3), token.surface + en[k + 2].surface))
            for place, spelled in pieces:
                for span, text in runs:
                    if target[0] not in self._first_letters(text):
                        continue
                    reading = self._reads(text, spelled)
                    if reading:
                        detail = f"reads {reading} = {spelled}"
                        found.append(Anchor(span, place, "transliteration", 1.0, detail, "readings", reading))
        return found

    def _first_letters(self, text: str) -> frozenset[str]:
        """Letters a romanization of `text` may begin with."""
        first = text[0]
        if first not in self._initials:
            readings = [first] if is_kana(first) else list(self._knowledge.readings(first))
            self._initials[first] = frozenset(fold_romaji(romanize(r))[:1] for r in readings if r)
        letters = self._initials[first]
        extra = (
            {fold_romaji(romanize(r))[:1] for r in self._knowledge.readings(text[:2]) if r}
            if not is_kana(first)
            else set()
        )
        return letters | extra

    def _reads(self, text: str, english: str) -> str | None:
        key = (text, english)
        if key not in self._spelled:
            self._spelled[key] = spelled_by_readings(text, english, self._knowledge.readings)
        return self._spelled[key]


def _phrase_end(en: Sequence[Token], start: int, words: tuple[str, ...]) -> int:
    """Where `words` end that begin at `start`, hyphens passed over; 0 if they do not stand there."""
    place = start
    for word in words:
        if place > start and place < len(en) and en[place].surface in "-–":
            place += 1
        if place >= len(en) or en[place].lemma != word:
            return 0
        place += 1
    return place


def _may_be_name(token: Token) -> bool:
    return token.surface[0].isupper() and len(token.surface) > 1 and token.lemma not in FUNCTION_WORDS


def _name_runs(ja: Sequence[Token]) -> list[tuple[tuple[int, int], str]]:
    """Runs of one to four nouns of up to six characters that may be a Japanese name."""
    runs = []
    for first in range(len(ja)):
        text = ""
        for last in range(first, min(first + 4, len(ja))):
            token = ja[last]
            if last > first and token.start != ja[last - 1].end:
                break
            if (
                not token.pos.startswith(("名詞", "接", "形状詞", "動詞", "形容詞", "副詞", "感動詞", "連体詞"))
                or "数詞" in token.pos
            ):
                break
            text += token.surface
            if len(text) > 6 or script(token.surface) not in ("kanji", "hira", "kata", "mixed"):
                break
            if script(text) != "kata" and not (len(text) == 1 and script(text) == "hira"):
                runs.append(((first, last + 1), text))
    return runs


def _same(ja: Sequence[Token], en: Sequence[Token]) -> list[Anchor]:
    """Latin words that stand on both sides."""
    places: dict[str, list[int]] = defaultdict(list)
    for k, token in enumerate(en):
        places[token.surface.casefold()].append(k)
    found = []
    for k, token in enumerate(ja):
        plain = unicodedata.normalize("NFKC", token.surface).casefold()
        if plain.isascii() and plain[0].isalnum() and len(plain) > 1:
            for place in places.get(plain, ()):
                found.append(
                    Anchor((k, k + 1), (place, place + 1), "same", 1.0, f"{token.surface} stands on both sides", "text")
                )
    return found


def _loans(ja: Sequence[Token], en: Sequence[Token]) -> list[Anchor]:
    """Runs in katakana that sound like one to three English words."""
    runs = _katakana_runs(ja)
    targets = _english_runs(en)
    if not runs or not targets:
        return []
    similarity = loan_similarities([text for _, text in runs], [text for _, text in targets])
    found = []
    for row, (span, text) in enumerate(runs):
        for column, (place, sound) in enumerate(targets):
            if similarity[row, column] >= _LOAN_FLOOR:
                strength = round(float(similarity[row, column]), 3)
                detail = f"{text} sounds like {sound}"
                found.append(Anchor(span, place, "transliteration", strength, detail, "sound"))
    return found


def _katakana_runs(ja: Sequence[Token]) -> list[tuple[tuple[int, int], str]]:
    runs = []
    for first in range(len(ja)):
        text = ""
        for last in range(first, min(first + 5, len(ja))):
            surface = ja[last].surface
            if script(surface) != "kata" and surface not in "・＝=":
                break
            text += surface
            if surface not in "・＝=" and ja[first].surface not in "・＝=" and len(text) > 1:
                runs.append(((first, last + 1), text))
    return runs


def _english_runs(en: Sequence[Token]) -> list[tuple[tuple[int, int], str]]:
    runs = []
    for first, token in enumerate(en):
        if not token.surface[0].isalpha() or token.lemma in FUNCTION_WORDS or len(token.surface) < 2:
            continue
        text = ""
        for last in range(first, min(first + 3, len(en))):
            surface = en[last].surface
            if not surface[0].isalpha():
                break
            if last > first and not surface[0].isupper() and not token.surface[0].islower():
                break
            text += " " + surface
            if en[last].lemma not in FUNCTION_WORDS:
                runs.append(((first, last + 1), text.strip()))
    return runs
