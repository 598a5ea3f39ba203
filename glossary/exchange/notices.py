"""The licences of the lexicons that contributed: whoever passes a glossary on has to pass these on too."""

from __future__ import annotations

import json
import sqlite3
from importlib import import_module

_EMBEDDED = ("Jmdict", "Jmnedict")


def licence_notices(db: sqlite3.Connection) -> tuple[str, ...]:
    """One line for each lexicon that evidence of the glossary cites: its name and licence, by name."""
    licences = _licences(db)
    cited: set[str] = set()
    for (source,) in db.execute("select distinct source from evidence where kind = 'dictionary' and source <> ''"):
        cited |= {name for name in licences if name in source}
    return tuple(f"{name}: {licences[name]}" for name in sorted(cited) if licences[name])


def _licences(db: sqlite3.Connection) -> dict[str, str]:
    """Name: licence, of the lexicons that ship and of those that were added."""
    embedded = import_module("glossary.lexicons.jamdict")
    found = {getattr(embedded, name).name: getattr(embedded, name).licence for name in _EMBEDDED}
    row = db.execute("select value from settings where key = 'lexicons'").fetchone()
    added = json.loads(row[0]) if row else []
    return found | {listed["name"]: listed["licence"] for listed in added}
