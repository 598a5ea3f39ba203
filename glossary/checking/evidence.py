"""What corresponds to what in a bitext: by the glossary, by lexicons, by sound, by what the glossary's texts taught.

All is put into one table of word types, so that a word of one text can be asked what supports it in the other: in the
same bead, in the neighbouring beads too (translators move a clause to the next sentence), or anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from ..alignment.documents import AlignedBitext, align_bitext, analyse, segmented_bitext
from ..alignment.matching import Likeness, WordMatcher
from ..alignment.words import LexicalTable
from ..languages.phonetics import loan_similarities
from ..languages.tokens import Token
from ..lexicons.knowledge import Knowledge, clean_gloss
from ..matching import AnyMatcher, Match
from ..records import Bitext, Language, Span
from ..terms.anchors import AnchorFinder
from ..terms.state import ModelState

SUPPORTED = 0.5
"""Support from which two words are held to correspond."""
_LINKS = 1.0
"""Expected links in the glossary's texts from which two words are related."""
_DERIVED = 4
"""Letters that a word shares with its base: China, Chinese."""
_NAME_SOUND = 0.45
"""Likeness of sound that is enough for a name in katakana where nothing else claims either side."""

_SHORT_FOR = {"america": ("us", "usa"), "britain": ("uk",), "england": ("uk",)}
"""English names of countries: what stands for them, too."""

Reach = Literal["bead", "near", "anywhere"]


@dataclass
class Bead:
    """Sentences that correspond. `ja_types`, `en_types`: rows and columns of the table of support."""

    number: int
    ja: tuple[Token, ...]
    en: tuple[Token, ...]
    ja_span: Span | None
    en_span: Span | None
    ja_types: np.ndarray
    en_types: np.ndarray
    ja_matches: list[Match] = field(default_factory=list)
    """Terms of the glossary that begin in this bead, the longest ones."""
    en_matches: list[Match] = field(default_factory=list)
    """All terms, those inside of others too."""

    def tokens(self, language: Language, span: Span) -> list[int]:
        """Numbers of its tokens that lie in a span of the text."""
        tokens = self.ja if language == "ja" else self.en
        return [k for k, token in enumerate(tokens) if span[0] <= token.start < span[1]]


@dataclass
class Evidence:
    """A bitext ready to be checked."""

    bitext: Bitext
    beads: list[Bead]
    table: Likeness
    """How far each Japanese word type is known to correspond to each English one, 0..1."""
    ja_names: frozenset[int] = frozenset()
    """Rows of words that are names: by the tagger, or in katakana and not common words of a lexicon."""
    ja_known: frozenset[int] = frozenset()
    """Rows of words that a lexicon has."""
    en_elsewhere: frozenset[str] = frozenset()
    """Capitalized English words without support that a lexicon knows as the name of something not in this text."""
    spellings: dict[int, frozenset[str]] = field(default_factory=dict)
    """Rows of names: how the lexicons write them in English, capitalized words of five letters or more."""
    en_known: frozenset[str] = frozenset()
    """Capitalized English words that a lexicon has as they stand."""

    def near(self, bead: Bead, reach: Reach = "near") -> list[Bead]:
        """The bead alone, with its neighbours, or all."""
        if reach == "anywhere":
            return self.beads
        return [bead] if reach == "bead" else self.beads[max(0, bead.number - 1) : bead.number + 2]

    def support_en(self, bead: Bead, reach: Reach = "near") -> np.ndarray:
        """For each English token of the bead its best support by a Japanese word within reach."""
        rows = np.concatenate([other.ja_types for other in self.near(bead, reach)])
        if not len(rows) or not len(bead.en_types):
            return np.zeros(len(bead.en_types))
        return self.table.table[np.ix_(np.unique(rows), bead.en_types)].max(axis=0)

    def support_ja(self, bead: Bead, reach: Reach = "near") -> np.ndarray:
        """For each Japanese token of the bead its best support by an English word within reach."""
        columns = np.concatenate([other.en_types for other in self.near(bead, reach)])
        if not len(columns) or not len(bead.ja_types):
            return np.zeros(len(bead.ja_types))
        return self.table.table[np.ix_(bead.ja_types, np.unique(columns))].max(axis=1)


class EvidenceMaker:
    """Aligns bitexts and gathers what is known of their words; for many bitexts of one glossary."""

    def __init__(self, matcher: AnyMatcher, knowledge: Knowledge, state: ModelState | None) -> None:
        self._matcher, self._knowledge = matcher, knowledge
        self._learned = state.lexical if state is not None else LexicalTable()
        self._words = WordMatcher(knowledge)
        self._anchors = AnchorFinder(knowledge)

    def evidence(self, bitext: Bitext) -> Evidence:
        """The beads of a bitext with their evidence."""
        aligned = self._aligned(bitext)
        table = self._words.likeness(
            (token for bead in aligned.beads for token in bead.ja),
            (token for bead in aligned.beads for token in bead.en),
        )
        beads = [
            Bead(k, bead.ja, bead.en, bead.segment.ja, bead.segment.en, table.rows(bead.ja), table.columns(bead.en))
            for k, bead in enumerate(aligned.beads)
        ]
        tokens = {int(row): token for bead in beads for row, token in zip(bead.ja_types, bead.ja, strict=True)}
        names = frozenset(row for row, token in tokens.items() if self._is_name(token))
        known = frozenset(row for row, token in tokens.items() if self._knowledge.entries(token.surface))
        found = Evidence(bitext, beads, table, names, known)
        self._add_learned(table)
        self._add_anchors(found)
        self._add_matches(found)
        self._add_derived(found)
        self._add_acronyms(found)
        _add_companions(found)
        found.en_elsewhere = self._elsewhere(found)
        found.spellings = {row: words for row in names if (words := self._spellings(tokens[row].surface))}
        capitalized = [surface for surface in table.en_type if surface[0].isupper()]
        found.en_known = frozenset(word for word, entries in self._knowledge.by_english(capitalized).items() if entries)
        return found

    def _spellings(self, surface: str) -> frozenset[str]:
        glosses = (gloss for entry in self._knowledge.entries(surface) for gloss in entry.glosses)
        words = (word for gloss in glosses for word in clean_gloss(gloss).split())
        return frozenset(word for word in words if word[0].isupper() and word.isalpha() and len(word) > _DERIVED)

    def _elsewhere(self, found: Evidence) -> frozenset[str]:
        unsupported = [
            surface
            for surface, column in found.table.en_type.items()
            if surface[0].isupper() and len(surface) > 2 and found.table.table[:, column].max(initial=0) < SUPPORTED
        ]
        text = found.bitext.ja.text
        known = self._knowledge.by_english(unsupported)
        return frozenset(
            surface
            for surface, entries in known.items()
            if any(surface in entry.glosses for entry in entries) and not any(entry.ja in text for entry in entries)
        )

    def _is_name(self, token: Token) -> bool:
        if "固有名詞" in token.pos:
            return True
        if "名詞" not in token.pos or not is_katakana(token.surface):
            return False
        return not any(entry.common for entry in self._knowledge.entries(token.surface))

    def _aligned(self, bitext: Bitext) -> AlignedBitext:
        if bitext.segments:
            return segmented_bitext(bitext, self._words)
        ja, en = analyse(bitext.ja), analyse(bitext.en)
        self._knowledge.prefetch(form for row in ja.tokens for token in row for form in (token.surface, token.lemma))
        return align_bitext(bitext, ja, en, self._words)

    def _add_learned(self, table: Likeness) -> None:
        """Words that the texts of the glossary link."""
        columns = _by_lemma(table)
        lemmas: dict[str, list[int]] = {}
        for (_, lemma), row in table.ja_type.items():
            lemmas.setdefault(lemma, []).append(row)
        for (ja, en), count in self._learned.counts.items():
            if count >= _LINKS and ja in lemmas and en in columns:
                cells = np.ix_(lemmas[ja], columns[en])
                share = count / min(self._learned.ja_totals[ja], self._learned.en_totals[en])
                if share >= 0.1:
                    table.table[cells] = np.maximum(table.table[cells], min(1.0, 0.5 + share / 2))

    def _add_derived(self, found: Evidence) -> None:
        """What means China supports Chinese too: capitalized words that begin like what a lexicon or the text has."""
        table = found.table
        names: dict[str, list[int]] = {}
        for surface, column in table.en_type.items():
            if surface[0].isupper() and len(surface) > _DERIVED:
                names.setdefault(surface[:_DERIVED].casefold(), []).append(column)
        for columns in names.values():
            if len(columns) > 1:
                best = table.table[:, columns].max(axis=1)
                table.table[:, columns] = np.maximum(table.table[:, columns], 0.9 * best[:, None])
        for row, token in {k: t for b in found.beads for k, t in zip(b.ja_types, b.ja, strict=True)}.items():
            for word in self._words.gloss_words(token) if "固有名詞" in token.pos else ():
                for column in names.get(word[:_DERIVED], ()) if len(word) >= _DERIVED else ():
                    table.table[row, column] = max(table.table[row, column], 0.7)

    def _add_acronyms(self, found: Evidence) -> None:
        """Capital letters that begin the words of what a lexicon has: UK for 英国, United Kingdom."""
        columns = {
            s.replace(".", "").casefold(): c for s, c in found.table.en_type.items() if s.isupper() and len(s) > 1
        }
        for row, token in {k: t for b in found.beads for k, t in zip(b.ja_types, b.ja, strict=True)}.items():
            for words in self._knowledge.gloss_lemmas(token.surface):
                column = columns.get("".join(word[0] for word in words if word))
                if column is not None and len(words) > 1:
                    found.table.table[row, column] = 1.0
                for short in _SHORT_FOR.get(words[0], ()) if len(words) == 1 else ():
                    if short in columns:
                        found.table.table[row, columns[short]] = 1.0

    def _add_anchors(self, found: Evidence) -> None:
        self._knowledge.prefetch(set().union(*(self._anchors.strings(bead.ja) for bead in found.beads)))
        for bead in found.beads:
            for other in found.near(bead):
                for anchor in self._anchors.anchors(bead.ja, other.en):
                    rows, columns = bead.ja_types[slice(*anchor.ja)], other.en_types[slice(*anchor.en)]
                    found.table.table[np.ix_(rows, columns)] = np.maximum(
                        found.table.table[np.ix_(rows, columns)], anchor.strength
                    )

    def _add_matches(self, found: Evidence) -> None:
        """Terms of the glossary, and the words of those that stand on both sides."""
        rows = [bead.ja for bead in found.beads if bead.ja]
        _place(found.beads, self._matcher.matches(found.bitext.ja.text, "ja", rows), "ja")
        _place(found.beads, self._matcher.all_matches(found.bitext.en.text, "en"), "en")
        columns: dict[str, set[int]] = {}
        for bead in found.beads:
            for match in bead.en_matches:
                types = {int(bead.en_types[k]) for k in bead.tokens("en", (match.start, match.end))}
                for known, _ in match.concepts:
                    columns.setdefault(known.concept_id, set()).update(types)
        for bead in found.beads:
            for match in bead.ja_matches:
                types_ja = bead.ja_types[bead.tokens("ja", (match.start, match.end))]
                for known, _ in match.concepts:
                    if known.concept_id in columns:
                        found.table.table[np.ix_(types_ja, np.array(sorted(columns[known.concept_id])))] = 1.0


def _place(beads: Sequence[Bead], matches: Iterable[Match], language: Language) -> None:
    for match in matches:
        for bead in beads:
            span = bead.ja_span if language == "ja" else bead.en_span
            if span and span[0] <= match.start < span[1]:
                (bead.ja_matches if language == "ja" else bead.en_matches).append(match)
                break


def _by_lemma(table: Likeness) -> dict[str, list[int]]:
    from ..languages.english import lemma

    columns: dict[str, list[int]] = {}
    for surface, column in table.en_type.items():
        columns.setdefault(lemma(surface), []).append(column)
    return columns


def is_katakana(text: str) -> bool:
    """True for a word in katakana of two characters or more."""
    return len(text) > 1 and all("ァ" <= c <= "ヺ" or c in "ー・" for c in text)


def _add_companions(found: Evidence) -> None:
    """Names without partner that always stand in the same beads, or that sound alike to some extent."""
    table = found.table.table
    en = [
        (surface, column)
        for surface, column in found.table.en_type.items()
        if surface[0].isupper() and len(surface) > 2 and table[:, column].max(initial=0) < SUPPORTED
    ]
    ja = [(surface, row) for (surface, _), row in found.table.ja_type.items() if table[row].max(initial=0) < SUPPORTED]
    in_ja, in_en = _beads_of(found, "ja"), _beads_of(found, "en")
    for _, column in en:
        places = in_en[column]
        for surface, row in ja if len(places) > 1 else ():
            if len(surface) > 1 and places <= in_ja[row]:
                table[row, column] = 0.6
    kana = [(surface, row) for surface, row in ja if is_katakana(surface)]
    if kana and en:
        sounds = loan_similarities([surface for surface, _ in kana], [surface for surface, _ in en])
        for k, (_, row) in enumerate(kana):
            for n, (_, column) in enumerate(en):
                if sounds[k, n] >= _NAME_SOUND:
                    table[row, column] = max(table[row, column], 0.6)


def _beads_of(found: Evidence, language: Language) -> dict[int, set[int]]:
    """Word type → numbers of the beads that have it."""
    places: dict[int, set[int]] = {}
    for bead in found.beads:
        for number in bead.ja_types if language == "ja" else bead.en_types:
            places.setdefault(int(number), set()).add(bead.number)
    return places
