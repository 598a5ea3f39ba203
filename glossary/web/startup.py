"""What is done once, when Datasette starts, for each glossary that is attached then."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

from glossary.web.descriptions import describe
from glossary.web.glossaries import is_glossary
from glossary.web.queries import add_queries


@hookimpl
def startup(datasette: Any) -> Any:
    async def inner() -> None:
        for name, database in list(datasette.databases.items()):
            if name == "_internal" or not await is_glossary(database):
                continue
            await describe(datasette, database)
            if hasattr(datasette, "add_query"):  # Datasette 1.0; before, the hook canned_queries
                await add_queries(datasette, name)

    return inner
