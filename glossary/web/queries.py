"""The saved queries, offered wherever a glossary is open, whatever Datasette is configured with.

They are for whoever may run SQL on the database; a query of the same name in the configuration goes before ours.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from datasette import hookimpl

from glossary.uses.datasette_config import query_options
from glossary.uses.queries import SavedQuery
from glossary.web.glossaries import is_glossary


@cache
def _saved() -> tuple[SavedQuery, ...]:
    from glossary.uses.queries import saved_queries

    return tuple(saved_queries())


@hookimpl(optionalhook=True)
def canned_queries(datasette: Any, database: str, actor: Any) -> Any:
    """Datasette before 1.0 asks for each page."""

    async def inner() -> dict[str, dict[str, Any]]:
        known = datasette.databases.get(database)
        if known is None or not await is_glossary(known):
            return {}
        if not await datasette.permission_allowed(actor, "execute-sql", resource=database, default=True):
            return {}
        configured = datasette.metadata("queries", database=database, fallback=False) or {}
        return {query.name: query_options(query) for query in _saved() if query.name not in configured}

    return inner


async def add_queries(datasette: Any, name: str) -> None:
    """Datasette 1.0 keeps queries in its internal database. Untrusted ones run for those alone who may run SQL."""
    for query in _saved():
        known = await datasette.get_query(name, query.name)
        if known is None or known.source == "plugin":
            await datasette.add_query(name, query.name, **query_options(query))
