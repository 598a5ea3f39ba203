"""Making a decision: the one way for the command line, the browser and imports."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from ..errors import GlossaryError
from ..store.concepts import recompute
from ..store.connection import transaction
from . import table
from .actions import ACTIONS, Action, usage_error
from .journal import write_journal
from .payload import NO_SUCH_CONCEPT, make_payload
from .record import Decision, check_characters, check_payload, check_selector, check_text, stamp_after
from .replaying import replay
from .targets import number_of


def decide(
    db: Database,
    action: str,
    concept_id: str | None = None,
    *,
    actor: str,
    note: str | None = None,
    seen: str | None = None,
    **arguments: Any,
) -> Decision:
    """Record a decision and let it act, in one transaction; it is in the journal and on the disk when this returns.

    `arguments`: those of the action (see `ACTIONS`). `concept_id` may be one that was merged away; for `undo` it is a
    decision_id. `seen`: the concept's `modified` as the person saw it: if the concept has changed since, nothing is
    decided. Raises GlossaryError where the action, its arguments or its target are not as they must be.
    """
    found = _action(action)
    note = note if note and note.strip() else None
    _check_texts(concept_id, actor, note, arguments)
    given = {name: value for name, value in arguments.items() if value is not None and value != ()}
    if problem := usage_error(found, concept_id, given):
        raise problem
    decision_id = str(uuid.uuid4())
    with recording(db) as recorded:
        concept = None if concept_id is None or action == "undo" else _concept(db, concept_id)
        if seen is not None and concept is not None:
            _check_seen(db, concept, seen)
        made = make_payload(db, found, concept, given, concept_id)
        try:
            check_payload(action, made.after)
            check_selector(made.selector, action)
        except ValueError as error:
            raise GlossaryError("{action}: {problem}", action=action, problem=error) from error
        at = stamp_after(table.latest(db), _modified(db, concept))
        decision = Decision(
            decision_id, at, _cleaned_actor(actor), action, made.selector.get("concept_id"), made.selector, made.before,
            made.after, note,
        )  # fmt: skip
        recorded.append(decision)
    return table.by_id(db, decision_id) or decision


@contextmanager
def recording(db: Database, *, in_journal: Collection[str] = ()) -> Iterator[list[Decision]]:
    """A transaction at whose end the decisions put into the list are recorded, act, and are in the journal.

    `in_journal`: decision_ids that the journal has already.
    """
    decisions: list[Decision] = []
    entry = None
    try:
        with transaction(db):
            yield decisions
            record(db, decisions)
            # Last before the commit: what is reported as made is in both, whatever fails.
            entry = write_journal(db, [d for d in decisions if d.decision_id not in in_journal])
    except BaseException:
        if entry is not None:
            entry.take_back()
        raise


def record(db: Database, decisions: Sequence[Decision]) -> None:
    """Store decisions and let them act, within the caller's transaction."""
    if not decisions:
        return
    table.insert(db, decisions)
    concepts = replay(db, (), decisions)
    last = max(decisions, key=lambda decision: decision.at)
    recompute(db, concepts, at=last.at, actor=last.actor)


def current_id(db: Any, concept_id: str) -> str | None:
    """The concept that an id, which may have been merged away or split off, leads to now; None if it leads nowhere.

    `db`: a sqlite_utils.Database, or anything whose `conn` is a connection.
    """
    seen: set[str] = set()
    while concept_id not in seen:
        if db.conn.execute("select 1 from concept where concept_id = ?", [concept_id]).fetchone():
            return concept_id
        seen.add(concept_id)
        row = db.conn.execute("select concept_id from alias where old_id = ?", [concept_id]).fetchone()
        if row is None:
            break
        concept_id = row[0]
    # A build may have founded the concept on another pair; decisions about it have followed.
    row = db.conn.execute(
        """select decision.concept_id from decision_key join decision using (decision_id)
        join concept on concept.concept_id = decision.concept_id
        where decision_key.key = ? and json_extract(decision.selector, '$.concept_id') = ?
        order by decision.at desc limit 1""",
        [f"id:{concept_id}", concept_id],
    ).fetchone()
    return row[0] if row else None


def _action(name: str) -> Action:
    if name not in ACTIONS:
        raise GlossaryError("{text}: no such action: one of {known}", text=name, known=", ".join(ACTIONS))
    return ACTIONS[name]


def _check_texts(concept_id: str | None, actor: str, note: str | None, arguments: dict[str, Any]) -> None:
    """Refuse at once what no database can be asked for, and what the journal could not be read with."""
    given = {"concept_id": concept_id, **arguments}
    try:
        for name, value in given.items():
            for text in [value] if isinstance(value, str) else value if isinstance(value, (list, tuple)) else []:
                check_characters(text, name)
        check_characters(actor, "--actor")
        if actor.strip():
            check_text(actor, "--actor")
        if note:
            check_text(note, "--note")
    except ValueError as error:
        raise GlossaryError("{problem}; nothing was decided", problem=error) from error


def _concept(db: Database, concept_id: str) -> int:
    found = current_id(db, concept_id)
    number = number_of(db, found) if found else None
    if number is None:
        raise GlossaryError(NO_SUCH_CONCEPT, id=concept_id)
    return number


def _check_seen(db: Database, concept: int, seen: str) -> None:
    row = db.conn.execute("select concept_id, modified, modified_by from concept where id = ?", [concept]).fetchone()
    if row[1] != seen:
        raise GlossaryError(
            "{id}: changed by {who} at {at}, after you saw it; nothing was decided: look again, then decide",
            id=row[0],
            who=row[2],
            at=row[1],
        )


def _modified(db: Database, concept: int | None) -> str | None:
    row = db.conn.execute("select modified from concept where id = ?", [concept]).fetchone()
    return row[0] if row else None


def _cleaned_actor(actor: str) -> str:
    actor = actor.strip()
    if not actor:
        raise GlossaryError("--actor: a decision needs the name of the person who made it")
    return actor


def undo_of(decision: Decision, actor: str, at: str, note: str | None) -> Decision:
    """A decision that takes another one back."""
    return replace(
        decision, decision_id=str(uuid.uuid4()), at=at, actor=actor, action="undo",
        before=decision.after, after={"decision_id": decision.decision_id}, note=note, state="in force",
        selector=decision.selector | {"scope": "decision"},
    )  # fmt: skip
