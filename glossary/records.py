"""The plain data that passes from one step of the pipeline to the next.

Every offset counts Unicode code points (characters, not bytes) from 0 in `Document.text`, end exclusive, so that
`document.text[start:end]` is exactly the string that is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["ja", "en"]
Span = tuple[int, int]
"""(start, end): characters of a document's repaired text, end exclusive."""

KINDS = (
    "person",
    "place",
    "organization",
    "facility",
    "event",
    "product",
    "work",
    "law",
    "role",
    "concept",
)


@dataclass(frozen=True, slots=True)
class Repair:
    """One mending of a text. `start`, `end`: characters of the repaired text; `before`: what stood there."""

    kind: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language, after repair."""

    document_id: str
    """Hash of name, language and repaired text; the folder it lies in does not count."""
    name: str
    """Path relative to the folder that was built, without language tag and ending; shared by both sides of a bitext."""
    language: Language
    text: str
    """The repaired text; all offsets count its characters."""
    path: str = ""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO 8601 date, or None."""
    sha256: str = ""
    """Of the file's bytes."""
    format: str = "text"
    encoding: str = "utf-8"
    repairs: tuple[Repair, ...] = ()
    furniture: tuple[Span, ...] = ()
    """Stretches that belong to the site and not to the article (copyright lines, teasers, photo credits)."""
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Bitext:
    """Two documents that are translations of each other."""

    name: str
    ja: Document
    en: Document
    method: str
    """How the two were found to belong together: "name", "segments" (one bilingual file), ..."""
    confidence: float
    reasons: tuple[str, ...] = ()
    segments: tuple[tuple[Span, Span], ...] = ()
    """(Japanese, English) places of the segments that a bilingual file aligns itself, in its order; sentences of such
    a bitext need no aligning. What the file leaves untranslated is in no segment."""


@dataclass(frozen=True, slots=True)
class Segment:
    """An aligned bead: some sentences of the Japanese text and their counterpart; one side may be empty (None)."""

    document: str
    number: int
    ja: Span | None
    en: Span | None
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a pairing. The weights of all reasons of a pairing add up to its score (log-odds)."""

    kind: str
    """base, alignment, dictionary, transliteration, apposition, cooccurrence, span, ..."""
    weight: float
    detail: str
    """A sentence a person understands: "JMnedict: 飯倉 = Iikura"."""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """A Japanese and an English string held to be translations of each other in one document."""

    document: str
    ja: str
    """As it stands in the text."""
    en: str
    score: float
    """Log-odds; the sum of the weights of `evidence`."""
    confidence: float
    """`score` through the calibration curve: the probability that a careful annotator would write the pair down."""
    evidence: tuple[Evidence, ...] = ()
    kind: str = "concept"
    kind_confidence: float = 0.0
    reading: str | None = None
    """Of `ja`, katakana, as the evidence of this document chose it."""
    romaji: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """One mention of a concept: linked across the languages, or on one side only (the other side None)."""

    document: str
    ja_document_id: str | None
    en_document_id: str | None
    ja: Span | None
    en: Span | None
    ja_sentence: Span | None
    en_sentence: Span | None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a concept in one language."""

    language: Language
    term: str
    reading: str | None = None
    """Katakana, Japanese terms only."""
    romaji: str | None = None
    """Modified Hepburn with macrons; names capitalized."""
    form: str = "full"
    """full, abbreviation, acronym, short, variant."""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """`concept_id` stands in `relation` (broader, part, short_for, competes_with, see) to `other_id`."""

    concept_id: str
    relation: str
    other_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Concept:
    """What one row of the glossary is about: the terms of both languages, their pairings and mentions."""

    concept_id: str
    kind: str
    terms: tuple[Term, ...]
    """The preferred Japanese and the preferred English term come first of their language."""
    confidence: float | None
    """Of its best pairing; None where one side is missing."""
    origin: str
    """bitext, lexicon, document, user."""
    pairings: tuple[Pairing, ...] = ()
    contexts: tuple[Context, ...] = ()
    definition_ja: str | None = None
    definition_en: str | None = None
    definition_source: str | None = None


@dataclass(frozen=True, slots=True)
class Harvest:
    """All that one build found, ready to be published in one transaction."""

    documents: tuple[Document, ...] = ()
    bitexts: tuple[Bitext, ...] = ()
    segments: tuple[Segment, ...] = ()
    concepts: tuple[Concept, ...] = ()
    relations: tuple[Relation, ...] = ()
    calibration: tuple[tuple[float, float], ...] = ()
    """(score, confidence) knots of the calibration curve, in ascending order; linear between them."""
    lexicons: tuple[str, ...] = field(default=())
    """Names and versions of the lexicons and other sources of evidence consulted."""
