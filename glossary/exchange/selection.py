"""Entries out of the public views: filtered, in the order of a dictionary, a few hundred in memory at a time."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from ..errors import GlossaryError
from ..records import KINDS
from .entry import Entry, EntryContext, EntryTerm, in_order

_BATCH = 500
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_CONCEPT = tuple(f.name for f in fields(Entry) if f.name not in ("terms", "contexts", "evidence", "relations", "place"))
_TERM = tuple(f.name for f in fields(EntryTerm))
_CONTEXT = "document, ja, en, ja_sentence, en_sentence, ja_start - ja_sentence_start, en_start - en_sentence_start, \
published, confidence"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which concepts to take. An empty tuple or None asks nothing."""

    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    confidence: float | None = None
    """At least; concepts without a pair have none."""
    documents: tuple[str, ...] = ()
    """Names as in the view `documents`; * stands for anything."""
    concept_ids: tuple[str, ...] | None = None
    since: str | None = None
    until: str | None = None
    """ISO 8601: mentioned in a document published on or after, on or before."""

    def check(self) -> None:
        """Raises GlossaryError for what no concept can be: an unknown kind, a date that is none."""
        if unknown := sorted(set(self.kinds) - set(KINDS)):
            raise GlossaryError(f"--kind {unknown[0]}: no such kind: one of {', '.join(KINDS)}")
        for name in ("since", "until"):
            value = getattr(self, name)
            if value and not _is_date(value):
                raise GlossaryError(
                    f"--{name} {value}: no date: write a year, a month or a day: 2024, 2024-02, 2024-02-28"
                )

    def where(self) -> tuple[str, dict[str, Any]]:
        """A condition on the view `glossary`, and its parameters."""
        tests, values = ["1"], dict[str, Any]()
        for column, wanted in (("status", self.statuses), ("kind", self.kinds), ("collection", self.collections)):
            if wanted:
                tests.append(f"{column} in (select value from json_each(:{column}))")
                values[column] = json.dumps(wanted, ensure_ascii=False)
        if self.concept_ids is not None:
            tests.append("concept_id in (select value from json_each(:concept_ids))")
            values["concept_ids"] = json.dumps(self.concept_ids)
        if self.confidence is not None:
            tests.append("confidence >= :confidence")
            values["confidence"] = self.confidence
        mention = []
        for name, condition, value in (
            ("since", "published >= :since", self.since),
            ("until", "substr(published, 1, length(:until)) <= :until", self.until),
        ):
            if value:
                mention.append(condition)
                values[name] = value
        if self.documents:
            mention.append("exists (select 1 from json_each(:documents) where document glob value)")
            values["documents"] = json.dumps(self.documents, ensure_ascii=False)
        if mention:
            tests.append(f"concept_id in (select concept_id from contexts where {' and '.join(mention)})")
        return " and ".join(tests), values


def _is_date(text: str) -> bool:
    """True for a year, a month or a day of ISO 8601."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def count_entries(db: sqlite3.Connection, selection: Selection) -> int:
    """How many concepts the selection takes."""
    where, values = selection.where()
    return int(db.execute(f"select count(*) from glossary where {where}", values).fetchone()[0])


def most_terms(db: sqlite3.Connection) -> dict[str, int]:
    """The most terms that any concept has in each language."""
    sql = "select language, max(number) from (select language, count(*) as number from terms group by concept_id, \
language) group by language"
    return {"ja": 1, "en": 1} | dict(db.execute(sql))


def entries(
    db: sqlite3.Connection,
    selection: Selection | None = None,
    *,
    contexts: int | None = 0,
    everything: bool = False,
    best_first: bool = False,
) -> Iterator[Entry]:
    """Entries by reading, then Japanese, then English term; `best_first`: approved ones, then by confidence.

    `contexts`: of each concept at most that many (linked ones first, then by confidence), None for all.
    `everything`: with evidence and relations.
    """
    where, values = (selection or Selection()).where()
    cursor = db.execute(
        f"""select {", ".join(_CONCEPT)} from glossary where {where}
        order by {"status <> 'approved', confidence desc, occurrences desc," if best_first else ""}
            coalesce(reading, ja, en), ja, en, concept_id""",
        values,
    )
    while rows := cursor.fetchmany(_BATCH):
        concepts = [dict(zip(_CONCEPT, row, strict=True)) for row in rows]
        ids = json.dumps([concept["concept_id"] for concept in concepts])
        terms = _terms(db, ids)
        mentions = _contexts(db, ids, contexts) if contexts != 0 else {}
        evidence = _rows(db, "evidence", ids) if everything else {}
        relations = _rows(db, "relations", ids) if everything else {}
        for concept in concepts:
            name = concept["concept_id"]
            yield in_order(
                Entry(
                    tuple(terms.get(name, ())),
                    **concept,
                    contexts=tuple(mentions.get(name, ())),
                    evidence=tuple(evidence.get(name, ())),
                    relations=tuple(relations.get(name, ())),
                )
            )


def _terms(db: sqlite3.Connection, ids: str) -> dict[str, list[EntryTerm]]:
    found = defaultdict(list)
    sql = f"""select concept_id, {", ".join(_TERM)} from terms
        where concept_id in (select value from json_each(?)) order by occurrences desc, term"""
    for concept_id, *values in db.execute(sql, [ids]):
        found[concept_id].append(EntryTerm(*values))
    return found


def _contexts(db: sqlite3.Connection, ids: str, most: int | None) -> dict[str, list[EntryContext]]:
    found: dict[str, list[EntryContext]] = defaultdict(list)
    sql = f"""select concept_id, {_CONTEXT} from contexts where concept_id in (select value from json_each(?))
        order by ja is null or en is null, confidence desc, document, ja_start, en_start"""
    for concept_id, *values in db.execute(sql, [ids]):
        if most is None or len(found[concept_id]) < most:
            found[concept_id].append(EntryContext(*values))
    return found


def _rows(db: sqlite3.Connection, view: str, ids: str) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    cursor = db.execute(f"select * from {view} where concept_id in (select value from json_each(?))", [ids])
    names = [column[0] for column in cursor.description]
    for row in cursor:
        values = dict(zip(names, row, strict=True))
        found[values.pop("concept_id")].append(values)
    return found
