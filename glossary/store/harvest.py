"""A harvest checked and sorted by units, ready to be stored.

Errors of the pipeline (offsets outside the text, evidence that does not add up) are ValueErrors here, so that no such
row ever reaches a database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..errors import GlossaryError
from ..records import Bitext, Concept, Context, Document, Harvest, Pairing, Relation, Segment, Span, Term
from .settings import interpolate

_TOLERANCE = 1e-6

UnitKey = tuple[str | None, str | None]
"""document_id of the Japanese and of the English side; one of them is None for a document that stands alone."""


@dataclass
class Found:
    """What one unit tells of one concept."""

    concept: Concept
    contexts: list[Context] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)

    def terms(self) -> Iterator[Term]:
        """The terms of the concept, without those that other units have in their texts and this one has not.

        A term that stands in no text at all (an expansion out of a lexicon, say) belongs to every unit.
        """
        here = {(lang, text) for p in self.pairings for lang, text in (("ja", p.ja), ("en", p.en))} | self.surfaces
        for term in self.concept.terms:
            place = (term.language, term.term)
            if place in here or place not in self.elsewhere:
                yield term

    surfaces: set[tuple[str, str]] = field(default_factory=set)
    """(language, text) of the mentions in this unit."""
    elsewhere: set[tuple[str, str]] = field(default_factory=set)
    """(language, text) of mentions and pairings in any unit of the harvest."""
    home: str = ""
    """The concept_id, if a person merged the concept into another one."""


@dataclass
class Unit:
    """A bitext or a single document with all that the harvest found in it."""

    key: UnitKey
    name: str
    bitext: Bitext | None = None
    segments: list[Segment] = field(default_factory=list)
    found: dict[str, Found] = field(default_factory=dict)
    """concept_id: what was found."""
    relations: list[Relation] = field(default_factory=list)


class Sorted(NamedTuple):
    documents: dict[str, Document]
    """document_id: document."""
    units: dict[UnitKey, Unit]


def sort_harvest(harvest: Harvest) -> Sorted:
    """All documents and units of a harvest.

    Raises GlossaryError if two texts of one language have one name, ValueError if the harvest contradicts itself.
    """
    documents = _documents(harvest)
    units = _units(harvest, documents)
    finder = _Finder(units, documents)
    for segment in harvest.segments:
        unit = finder.named(segment.document)
        _check_segment(segment, unit, documents)
        unit.segments.append(segment)
    for concept in harvest.concepts:
        _sort_concept(concept, finder, documents, harvest)
    for relation in harvest.relations:
        _sort_relation(relation, units.values())
    return Sorted(documents, units)


def _documents(harvest: Harvest) -> dict[str, Document]:
    documents = {d.document_id: d for d in harvest.documents}
    for bitext in harvest.bitexts:
        documents.setdefault(bitext.ja.document_id, bitext.ja)
        documents.setdefault(bitext.en.document_id, bitext.en)
    names: dict[tuple[str, str], Document] = {}
    for document in documents.values():
        other = names.setdefault((document.name, document.language), document)
        if other is not document:
            raise GlossaryError(
                f"{document.path or document.name}: has the same name ({document.name}) and language"
                f" ({document.language}) as {other.path or other.name}: rename one of them"
            )
    return documents


def _units(harvest: Harvest, documents: dict[str, Document]) -> dict[UnitKey, Unit]:
    units: dict[UnitKey, Unit] = {}
    for bitext in harvest.bitexts:
        key = (bitext.ja.document_id, bitext.en.document_id)
        units[key] = Unit(key, bitext.name, bitext)
    paired = {document_id for key in units for document_id in key}
    for document in documents.values():
        if document.document_id not in paired:
            alone = (document.document_id, None) if document.language == "ja" else (None, document.document_id)
            units[alone] = Unit(alone, document.name)
    return units


class _Finder:
    """Which unit a row of the harvest belongs to."""

    def __init__(self, units: dict[UnitKey, Unit], documents: dict[str, Document]) -> None:
        self._by_name: defaultdict[str, list[Unit]] = defaultdict(list)
        self._by_document: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in units.values():
            self._by_name[unit.name].append(unit)
            for document_id in unit.key:
                if document_id is not None:
                    self._by_document[document_id].append(unit)

    def of(self, context: Context) -> Unit:
        """The unit with all documents of the context, the one with its name first."""
        ids = {i for i in (context.ja_document_id, context.en_document_id) if i is not None}
        units = [unit for i in sorted(ids) for unit in self._by_document[i] if ids <= set(unit.key)]
        if not units:
            raise ValueError(f"{context.document}: a context names documents that the harvest does not have together")
        return min(units, key=lambda unit: unit.name != context.document)

    def named(self, name: str) -> Unit:
        """The unit of that name, a bitext first."""
        if not self._by_name[name]:
            raise ValueError(f"{name}: the harvest has no document or bitext of this name")
        return min(self._by_name[name], key=lambda unit: unit.bitext is None)


def _sort_concept(concept: Concept, finder: _Finder, documents: dict[str, Document], harvest: Harvest) -> None:
    founds: dict[UnitKey, Found] = {}

    def found(unit: Unit) -> Found:
        founds[unit.key] = unit.found.setdefault(concept.concept_id, Found(concept))
        return founds[unit.key]

    homes: dict[tuple[str, str, str], Unit] = {}
    linked: set[tuple[UnitKey, str, str]] = set()
    elsewhere: set[tuple[str, str]] = set()
    for context in concept.contexts:
        unit = finder.of(context)
        ja, en = _check_context(context, documents)
        surfaces = {place for place in (("ja", ja), ("en", en)) if place[1] is not None}
        here = found(unit)
        here.contexts.append(context)
        here.surfaces |= surfaces  # type: ignore[arg-type]
        elsewhere |= surfaces  # type: ignore[arg-type]
        if ja is not None and en is not None:
            homes[context.document, ja, en] = unit
            linked.add((unit.key, ja, en))
    for pairing in concept.pairings:
        _check_pairing(pairing, harvest)
        unit = homes.get((pairing.document, pairing.ja, pairing.en)) or finder.named(pairing.document)
        found(unit).pairings.append(pairing)
        linked.discard((unit.key, pairing.ja, pairing.en))
        elsewhere |= {("ja", pairing.ja), ("en", pairing.en)}
    if linked:
        _, ja_text, en_text = min(linked, key=str)
        raise ValueError(f"{concept.concept_id}: {ja_text} = {en_text} is linked in a text but has no pairing there")
    for one in founds.values():
        one.elsewhere |= elsewhere


def _sort_relation(relation: Relation, units: Iterable[Unit]) -> None:
    """A relation stays as long as a unit that has both concepts, or, if none has, one of those with either."""
    ends = {relation.concept_id, relation.other_id}
    both = [unit for unit in units if ends <= unit.found.keys()]
    for unit in both or [unit for unit in units if ends & unit.found.keys()]:
        unit.relations.append(relation)


def _check_context(context: Context, documents: dict[str, Document]) -> tuple[str | None, str | None]:
    ja = _check_mention(context.document, documents, context.ja_document_id, context.ja, context.ja_sentence)
    en = _check_mention(context.document, documents, context.en_document_id, context.en, context.en_sentence)
    if ja is None and en is None:
        raise ValueError(f"{context.document}: a context mentions nothing")
    return ja, en


def _check_mention(
    name: str, documents: dict[str, Document], document_id: str | None, term: Span | None, sentence: Span | None
) -> str | None:
    for span in (term, sentence):
        if span is not None:
            if document_id is None:
                raise ValueError(f"{name}: a context has offsets {span} but no document")
            _check_span(span, documents[document_id])
    return documents[document_id].text[slice(*term)] if term and document_id else None


def _check_span(span: Span, document: Document) -> None:
    if not 0 <= span[0] < span[1] <= len(document.text):
        raise ValueError(f"{document.name} ({document.language}): offsets {span} lie outside the text or are empty")


def _check_segment(segment: Segment, unit: Unit, documents: dict[str, Document]) -> None:
    for span, document_id in ((segment.ja, unit.key[0]), (segment.en, unit.key[1])):
        if span is not None:
            if document_id is None:
                raise ValueError(f"{segment.document}: a segment has a side whose document is missing")
            _check_span(span, documents[document_id])


def _check_pairing(pairing: Pairing, harvest: Harvest) -> None:
    where = f"{pairing.document}: {pairing.ja} = {pairing.en}"
    total = sum(e.weight for e in pairing.evidence)
    if abs(total - pairing.score) > _TOLERANCE:
        raise ValueError(f"{where}: the evidence adds up to {total}, the score is {pairing.score}")
    if harvest.calibration:
        expected = interpolate(harvest.calibration, pairing.score)
        if abs(expected - pairing.confidence) > _TOLERANCE:
            raise ValueError(f"{where}: confidence {pairing.confidence}, but the curve gives {expected}")
