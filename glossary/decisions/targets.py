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


def numbers_of(db: Database, concept_ids: Iterable[str]) -> dict[str, int]:
    """concept_id: `concept.id`, of those that are there."""
    rows = db.conn.execute(
        "select concept_id, id from concept where concept_id in (select value from json_each(?))",
        [json.dumps(sorted(concept_ids))],
    )
    return dict(rows.fetchall())


def live_among(db: Database, concepts: Iterable[int]) -> set[int]:
    """Those of the concepts (`concept.id`) of which a text tells."""
    rows = db.conn.execute(
        """select value from json_each(?) where exists (select 1 from concept_in_unit where concept = value)""",
        [json.dumps(sorted(concepts))],
    )
    return {row[0] for row in rows}


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


def concepts_with_pairs(db: Database, selectors: Iterable[dict[str, Any]]) -> set[int]:
    """What `concept_with_pair` finds for each of the selectors."""
    pairs = {(selector.get("ja"), selector.get("en")) for selector in selectors}
    listed = sorted(json.dumps(pair, ensure_ascii=False) for pair in pairs if None not in pair)
    rows = db.conn.execute(
        """select concept.id, min(concept.concept_id) from pairing join concept on concept.id = pairing.concept
        where pairing.normalized in (select value from json_each(?)) group by pairing.normalized""",
        [json.dumps(listed, ensure_ascii=False)],
    )
    return {row[0] for row in rows}


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
