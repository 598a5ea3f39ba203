"""Where pages register themselves: their address, the views they need to show, the methods they answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from glossary.web.visit import Visit, open_visit, respond_to_error

View = Callable[[Visit], Awaitable[Any]]

READING = ("GET", "HEAD")

_routes: list[tuple[str, Callable[..., Awaitable[Any]]]] = []


def page(address: str, *, views: tuple[str, ...] = ("glossary",), methods: tuple[str, ...] = READING) -> Any:
    """Register a function of a Visit as the page at `address`, a regular expression below /-/glossary/DATABASE.

    Its named groups are in `visit.parts`, decoded. The function runs only where Datasette's permissions show all
    `views` to whoever asks; unknown databases and those that are no glossary are answered for it.
    """

    def register(view: View) -> View:
        async def handler(request: Any, datasette: Any) -> Any:
            try:
                return await view(await open_visit(datasette, request, views, methods))
            except Exception as error:
                return await respond_to_error(datasette, request, error)

        _routes.append((rf"^/-/glossary/(?P<database>[^/]+){address}$", handler))
        return view

    return register


def routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """(regular expression, view) of all pages, as Datasette takes them."""
    from glossary.web import pages

    return [*pages.ROUTES, *_routes]
