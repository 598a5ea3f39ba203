"""Which decisions are in force, given those that undo others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .record import Decision


def undone_ids(decisions: Iterable[Decision]) -> set[str]:
    """decision_ids of what was taken back. A decision is undone by any undo of it that is not itself undone."""
    undos: defaultdict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        if decision.action == "undo":
            undos[decision.after["decision_id"]].append(decision.decision_id)
    return {decision_id for decision_id in list(undos) if _is_undone(decision_id, undos)}


def _is_undone(decision_id: str, undos: dict[str, list[str]]) -> bool:
    # Chains of undos can be long, and a forged file may make a ring of them: no recursion, and each is visited once.
    verdicts: dict[str, bool] = {}
    open_ids = [decision_id]
    while open_ids:
        current = open_ids[-1]
        waiting = [u for u in undos.get(current, ()) if u not in verdicts and u not in open_ids]
        if waiting:
            open_ids.extend(waiting)
            continue
        verdicts[current] = any(not verdicts.get(u, True) for u in undos.get(current, ()))
        open_ids.pop()
    return verdicts[decision_id]
