"""What the front page of a glossary shows: what is new, what waits for review, the documents, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from glossary.uses.lookup import Row, rows
from glossary.uses.review import Filters, queue

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

# Of the rows added last, the most frequent: the window keeps the query from sorting all concepts.
_NEWEST = """
select * from glossary where id > (select max(id) from concept) - 1000
order by created desc, occurrences desc, concept_id limit :limit
"""
# The two texts of a bitext may have names of their own: they stand together under that of the bitext.
_DOCUMENTS = """
with latest as (
    select language, title, publisher, published, added, coalesce(
        (select min(name) from unit where ja_document = document.id and en_document is not null),
        (select min(name) from unit where en_document = document.id and ja_document is not null),
        name
    ) as together
    from document where id > (select max(id) from document) - 200
)
select together as document, max(title) filter (where language = 'ja') as ja_title,
       max(title) filter (where language = 'en') as en_title, max(publisher) as publisher, max(published) as published
from latest group by together order by max(published) desc, max(added) desc, together limit :limit
"""
# By the index of confidences, nearest the threshold first; only so many pairs are looked at, whatever was decided.
# "cross join" keeps the order: through the index of statuses nearly all concepts would be read.
# A pair waits no longer if the glossary shows it, from another document or as somebody added it, or (by its `home`) if
# somebody merged or split it.
_JUST_BELOW = """
with near as (
    select concept, unit, ja, en, confidence from pairing
    where confidence < :threshold and rejected = 0 and home = ''
    order by confidence desc limit 2000
)
select near.ja, near.en, near.confidence, unit.name as document
from near cross join concept on concept.id = near.concept join unit on unit.id = near.unit
where concept.status = 'candidate' and not exists (
    select 1 from term as ja_term
        join term as en_term on en_term.concept = ja_term.concept and en_term.language = 'en' and en_term.term = near.en
        join concept as other on other.id = ja_term.concept and other.shown = 1
    where ja_term.language = 'ja' and ja_term.term = near.ja
)
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
    """`threshold`, `unsure` (the beginning of the review queue) and `below` (undecided pairs nearest below it)."""
    parameters = {"threshold": _threshold(db), "limit": limit}
    return {
        "threshold": parameters["threshold"],
        "unsure": queue(db, Filters(), limit),
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
