"""Where two people decided differently on one thing, neither knowing of the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .record import Decision
from .undone import undone_ids

Slot = tuple[Any, ...]
"""One thing that can be decided in one way only: the status of a concept, the preferred term of a language, ..."""

Target = Callable[[dict[str, Any]], str]
"""The concept_id that a selector means in this database, mergings aside."""

_TERM_ACTIONS = ("prefer", "admit", "deprecate", "forbid")


@dataclass(frozen=True, slots=True)
class Conflict:
    """`theirs` was not imported, since `ours` says otherwise."""

    ours: Decision
    theirs: Decision


def find_conflicts(ours: Sequence[Decision], theirs: Sequence[Decision], target: Target) -> list[Conflict]:
    """The decisions in force of `theirs` that differ from one of `ours` on the same thing, by another person.

    Who had the other's decision before deciding knew of it: that is no conflict, the later one holds.
    """
    our_ids, their_ids = {d.decision_id for d in ours}, {d.decision_id for d in theirs}
    target = _joined([*ours, *theirs], target)
    our_last, their_last = _last(ours, target), _last(theirs, target)
    differing = {
        slot: mine
        for slot, (value, yours) in their_last.items()
        if (found := our_last.get(slot)) is not None
        and (mine := found[1]).decision_id not in their_ids
        and yours.decision_id not in our_ids
        and found[0] != value
        and mine.actor != yours.actor
    }
    undone = undone_ids(theirs)
    conflicts = {}
    for decision in theirs:
        if decision.decision_id in our_ids or decision.decision_id in undone:
            continue
        against = next((differing[slot] for slot in slots(decision, target) if slot in differing), None)
        if against is not None:
            conflicts[decision.decision_id] = Conflict(against, decision)
    return list(conflicts.values())


def _joined(decisions: Sequence[Decision], target: Target) -> Target:
    """`target`, with one name for all concepts that either side merged, split or calls by another id.

    So both sides see the same conflicts, though each knows its own mergings only. Decisions about a part and about the
    whole it was split from count as about one thing: better one conflict too many for a person to look at.
    """
    undone = undone_ids(decisions)
    leader: dict[str, str] = {}

    def name(concept_id: str) -> str:
        while concept_id in leader:
            concept_id = leader[concept_id]
        return concept_id

    def join(*names: str) -> None:
        first, *others = sorted({name(one) for one in names})
        leader.update(dict.fromkeys(others, first))

    for decision in decisions:
        if decision.action == "undo" or decision.decision_id in undone:
            continue
        selectors = [decision.selector] + ([decision.after["other"]] if decision.action == "merge" else [])
        ids = [one for selector in selectors for one in (selector["concept_id"], target(selector))]
        join(*ids, *([decision.after["new_id"]] if decision.action == "split" else []))
    return lambda selector: name(selector["concept_id"])


def _last(decisions: Sequence[Decision], target: Target) -> Mapping[Slot, tuple[str, Decision]]:
    """What was last decided on each thing: the value and the decision."""
    undone = undone_ids(decisions)
    last = {}
    for decision in sorted(decisions, key=lambda d: (d.at, d.decision_id)):
        if decision.decision_id not in undone:
            for slot, value in slots(decision, target).items():
                last[slot] = (json.dumps(value, ensure_ascii=False, sort_keys=True), decision)
    return last


def slots(decision: Decision, target: Target) -> dict[Slot, Any]:
    """The things that a decision decides, and how."""
    action, after = decision.action, decision.after
    if action == "undo":
        return {}
    concept = target(decision.selector)
    if action == "approve" or (action == "add" and not after.get("term")):
        pairs = after.get("pairs") or []
        return {("status", concept): "approved"} | {("pair", *pair): "right" for pair in pairs}
    if action == "reject":
        where = after.get("document")
        whole = {("status", concept): "rejected"} if after["whole"] and not where else {}
        return whole | {("pair", *pair, *([where] if where else [])): "wrong" for pair in after["pairs"]}
    if action in _TERM_ACTIONS:
        found: dict[Slot, Any] = {("term", concept, after["language"], after["term"]): [action, after]}
        return found | ({("preferred", concept, after["language"]): after["term"]} if action == "prefer" else {})
    if action == "merge":
        return {("merge", after["other"]["concept_id"]): decision.selector["concept_id"]}
    if action == "split":
        return {("split", concept, term["language"], term["term"]): after for term in after["terms"]}
    if action in ("edit", "add", "reading", "define"):
        place = [after.get(name) for name in ("language", "old", "term")]
        return {(action, concept, *place): after}
    if action == "not-here":
        return {("context", concept, json.dumps(after, ensure_ascii=False, sort_keys=True)): "no"}
    return {(action, concept): after}
