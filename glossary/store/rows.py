"""Writing the units of a harvest: each row of a unit, and the concepts they are about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from ..identity import pair_text
from ..records import Context, Document, Span
from .documents import document_numbers
from .harvest import Found, Unit
from .settings import Curve, interpolate, read_calibration

_Texts = tuple[str | None, str | None]


class _Writer:
    """The numbers that rows refer to each other by, during one publication."""

    def __init__(self, db: Database, units: list[Unit], documents: dict[str, Document], at: str) -> None:
        self.db = db
        self.documents = documents
        self.document_numbers = document_numbers(db)
        self.aliases = dict(db.conn.execute("select old_id, concept_id from alias"))
        self.concepts = _ensure_concepts(db, units, self.aliases, at)
        self.passages = _ensure_passages(db, units, documents)
        self.curve = read_calibration(db)
        self.next_pairing = db.conn.execute("select ifnull(max(id), 0) + 1 from pairing").fetchone()[0]

    def home(self, concept_id: str) -> str:
        """The concept_id of a concept that is merged into another one, else ''."""
        return concept_id if concept_id in self.aliases else ""

    def many(self, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * (columns.count(",") + 1))
        self.db.conn.executemany(f"insert into {table} ({columns}) values ({marks})", rows)


def insert_units(db: Database, units: list[Unit], documents: dict[str, Document], at: str) -> set[int]:
    """Store new units, whose documents are stored already; the concepts (`concept.id`) that are in them.

    The caller recomputes these. `documents`: all of the harvest by document_id. `at`: ISO 8601.
    """
    writer = _Writer(db, units, documents, at)
    for unit in units:
        number = _insert_unit(writer, unit)
        for found in unit.found.values():
            concept = writer.concepts[found.concept.concept_id]
            found.home = writer.home(found.concept.concept_id)
            _insert_claims(writer, number, concept, found)
            pairings = _insert_pairings(writer, number, concept, found)
            _insert_contexts(writer, number, concept, found, pairings)
        _insert_relations(writer, number, unit)
    return {writer.concepts[concept_id] for unit in units for concept_id in unit.found}


def _ensure_concepts(db: Database, units: list[Unit], aliases: dict[str, str], at: str) -> dict[str, int]:
    """concept_id: number, for all concepts of the units; merged ones lead to what they were merged into."""
    wanted: dict[str, str] = {}
    for unit in units:
        for relation in unit.relations:
            wanted |= {i: _resolved(i, aliases) for i in (relation.concept_id, relation.other_id)}
        wanted |= {concept_id: _resolved(concept_id, aliases) for concept_id in unit.found}
    concepts = {found.concept.concept_id: found.concept for unit in units for found in unit.found.values()}
    for concept_id, target in wanted.items():
        if concept_id in concepts:
            kind, origin = concepts[concept_id].kind, concepts[concept_id].origin
            db.conn.execute(
                """insert into concept (concept_id, kind, origin, created, modified, modified_by)
                values (?, ?, ?, ?, ?, 'build') on conflict do nothing""",
                [target, kind, origin, at, at],
            )
    rows = db.conn.execute(
        "select concept_id, id from concept where concept_id in (select value from json_each(?))",
        [json.dumps(list(wanted.values()))],
    )
    numbers = dict(rows)
    return {concept_id: numbers[target] for concept_id, target in wanted.items() if target in numbers}


def _resolved(concept_id: str, aliases: dict[str, str]) -> str:
    seen = {concept_id}
    while (target := aliases.get(concept_id)) is not None and target not in seen:
        seen.add(target)
        concept_id = target
    return concept_id


def _ensure_passages(db: Database, units: list[Unit], documents: dict[str, Document]) -> dict[_Texts, int]:
    """(Japanese, English) sentences: number of the passage. Each pair of texts is stored once."""
    texts = {
        _sentences(context, documents): None for unit in units for f in unit.found.values() for context in f.contexts
    }
    numbers: dict[_Texts, int] = {}
    for pair in texts:
        digest = hashlib.sha256(json.dumps(pair, ensure_ascii=False).encode()).digest()[:16]
        row = db.conn.execute("select id from passage where digest = ?", [digest]).fetchone()
        if row is None:
            cursor = db.conn.execute("insert into passage (digest, ja, en) values (?, ?, ?)", [digest, *pair])
            numbers[pair] = int(cursor.lastrowid or 0)
        else:
            numbers[pair] = row[0]
    return numbers


def _sentences(context: Context, documents: dict[str, Document]) -> _Texts:
    return (
        _slice(documents, context.ja_document_id, context.ja_sentence),
        _slice(documents, context.en_document_id, context.en_sentence),
    )


def _slice(documents: dict[str, Document], document_id: str | None, span: Span | None) -> str | None:
    return documents[document_id].text[slice(*span)] if document_id and span else None


def _insert_unit(writer: _Writer, unit: Unit) -> int:
    ja, en = (writer.document_numbers[i] if i else None for i in unit.key)
    bitext = unit.bitext
    made = (bitext.method, bitext.confidence, json.dumps(bitext.reasons, ensure_ascii=False)) if bitext else (None,) * 3
    cursor = writer.db.conn.execute(
        "insert into unit (name, ja_document, en_document, method, confidence, reasons) values (?, ?, ?, ?, ?, ?)",
        [unit.name, ja, en, *made],
    )
    number = int(cursor.lastrowid or 0)
    writer.many(
        "segment",
        "unit, number, ja_start, ja_end, en_start, en_end, score",
        ((number, s.number, *_ends(s.ja), *_ends(s.en), s.score) for s in unit.segments),
    )
    return number


def _insert_claims(writer: _Writer, unit: int, concept: int, found: Found) -> None:
    c = found.concept
    writer.db.conn.execute(
        "insert into concept_in_unit values (?, ?, ?, ?, ?, ?, ?, ?)",
        [concept, unit, found.home, c.kind, c.origin, c.definition_ja, c.definition_en, c.definition_source],
    )
    writer.db.conn.executemany(
        "insert or ignore into term_in_unit values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((concept, unit, found.home, t.language, t.term, t.reading, t.romaji, t.form, t.source) for t in found.terms()),
    )


def _insert_pairings(writer: _Writer, unit: int, concept: int, found: Found) -> dict[tuple[str, str], int]:
    numbers: dict[tuple[str, str], int] = {}
    for pairing in found.pairings:
        numbers[pairing.ja, pairing.en] = writer.next_pairing
        writer.next_pairing += 1
    writer.many(
        "pairing",
        "id, concept, unit, ja, en, score, confidence, kind, kind_confidence, reading, romaji, home,"
        " normalized",
        (
            (
                numbers[p.ja, p.en], concept, unit, p.ja, p.en, p.score,
                _confidence(writer.curve, p.score, p.confidence), p.kind, p.kind_confidence, p.reading, p.romaji,
                found.home, pair_text(p.ja, p.en),
            )
            for p in found.pairings
        ),
    )  # fmt: skip
    writer.many(
        "reason",
        "pairing, number, kind, weight, detail, source",
        (
            (numbers[p.ja, p.en], number, e.kind, e.weight, e.detail, e.source)
            for p in found.pairings
            for number, e in enumerate(p.evidence)
        ),
    )
    return numbers


def _confidence(curve: Curve, score: float, given: float) -> float:
    """By the curve of this database, which may be newer than the one the harvest was scored with."""
    return interpolate(curve, score) if curve else given


def _insert_contexts(
    writer: _Writer, unit: int, concept: int, found: Found, pairings: dict[tuple[str, str], int]
) -> None:
    writer.many(
        "context",
        """concept, unit, pairing, passage, ja, en, ja_start, ja_end, en_start, en_end, ja_sentence_start,
        ja_sentence_end, en_sentence_start, en_sentence_end, ja_document, en_document, published, home""",
        ((*_context_row(writer, unit, concept, context, pairings), found.home) for context in found.contexts),
    )


def _context_row(
    writer: _Writer, unit: int, concept: int, context: Context, pairings: dict[tuple[str, str], int]
) -> tuple[Any, ...]:
    ja = _slice(writer.documents, context.ja_document_id, context.ja)
    en = _slice(writer.documents, context.en_document_id, context.en)
    ids = [i for i in (context.ja_document_id, context.en_document_id) if i]
    return (
        concept,
        unit,
        pairings[ja, en] if ja is not None and en is not None else None,
        writer.passages[_sentences(context, writer.documents)],
        ja,
        en,
        *_ends(context.ja),
        *_ends(context.en),
        *_ends(context.ja_sentence),
        *_ends(context.en_sentence),
        writer.document_numbers.get(context.ja_document_id or ""),
        writer.document_numbers.get(context.en_document_id or ""),
        min((date for i in ids if (date := writer.documents[i].published)), default=None),
    )


def _insert_relations(writer: _Writer, unit: int, relations: Unit) -> None:
    writer.many("relation", "unit, concept, relation, other, reason", _relation_rows(writer, unit, relations))


def _relation_rows(writer: _Writer, number: int, unit: Unit) -> Iterator[tuple[Any, ...]]:
    for r in unit.relations:
        ends = (writer.concepts.get(r.concept_id), writer.concepts.get(r.other_id))
        if None not in ends and ends[0] != ends[1]:  # merged concepts are not related to themselves
            yield number, ends[0], r.relation, ends[1], r.reason


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return span if span else (None, None)
