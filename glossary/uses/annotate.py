"""A text with what the glossary knows of it: its terms, and likely terms that are not in the glossary yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..languages.style import HouseStyle
from ..layers import Glossaries, as_layers
from ..matching import AnyMatcher, Known, LayeredMatcher, Match
from ..records import Concept, Document, Language, Span

if TYPE_CHECKING:
    from ..lexicons.knowledge import Knowledge

PROPOSALS = 3
"""Proposals for a term that the glossary does not know."""
_NAME_KINDS = ("person", "organization", "place", "facility", "event", "product", "work", "law")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A translation that the lexicons have, or that is put together from parts that they have."""

    text: str
    reading: str | None
    score: float
    """0..1; docs/lexicons.md says how often proposals of which score are right."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A likely term that the glossary does not have."""

    text: str
    kind: str
    reading: str | None
    mentions: tuple[Span, ...]
    """(start, end): characters of the text."""
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """One text with its terms."""

    document: Document
    matches: tuple[Match, ...]
    """The known terms in order, none overlapping."""
    new_terms: tuple[NewTerm, ...]
    """The likeliest and most frequent first."""

    @property
    def target(self) -> Language:
        """The language translated into."""
        return "en" if self.document.language == "ja" else "ja"

    def as_dict(self) -> dict[str, Any]:
        """The annotation as plain data: what `--json` prints."""
        document = self.document
        return {
            "document": document.name,
            "language": document.language,
            "title": document.title,
            "text": document.text,
            "terms": [_match_dict(match, self.target) for match in self.matches],
            "new_terms": [_new_dict(term) for term in self.new_terms],
        }


def annotate(
    document: Document, matcher: AnyMatcher, knowledge: Knowledge | None = None, *, limit: int = 30
) -> Annotation:
    """The known terms of a document and, with `knowledge`, at most `limit` likely new ones."""
    from ..alignment.documents import analyse

    analysis = analyse(document) if knowledge is not None else None
    rows = analysis.tokens if analysis is not None and document.language == "ja" else None
    matches = matcher.matches(document.text, document.language, rows)
    if knowledge is None or analysis is None or limit < 1:
        return Annotation(document, tuple(matches), ())
    from ..terms.labelfeatures import LabelFeatures
    from ..terms.model import shipped_model
    from ..terms.monolingual import document_concepts
    from ..terms.wordclass import WordClasses

    features = LabelFeatures(knowledge, WordClasses(knowledge))
    found = document_concepts(analysis, shipped_model(), features, knowledge)
    return Annotation(document, tuple(matches), tuple(_new_terms(found, document, matches, knowledge, limit)))


def annotate_paths(
    paths: Iterable[Path | str],
    glossaries: Glossaries,
    *,
    limit: int = 30,
    new_terms: bool = True,
    style: HouseStyle | None = None,
    on_skipped: Callable[[Sequence[tuple[Path, str]]], None] | None = None,
) -> list[Annotation]:
    """The annotations of files of any format that a build reads ("-": standard input); both sides of a bilingual one.

    Of several glossaries the highest comes first; its lexicons propose translations of new terms. `on_skipped` is told
    which files of folders cannot be read, and why.
    Raises GlossaryError for a file or a glossary that cannot be read.
    """
    from ..documents.folder import read_paths
    from ..lexicons.in_force import knowledge_for

    layers = as_layers(glossaries)
    with LayeredMatcher(layers, style) as matcher:
        collection = read_paths(list(paths))
        if on_skipped is not None:
            on_skipped(collection.skipped)
        knowledge = knowledge_for(layers[0].path) if new_terms else None
        return [annotate(document, matcher, knowledge, limit=limit) for document in collection.documents]


def _new_terms(
    found: Sequence[Concept], document: Document, matches: Sequence[Match], knowledge: Knowledge, limit: int
) -> list[NewTerm]:
    """Terms that no known term covers in any of their mentions; the more frequent first, names before other terms."""
    from ..lexicons.proposals import propose_all

    language = document.language
    covered = bytearray(len(document.text) + 1)
    for match in matches:
        covered[match.start : match.end] = b"\1" * (match.end - match.start)
    fresh: list[tuple[str, Concept, tuple[Span, ...]]] = []
    for concept in found:
        spans = tuple(span for c in concept.contexts if (span := c.ja if language == "ja" else c.en) is not None)
        if spans and not any(all(covered[a:b]) for a, b in spans):
            fresh.append((document.text[slice(*spans[0])], concept, spans))
    fresh.sort(key=lambda item: (-len(item[2]), item[1].kind not in _NAME_KINDS, item[2][0]))
    chosen = fresh[:limit]
    proposals = propose_all((text for text, _, _ in chosen), language, knowledge, PROPOSALS)
    return [
        NewTerm(
            text,
            concept.kind,
            next((term.reading for term in concept.terms if term.language == "ja" and term.term == text), None),
            spans,
            tuple(Proposal(p.text, p.reading or None, p.score, p.sources) for p in proposals.get(text, ())),
        )
        for text, concept, spans in chosen
    ]


def translations(known: Known, target: Language) -> list[str]:
    """What may be written for a concept, the preferred term first."""
    terms = [term.term for term in known.usable(target)]
    preferred = known.preferred(target)
    return list(dict.fromkeys([preferred, *terms] if preferred else terms))


def notes(known: Known, target: Language) -> list[str]:
    """What else a translator should know: usage, definition, forbidden terms."""
    unwanted = [f"not: {t.term}" for t in known.terms if t.language == target and t not in known.usable(target)]
    said = [known.usage_note, known.definition_ja if target == "ja" else known.definition_en]
    return [note for note in [*said, *unwanted] if note]


def _match_dict(match: Match, target: Language) -> dict[str, Any]:
    return {
        "start": match.start,
        "end": match.end,
        "text": match.text,
        "term": match.term.term,
        "concepts": [_concept_dict(known, target) for known, _ in match.concepts],
    }


def _concept_dict(known: Known, target: Language) -> dict[str, Any]:
    written = translations(known, target)
    layer = {} if known.layer is None else {"layer": known.layer}
    return layer | {
        "concept_id": known.concept_id,
        "kind": known.kind,
        "status": known.status,
        "confidence": known.confidence,
        "ja": known.ja,
        "reading": known.reading,
        "romaji": known.romaji,
        "en": known.en,
        "preferred": written[0] if written else None,
        "alternatives": written[1:],
        "notes": notes(known, target),
    }


def _new_dict(term: NewTerm) -> dict[str, Any]:
    return {
        "text": term.text,
        "kind": term.kind,
        "reading": term.reading,
        "mentions": [list(span) for span in term.mentions],
        "proposals": [
            {"text": p.text, "reading": p.reading, "score": p.score, "sources": list(p.sources)} for p in term.proposals
        ],
    }
