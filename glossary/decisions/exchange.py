"""Carrying decisions to other databases as JSON Lines, and joining two people's sets."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TextIO

from sqlite_utils import Database

from ..errors import GlossaryError
from ..store.connection import database_path
from . import table
from .conflicts import Conflict, find_conflicts
from .engine import recording, undo_of
from .journal import journal_path
from .record import Decision, from_line, stamp_after
from .targets import concept_with_pair, number_of


@dataclass
class ImportReport:
    """What an import did."""

    added: int = 0
    known: int = 0
    not_found: int = 0
    """Of those added: decisions whose target is not in this database (yet)."""
    resolved: int = 0
    """Conflicts that were decided on the way."""
    conflicts: list[Conflict] = field(default_factory=list)
    """Left out, for a person to decide."""
    skipped: list[str] = field(default_factory=list)
    """Lines that are no decisions, each with its reason."""


def export_decisions(db: Database, stream: TextIO) -> int:
    """Write all decisions, in the order in which they were made, one JSON object a line; how many they were."""
    decisions = table.stored(db)
    for decision in decisions:
        stream.write(f"{decision.line()}\n")
    return len(decisions)


def import_decisions(
    db: Database,
    path: str | os.PathLike[str],
    *,
    actor: str,
    take: Literal["ours", "theirs"] | None = None,
    take_ids: Collection[str] = (),
) -> ImportReport:
    """Add the decisions of a file (an export or a journal) that are not there yet, and let them act.

    Where another person decided differently here, the decision is left out and listed, unless `take` says whose holds,
    or `take_ids` names theirs; the other one is then undone, by `actor`. All in one transaction. Raises GlossaryError
    if the file cannot be read or holds no decision at all.
    """
    path = Path(path)
    report = ImportReport()
    theirs = _read(path, report)
    own = journal_path(database_path(db))
    in_journal = {d.decision_id for d in theirs} if own.exists() and path.exists() and own.samefile(path) else set()
    with recording(db, in_journal=in_journal) as recorded:
        ours = table.stored(db)
        known = {decision.decision_id: decision for decision in ours}
        conflicts = find_conflicts(ours, theirs, lambda selector: _target(db, selector))
        open_conflicts = {c.theirs.decision_id: c for c in conflicts}
        fresh = []
        for decision in theirs:
            if decision.decision_id in known:
                _compare(decision, known[decision.decision_id], report)
            elif decision.decision_id not in open_conflicts:
                fresh.append(decision)
        chosen = [c for c in conflicts if take or c.theirs.decision_id in take_ids]
        fresh += [c.theirs for c in chosen]
        latest = stamp_after(table.latest(db), *(d.at for d in fresh))
        losers = {d.decision_id: d for d in (c.theirs if take == "ours" else c.ours for c in chosen)}
        for loser in losers.values():
            recorded.append(undo_of(loser, actor, latest, "of two decisions, the other one holds"))
            latest = stamp_after(latest)
        recorded[:0] = fresh
        report.added, report.resolved = len(fresh), len(chosen)
        report.conflicts = [c for c in conflicts if c not in chosen]
    states = [table.by_id(db, decision.decision_id) for decision in fresh]
    report.not_found = sum(1 for decision in states if decision and decision.state == "target not found")
    return report


def _read(path: Path, report: ImportReport) -> list[Decision]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror}") from error
    found: dict[str, Decision] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            decision = from_line(line.decode("utf-8-sig"), where)
        except UnicodeDecodeError:
            report.skipped.append(f"{where}: not UTF-8")
        except GlossaryError as error:
            report.skipped.append(str(error))
        else:
            _compare(decision, found.setdefault(decision.decision_id, decision), ImportReport())
    if report.skipped and not found:
        raise GlossaryError(report.skipped[0])
    return list(found.values())


def _compare(decision: Decision, other: Decision, report: ImportReport) -> None:
    """Count a decision that is there already; one id for two different decisions is reported."""
    report.known += 1
    if (decision.action, decision.after) != (other.action, other.after):
        report.skipped.append(f"{decision.decision_id}: another decision of this id is there already: look at both")


def _target(db: Database, selector: dict[str, Any]) -> str:
    """The concept_id a selector means here, mergings aside."""
    concept_id = str(selector["concept_id"])
    if (
        number_of(db, concept_id) is None
        and db.conn.execute("select 1 from alias where old_id = ?", [concept_id]).fetchone() is None
    ):
        number = concept_with_pair(db, selector)
        if number is not None:
            return str(db.conn.execute("select concept_id from concept where id = ?", [number]).fetchone()[0])
    return concept_id
