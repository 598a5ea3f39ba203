"""Documents as they lie in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from sqlite_utils import Database

from ..records import Bitext, Document, Repair, Span


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What a build needs to know of a document that is there already."""

    document_id: str
    name: str
    language: str
    path: str
    sha256: str


def stored_documents(db: Database) -> list[StoredDocument]:
    """All documents, by name and language."""
    rows = db.conn.execute("select document_id, name, language, path, sha256 from document order by name, language")
    return [StoredDocument(*row) for row in rows]


def stored_units(db: Database) -> list[Bitext | Document]:
    """What was built, as the records it was built from: bitexts, and documents without counterpart."""
    documents: dict[int, Document] = {}
    sql = """select id, document_id, name, language, text, path, title, publisher, published, sha256, format, encoding,
        repairs, furniture, duplicate_of from document order by name, language"""
    for number, *row, repairs, furniture, duplicate_of in db.conn.execute(sql):
        mended = tuple(Repair(**repair) for repair in json.loads(repairs))
        spans = tuple((start, end) for start, end in json.loads(furniture))
        read = Document(*row)
        documents[number] = replace(read, repairs=mended, furniture=spans, duplicate_of=duplicate_of)
    units: list[Bitext | Document] = []
    paired: set[int] = set()
    sql = """select id, name, ja_document, en_document, method, confidence, reasons from unit
        where ja_document is not null and en_document is not null order by name, id"""
    for unit, name, ja, en, method, confidence, reasons in db.conn.execute(sql).fetchall():
        segments = _segments(db, unit) if method == "segments" else ()
        told = tuple(json.loads(reasons))
        units.append(Bitext(name, documents[ja], documents[en], method, confidence, told, segments))
        paired |= {ja, en}
    return units + [d for number, d in documents.items() if number not in paired and d.duplicate_of is None]


def _segments(db: Database, unit: int) -> tuple[tuple[Span, Span], ...]:
    sql = "select ja_start, ja_end, en_start, en_end from segment where unit = ? order by number"
    return tuple(((a, b), (x, y)) for a, b, x, y in db.conn.execute(sql, [unit]))


def document_numbers(db: Database) -> dict[str, int]:
    """document_id: `document.id` of all documents."""
    return dict(db.conn.execute("select document_id, id from document"))


def insert_documents(db: Database, documents: Iterable[Document], added: str) -> None:
    """Add documents that are not there yet."""
    db.conn.executemany(
        """insert into document (document_id, name, language, title, publisher, published, path, sha256, format,
            encoding, characters, text, repairs, furniture, duplicate_of, added)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                d.document_id, d.name, d.language, d.title, d.publisher, d.published, d.path, d.sha256, d.format,
                d.encoding, len(d.text), d.text, json.dumps([asdict(r) for r in d.repairs], ensure_ascii=False),
                json.dumps(d.furniture), d.duplicate_of, added,
            )
            for d in documents
        ),
    )  # fmt: skip


def update_copies(db: Database, documents: Iterable[Document]) -> None:
    """Note which stored documents repeat another one, and which no longer do."""
    db.conn.executemany(
        "update document set duplicate_of = :copy where document_id = :id and duplicate_of is not :copy",
        ({"id": d.document_id, "copy": d.duplicate_of} for d in documents),
    )


def delete_units(db: Database, units: Iterable[int]) -> set[int]:
    """Delete units with all that was found in them; the concepts (`concept.id`) that lose something."""
    numbers = json.dumps(sorted(set(units)))
    listed = "in (select value from json_each(?))"
    touched = {row[0] for row in db.conn.execute(f"select concept from concept_in_unit where unit {listed}", [numbers])}
    related = db.conn.execute(f"select concept from relation where unit {listed}", [numbers])
    touched |= {row[0] for row in related}
    passages = [
        row[0] for row in db.conn.execute(f"select distinct passage from context where unit {listed}", [numbers])
    ]
    db.conn.execute(f"delete from unit where id {listed}", [numbers])
    db.conn.execute(
        f"delete from passage where id {listed} and not exists (select 1 from context where passage = passage.id)",
        [json.dumps(passages)],
    )
    return touched


def units_of(db: Database, documents: Iterable[int]) -> set[int]:
    """The units (`unit.id`) that these documents (`document.id`) are part of."""
    rows = db.conn.execute(
        """with wanted as (select value from json_each(?))
        select id from unit where ja_document in wanted union select id from unit where en_document in wanted""",
        [json.dumps(sorted(documents))],
    )
    return {row[0] for row in rows}
