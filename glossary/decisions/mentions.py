"""Single mentions and documents as targets of decisions."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlite_utils import Database

from ..identity import normalized

_MENTIONS = """
select context.id, unit.name, context.ja, context.en, passage.ja, passage.en
from context join unit on unit.id = context.unit join passage on passage.id = context.passage
where context.concept = ?
order by ifnull(context.ja_start, -1), ifnull(context.en_start, -1), context.id
"""


def describe_mention(db: Database, concept: int, context: int) -> dict[str, Any] | None:
    """What finds a context (`context.id`) of a concept again in another build, without its text; None if there is none.

    Offsets are no part of it: a text that is read anew may have moved.
    """
    described = _described(db, concept)
    return described.get(context)


def find_mention(db: Database, concept: int, wanted: dict[str, Any]) -> int | None:
    """`context.id` of the mention that `describe_mention` described."""
    for number, described in _described(db, concept).items():
        if described == {name: wanted.get(name) for name in described}:
            return number
    return None


def _described(db: Database, concept: int) -> dict[int, dict[str, Any]]:
    seen: dict[tuple[Any, ...], int] = {}
    found = {}
    for number, document, ja, en, *sentences in db.conn.execute(_MENTIONS, [concept]):
        digest = hashlib.sha256(json.dumps(sentences, ensure_ascii=False).encode()).hexdigest()[:16]
        place = (document, ja and normalized(ja), en and normalized(en), digest)
        seen[place] = seen.get(place, -1) + 1
        found[number] = dict(zip(("document", "ja", "en", "sentence", "number"), (*place, seen[place]), strict=True))
    return found


def reject_in_document(db: Database, concept: int, document: str, pairs: list[list[str]]) -> tuple[set[int], set[int]]:
    """`pairing.id` of these pairs and `context.id` of one-sided mentions of the concept in one document.

    One-sided mentions go only if no pair of the concept is left in the document.
    """
    wanted = {tuple(pair) for pair in pairs}
    rows = db.conn.execute(
        """select pairing.id, pairing.ja, pairing.en from pairing join unit on unit.id = pairing.unit
        where pairing.concept = ? and unit.name = ?""",
        [concept, document],
    ).fetchall()
    pairings = {number for number, ja, en in rows if (normalized(ja), normalized(en)) in wanted}
    if len(pairings) < len(rows):
        return pairings, set()
    contexts = db.conn.execute(
        """select context.id from context join unit on unit.id = context.unit
        where context.concept = ? and unit.name = ? and context.pairing is null""",
        [concept, document],
    )
    return pairings, {row[0] for row in contexts}
