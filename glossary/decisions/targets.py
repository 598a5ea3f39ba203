"""Finding what a decision is about: by concept_id, and where a build founded the concept otherwise, by its pair."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from ..identity import normalized
from .record import Decision

PairKey = tuple[str, str]
"""Normalized Japanese and English term."""


def make_selector(db: Database, concept: int, scope: str) -> dict[str, Any]:
    """What finds a concept (`concept.id`) in another database."""
    concept_id, ja, en = db.conn.execute("select concept_id, ja, en from concept where id = ?", [concept]).fetchone()
    return {
        "concept_id": concept_id,
        "ja": ja and normalized(ja),
        "en": en and normalized(en),
        "sense": None,
        "scope": scope,
        "texts": [ja, en],
    }


def number_of(db: Database, concept_id: str) -> int | None:
    """`concept.id` of a concept_id."""
    row = db.conn.execute("select id from concept where concept_id = ?", [concept_id]).fetchone()
    return row[0] if row else None


def is_live(db: Database, concept: int) -> bool:
    """True if a text tells of the concept."""
    found = db.conn.execute("select 1 from concept_in_unit where concept = ? limit 1", [concept])
    return found.fetchone() is not None


def pairs_of(db: Database, concepts: Iterable[int]) -> Iterator[tuple[int, int, PairKey]]:
    """(`pairing.id`, `concept.id`, pair) of all pairings of these concepts."""
    rows = db.conn.execute(
        "select id, concept, normalized from pairing where concept in (select value from json_each(?))",
        [json.dumps(sorted(concepts))],
    )
    for number, concept, pair in rows.fetchall():
        ja, en = json.loads(pair)
        yield number, concept, (ja, en)


def concept_with_pair(db: Database, selector: dict[str, Any]) -> int | None:
    """The live concept that has the pair of a selector; of several the one whose concept_id comes first."""
    pair = [selector.get("ja"), selector.get("en")]
    if None in pair:
        return None
    row = db.conn.execute(
        """select concept.id from pairing join concept on concept.id = pairing.concept
        where pairing.normalized = ? order by concept.concept_id limit 1""",
        [json.dumps(pair, ensure_ascii=False)],
    ).fetchone()
    return row[0] if row else None


def pair_key(pair: Iterable[str | None]) -> str:
    """The key under which decisions about a pair are kept."""
    return "pair:" + json.dumps(list(pair), ensure_ascii=False)


def keys_of(decision: Decision) -> set[str]:
    """All that a decision hangs on: when one of these appears or changes, it has to be looked at again."""
    selector, after = decision.selector, decision.after
    ids = {decision.concept_id, selector.get("concept_id"), after.get("new_id")}
    keys = set()
    if selector.get("ja") and selector.get("en"):
        keys.add(pair_key((selector["ja"], selector["en"])))
    keys |= {pair_key(pair) for pair in after.get("pairs") or []}
    if decision.action == "merge":
        other = after["other"]
        ids.add(other["concept_id"])
        if other.get("ja") and other.get("en"):
            keys.add(pair_key((other["ja"], other["en"])))
    if decision.action == "undo":
        keys.add(f"decision:{after['decision_id']}")
    return keys | {f"id:{concept_id}" for concept_id in ids if concept_id}
