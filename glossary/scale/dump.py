"""The contents of a glossary without what differs from run to run: what two builds of the same have in common."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

VIEWS = (
    "glossary",
    "terms",
    "contexts",
    "candidates",
    "evidence",
    "documents",
    "bitexts",
    "segments",
    "relations",
    "decisions",
    "calibration",
    "builds",
)
_UNTIMED = frozenset({"added", "created", "modified", "started", "finished", "build_id"})
"""Columns that may differ between two builds of the same."""


def canonical_dump(db_path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """View -> its rows but for times, in an order of their own. Two builds of the same texts have equal dumps."""
    dump = {}
    with closing(sqlite3.connect(f"{db_path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        for view in VIEWS:
            names = [row[1] for row in db.execute(f"pragma table_info({view})")]
            columns = ", ".join(f"[{name}]" for name in names if name not in _UNTIMED)
            dump[view] = sorted(db.execute(f"select {columns} from {view}"), key=repr)
    return dump
