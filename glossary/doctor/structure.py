"""Checks and repairs of what SQLite itself knows of: tables, indexes, views, triggers, references between rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

from ..store.schema import migrate
from ..store.views import create_views
from .findings import REPAIR, Finding, counted

_INDEX_FAULT = re.compile(r"(?:row \d+ missing from|wrong # of entries in|non-unique entry in) index (\w+)")


def check_file(db: Database) -> Iterator[Finding]:
    """The pages of the file. A fault of an index is mended from its table, any other means that the file is damaged.

    Raises sqlite3.DatabaseError where SQLite cannot even look.
    """
    messages = [row[0] for row in db.conn.execute("pragma integrity_check")]
    indexes = [match[1] for message in messages if (match := _INDEX_FAULT.search(message))]
    damaged = [message for message in messages if message != "ok" and not _INDEX_FAULT.search(message)]
    if damaged:
        yield damage(" ".join(damaged[0].split()))
    for name in sorted(set(indexes)):
        yield Finding("index", f"the index {name} is not in step with its table", REPAIR, True)


def damage(reason: str) -> Finding:
    """The file itself is damaged."""
    return Finding(
        "file",
        f"damaged ({reason})",
        "restore a backup, or let `glossary doctor --repair` keep it aside and recover the decisions",
        True,
    )


def check_schema(db: Database) -> Iterator[Finding]:
    """Tables, columns, indexes, views and triggers against those of an empty glossary; what others added is let be."""
    wanted, there = _objects(_empty()), _objects(db)
    for (kind, name), (sql, columns) in sorted(wanted.items()):
        found = there.get((kind, name))
        if found is None or (found[0] != sql and kind != "table") or not columns <= found[1]:
            what = f"the {kind} {name} is {'missing' if found is None else 'not as it should be'}"
            if kind == "table":
                yield Finding("schema", what, "restore a backup, or keep the decisions (`glossary decisions export`)"
                              " and build again")  # fmt: skip
            else:
                yield Finding("schema", what, REPAIR, True)


def repair_schema(db: Database) -> None:
    """Lay out the views anew, and what is missing or changed of indexes and triggers."""
    there = _objects(db)
    for (kind, name), (sql, _) in _objects(_empty()).items():
        if kind in ("index", "trigger") and there.get((kind, name), ("", set()))[0] != sql:
            db.conn.execute(f"drop {kind} if exists [{name}]")
            db.conn.execute(sql)
    create_views(db)
    db.conn.execute("reindex")


def check_references(db: Database) -> Iterator[Finding]:
    """Rows that refer to rows which are not there."""
    tables = Counter(row[0] for row in db.conn.execute("pragma foreign_key_check"))
    for table, number in sorted(tables.items()):
        yield Finding(
            "references",
            f"refer to what is not there: {counted(number, 'row')} of the table {table}",
            "`glossary doctor --repair` takes them out; `glossary build PATH… --refresh` finds again what they told",
            True,
        )


def repair_references(db: Database) -> None:
    """Take out rows that refer to nothing, and those that refer to them."""
    before = -1
    while (left := len(db.conn.execute("pragma foreign_key_check").fetchall())) and left != before:
        before = left
        for table in {row[0] for row in db.conn.execute("pragma foreign_key_check").fetchall()}:
            for _, _, parent, column, key, *_ in db.conn.execute(f"pragma foreign_key_list([{table}])").fetchall():
                lost = f"[{column}] is not null and [{column}] not in (select [{key}] from [{parent}])"
                # Which state scored a build is worth less than that there was one.
                change = "update build set state = null" if table == "build" else f"delete from [{table}]"
                db.conn.execute(f"{change} where {lost}")


def _empty() -> Database:
    db = Database(memory=True)
    migrate(db)
    return db


def _objects(db: Database) -> dict[tuple[str, str], tuple[str, set[str]]]:
    """(type, name): SQL and, of tables, the columns."""
    rows = db.conn.execute("select type, name, ifnull(sql, '') from sqlite_master where name not like 'sqlite_%'")
    found = {}
    for kind, name, sql in rows.fetchall():
        columns = set()
        if kind == "table":
            columns = {row[1] for row in db.conn.execute(f"pragma table_info([{name}])")}
        found[kind, name] = (sql, columns)
    return found
