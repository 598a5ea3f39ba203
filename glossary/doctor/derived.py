"""Checks and repairs of what follows from other rows: counts, what is shown, people's choices, confidences, search.

The check does the whole derivation anew and compares, so that it knows no rules of its own. It changes the database it
is given, which has to be a copy.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from ..decisions import table as decision_table
from ..decisions.replaying import replay
from ..decisions.targets import keys_of
from ..errors import GlossaryError
from ..identity import pair_text
from ..store.concepts import recompute
from ..store.grams import Forms, grams, keys
from ..store.settings import interpolate, moment, read_calibration
from ..store.tally import recount
from .findings import REPAIR, Finding, counted

_DERIVED = {
    "concept": """concept_id, ja, reading, romaji, en, kind, definition_ja, definition_en, definition_source, subject,
        part_of_speech, usage_note, status, confidence, origin, occurrences, documents, first_seen, last_seen,
        collection, shown""",
    "term": """term_id, concept, language, term, reading, romaji, form, status, chosen_status, chosen_reading,
        chosen_romaji, region, valid_from, valid_to, occurrences, source, by_person""",
    "context": "id, concept, rejected, shown, home",
    "pairing": "id, concept, rejected, home, confidence, normalized",
    "choice": "concept, field, value",
    "correction": "concept, language, old, new",
    "alias": "old_id, concept_id",
    "decision": "decision_id, concept_id, state",
    "decision_key": "key, decision_id",
    "search_forms": "concept, forms",
    "passage": "id",
    "tally": "what, name, number",
}
_SEARCH = ("search_forms",)


def check_derived(copy: Database) -> Iterator[Finding]:
    """Compare all that can be derived with a derivation of now."""
    for table, columns in _DERIVED.items():
        copy.conn.execute(f"create temp table [was_{table}] as select {columns} from main.[{table}]")
    try:
        derive(copy)
    except (GlossaryError, ValueError, KeyError, TypeError, sqlite3.DatabaseError) as error:
        yield Finding("counts", f"what follows from the texts and the decisions cannot be told ({error})", REPAIR, True)
        return
    for table, columns in _DERIVED.items():
        is_now, was = f"select {columns} from main.[{table}]", f"select {columns} from temp.[was_{table}]"
        missing = len(copy.conn.execute(f"{is_now} except {was}").fetchall())
        stale = len(copy.conn.execute(f"{was} except {is_now}").fetchall())
        if missing or stale:
            check = "search" if table in _SEARCH else "orphans" if table == "passage" else "counts"
            rows = f"{counted(max(missing, stale), 'row')} of the table {table}"
            yield Finding(check, f"not what follows from the texts and the decisions: {rows}", REPAIR, True)


def derive(db: Database) -> None:
    """Derive anew all but the full-text indexes, within the caller's transaction; what is right stays as it is."""
    _derive_pairings(db)
    db.conn.execute("delete from passage where not exists (select 1 from context where passage = passage.id)")
    for decision in decision_table.stored(db):
        decision_table.add_keys(db, decision.decision_id, keys_of(decision))
    concepts = {row[0] for row in db.conn.execute("select id from concept")}
    concepts |= set(replay(db, concepts, decision_table.stored(db)))
    recompute(db, concepts, at=moment(), actor=None)
    recount(db)


def _derive_pairings(db: Database) -> None:
    curve = read_calibration(db)
    changed = []
    for number, ja, en, score, confidence, pair in db.conn.execute(
        "select id, ja, en, score, confidence, normalized from pairing"
    ):
        right = (interpolate(curve, score) if curve else confidence, pair_text(ja, en))
        if right != (confidence, pair):
            changed.append((*right, number))
    db.conn.executemany("update pairing set confidence = ?, normalized = ? where id = ?", changed)


def check_search(copy: Database) -> Iterator[Finding]:
    """The full-text indexes and keys against the forms and sentences that they index."""
    try:
        if _keys_wrong(copy) or _grams_wrong(copy):
            yield Finding("search", "the index of terms is not in step with the terms", REPAIR, True)
    except (sqlite3.DatabaseError, ValueError) as error:
        yield Finding("search", f"the index of terms cannot be read ({error})", REPAIR, True)
    try:
        copy.conn.execute("insert into context_search (context_search, rank) values ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        yield Finding("search", "the index of sentences is not in step with the sentences", REPAIR, True)


def _keys_wrong(copy: Database) -> bool:
    there = set(copy.conn.execute("select key, concept from search_key"))
    return there != {(key, concept) for concept, forms in _forms(copy) for key in keys(forms)}


def _grams_wrong(copy: Database) -> bool:
    (sql,) = copy.conn.execute("select sql from sqlite_master where name = 'term_search'").fetchone()
    copy.conn.execute(f"create virtual table temp.fresh_search using {sql.partition(' using ')[2]}")
    rows = ((concept, grams(forms)) for concept, forms in _forms(copy))
    copy.conn.executemany("insert into temp.fresh_search (rowid, grams) values (?, ?)", rows)
    copy.conn.execute("create virtual table temp.there using fts5vocab ('main', 'term_search', 'row')")
    copy.conn.execute("create virtual table temp.wanted using fts5vocab ('temp', 'fresh_search', 'row')")
    there, wanted = (f"select term, doc, cnt from temp.{name}" for name in ("there", "wanted"))
    sizes = ("select id, sz from main.term_search_docsize", "select id, sz from temp.fresh_search_docsize")
    return any(
        copy.conn.execute(f"{one} except {other} limit 1").fetchone() is not None
        for one, other in ((there, wanted), (wanted, there), sizes, sizes[::-1])
    )


def repair_derived(db: Database) -> None:
    """Derive all anew, and with it the search indexes from nothing, within the caller's transaction."""
    db.conn.execute("insert into term_search (term_search) values ('delete-all')")
    for table in ("search_key", "search_forms", "decision_key"):
        db.conn.execute(f"delete from {table}")
    db.conn.execute("insert into context_search (context_search) values ('rebuild')")
    derive(db)


def _forms(db: Database) -> Iterable[tuple[int, Forms]]:
    for concept, forms in db.conn.execute("select concept, forms from search_forms").fetchall():
        yield concept, Forms(*(tuple(part) for part in json.loads(forms)))
