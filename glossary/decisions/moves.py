"""Moving what texts tell of one concept to another, and back: merging and splitting.

A row that is moved keeps in `home` the concept_id that the build gave it. So all can be put back and moved anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlite_utils import Database

from ..identity import normalized
from .targets import number_of

_TABLES = ("concept_in_unit", "term_in_unit", "pairing", "context")


def ensure_concept(db: Database, concept_id: str, kind: str, origin: str, at: str, actor: str) -> int:
    """`concept.id` of this concept_id, made if it is not there."""
    db.conn.execute(
        """insert into concept (concept_id, kind, origin, created, modified, modified_by) values (?, ?, ?, ?, ?, ?)
        on conflict do nothing""",
        [concept_id, kind, origin, at, at, actor],
    )
    number = number_of(db, concept_id)
    assert number is not None
    return number


def homes_in(db: Database, concepts: Collection[int]) -> set[str]:
    """concept_ids from which rows were moved into these concepts."""
    listed = json.dumps(sorted(concepts))
    rows = db.conn.execute(
        "select distinct home from concept_in_unit where home <> '' and concept in (select value from json_each(?))",
        [listed],
    )
    return {row[0] for row in rows}


def send_home(db: Database, concepts: Collection[int], at: str) -> set[int]:
    """Put every moved row of these concepts back where the build had put it; the concepts that got some."""
    listed = json.dumps(sorted(concepts))
    homes = {home: ensure_concept(db, home, "concept", "document", at, "build") for home in homes_in(db, concepts)}
    for home, number in homes.items():
        for table in _TABLES:
            # "or replace": a split copies the claims of its unit, and the copies meet their originals again.
            db.conn.execute(
                f"""update or replace {table} set concept = ?, home = ''
                where home = ? and concept in (select value from json_each(?))""",
                [number, home, listed],
            )
    return set(homes.values())


def merge(db: Database, source: int, target: int) -> None:
    """Move all that texts tell of `source` to `target`."""
    home = _concept_id(db, source)
    for table in _TABLES:
        db.conn.execute(
            f"update or replace {table} set concept = ?, home = iif(home = '', ?, home) where concept = ?",
            [target, home, source],
        )


def split(db: Database, source: int, target: int, terms: Collection[tuple[str, str]]) -> bool:
    """Move these (language, term) of `source` with their pairings and mentions to `target`; whether there were any.

    A pairing goes if its Japanese term is named, or, where no Japanese term is named, if its English one is.
    """
    wanted = {(language, normalized(term)) for language, term in terms}
    side = "ja" if any(language == "ja" for language, _ in wanted) else "en"
    pairings = [
        number
        for number, text in db.conn.execute(f"select id, {side} from pairing where concept = ?", [source])
        if (side, normalized(text)) in wanted
    ]
    contexts = [number for number, *mention in _mentions(db, source) if _leaves(mention, set(pairings), wanted)]
    claims = [
        tuple(row)
        for row in db.conn.execute("select unit, home, language, term from term_in_unit where concept = ?", [source])
        if (row[2], normalized(row[3])) in wanted
    ]
    home = _concept_id(db, source)
    units = {row[:2] for row in claims} | _move_rows(db, pairings, contexts, target, home)
    _copy_partners(db, source, target, home, pairings)
    for unit, row_home, language, term in claims:
        db.conn.execute(
            """update or replace term_in_unit set concept = ?, home = iif(home = '', ?, home)
            where concept = ? and unit = ? and home = ? and language = ? and term = ?""",
            [target, home, source, unit, row_home, language, term],
        )
    for unit, row_home in units:
        _share_claim(db, source, target, home, unit, row_home)
    return bool(units)


def _mentions(db: Database, concept: int) -> list[tuple[Any, ...]]:
    return list(db.conn.execute("select id, pairing, ja, en from context where concept = ?", [concept]))


def _leaves(mention: list[Any], pairings: set[int], wanted: set[tuple[str, str]]) -> bool:
    pairing, ja, en = mention
    if pairing is not None:
        return pairing in pairings
    return any(text and (side, normalized(text)) in wanted for side, text in (("ja", ja), ("en", en)))


def _move_rows(db: Database, pairings: list[int], contexts: list[int], target: int, home: str) -> set[tuple[Any, ...]]:
    """The (unit, home before) of the moved rows."""
    units: set[tuple[Any, ...]] = set()
    for table, numbers in (("pairing", pairings), ("context", contexts)):
        chosen = "id in (select value from json_each(?))"
        listed = json.dumps(numbers)
        units |= set(db.conn.execute(f"select distinct unit, home from {table} where {chosen}", [listed]))
        db.conn.execute(
            f"update {table} set concept = ?, home = iif(home = '', ?, home) where {chosen}", [target, home, listed]
        )
    return units


def _copy_partners(db: Database, source: int, target: int, home: str, pairings: list[int]) -> None:
    """The new concept has both terms of its pairs, also those that stay with the old one as well."""
    db.conn.execute(
        """insert or ignore into term_in_unit (concept, unit, language, term, reading, romaji, form, source, home)
        select ?, claim.unit, claim.language, claim.term, claim.reading, claim.romaji, claim.form, claim.source,
            iif(claim.home = '', ?, claim.home)
        from pairing join term_in_unit as claim on claim.unit = pairing.unit and claim.concept = ?
            and claim.term = iif(claim.language = 'ja', pairing.ja, pairing.en)
        where pairing.id in (select value from json_each(?))""",
        [target, home, source, json.dumps(pairings)],
    )


def _share_claim(db: Database, source: int, target: int, home: str, unit: int, row_home: str) -> None:
    """The unit tells of the new concept; of the old one only as long as it still has a term, pair or mention there."""
    db.conn.execute(
        """insert or ignore into concept_in_unit
            (concept, unit, kind, origin, definition_ja, definition_en, definition_source, home)
        select ?, unit, kind, origin, definition_ja, definition_en, definition_source, iif(home = '', ?, home)
        from concept_in_unit where concept = ? and unit = ? and home = ?""",
        [target, home, source, unit, row_home],
    )
    left = " union all ".join(f"select 1 from {t} where concept = :c and unit = :u and home = :h" for t in _TABLES[1:])
    parameters = {"c": source, "u": unit, "h": row_home}
    if db.conn.execute(f"{left} limit 1", parameters).fetchone() is None:
        db.conn.execute("delete from concept_in_unit where concept = :c and unit = :u and home = :h", parameters)


def _concept_id(db: Database, concept: int) -> str:
    return str(db.conn.execute("select concept_id from concept where id = ?", [concept]).fetchone()[0])
