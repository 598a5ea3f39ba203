"""The rows of the table `decision`, which are only ever added; `state` and `concept_id` alone follow the glossary."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from sqlite_utils import Database

from .record import Decision, from_row
from .targets import keys_of

_COLUMNS = "decision_id, at, actor, action, concept_id, selector, before, after, note, state"
_ADD_KEY = "insert or ignore into decision_key (key, decision_id) values (?, ?)"


def insert(db: Database, decisions: Iterable[Decision]) -> None:
    """Add decisions with the keys by which replay finds them."""
    added = list(decisions)
    db.conn.executemany(
        f"insert into decision ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (one.row() for one in added)
    )
    db.conn.executemany(_ADD_KEY, ((key, one.decision_id) for one in added for key in keys_of(one)))


def add_keys(db: Database, decision_id: str, keys: Iterable[str]) -> None:
    db.conn.executemany(_ADD_KEY, [(key, decision_id) for key in keys])


def stored(db: Database) -> list[Decision]:
    """All decisions in the order in which they were made."""
    return [from_row(row) for row in db.conn.execute(f"select {_COLUMNS} from decision order by at, decision_id")]


def by_id(db: Database, decision_id: str) -> Decision | None:
    rows = db.conn.execute(f"select {_COLUMNS} from decision where decision_id = ?", [decision_id])
    return next((from_row(row) for row in rows), None)


def with_keys(db: Database, keys: Collection[str], *, but: Collection[str] = ()) -> dict[str, Decision]:
    """decision_id: decision, of all that hang on one of these keys and are not among `but`."""
    listed = db.conn.execute(
        "select decision_id from decision_key where key in (select value from json_each(?))", [json.dumps(sorted(keys))]
    )
    wanted = {row[0] for row in listed}.difference(but)
    rows = db.conn.execute(
        f"select {_COLUMNS} from decision where decision_id in (select value from json_each(?))",
        [json.dumps(sorted(wanted))],
    )
    return {row[0]: from_row(row) for row in rows}


def any_at_all(db: Database) -> bool:
    return db.conn.execute("select 1 from decision limit 1").fetchone() is not None


def settle(db: Database, decision: Decision, state: str, concept_id: str | None) -> None:
    """Note what became of a decision in this database."""
    if (state, concept_id) != (decision.state, decision.concept_id):
        db.conn.execute(
            "update decision set state = ?, concept_id = ? where decision_id = ?",
            [state, concept_id, decision.decision_id],
        )
        if concept_id:
            add_keys(db, decision.decision_id, [f"id:{concept_id}"])


def latest(db: Database) -> str | None:
    """Time of the last decision."""
    return str(row[0]) if (row := db.conn.execute("select max(at) from decision").fetchone())[0] else None
