"""What the front page of a glossary shows: what is new, what waits for review, the documents, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from glossary.uses.lookup import Row, rows

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

# Of the rows added last, the most frequent: the window keeps the query from sorting all concepts.
_NEWEST = """
select * from glossary where id > (select max(id) from concept) - 1000
order by created desc, occurrences desc, concept_id limit :limit
"""
# "+" keeps the planner from the index of names, which it would read from end to end.
_DOCUMENTS = """
select name as document, max(title) filter (where language = 'ja') as ja_title,
       max(title) filter (where language = 'en') as en_title, max(publisher) as publisher, max(published) as published
from document where id > (select max(id) from document) - 200
group by +name order by max(published) desc, max(added) desc, name limit :limit
"""
# Nearest the threshold first, by the index of confidences. Only so many pairs are looked at, whatever was decided.
# "cross join" keeps the order: through the index of statuses nearly all concepts would be read.
_UNSURE = """
with near as (
    select concept, confidence from pairing where confidence >= :threshold and rejected = 0
    order by confidence limit 2000
)
select distinct concept.concept_id, concept.ja, concept.en, concept.reading, concept.kind, concept.occurrences,
       near.confidence
from near cross join concept on concept.id = near.concept
where concept.status = 'candidate' and concept.shown = 1 and concept.confidence = near.confidence
order by near.confidence limit :limit
"""
_JUST_BELOW = """
with near as (
    select concept, unit, ja, en, confidence from pairing where confidence < :threshold and rejected = 0
    order by confidence desc limit 2000
)
select near.ja, near.en, near.confidence, unit.name as document
from near cross join concept on concept.id = near.concept join unit on unit.id = near.unit
where concept.status <> 'rejected'
order by near.confidence desc limit :limit
"""
_VERSION = """
select (select max(build_id) from build), (select max(rowid) from decision),
       (select group_concat(value) from settings where key in ('threshold', 'default_threshold'))
"""

_FIGURES = {
    "kinds": "select kind, count(*) from glossary group by 1 order by 2 desc, 1",
    "statuses": "select status, count(*) from glossary group by 1 order by 2 desc, 1",
    "publishers": """
        select publisher, count(distinct document) from documents
        where publisher is not null group by 1 order by 2 desc, 1 limit 12""",
    "months": """
        select substr(published, 1, 7), count(distinct document) from documents
        where published is not null group by 1 order by 1""",
    "waiting": "select count(*) from glossary where status = 'candidate' and confidence is not null",
    "below": "select count(*) from pairing where confidence < :threshold and rejected = 0",
}


def newest_concepts(db: sqlite3.Connection, limit: int = 12) -> list[Row]:
    """Rows of `glossary`: the latest build's concepts, the most frequent of them first."""
    return rows(db, _NEWEST, {"limit": limit})


def newest_documents(db: sqlite3.Connection, limit: int = 8) -> list[Row]:
    """document, ja_title, en_title, publisher, published of the latest documents."""
    return rows(db, _DOCUMENTS, {"limit": limit})


def waiting_for_review(db: sqlite3.Connection, limit: int = 6) -> Row:
    """`threshold`, `unsure` (undecided concepts just above it) and `below` (pairs just below it), nearest first."""
    parameters = {"threshold": _threshold(db), "limit": limit}
    return {
        "threshold": parameters["threshold"],
        "unsure": rows(db, _UNSURE, parameters),
        "below": rows(db, _JUST_BELOW, parameters),
    }


def version(db: sqlite3.Connection) -> tuple[Any, ...]:
    """Changes whenever a build, a decision or the threshold changes what there is to count."""
    return tuple(db.execute(_VERSION).fetchone())


def figures(db: sqlite3.Connection) -> dict[str, Any]:
    """Counts for charts: lists of (name, number) by kind, status, publisher and month, and single numbers.

    It reads whole tables: call it once for each `version`, not for each reader.
    """
    parameters = {"threshold": _threshold(db)}
    found: dict[str, Any] = {name: db.execute(sql, parameters).fetchall() for name, sql in _FIGURES.items()}
    return found | {name: found[name][0][0] for name in ("waiting", "below")}


def _threshold(db: sqlite3.Connection) -> float:
    from glossary.store.settings import threshold
    from glossary.uses.reading import Reader

    return threshold(cast("Database", Reader(db)))
