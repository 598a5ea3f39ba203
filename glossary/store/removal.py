"""Taking documents out again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from .concepts import recompute
from .connection import transaction
from .documents import delete_units, units_of
from .publishing import Replay, record_build, replayed
from .settings import moment, now, read_state


@dataclass(frozen=True, slots=True)
class RemovalReport:
    """What a removal did. Numbers, and the document_ids left without partner."""

    documents_removed: int = 0
    concepts: int = 0
    """Concepts touched, those that vanished included."""
    concepts_removed: int = 0
    widowed: tuple[str, ...] = ()
    """Documents still stored whose bitext is gone and with it all that was found in it: to be built again alone."""
    states_removed: int = 0
    """Model states that went with the documents whose words they count."""
    changed: bool = False


def remove_documents(
    db: Database,
    document_ids: Iterable[str],
    *,
    command: str,
    version: str,
    started: str | None = None,
    replay: Replay | None = None,
    forget_states: bool = False,
) -> RemovalReport:
    """Take documents out with all that was found in them and in their bitexts, in one transaction.

    Concepts that nothing mentions any more vanish, unless a person approved or added them. Unknown ids are passed over.
    `replay`: see `publish`. With `forget_states` all model states go, too, since they count the words of the documents;
    the next build estimates one anew. Raises GlossaryError if the database cannot be written.
    """
    with transaction(db):
        at = now()
        listed = json.dumps(list(document_ids))
        rows = db.conn.execute(
            "select id from document where document_id in (select value from json_each(?))", [listed]
        )
        numbers = [row[0] for row in rows]
        if not numbers:
            return RemovalReport()
        touched = delete_units(db, units_of(db, numbers))
        db.conn.executemany("delete from document where id = ?", [(number,) for number in numbers])
        touched |= replayed(db, touched, replay)
        removed = recompute(db, touched, at=moment(), actor="build")
        states = _forget_states(db) if forget_states else 0
        report = RemovalReport(len(numbers), len(touched), removed, widowed_documents(db), states, True)
        state = read_state(db)
        record_build(db, report, (), (started or at, command, version), state[0] if state else None)
    return report


def _forget_states(db: Database) -> int:
    db.conn.execute("update build set state = null")
    return db.conn.execute("delete from model_state").rowcount


def widowed_documents(db: Database) -> tuple[str, ...]:
    """document_ids of stored documents in which nothing was looked for since they lost their other side."""
    rows = db.conn.execute(
        """select document_id from document
        where not exists (select 1 from unit where ja_document = document.id or en_document = document.id)
        order by document_id"""
    )
    return tuple(row[0] for row in rows)
