"""What Datasette calls: routes, links to our pages from its own, cells that link, and a fold for long descriptions.

Everything here is silent for databases that are no glossary. One source for Datasette 0.65 and 1.0: hooks take only
the arguments that both have.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from markupsafe import Markup

from glossary.web.glossaries import glossaries, is_glossary
from glossary.web.links import Links, static_path
from glossary.web.messages import Messages, preferred_language

_CONCEPT_COLUMNS = ("concept_id", "other_id")
_DOCUMENT_COLUMNS = ("document",)


@hookimpl
def register_routes() -> list[Any]:
    from glossary.web.registry import routes

    return routes()


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """glossary_reading(), glossary_romaji(), glossary_normalize()."""
    from glossary.sqlfunctions import register

    register(conn)


@hookimpl
def menu_links(datasette: Any, actor: Any, request: Any) -> Callable[[], Awaitable[list[dict[str, str]]]]:
    async def inner() -> list[dict[str, str]]:
        if not await glossaries(datasette, actor):
            return []
        return [{"href": Links(datasette, None).start(), "label": Messages(preferred_language(request))("glossary")}]

    return inner


@hookimpl
def database_actions(
    datasette: Any, actor: Any, database: str, request: Any
) -> Callable[[], Awaitable[list[dict[str, str]]]]:
    async def inner() -> list[dict[str, str]]:
        names = [glossary.name for glossary in await glossaries(datasette, actor)]
        if database not in names:
            return []
        label = Messages(preferred_language(request))("glossary")
        return [{"href": Links(datasette, database).home(), "label": label}]

    return inner


@hookimpl
def render_cell(value: Any, column: str, database: str, datasette: Any) -> Any:
    """Concepts and documents, in tables and results of queries, link to their pages."""
    if column not in _CONCEPT_COLUMNS + _DOCUMENT_COLUMNS or not isinstance(value, str) or not value:
        return None

    async def inner() -> Markup | None:
        known = datasette.databases.get(database)
        if known is None or not await is_glossary(known):
            return None
        links = Links(datasette, database)
        address = links.concept(value) if column in _CONCEPT_COLUMNS else links.document(value)
        return Markup('<a href="{}">{}</a>').format(address, value)

    return inner()


@hookimpl
def extra_css_urls(template: str, database: str, datasette: Any) -> Any:
    return _extra(template, database, datasette, "tables.css")


@hookimpl
def extra_js_urls(template: str, database: str, datasette: Any) -> Any:
    return _extra(template, database, datasette, "tables.js")


def _extra(template: str, database: str | None, datasette: Any, name: str) -> Callable[[], Awaitable[list[str]]]:
    """A static file on Datasette's own pages of a glossary."""

    async def inner() -> list[str]:
        if template == "index.html":
            shown = any([await is_glossary(known) for known in datasette.databases.values()])
        else:
            known = datasette.databases.get(database)
            shown = known is not None and not template.startswith("glossary/") and await is_glossary(known)
        return [static_path(name)] if shown else []

    return inner


@hookimpl
def extra_template_vars(template: str, request: Any, datasette: Any) -> Any:
    """The banner of the front page: a search box for each glossary."""
    if template != "index.html" or request is None:
        return {}

    async def inner() -> dict[str, Any]:
        known = await glossaries(datasette, request.actor)
        return {
            "glossary_banner": [(glossary.name, Links(datasette, glossary.name)) for glossary in known],
            "t": Messages(preferred_language(request)),
        }

    return inner
