"""Short forms that a text itself explains: what stands in its appositions, and family names after full ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..languages import english, japanese
from ..records import Concept, Document, Relation, Span
from .apposition import Apposition, appositions, is_acronym, spells
from .variants import SURE, NamePair, family_names

_MARKERS = re.compile(r"[(（]|known as|called|dubbed|nicknamed|, or |abbreviated|通称|略|愛称|別名|俗称|こと")
"""No sentence without one of these has an apposition: only those with one are cut into tokens again."""


def named_in_texts(concepts: Sequence[Concept], documents: Iterable[Document]) -> list[Relation]:
    """The relations `short_for` that the documents show, each found in one document alone."""
    texts = {document.document_id: document for document in documents}
    found = set(_families(concepts))
    for document_id, mentions in _mentions_by_document(concepts).items():
        if document_id in texts:
            found |= set(_apposed(texts[document_id], mentions))
    return sorted(found, key=lambda r: (r.concept_id, r.relation, r.other_id, r.reason))


def _families(concepts: Iterable[Concept]) -> Iterator[Relation]:
    by_document: dict[str, list[NamePair]] = defaultdict(list)
    for concept in concepts:
        for p in concept.pairings:
            if p.confidence >= SURE:
                by_document[p.document].append(NamePair(concept.concept_id, p.ja, p.en, concept.kind))
    for document, pairs in sorted(by_document.items()):
        for short, full in family_names(pairs):
            reason = f"{document} names {full.ja} = {full.en} in full, and {short.ja} = {short.en}"
            yield Relation(short.concept_id, "short_for", full.concept_id, reason)


_Mentions = dict[Span, dict[Span, list[Concept]]]
"""sentence → place of a mention → concepts that are mentioned there"""


def _mentions_by_document(concepts: Iterable[Concept]) -> dict[str, _Mentions]:
    found: dict[str, _Mentions] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for concept in concepts:
        if concept.confidence is not None and concept.confidence < SURE:
            continue
        for c in concept.contexts:
            sides = ((c.ja_document_id, c.ja, c.ja_sentence), (c.en_document_id, c.en, c.en_sentence))
            for document_id, place, sentence in sides:
                if document_id and place and sentence:
                    found[document_id][sentence][place].append(concept)
    return found


def _apposed(document: Document, mentions: _Mentions) -> Iterator[Relation]:
    tokenize = japanese.tokenize if document.language == "ja" else english.tokenize
    for sentence, places in mentions.items():
        text = document.text[slice(*sentence)]
        if _MARKERS.search(text):
            for apposition in appositions(tokenize(text, sentence[0]), document.language):
                yield from _related(document, apposition, places)


def _related(document: Document, found: Apposition, places: dict[Span, list[Concept]]) -> Iterator[Relation]:
    """The concept at the abbreviation to the longest one that ends where the expansion ends."""
    whole = [place for place in places if place[1] == found.expansion[1] and place[0] >= found.expansion[0]]
    if not whole or found.abbreviation not in places:
        return
    quoted = _quoted(document.text, found)
    for short in places[found.abbreviation]:
        for long in places[min(whole)]:
            if short.concept_id != long.concept_id and _agree(short, long):
                yield Relation(short.concept_id, "short_for", long.concept_id, f"{document.name}: “{quoted}”")


def _quoted(text: str, found: Apposition) -> str:
    """Both names and what stands between them, with the bracket that closes."""
    start = min(found.expansion[0], found.abbreviation[0])
    end = max(found.expansion[1], found.abbreviation[1])
    return text[start : end + (text[end : end + 1] in (")", "）", "」"))].strip()


def _agree(short: Concept, long: Concept) -> bool:
    """False where the English side contradicts: an acronym whose letters the English expansion does not have."""
    acronyms = [term.term for term in short.terms if is_acronym(term.term)]
    expansions = [term.term for term in long.terms if term.language == "en"]
    if not acronyms or not expansions or all(is_acronym(term) for term in expansions):
        return True
    return any(spells(acronym, re.findall(r"\w+", one)) for acronym in acronyms for one in expansions)
