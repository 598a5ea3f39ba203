"""Decisions of people who saw the concepts in some state: made only where that state still holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from glossary.decisions import Decision, current_id, decide
from glossary.errors import GlossaryError


@dataclass(frozen=True, slots=True)
class Target:
    """What is decided on: a concept_id, for `undo` a decision_id, with the state in which the person saw it."""

    id: str
    seen: str
    """`modified` of the concept; "" of one that was not there."""


@dataclass(frozen=True, slots=True)
class Order:
    """One action on one or several targets. `arguments` are those of the action (see docs/decisions.md)."""

    action: str
    targets: tuple[Target, ...]
    arguments: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    other: Target | None = None
    """The concept that `merge` takes in, where its state was seen too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order. Where something had `changed`, nothing was decided."""

    decisions: list[Decision] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    """concept_id, ja, en, modified, modified_by of concepts that are not as they were seen."""
    problems: list[GlossaryError] = field(default_factory=list)
    """Why the others could not be decided."""


def carry_out(db: Database, order: Order, actor: str) -> Outcome:
    """Decide on all targets of the order, each in a transaction of its own.

    All are looked at first: if one is not as it was seen, nothing is decided. What cannot be decided for another
    reason is among the problems, and the rest is done.
    """
    seen = [*order.targets, *([order.other] if order.other else [])]
    changed = [row for target in seen if (row := _changed(db, target, order.action)) is not None]
    outcome = Outcome(changed=changed)
    if changed:
        return outcome
    if not order.targets:  # a concept that was missed
        return _one(db, order, None, actor, outcome)
    for target in order.targets:
        _one(db, order, target, actor, outcome)
    return outcome


def _one(db: Database, order: Order, target: Target | None, actor: str, outcome: Outcome) -> Outcome:
    concept_id, seen = (target.id, target.seen or None) if target else (None, None)
    try:
        made = decide(db, order.action, concept_id, actor=actor, note=order.note, seen=seen, **order.arguments)
        outcome.decisions.append(made)
    except GlossaryError as error:
        # Another program may have written between our look and the engine's.
        change = _changed(db, target, order.action) if target and not outcome.decisions else None
        if change:
            outcome.changed.append(change)
        else:
            outcome.problems.append(error)
    return outcome


def _changed(db: Database, target: Target, action: str) -> dict[str, Any] | None:
    """The concept as it is now, if that is not as it was seen."""
    concept_id: str | None = target.id
    if action == "undo":
        found = db.conn.execute("select concept_id from decision where decision_id = ?", [target.id]).fetchone()
        concept_id = found[0] if found else None
    current = current_id(db, concept_id) if concept_id else None
    row = db.conn.execute(
        "select concept_id, ja, en, modified, modified_by from concept where concept_id = ?", [current]
    ).fetchone()
    if row is None or row[3] == target.seen:
        return None  # that there is no such concept or decision, the engine says
    return dict(zip(("concept_id", "ja", "en", "modified", "modified_by"), row, strict=True))
