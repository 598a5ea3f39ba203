"""Which concepts and decisions hang together, so that a replay looks at these alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlite_utils import Database

from . import table
from .moves import homes_in
from .record import Decision
from .targets import concepts_with_pairs, keys_of, live_among, numbers_of


class Reach(NamedTuple):
    concepts: set[int]
    """`concept.id`."""
    decisions: list[Decision]
    """In the order in which they were made."""


def reach(db: Database, touched: Collection[int], made: Collection[Decision] = ()) -> Reach:
    """All concepts that decisions link to the touched ones and to those `made`, and all decisions about any of them."""
    concepts: set[int] = set()
    decisions: dict[str, Decision] = {}
    keys: set[str] = set()
    found = _with_undos(db, {decision.decision_id: decision for decision in made}, decisions)
    fresh = set(touched) | _concepts_of(db, found.values())
    while fresh or found:
        concepts |= fresh
        decisions |= found
        # The ids themselves too: a concept that people made may have no row at the moment.
        wanted = _keys(db, fresh) | {key for d in found.values() for key in keys_of(d) if key.startswith("id:")}
        found = _with_undos(db, table.with_keys(db, wanted - keys, but=decisions.keys()), decisions)
        keys |= wanted
        fresh = _concepts_of(db, found.values()) - concepts
    return Reach(concepts, sorted(decisions.values(), key=lambda d: (d.at, d.decision_id)))


def _keys(db: Database, concepts: Collection[int]) -> set[str]:
    listed = json.dumps(sorted(concepts))
    rows = db.conn.execute("select concept_id from concept where id in (select value from json_each(?))", [listed])
    ids = {row[0] for row in rows} | homes_in(db, concepts)
    pairs = db.conn.execute(
        "select distinct normalized from pairing where concept in (select value from json_each(?))", [listed]
    )
    return {f"id:{concept_id}" for concept_id in ids} | {f"pair:{row[0]}" for row in pairs}


def _with_undos(db: Database, found: dict[str, Decision], known: dict[str, Decision]) -> dict[str, Decision]:
    """The decisions that are not known yet, with those they undo, those that undo them, and so on."""
    fresh = {i: d for i, d in found.items() if i not in known}
    gathered = dict(fresh)
    while fresh:
        wanted = {f"decision:{decision_id}" for decision_id in fresh}
        undos = table.with_keys(db, wanted, but=known.keys() | gathered.keys())
        for decision in fresh.values():
            if decision.action == "undo" and (target := table.by_id(db, decision.after["decision_id"])):
                undos[target.decision_id] = target
        fresh = {i: d for i, d in undos.items() if i not in gathered and i not in known}
        gathered |= fresh
    return gathered


def _concepts_of(db: Database, decisions: Iterable[Decision]) -> set[int]:
    """The concepts that decisions may be about."""
    told = [decision for decision in decisions if decision.action != "undo"]
    selectors = [decision.selector for decision in told]
    selectors += [decision.after["other"] for decision in told if decision.action == "merge"]
    ids = {selector["concept_id"] for selector in selectors}
    ids |= {name for decision in told for name in (decision.concept_id, decision.after.get("new_id")) if name}
    numbers = numbers_of(db, ids)
    live = live_among(db, numbers.values())
    strayed = [selector for selector in selectors if numbers.get(selector["concept_id"]) not in live]
    pairs = [pair for decision in told for pair in decision.after.get("pairs") or []]
    return set(numbers.values()) | concepts_with_pairs(db, strayed) | _concepts_with(db, pairs)


def _concepts_with(db: Database, pairs: list[list[str]]) -> set[int]:
    if not pairs:
        return set()
    listed = json.dumps([json.dumps(pair, ensure_ascii=False) for pair in pairs], ensure_ascii=False)
    rows = db.conn.execute(
        "select distinct concept from pairing where normalized in (select value from json_each(?))", [listed]
    )
    return {row[0] for row in rows}
