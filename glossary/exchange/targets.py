"""Which concept of the glossary an entry of a file is about."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from ..decisions.engine import current_id
from ..decisions.targets import number_of
from ..identity import concept_id as id_of_pair
from ..identity import pair_text
from .entry import SIDES, Entry
from .text import one_line

How = Literal["id", "pair", "term"]
_OWN_ID = re.compile(r"[0-9a-f]{16}")
_PAIRS = 4
"""Of an entry's pairs of terms, how many are looked up."""


class Target(NamedTuple):
    number: int
    """`concept.id`."""
    how: How
    """By its id, by a Japanese and an English term, or by its Japanese term alone."""


class KnownTerm:
    """A term as the glossary has it; changes are noted here before they are decided."""

    __slots__ = ("limits", "reading", "romaji", "status", "term", "term_id")

    def __init__(self, term: str, status: str, **more: Any) -> None:
        self.term, self.status = term, status
        self.reading: str | None = more.get("reading")
        self.romaji: str | None = more.get("romaji")
        self.term_id: str | None = more.get("term_id")
        self.limits: dict[str, str | None] = {name: more.get(name) for name in ("region", "valid_from", "valid_to")}


class Known(NamedTuple):
    """A concept as the glossary has it, shown or not."""

    row: dict[str, Any]
    terms: dict[str, dict[str, KnownTerm]]
    """Language: the text on one line: the term."""


def own_id(entry: Entry) -> str | None:
    """The id of an entry if it is one of a glossary's, not one that another tool counted."""
    return entry.concept_id if entry.concept_id and _OWN_ID.fullmatch(entry.concept_id) else None


def founding_pair(entry: Entry) -> tuple[str | None, str | None]:
    """The preferred terms of an entry; None where a side has none that may be used."""
    ja, en = (entry.preferred(side) for side in ("ja", "en"))
    return (one_line(ja.term) if ja else "") or None, (one_line(en.term) if en else "") or None


def find_target(db: Database, entry: Entry) -> Target | None:
    """By id; else by a pair of terms; else, for an entry without id, by a Japanese term that one concept alone has."""
    if entry.concept_id and (found := current_id(db, entry.concept_id)):
        number = number_of(db, found)
        if number is not None:
            return Target(number, "id")
    if (number := _with_pair(db, entry)) is not None:
        return Target(number, "pair")
    if own_id(entry) is None and (number := _with_term(db, entry)) is not None:
        return Target(number, "term")
    return None


def _with_pair(db: Database, entry: Entry) -> int | None:
    """One below the threshold only if no other is there.

    An entry that brings an id of another glossary is found by its preferred terms only.
    """
    ja, en = founding_pair(entry)
    sides = [[ja] if ja else [], [en] if en else []]
    below: list[int] = []
    if own_id(entry) is None:
        if ja and en and (found := current_id(db, id_of_pair(ja, en))) and (number := number_of(db, found)) is not None:
            if not _is_below(db, number):
                return number
            below.append(number)
        sides = [[one_line(term.term) for term in entry.usable(side)][:_PAIRS] for side in SIDES]
    for first in sides[0]:
        for second in sides[1]:
            row = db.conn.execute(_PAIR, {"ja": first, "en": second, "pair": pair_text(first, second)}).fetchone()
            if row is not None and not row[1]:
                return int(row[0])
            below += [int(row[0])] if row is not None else []
    return below[0] if below else None


def _is_below(db: Database, number: int) -> bool:
    return bool(db.conn.execute(f"select {_BELOW} from concept where id = ?", [number]).fetchone()[0])


_BELOW = "(concept.status = 'candidate' and concept.shown = 0)"


_PAIR = f"""
select id, below from (
    select concept.id, concept.concept_id, {_BELOW} as below, 0 as rank from term as ja
        join term as en on en.concept = ja.concept and en.language = 'en' and en.term = :en
        join concept on concept.id = ja.concept
        where ja.language = 'ja' and ja.term = :ja
    union all
    select concept.id, concept.concept_id, {_BELOW}, 1 from pairing join concept on concept.id = pairing.concept
        where pairing.normalized = :pair
) order by below, rank, concept_id limit 1
"""


def _with_term(db: Database, entry: Entry) -> int | None:
    for term in entry.usable("ja")[:_PAIRS]:
        rows = db.conn.execute(
            """select distinct concept.id from term join concept on concept.id = term.concept
            where term.language = 'ja' and term.term = ? and concept.shown = 1 limit 2""",
            [one_line(term.term)],
        ).fetchall()
        if len(rows) == 1:
            return int(rows[0][0])
    return None


_ROW = (
    "concept_id", "ja", "en", "kind", "status", "subject", "part_of_speech", "usage_note", "collection",
    "definition_ja", "definition_en", "definition_source", "shown",
)  # fmt: skip


def known_concept(db: Database, number: int) -> Known:
    """The concept `concept.id`, as decisions and texts have made it."""
    row = db.conn.execute(f"select {', '.join(_ROW)} from concept where id = ?", [number]).fetchone()
    known = Known(dict(zip(_ROW, row, strict=True)), {"ja": {}, "en": {}})
    columns = ("reading", "romaji", "term_id", "region", "valid_from", "valid_to")
    sql = f"select language, term, status, {', '.join(columns)} from term where concept = ? order by term"
    for language, term, status, *more in db.conn.execute(sql, [number]):
        known.terms[language][one_line(term)] = KnownTerm(term, status, **dict(zip(columns, more, strict=True)))
    return known


def new_concept(concept_id: str, entry: Entry, ja: str | None, en: str | None) -> Known:
    """The concept that adding this pair will make."""
    row: dict[str, Any] = dict.fromkeys(_ROW) | {
        "concept_id": concept_id, "ja": ja, "en": en, "kind": entry.kind, "status": "approved",
        "shown": 1,
    }  # fmt: skip
    known = Known(row, {"ja": {}, "en": {}})
    for side, text in (("ja", ja), ("en", en)):
        if text:
            known.terms[side][text] = KnownTerm(text, "preferred")
    return known
