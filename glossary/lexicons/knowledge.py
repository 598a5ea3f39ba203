"""All lexicons as one: what is known of a string, asked once and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ..languages import english
from .entry import Entry, Lexicon
from .jamdict import Jmdict, Jmnedict, Kanjidic, embedded_path
from .keys import clean_gloss

__all__ = ["Knowledge", "clean_gloss", "embedded"]


class Knowledge:
    """What the lexicons in force know, in order of priority. Answers are cached; `prefetch` asks for many at once."""

    def __init__(self, lexicons: Sequence[Lexicon], kanji: Kanjidic | None = None) -> None:
        self.lexicons = tuple(lexicons)
        self._kanji = kanji
        self._entries: dict[str, list[Entry]] = {}
        self._english: dict[str, list[Entry]] = {}
        self._readings: dict[str, tuple[str, ...]] = {}
        self._longer: dict[str, tuple[tuple[str, str], ...]] = {}
        self._glosses: dict[str, tuple[tuple[str, ...], ...]] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Name, version and, of added ones, licence and beginning of the digest of each, for the record of a build."""
        return tuple(map(_on_record, self.lexicons))

    def prefetch(self, strings: Iterable[str]) -> None:
        """Ask the lexicons for all of these Japanese strings in few queries."""
        wanted = sorted({string for string in strings if string not in self._entries})
        found: dict[str, list[Entry]] = {string: [] for string in wanted}
        for lexicon in self.lexicons:
            for string, entries in lexicon.by_japanese(wanted).items():
                found[string].extend(entries)
        self._entries.update(found)

    def entries(self, ja: str) -> list[Entry]:
        """Entries whose Japanese form is `ja`: exactly so, in added lists also in another width or without ・."""
        if ja not in self._entries:
            self.prefetch([ja])
        return self._entries[ja]

    def by_english(self, strings: Iterable[str]) -> dict[str, list[Entry]]:
        """Entries that have one of these English strings as an equivalent, in order of priority.

        Case, articles, a leading "to" and the lexicon's remarks in brackets do not count.
        """
        asked = set(strings)
        wanted = sorted(asked - self._english.keys())
        found: dict[str, list[Entry]] = {string: [] for string in wanted}
        for lexicon in self.lexicons if wanted else ():
            for string, entries in lexicon.by_english(wanted).items():
                found[string].extend(entries)
        self._english.update(found)
        return {string: self._english[string] for string in sorted(asked)}

    def gloss_kinds(self, glosses: Iterable[str]) -> dict[str, list[str]]:
        """Parts of speech of the senses glossed exactly so, from the lexicons that can tell."""
        wanted = sorted(set(glosses))
        found: dict[str, list[str]] = {}
        for lexicon in self.lexicons:
            for gloss, kinds in lexicon.gloss_kinds(wanted).items():
                found.setdefault(gloss, []).extend(kinds)
        return found

    def longer(self, ja: str) -> tuple[tuple[str, str], ...]:
        """(form, katakana reading) of entries whose form begins with `ja` and goes on, a few hundred a lexicon."""
        if ja not in self._longer:
            self._longer[ja] = tuple(pair for lexicon in self.lexicons for pair in lexicon.longer(ja))
        return self._longer[ja]

    def gloss_lemmas(self, ja: str) -> tuple[tuple[str, ...], ...]:
        """The English equivalents of `ja`, each as the lemmas of its words, distinct, articles left out."""
        if ja not in self._glosses:
            glosses: dict[tuple[str, ...], None] = {}
            for entry in self.entries(ja):
                for gloss in entry.glosses:
                    words = gloss_lemmas(gloss)
                    if words and len(words) <= 8:
                        glosses[words] = None
            self._glosses[ja] = tuple(glosses)
        return self._glosses[ja]

    def readings(self, part: str) -> tuple[str, ...]:
        """Every katakana reading that the lexicons know of a string, KANJIDIC's too if it is one character."""
        if part not in self._readings:
            readings = {entry.reading: None for entry in self.entries(part) if entry.reading}
            if len(part) == 1 and self._kanji is not None:
                readings |= dict.fromkeys(self._kanji.readings(part))
            self._readings[part] = tuple(readings)
        return self._readings[part]


def gloss_lemmas(gloss: str) -> tuple[str, ...]:
    """The lemmas of an equivalent as a lexicon writes it, remarks and article left out."""
    return tuple(token.lemma for token in english.tokenize(clean_gloss(gloss)) if token.surface[0].isalnum())


def _on_record(lexicon: Lexicon) -> str:
    parts = [lexicon.version]
    if lexicon.sha256:
        parts += [lexicon.licence, f"sha256 {lexicon.sha256[:12]}"]
    said = "; ".join(part for part in parts if part)
    return f"{lexicon.name} ({said})" if said else lexicon.name


def embedded() -> Knowledge:
    """The lexicons that come with the installation; none if jamdict-data is not there."""
    path = embedded_path()
    if path is None:
        return Knowledge(())
    return Knowledge((Jmdict(path), Jmnedict(path)), Kanjidic(path))
