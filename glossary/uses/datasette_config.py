"""The one source of what Datasette shows of a glossary: titles, descriptions, facets, search, saved queries.

Datasette 0.65 takes all of it as metadata. 1.0 splits it: titles and descriptions are metadata; table options and
queries are configuration (it also takes table options from metadata, and passes over queries there).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from glossary.store.columns import COLUMNS, SEARCH, VIEWS
from glossary.uses.queries import SavedQuery, saved_queries

TITLE = "Japanese–English glossary"
DESCRIPTION = "Terms with readings, translations, contexts and the evidence for each pair, found in real articles."

PUBLIC_TABLES = frozenset(("calibration",))
"""Tables that people read beside the views."""

_RIGHTS: dict[str, Any] = {
    "source": "The documents named in the view documents; JMdict and JMnedict (EDRDG)",
    "source_url": "https://www.edrdg.org/wiki/index.php/JMdict-EDICT_Dictionary_Project",
    "license": "Texts: as their publishers grant. Dictionary data: EDRDG licence (CC BY-SA 4.0)",
    "license_url": "https://www.edrdg.org/edrdg/licence.html",
}

_OPTIONS: dict[str, dict[str, Any]] = {
    "glossary": {"sort_desc": "occurrences", "facets": ["kind", "origin", "status"], "size": 50},
    "terms": {"sort_desc": "occurrences", "facets": ["language", "form", "status"]},
    "contexts": {"sort_desc": "published", "facets": ["document"], "size": 50},
    "candidates": {"sort_desc": "confidence", "facets": ["document"], "size": 50},
    "evidence": {"sort_desc": "weight", "facets": ["kind", "source"]},
    "documents": {"sort_desc": "published", "facets": ["language", "publisher", "format"], "size": 20},
    "bitexts": {"sort": "confidence", "facets": ["method"]},
    "segments": {"facets": ["document"]},
    "relations": {"facets": ["relation"]},
    "decisions": {"sort_desc": "at", "facets": ["action", "actor", "state"]},
    "builds": {"sort_desc": "build_id"},
}

_CALIBRATION = {
    "description": "The curve that turns a score into a confidence, linear between its knots.",
    "columns": {
        "score": "Log-odds of a pair.",
        "confidence": "Probability that a careful annotator would write down a pair of this score.",
    },
}


def metadata(database: str, internal_tables: Iterable[str]) -> dict[str, Any]:
    """The content of metadata.yaml for a database named `database` whose `internal_tables` are to be hidden.

    Datasette 0.65 needs no more than this.
    """
    tables = {name: _described(name) for name in VIEWS}
    for name, options in _table_options(internal_tables).items():
        tables.setdefault(name, {}).update(options)
    tables["calibration"] = {**_CALIBRATION, **_RIGHTS}
    described = {"description": DESCRIPTION, **_RIGHTS}
    databases = {database: {**described, "queries": _queries(), "tables": tables}}
    return {"title": TITLE, **described, "databases": databases}


def configuration(database: str, internal_tables: Iterable[str]) -> dict[str, Any]:
    """The content of datasette.yaml, which Datasette 1.0 reads beside metadata.yaml."""
    return {"databases": {database: {"queries": _queries(), "tables": _table_options(internal_tables)}}}


def _described(view: str) -> dict[str, Any]:
    # Datasette 1.0 lets no licence fall back from the database to its tables: each states its own.
    return {"description": VIEWS[view], "columns": dict(COLUMNS[view]), **_RIGHTS}


def _table_options(internal_tables: Iterable[str]) -> dict[str, dict[str, Any]]:
    views = {name: {**_OPTIONS.get(name, {}), **SEARCH.get(name, {})} for name in VIEWS}
    return views | {name: {"hidden": True} for name in internal_tables if name not in PUBLIC_TABLES}


def query_options(query: SavedQuery) -> dict[str, Any]:
    """What Datasette is told of a saved query: the results come first, the SQL is shown on demand."""
    return {"title": query.title, "description": query.description, "hide_sql": True, "sql": query.sql}


def _queries() -> dict[str, dict[str, Any]]:
    return {query.name: query_options(query) for query in saved_queries()}
