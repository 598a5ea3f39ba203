"""What a reviewer works through: undecided concepts in an order, near concepts to merge, the latest decisions.

Nothing here reads more than a page of rows: the queue follows an index in each of its orders.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from glossary.records import KINDS
from glossary.uses.lookup import Row, rows

if TYPE_CHECKING:
    import sqlite3

ORDERS = {
    # name: (column, direction)
    "unsure": ("confidence", "asc"),
    "sure": ("confidence", "desc"),
    "newest": ("created", "desc"),
}
"""Orders of the queue. Where none is asked for, the first holds, or the last if only what is new is asked for."""

MOST_COUNTED = 1000
"""A filtered queue is counted up to here; beyond it is "more than". That of all has a stored count."""

_QUEUE = """
from {source}
where concept.status = 'candidate' and concept.shown = 1{conditions}
"""
_COLUMNS = """
select concept.concept_id, concept.ja, concept.reading, concept.en, concept.kind, concept.confidence,
    concept.occurrences, concept.documents, concept.created, concept.modified, concept.id
"""
# "cross join" keeps the order: the concepts of one document are few.
_IN_DOCUMENT = """(
    select distinct concept_in_unit.concept as number from unit
    join concept_in_unit on concept_in_unit.unit = unit.id where unit.name = :document
) as named cross join concept on concept.id = named.number"""

_NEAR = """
select concept_id, ja, reading, en, kind, modified from glossary
where concept_id in (select value from json_each(?)) limit 20
"""
# "at > ''" has the index of times searched from its end on, where all rows would be sorted otherwise.
_LATEST = """
select decision.decision_id, decision.at, decision.actor, decision.action, decision.concept_id, decision.note,
    decision.state, decision.selector, concept.modified
from decision left join concept on concept.concept_id = decision.concept_id
where decision.at > ''
order by decision.at desc limit :looked_at
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which undecided concepts, in which order; "" and None ask for all."""

    document: str = ""
    """Name of a document."""
    kind: str = ""
    low: float | None = None
    high: float | None = None
    """Of the confidence, both ends included."""
    since: str = ""
    """First date (YYYY-MM-DD) on which the concept came into the glossary."""
    order: str = "unsure"
    after: tuple[Any, int] | None = None
    """Place in the order from which the page goes on: (value of the order's column, `concept.id`)."""

    def asked(self) -> dict[str, str]:
        """As they stand in an address; only what is asked for, without the place."""
        given = {
            "document": self.document,
            "kind": self.kind,
            "low": "" if self.low is None else f"{self.low:g}",
            "high": "" if self.high is None else f"{self.high:g}",
            "since": self.since,
            "order": "" if self.order == ("newest" if self.since else "unsure") else self.order,
        }
        return {name: value for name, value in given.items() if value}

    def place(self, row: Row) -> str:
        """The `after` of an address, of the page that begins after this row."""
        return f"{row[ORDERS[self.order][0]]},{row['id']}"


def read_filters(given: dict[str, str]) -> Filters:
    """From the arguments of an address; what makes no sense there is passed over."""
    kind, since, order = given.get("kind", ""), given.get("since", ""), given.get("order", "")
    order = order if order in ORDERS else "newest" if since else "unsure"
    return Filters(
        document=given.get("document", "").strip(),
        kind=kind if kind in KINDS else "",
        low=_probability(given.get("low", "")),
        high=_probability(given.get("high", "")),
        since=since if re.fullmatch(r"\d{4}-\d{2}-\d{2}", since, re.ASCII) else "",
        order=order,
        after=_place(given.get("after", ""), ORDERS[order][0]),
    )


def queue(db: sqlite3.Connection, filters: Filters, limit: int) -> list[Row]:
    """At most `limit` undecided concepts: concept_id, ja, reading, en, kind, confidence, occurrences, documents,
    created, modified, id."""
    column, direction = ORDERS[filters.order]
    if filters.after is not None and filters.order == "unsure":
        # The same bound once more, or the index would be entered at the lower one.
        filters = replace(filters, low=max(filters.low or 0.0, filters.after[0]))
    sql, parameters = _selected(filters)
    if filters.after is not None:
        sql += f" and (concept.{column}, concept.id) {'>' if direction == 'asc' else '<'} (:value, :number)"
        parameters |= {"value": filters.after[0], "number": filters.after[1]}
    sql += f" order by concept.{column} {direction}, concept.id {direction} limit :limit"
    return rows(db, _COLUMNS + sql, parameters | {"limit": limit})


def count(db: sqlite3.Connection, filters: Filters) -> int:
    """How many wait: of all the exact number; filtered, MOST_COUNTED + 1 where they are more."""
    if filters == Filters(order=filters.order, after=filters.after):
        found = db.execute("select number from tally where what = 'waiting'").fetchone()
        return found[0] if found else 0
    sql, parameters = _selected(filters)
    counted = f"select count(*) from (select 1 {sql} limit {MOST_COUNTED + 1})"
    return int(db.execute(counted, parameters).fetchone()[0])


def near(db: sqlite3.Connection, page: Row) -> list[Row]:
    """Concepts that may be the same as the one of a `concept_page`: concept_id, ja, reading, en, kind, modified."""
    ids = [row["concept_id"] for row in page["competing"]] + [row["other_id"] for row in page["relations"]]
    return rows(db, _NEAR, [json.dumps(ids)])


def latest_decisions(db: sqlite3.Connection, actor: str | None = None, limit: int = 8) -> list[Row]:
    """The newest decisions (of `actor` alone, if given): those of the view with `texts` and `modified` of the concept.

    `texts`: the preferred terms at that time. Of all actors' newest 200 only.
    """
    found = rows(db, _LATEST, {"looked_at": 200 if actor else limit})
    mine = [row for row in found if actor is None or row["actor"] == actor][:limit]
    return [row | {"texts": _texts(row.pop("selector"))} for row in mine]


def _selected(filters: Filters) -> tuple[str, dict[str, Any]]:
    # "+" keeps what the queue is not ordered by out of the choice of an index: nearly everything may be new, or sure.
    by_time = filters.order == "newest"
    confidence, created = ("+" if by_time else "") + "concept.confidence", ("" if by_time else "+") + "concept.created"
    conditions = {
        "kind": "concept.kind = :kind",
        "low": f"{confidence} >= :low",  # always asked, since what has no confidence has no pair to review
        "high": f"{confidence} <= :high",
        "since": f"{created} >= :since",
    }
    asked = {"kind": filters.kind, "low": filters.low or 0.0, "high": filters.high, "since": filters.since}
    parameters = {name: value for name, value in asked.items() if value not in ("", None)}
    sql = _QUEUE.format(
        source=_IN_DOCUMENT if filters.document else "concept",
        conditions="".join(f" and {conditions[name]}" for name in parameters),
    )
    return sql, parameters | ({"document": filters.document} if filters.document else {})


def _probability(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[01](\.\d{1,9})?|\.\d{1,9}", text, re.ASCII) else None


def _place(text: str, column: str) -> tuple[Any, int] | None:
    value, _, number = text.rpartition(",")
    if not re.fullmatch(r"\d{1,18}", number, re.ASCII) or not value:
        return None
    if column != "confidence":
        return value, int(number)
    try:
        return float(value), int(number)
    except ValueError:
        return None


def _texts(selector: str | None) -> list[str]:
    try:
        return [text for text in json.loads(selector or "{}").get("texts") or [] if text]
    except ValueError:
        return []
