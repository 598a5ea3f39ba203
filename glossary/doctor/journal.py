"""The decisions of the table and those of the journal: each has to have all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from ..decisions import table
from ..decisions.engine import record
from ..decisions.journal import ids_in_journal, journal_path, read_journal, rewrite_journal, write_journal
from ..decisions.record import Decision
from ..errors import GlossaryError
from ..uses.reading import open_for_reading
from .findings import REPAIR, Finding, counted

_WAITS = (0.05, 0.2)
"""Seconds. A decision is in the journal a few milliseconds before it is in the database."""


def check_journal(db: Database, path: Path) -> Iterator[Finding]:
    """`path`: the database that `db` is, or is a copy of."""
    there, unreadable = _stored(db)
    written, faults = read_journal(journal_path(path))
    name = journal_path(path).name
    if unreadable:
        known = all(decision_id in written for decision_id in unreadable)
        advice = REPAIR if known else "restore a backup: the journal does not have them all"
        yield Finding("journal", f"cannot be read: {counted(len(unreadable), 'decision')}", advice, known)
    if lacking := _not_committed(path, written.keys() - there.keys() - set(unreadable)):
        what = f"the glossary lacks {counted(len(lacking), 'decision')} of {name}"
        yield Finding("journal", what, "`glossary doctor --repair` brings them back", True)
    if missing := there.keys() - written.keys():
        yield Finding("journal", f"{name} lacks {counted(len(missing), 'decision')} of the glossary", REPAIR, True)
    changed = [i for i, d in there.items() if i in written and _differ(d, written[i])]
    if changed:
        what = f"not the same in {name}: {counted(len(changed), 'decision')} (first: {min(changed)})"
        yield Finding("journal", what, "look at both; what is in the glossary holds")
    for fault in faults:
        yield Finding("journal", fault, "`glossary doctor --repair` keeps it aside and writes the journal anew", True)


def _not_committed(path: Path, decision_ids: set[str]) -> set[str]:
    """Those of the journal's decisions that the database itself lacks, too; others may be deciding at this moment."""
    for wait in (0, *_WAITS):
        if not decision_ids:
            break
        time.sleep(wait)
        with open_for_reading(path) as db:
            decision_ids = decision_ids - {row[0] for row in db.execute("select decision_id from decision")}
    return decision_ids


def lacking_decisions(path: Path) -> int:
    """How many decisions of its journal a glossary lacks, as one that was built anew after a loss does."""
    journal = journal_path(path)
    if not journal.exists():
        return 0
    with open_for_reading(path) as db:
        there = {row[0] for row in db.execute("select decision_id from decision")}
    return len(_not_committed(path, ids_in_journal(journal, but=there)))


def repair_journal(db: Database, path: Path) -> list[str]:
    """Bring decisions into the table and into the journal, within the caller's transaction; lines of what was done.

    Raises GlossaryError if a decision can neither be read nor found in the journal.
    """
    done = []
    journal = journal_path(path)
    _, unreadable = _stored(db)
    written, faults = read_journal(journal)
    for decision_id in unreadable:
        if decision_id not in written:
            raise GlossaryError(f"{path}: decision {decision_id} cannot be read: restore a backup")
        db.conn.execute("delete from decision where decision_id = ?", [decision_id])
    there, _ = _stored(db)
    lacking = sorted((d for i, d in written.items() if i not in there), key=lambda d: (d.at, d.decision_id))
    record(db, lacking)
    if lacking:
        done.append(f"{counted(len(lacking), 'decision')} brought back from {journal.name}")
    decisions = table.stored(db)
    if faults:
        kept = rewrite_journal(journal, decisions)
        done.append(f"{journal.name} written anew; the one with faults is kept as {kept.name}")
    elif missing := [d for d in decisions if d.decision_id not in written]:
        write_journal(db, missing)
        done.append(f"{counted(len(missing), 'decision')} written to {journal.name}")
    return done


def _stored(db: Database) -> tuple[dict[str, Decision], list[str]]:
    """The decisions of the table, and the ids of those that are not what a decision is."""
    from ..decisions.record import check_payload, from_row

    there: dict[str, Decision] = {}
    unreadable = []
    sql = "select decision_id, at, actor, action, concept_id, selector, before, after, note, state from decision"
    for row in db.conn.execute(sql):
        try:
            decision = from_row(row)
            check_payload(decision.action, decision.after)
        except (GlossaryError, ValueError, TypeError, AttributeError):
            unreadable.append(str(row[0]))
        else:
            there[decision.decision_id] = decision
    return there, unreadable


def _differ(one: Decision, other: Decision) -> bool:
    """`state` and `concept_id` follow the glossary, and `before` may be told in other words."""
    return (one.action, one.after, one.actor, one.at) != (other.action, other.after, other.actor, other.at)
