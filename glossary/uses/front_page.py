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
_NUMBERS = "select name, number from tally where what = :what order by number desc, name limit :limit"

_MOST_PUBLISHERS = 12


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


def figures(db: sqlite3.Connection) -> dict[str, Any]:
    """Stored counts for charts: lists of (name, number) of `kinds`, `statuses`, `publishers` and `months`, each the
    largest first, and how many concepts are `waiting` for review and pairs `below` the threshold.
    """
    from glossary.store.tally import below
    from glossary.uses.reading import Reader

    limits = {"kind": -1, "status": -1, "publisher": _MOST_PUBLISHERS, "month": -1, "waiting": 1}
    found = {what: db.execute(_NUMBERS, {"what": what, "limit": limit}).fetchall() for what, limit in limits.items()}
    waiting = found.pop("waiting")
    return {
        "kinds": found["kind"],
        "statuses": found["status"],
        "publishers": found["publisher"],
        "months": found["month"],
        "waiting": waiting[0][1] if waiting else 0,
        "below": below(cast("Database", Reader(db)), _threshold(db)),
    }


def _threshold(db: sqlite3.Connection) -> float:
    from glossary.store.settings import threshold
    from glossary.uses.reading import Reader

    return threshold(cast("Database", Reader(db)))
