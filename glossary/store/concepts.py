"""What a concept says of itself, worked out anew from what is stored.

The outcome depends on the stored rows alone, not on the order in which they came: builds in parts, in parallel and in
one go agree. It is the only place that decides which rows are shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from sqlite_utils import Database

from .grams import Forms, romaji_of
from .index import update_index
from .settings import threshold
from .summary import Claim, Mention, Pair, Stored, Summary, TermClaim, summarize

_BATCH = 500

_SUMMARIZED = (
    "ja", "reading", "romaji", "en", "kind", "definition_ja", "definition_en", "definition_source", "confidence",
    "origin", "occurrences", "documents", "first_seen", "last_seen", "shown",
)  # fmt: skip


def recompute(db: Database, concepts: Collection[int], *, at: str, actor: str | None) -> int:
    """Bring the rows of these concepts (`concept.id`), their terms and the search index up to date; how many vanished.

    A concept that nothing mentions any more vanishes, unless a person approved or added it: then it stays as it was.
    `at` (ISO 8601) and `actor` are noted where a row changed; with `actor` None they are not. Runs inside the
    caller's transaction.
    """
    limit = threshold(db)
    ordered = iter(sorted(concepts))
    vanished = 0
    while batch := list(islice(ordered, _BATCH)):
        vanished += _recompute_batch(db, batch, limit, at, actor)
    return vanished


def _recompute_batch(db: Database, batch: list[int], limit: float, at: str, actor: str | None) -> int:
    loaded = _load(db, batch)
    forms: dict[int, Forms | None] = dict.fromkeys(batch)
    gone: list[int] = []
    for concept, stored in loaded.items():
        if not stored.claims and not _stays(stored):
            gone.append(concept)
            continue
        summary = summarize(stored, limit)
        _write_contexts(db, stored, summary)
        _write_terms(db, stored, summary)
        _write_concept(db, stored, summary, at, actor)
        if summary.columns["shown"]:
            forms[concept] = _forms(db, concept, summary)
    update_index(db, forms)
    db.conn.executemany("delete from concept where id = ?", [(concept,) for concept in gone])
    return len(gone)


def _load(db: Database, batch: list[int]) -> dict[int, Stored]:
    loaded = {row["id"]: Stored(row) for row in _rows(db, "select * from concept where id in {ids} order by id", batch)}
    claims = "select concept, kind, origin, definition_ja, definition_en, definition_source from concept_in_unit"
    for row in _rows(db, f"{claims} where concept in {{ids}}", batch):
        loaded[row.pop("concept")].claims.append(Claim(**row))
    terms = "select concept, language, term, reading, romaji, form, source from term_in_unit"
    for row in _rows(db, f"{terms} where concept in {{ids}}", batch):
        loaded[row.pop("concept")].term_claims.append(TermClaim(**row))
    pairs = "select concept, id, ja, en, confidence, kind, kind_confidence, reading, romaji, rejected from pairing"
    for row in _rows(db, f"{pairs} where concept in {{ids}}", batch):
        loaded[row.pop("concept")].pairs.append(Pair(**row))
    mentions = """
        select context.concept, context.id, unit.name as document, context.pairing, context.ja, context.en,
            context.published, context.rejected, context.shown
        from context join unit on unit.id = context.unit where context.concept in {ids}"""
    for row in _rows(db, mentions, batch):
        loaded[row.pop("concept")].mentions.append(Mention(**row))
    for row in _rows(db, "select * from term where concept in {ids}", batch):
        loaded[row["concept"]].terms[row["language"], row["term"]] = row
    for row in _rows(db, "select concept, field, value from choice where concept in {ids}", batch):
        loaded[row["concept"]].choices[row["field"]] = row["value"]
    for row in _rows(db, "select concept, language, old, new from correction where concept in {ids}", batch):
        loaded[row["concept"]].corrections[row["language"], row["old"]] = row["new"]
    return loaded


def _rows(db: Database, sql: str, batch: list[int]) -> Iterator[dict[str, Any]]:
    cursor = db.conn.execute(sql.format(ids="(select value from json_each(?))"), [json.dumps(batch)])
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _stays(stored: Stored) -> bool:
    """True if the concept stays although no text mentions it."""
    return stored.row["status"] == "approved" or stored.row["origin"] == "user"


def _write_contexts(db: Database, stored: Stored, summary: Summary) -> None:
    changed = [(new, m.id) for m, new in zip(stored.mentions, summary.mentions_shown, strict=True) if new != m.shown]
    db.conn.executemany("update context set shown = ? where id = ?", changed)


def _write_terms(db: Database, stored: Stored, summary: Summary) -> None:
    concept = stored.row["id"]
    for (language, text), columns in summary.terms.items():
        old = stored.terms.get((language, text))
        if old is None:
            row = {"concept": concept, "language": language, "term": text, **columns}
            row["term_id"] = _term_id(stored.row["concept_id"], language, text)
            _insert(db, "term", row)
        elif any(old[name] != value for name, value in columns.items()):
            _update(db, "term", old["id"], columns)
    lost = [(old["id"],) for place, old in stored.terms.items() if place not in summary.terms]
    db.conn.executemany("delete from term where id = ?", lost)


def _write_concept(db: Database, stored: Stored, summary: Summary, at: str, actor: str | None) -> None:
    columns = {name: summary.columns[name] for name in _SUMMARIZED}
    if all(stored.row[name] == value for name, value in columns.items()):
        return
    if actor is not None:
        columns |= {"modified": at, "modified_by": actor}
    _update(db, "concept", stored.row["id"], columns)


def _term_id(concept_id: str, language: str, text: str) -> str:
    """Independent of the database, as concept_id is."""
    return hashlib.sha256(f"{concept_id}\0{language}\0{text}".encode()).hexdigest()[:16]


def _insert(db: Database, table: str, row: dict[str, Any]) -> None:
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    db.conn.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))


def _update(db: Database, table: str, number: int, columns: dict[str, Any]) -> None:
    assignments = ", ".join(f"{name} = ?" for name in columns)
    db.conn.execute(f"update {table} set {assignments} where id = ?", [*columns.values(), number])


def _forms(db: Database, concept: int, summary: Summary) -> Forms:
    japanese = sorted(text for language, text in summary.terms if language == "ja")
    english = sorted(text for language, text in summary.terms if language == "en")
    sources = [summary.columns, *summary.terms.values()]
    readings = sorted({source["reading"] for source in sources if source["reading"]})
    romaji = {source["romaji"] for source in sources if source["romaji"]} | {romaji_of(r) for r in readings}
    return Forms(tuple(japanese), tuple(readings), tuple(sorted(romaji)), tuple(english))
