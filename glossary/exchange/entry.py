"""A concept on its way between the glossary and a file: what every format writes and reads.

None says nothing: a format that has no place for a field leaves it None, and an import then leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..records import Language

STATUSES = ("preferred", "admitted", "deprecated", "forbidden")
"""Of terms (ISO 12620: administrative status), in the order in which an entry lists its terms."""
CONCEPT_STATUSES = ("candidate", "approved", "rejected")
CONCEPT_STATUS_WORDS = {
    "候補": "candidate",
    "承認": "approved",
    "承認済": "approved",
    "承認済み": "approved",
    "却下": "rejected",
}
"""What tables in Japanese call a concept's status."""
STATUS_WORDS = {
    "推奨": "preferred",
    "許容": "admitted",
    "forbidden": "forbidden",
    "rejected": "forbidden",
    "禁止": "forbidden",
    "使用禁止": "forbidden",
    "不可": "forbidden",
    "deprecated": "deprecated",
    "obsolete": "deprecated",
    "superseded": "deprecated",
    "non-standard": "deprecated",
    "廃止": "deprecated",
    "非推奨": "deprecated",
}
"""What word lists call terms: their status."""
SIDES: tuple[Language, Language] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class EntryTerm:
    """A term of a concept in one language; fields as in the view `terms`."""

    language: Language
    term: str
    status: str | None = None
    """One of STATUSES; None where the file does not say."""
    reading: str | None = None
    """Katakana; Japanese terms only."""
    romaji: str | None = None
    form: str | None = None
    """full, abbreviation, acronym, short, variant."""
    region: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    source: str | None = None
    term_id: str | None = None

    @property
    def usable(self) -> bool:
        """False for terms that nobody should write: forbidden and deprecated ones."""
        return self.status not in ("deprecated", "forbidden")


@dataclass(frozen=True, slots=True)
class EntryContext:
    """A mention with its sentences; the term stands in them at `ja_start`…, characters of the sentence."""

    document: str
    ja: str | None = None
    en: str | None = None
    ja_sentence: str | None = None
    en_sentence: str | None = None
    ja_start: int | None = None
    en_start: int | None = None
    published: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept. Terms: Japanese before English, preferred ones first."""

    terms: tuple[EntryTerm, ...] = ()
    concept_id: str | None = None
    kind: str | None = None
    status: str | None = None
    """One of CONCEPT_STATUSES."""
    subject: str | None = None
    part_of_speech: str | None = None
    usage_note: str | None = None
    collection: str | None = None
    """Client, project or list it belongs to."""
    definition_ja: str | None = None
    definition_en: str | None = None
    definition_source: str | None = None
    confidence: float | None = None
    origin: str | None = None
    occurrences: int | None = None
    documents: int | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    created: str | None = None
    modified: str | None = None
    modified_by: str | None = None
    contexts: tuple[EntryContext, ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    """Rows of the view `evidence`; JSON Lines only."""
    relations: tuple[Mapping[str, Any], ...] = ()
    """Rows of the view `relations`; JSON Lines only."""
    place: str | None = None
    """Where a table has it ("row 7"), to name it to a person; no part of what it says."""

    def of(self, language: Language) -> tuple[EntryTerm, ...]:
        """Its terms in one language."""
        return tuple(term for term in self.terms if term.language == language)

    def usable(self, language: Language) -> tuple[EntryTerm, ...]:
        """Its terms in one language that are neither deprecated nor forbidden."""
        return tuple(term for term in self.of(language) if term.usable)

    def preferred(self, language: Language) -> EntryTerm | None:
        """The usable term that comes first."""
        return next(iter(self.usable(language)), None)


def in_order(entry: Entry) -> Entry:
    """`entry` with its terms in the order that every entry has: Japanese first, by status, else as they came."""
    ranks = {status: rank for rank, status in enumerate(STATUSES)}
    terms = sorted(entry.terms, key=lambda term: (term.language != "ja", ranks.get(term.status or "preferred", 0)))
    return entry if tuple(terms) == entry.terms else replace(entry, terms=tuple(terms))
