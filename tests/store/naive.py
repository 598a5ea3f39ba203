"""The public views worked out from the harvest alone, slowly and without a database."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import fsum

from glossary.records import KINDS, Concept, Harvest, Pairing

FLOOR = 0.05


def views(harvest: Harvest, threshold: float) -> dict[str, list[tuple]]:
    """View: sorted rows of the columns that COMPARED names."""
    texts = {d.document_id: d.text for d in harvest.documents}
    dates = {d.document_id: d.published for d in harvest.documents}
    found: dict[str, list[tuple]] = {"glossary": [], "terms": [], "contexts": [], "candidates": []}
    for concept in harvest.concepts:
        pairings = {(p.document, p.ja, p.en): p for p in concept.pairings}
        best = max((p.confidence for p in concept.pairings), default=None)
        shown = best is None or best >= threshold
        mentions = defaultdict(list)
        for c in concept.contexts:
            ja = texts[c.ja_document_id][slice(*c.ja)] if c.ja else None
            en = texts[c.en_document_id][slice(*c.en)] if c.en else None
            pairing = pairings[c.document, ja, en] if ja and en else None
            confidence = pairing.confidence if pairing else best
            if (pairing and pairing.confidence >= threshold) or (pairing is None and shown):
                view = "contexts"
            elif confidence is not None and confidence >= FLOOR:
                view = "candidates"
            else:
                continue
            published = min((d for i in (c.ja_document_id, c.en_document_id) if i and (d := dates[i])), default=None)
            mentions[view].append((c.document, ja, en, published))
            score = (pairing.score, pairing.confidence) if pairing else (None, None)
            offsets = (*(c.ja or (None, None)), *(c.en or (None, None)))
            found[view].append((concept.concept_id, c.document, ja, en, *offsets, *score, published))
        if shown:
            rows = mentions["contexts"]
            visible = [p for p in concept.pairings if p.confidence >= threshold]
            counts = Counter(x for m in rows for x in (("ja", m[1]), ("en", m[2])))
            terms = _terms(concept, visible, counts)
            ja, en = (_preferred(language, terms, visible, counts) for language in ("ja", "en"))
            days = [m[3] for m in rows if m[3]]
            reading = next((t.reading for t in concept.terms if t.term == ja), None)
            counted = (len(rows), len({m[0] for m in rows}), min(days, default=None), max(days, default=None))
            found["glossary"].append((concept.concept_id, ja, reading, en, _kind(concept, visible), best, *counted))
            for term in terms:
                status = "preferred" if term[1] in (ja, en) else "admitted"
                found["terms"].append((concept.concept_id, *term, status, counts[term]))
    return {view: sorted(rows, key=repr) for view, rows in found.items()}


COMPARED = {
    "glossary": "concept_id, ja, reading, en, kind, confidence, occurrences, documents, first_seen, last_seen",
    "terms": "concept_id, language, term, status, occurrences",
    "contexts": "concept_id, document, ja, en, ja_start, ja_end, en_start, en_end, score, confidence, published",
}
COMPARED["candidates"] = COMPARED["contexts"]


def _terms(concept: Concept, visible: list[Pairing], counts: Counter) -> list[tuple[str, str]]:
    """A term that only pairs below the threshold have is not shown."""
    above = {p.ja for p in visible} | {p.en for p in visible}
    paired = {p.ja for p in concept.pairings} | {p.en for p in concept.pairings}
    terms = [(t.language, t.term) for t in concept.terms]
    return [t for t in terms if t[1] in above or t[1] not in paired or counts[t]]


def _preferred(language: str, terms: list[tuple[str, str]], visible: list[Pairing], counts: Counter) -> str | None:
    def rank(term: tuple[str, str]) -> tuple:
        return -counts[term], -max((p.confidence for p in visible if term[1] in (p.ja, p.en)), default=0), term[1]

    return min((t for t in terms if t[0] == language), key=rank, default=(None, None))[1]


def _kind(concept: Concept, visible: list[Pairing]) -> str:
    if not visible:
        return concept.kind
    weights = {p.kind: fsum(q.kind_confidence for q in visible if q.kind == p.kind) for p in visible}
    return min(weights, key=lambda kind: (-weights[kind], KINDS.index(kind)))
