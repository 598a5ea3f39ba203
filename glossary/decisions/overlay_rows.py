"""Writing overlays into the tables, where the store reads them when it recomputes a concept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlite_utils import Database

from .overlay import Overlay, TermOverlay
from .record import time_order
from .targets import PairKey, live_among, pairs_of

_FREE = ("subject", "part_of_speech", "usage_note", "collection")
_BASE = ("ja", "en", "reading", "romaji", "kind", "origin", "definition_ja", "definition_en", "definition_source")
_LIMITS = ("region", "valid_from", "valid_to")


def clear(db: Database, concepts: Collection[int]) -> None:
    """Take away all that people decided about these concepts (`concept.id`), as if nobody had."""
    among = "in (select value from json_each(?))"
    listed = [json.dumps(sorted(concepts))]
    free = ", ".join(f"{name} = null" for name in _FREE)
    db.conn.execute(f"update concept set status = 'candidate', {free} where id {among}", listed)
    for table in ("choice", "correction"):
        db.conn.execute(f"delete from {table} where concept {among}", listed)
    db.conn.execute(
        # Reading, form and source too: a correction may leave the term to people alone, and they did not read it so.
        f"""update term set chosen_status = null, chosen_reading = null, chosen_romaji = null, region = null,
        valid_from = null, valid_to = null, by_person = 0, reading = null, romaji = null, form = 'full', source = null
        where concept {among}""",
        listed,
    )
    db.conn.execute(
        f"""delete from term where concept {among} and not exists (select 1 from term_in_unit as claim
            where claim.concept = term.concept and claim.language = term.language and claim.term = term.term)""",
        listed,
    )


def write(
    db: Database,
    concepts: Collection[int],
    overlays: dict[int, Overlay],
    rejected: set[PairKey],
    rejected_pairings: set[int],
    rejected_contexts: set[int],
) -> None:
    """Lay the overlays over concepts that are clear, and reject pairs, pairings and contexts of these concepts."""
    _let_go(db, set(concepts) - {concept for concept, overlay in overlays.items() if overlay.base is not None})
    left = _reject(db, concepts, rejected, rejected_pairings, rejected_contexts)
    live = live_among(db, overlays)
    rows = db.conn.execute(
        "select id, concept_id, modified from concept where id in (select value from json_each(?)) order by id",
        [json.dumps(sorted(overlays))],
    )
    for concept, concept_id, modified in rows.fetchall():
        overlay = overlays[concept]
        stamp = _stamp(modified, overlay)
        _write_concept(db, concept, overlay, stamp, has_pair=concept in left, live=concept in live)
        _write_terms(db, concept, concept_id, overlay, live=concept in live)


def _let_go(db: Database, concepts: Collection[int]) -> None:
    """Let concepts vanish that no text tells of and that no person made, or no longer."""
    db.conn.execute(
        """update concept set origin = 'document' where origin = 'user' and id in (select value from json_each(?))
        and not exists (select 1 from concept_in_unit where concept = concept.id)""",
        [json.dumps(sorted(concepts))],
    )


def _reject(
    db: Database, concepts: Collection[int], pairs: set[PairKey], pairings: set[int], contexts: set[int]
) -> set[int]:
    """The concepts that have a pairing left."""
    wrong = set(pairings)
    left = set()
    for number, concept, pair in pairs_of(db, concepts):
        if pair in pairs:
            wrong.add(number)
        elif number not in wrong:
            left.add(concept)
    for table, numbers in (("pairing", wrong), ("context", contexts)):
        db.conn.execute(
            f"""update {table} set rejected = id in (select value from json_each(:wrong))
            where concept in (select value from json_each(:concepts))
            and rejected <> (id in (select value from json_each(:wrong)))""",
            {"wrong": json.dumps(sorted(numbers)), "concepts": json.dumps(sorted(concepts))},
        )
    return left


def _write_concept(
    db: Database, concept: int, overlay: Overlay, stamp: dict[str, str], *, has_pair: bool, live: bool
) -> None:
    status = "candidate" if overlay.status == "rejected" and has_pair else overlay.status
    columns: dict[str, Any] = {"status": status, **{name: overlay.columns.get(name) for name in _FREE}}
    if not live:
        columns |= _base(overlay) | overlay.chosen()
        columns |= _reading(overlay, columns["ja"])
    columns |= stamp
    assignments = ", ".join(f"{name} = ?" for name in columns)
    db.conn.execute(f"update concept set {assignments} where id = ?", [*columns.values(), concept])
    chosen = [(concept, name, value) for name, value in overlay.chosen().items()]
    db.conn.executemany("insert into choice (concept, field, value) values (?, ?, ?)", chosen)
    corrections = [(concept, language, old, overlay.corrected(language, old)) for language, old in overlay.corrections]
    db.conn.executemany("insert into correction (concept, language, old, new) values (?, ?, ?, ?)", corrections)


def _base(overlay: Overlay) -> dict[str, Any]:
    base = dict(overlay.base or {"kind": "concept", "origin": "document"})
    for side in ("ja", "en"):
        if base.get(side):
            base[side] = overlay.corrected(side, base[side])
    return {name: base.get(name) for name in _BASE}


def _reading(overlay: Overlay, ja: str | None) -> dict[str, Any]:
    """Of the preferred term, as the store will find it."""
    term = next((row for row in _term_rows(overlay, live=False) if (row["language"], row["term"]) == ("ja", ja)), None)
    if term is None:
        return {}
    if term["chosen_reading"]:
        return {"reading": term["chosen_reading"], "romaji": term["chosen_romaji"]}
    return {"reading": term["reading"], "romaji": term["romaji"]}


def _stamp(modified: str, overlay: Overlay) -> dict[str, str]:
    if overlay.stamp is None:
        return {}
    at, actor = overlay.stamp
    return {"modified": at, "modified_by": actor} if time_order(at) > time_order(modified) else {}


def _write_terms(db: Database, concept: int, concept_id: str, overlay: Overlay, *, live: bool) -> None:
    for row in _term_rows(overlay, live=live):
        row |= {"concept": concept, "term_id": _term_id(concept_id, row["language"], row["term"])}
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        assignments = ", ".join(f"{name} = excluded.{name}" for name in row if name != "term_id")
        db.conn.execute(
            f"""insert into term ({names}, status) values ({marks}, 'admitted')
            on conflict (concept, language, term) do update set {assignments}""",
            list(row.values()),
        )


def _term_rows(overlay: Overlay, *, live: bool) -> Iterator[dict[str, Any]]:
    base = {} if live else {(term["language"], term["term"]): term for term in overlay.base_terms}
    for language, text in sorted(base.keys() | overlay.terms.keys()):
        term = overlay.terms.get((language, text)) or TermOverlay()
        known = base.get((language, text)) or {}
        yield {
            "language": language,
            "term": text,
            "reading": known.get("reading"),
            "romaji": known.get("romaji"),
            "form": known.get("form") or term.form,
            "source": known.get("source"),
            "chosen_status": term.status,
            "chosen_reading": term.reading,
            "chosen_romaji": term.romaji,
            "by_person": int(term.by_person),
            **{name: term.limits.get(name) for name in _LIMITS},
        }


def _term_id(concept_id: str, language: str, text: str) -> str:
    """As the store makes them."""
    return hashlib.sha256(f"{concept_id}\0{language}\0{text}".encode()).hexdigest()[:16]
