"""One request to a page of a glossary: who asks, for what, in which language, and how it is answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from datasette import Forbidden, NotFound, Response
from datasette.utils import sqlite_timelimit, tilde_decode

from glossary.uses.furigana import furigana
from glossary.web import links
from glossary.web.glossaries import glossaries, is_glossary, may_view_all
from glossary.web.messages import Messages, preferred_language
from glossary.web.permissions import may_review
from glossary.web.reasons import in_japanese

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "Vary": "Accept-Language, Cookie",
    "X-Content-Type-Options": "nosniff",
}
"""Of all our pages: they have no inline script or style and load nothing from elsewhere."""


class MethodNotAllowed(Exception):
    """The page does not answer this method. `args`: the methods it does answer."""


class NoSuchPage(NotFound):
    """There is nothing of this name; the key of the message that says so is its argument."""


class Refused(Exception):
    """The visitor may not do that, or asks for what makes no sense: `status`, and the words that say so."""

    def __init__(self, status: int, key: str, **values: Any) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Visit:
    """A request to a page of one glossary that whoever asks may see."""

    datasette: Datasette
    request: Any
    database: Database
    parts: dict[str, str]
    """The named groups of the page's address, decoded; those that are absent are ""."""
    messages: Messages

    @property
    def query(self) -> str:
        """What is searched for, from the address."""
        return (self.request.args.get("q") or "").strip()

    async def read(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """`function(connection, ...)` in one of Datasette's threads, within Datasette's time limit."""
        limit = self.datasette.sql_time_limit_ms

        def run(connection: sqlite3.Connection) -> Any:
            with sqlite_timelimit(connection, limit):
                return function(connection, *arguments, **named)

        return await self.database.execute_fn(run)

    async def may_review(self) -> bool:
        """True if whoever asks may decide on concepts of the glossary, and it can be written."""
        return await may_review(self.datasette, self.request.actor, self.database)

    async def may(self, *views: str) -> bool:
        """True if whoever asks may see these views of the glossary."""
        return await may_view_all(self.datasette, self.request.actor, self.database.name, views)

    async def html(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """A page of ours. `template` is a file of templates/glossary."""
        return await render(self.datasette, self.request, template, self.database.name, status=status, **context)

    def json(self, value: Any, *, status: int = 200) -> Response:
        """`value` as JSON, readable from other sites where Datasette's own is."""
        headers = {"Access-Control-Allow-Origin": "*"} if self.datasette.cors else {}
        return Response.json(value, status=status, headers=headers)


async def open_visit(
    datasette: Any, request: Any, views: tuple[str, ...] = ("glossary",), methods: tuple[str, ...] = ("GET", "HEAD")
) -> Visit:
    """Raises NoSuchPage, Forbidden or MethodNotAllowed where there is nothing for whoever asks."""
    parts = {name: _decoded(value or "") for name, value in request.url_vars.items()}
    name = parts.pop("database")
    database = datasette.databases.get(name)
    if database is None or name == "_internal" or not await is_glossary(database):
        raise NoSuchPage("no_such_glossary")
    if not await may_view_all(datasette, request.actor, name, views):
        raise Forbidden(f"You may not see the glossary {name}")
    if request.method not in methods:
        raise MethodNotAllowed(*methods)
    return Visit(datasette, request, database, parts, Messages(preferred_language(request)))


def _decoded(part: str) -> str:
    """Links of ours are encoded as Datasette's; people who type one get percent signs from their browser."""
    return tilde_decode(unquote(part))


async def render(
    datasette: Any, request: Any, template: str, database: str | None, *, status: int = 200, **context: Any
) -> Response:
    """A page of ours, of one glossary or (`database` None) of none."""
    messages = Messages(preferred_language(request))
    known = await glossaries(datasette, request.actor)
    context |= {
        "t": messages,
        "language": messages.language,
        "links": links.Links(datasette, database),
        "glossary_name": database,
        "glossary_names": [glossary.name for glossary in known],
        "query": request.args.get("q") or "",
        "furigana": furigana,
        "explained": in_japanese if messages.language == "ja" else str,
        "may_review": database is not None
        and await may_review(datasette, request.actor, datasette.databases[database]),
    }
    html = await datasette.render_template(f"glossary/{template}", context, request=request, view_name="glossary")
    return Response.html(html, status=status, headers=dict(SECURITY_HEADERS))


def wants_json(request: Any) -> bool:
    """True if the request asks for JSON by its address, or brings JSON."""
    return request.path.endswith(".json") or is_json(request)


def is_json(request: Any) -> bool:
    """True if what the request brings is JSON."""
    return media_type(request) == "application/json"


def media_type(request: Any) -> str:
    return (request.headers.get("content-type") or "").partition(";")[0].strip().lower()


async def respond_to_error(datasette: Any, request: Any, error: Exception) -> Response:
    """A page, or JSON where JSON was asked for, that says what is wrong. Raises again what Datasette answers better."""
    values: dict[str, Any] = {}
    if isinstance(error, NoSuchPage):
        status, key = 404, str(error)
    elif isinstance(error, Refused):
        status, key, values = error.status, error.key, error.values
    elif isinstance(error, MethodNotAllowed):
        status, key = 405, "method_not_allowed"
    elif isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error):
        status, key = 503, "took_too_long"
    else:
        raise error
    text = Messages(preferred_language(request))(key, **values)
    if wants_json(request):
        return Response.json({"ok": False, "error": text, "status": status}, status=status)
    name = _decoded(request.url_vars.get("database", ""))
    database = datasette.databases.get(name)
    shown = name if database and await is_glossary(database) else None
    response = await render(datasette, request, "message.html", shown, status=status, message=text)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(error.args)
    return response
