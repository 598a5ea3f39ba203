"""Keeping the search index of terms in step with the concepts that are shown."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlite_utils import Database

from .grams import Forms, grams, keys


def update_index(db: Database, wanted: Mapping[int, Forms | None]) -> None:
    """Make `term_search` and the ranking keys hold the forms of these concepts (None: not to be found any more)."""
    connection = db.conn
    stored = dict(
        connection.execute(
            "select concept, forms from search_forms where concept in (select value from json_each(?))",
            [json.dumps(list(wanted))],
        )
    )
    for concept, forms in wanted.items():
        new = None if forms is None else json.dumps(forms, ensure_ascii=False)
        old = stored.get(concept)
        if new == old:
            continue
        if old is not None:
            _forget(db, concept, old)
        if forms is not None:
            connection.execute("insert into search_forms (concept, forms) values (?, ?)", [concept, new])
            connection.execute("insert into term_search (rowid, grams) values (?, ?)", [concept, grams(forms)])
            connection.executemany(
                "insert into search_key (key, concept) values (?, ?)", [(key, concept) for key in sorted(keys(forms))]
            )


def _forget(db: Database, concept: int, stored: str) -> None:
    # The index keeps no text of its own, so it has to be told what it had been given.
    old = Forms(*(tuple(part) for part in json.loads(stored)))
    db.conn.execute(
        "insert into term_search (term_search, rowid, grams) values ('delete', ?, ?)", [concept, grams(old)]
    )
    db.conn.execute("delete from search_forms where concept = ?", [concept])
    db.conn.execute("delete from search_key where concept = ?", [concept])
