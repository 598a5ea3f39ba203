"""Concepts of several texts together: mentions in one language join the concepts that bitexts have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from ..records import Concept


def merge_concepts(concepts: Iterable[Concept]) -> list[Concept]:
    """Concepts of one unit (bitext or single document) with one id become one, those of several units stay apart.

    What a unit tells of a concept so depends on the unit alone, whatever else is built with it.
    """
    grouped: dict[tuple[str, str, str, str], list[Concept]] = defaultdict(list)
    for concept in concepts:
        place = concept.contexts[0]
        unit = (place.document, place.ja_document_id or "", place.en_document_id or "")
        grouped[concept.concept_id, *unit].append(concept)
    return [_merged(members) for _, members in sorted(grouped.items())]


def _merged(members: list[Concept]) -> Concept:
    members.sort(key=lambda c: (-(c.confidence or 0.0), [(t.language, t.term) for t in c.terms]))
    terms = {(term.language, term.term): term for member in reversed(members) for term in member.terms}
    order = dict.fromkeys((term.language, term.term) for member in members for term in member.terms)
    return replace(
        members[0],
        terms=tuple(terms[key] for key in sorted(order, key=lambda key: key[0] != "ja")),
        pairings=tuple(p for member in members for p in member.pairings),
        contexts=tuple(c for member in members for c in member.contexts),
    )


Known = dict[tuple[str, str], tuple[float, str]]
"""(language, term) → (confidence, concept_id) of the surest concept that has it in texts of both languages."""


def known_terms(concepts: Iterable[Concept], threshold: float) -> Known:
    """Terms of the pairs that bitexts show."""
    known: Known = {}
    for concept in concepts:
        for pairing in concept.pairings if concept.origin == "bitext" else ():
            if pairing.confidence >= threshold:
                for key in (("ja", pairing.ja), ("en", pairing.en)):
                    known[key] = max(known.get(key, (0.0, "")), (pairing.confidence, concept.concept_id))
    return known


def adopted(concept: Concept, known: Known) -> Concept:
    """A term out of a text in one language as a mention of the concept that bitexts have of it, if they have one."""
    if concept.origin == "bitext":
        return concept
    language = "ja" if concept.contexts[0].ja else "en"
    own = next(term for term in concept.terms if term.language == language)
    found = known.get((language, own.term))
    if found is None:
        return concept
    return replace(concept, concept_id=found[1], terms=(own,), confidence=None, origin="document", pairings=())
