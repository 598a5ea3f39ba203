"""Which of the attached databases are glossaries, and which of their views somebody may see."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from glossary.uses.reading import KNOWN_SCHEMA_VERSION

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

_APPLICATION_ID = int.from_bytes(b"GLOS", "big")
"""As in glossary.store.schema, which takes long to import for each start of Datasette."""

_known: WeakSet[Any] = WeakSet()


async def is_glossary(database: Database) -> bool:
    """True if the database is a glossary of a schema that this version knows. What is one stays one."""
    if database in _known:
        return True
    try:
        application = (await database.execute("pragma application_id")).rows[0][0]
        version = (await database.execute("pragma user_version")).rows[0][0]
    except sqlite3.Error:
        return False
    if application != _APPLICATION_ID or version != KNOWN_SCHEMA_VERSION:
        return False
    _known.add(database)
    return True


async def glossaries(datasette: Datasette, actor: Any) -> list[Database]:
    """The attached glossaries whose view `glossary` `actor` may see, in the order they were attached."""
    return [
        database
        for name, database in datasette.databases.items()
        if name != "_internal"
        and await is_glossary(database)
        and await may_view(datasette, actor, database.name, "glossary")
    ]


async def may_view_all(datasette: Datasette, actor: Any, database: str, views: Iterable[str]) -> bool:
    """True if `actor` may see each of these views of the database by Datasette's own permissions."""
    for view in views:
        if not await may_view(datasette, actor, database, view):
            return False
    return True


async def may_view(datasette: Any, actor: Any, database: str, view: str) -> bool:
    """True if `actor` may see this view: permission for the view, else for the database, else for the instance."""
    if hasattr(datasette, "permission_allowed"):  # Datasette before 1.0
        permissions = [("view-table", (database, view)), ("view-database", database), "view-instance"]
        return (await datasette.check_visibility(actor, permissions=permissions))[0]
    from datasette.resources import TableResource

    return await datasette.allowed(action="view-table", resource=TableResource(database, view), actor=actor)
