"""Addresses of our pages and files, under whatever base_url Datasette runs."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette.utils import tilde_encode

_STATIC = Path(__file__).parent / "static"


class Links:
    """Links within one glossary (`database`), made by Datasette so that base_url holds."""

    def __init__(self, datasette: Any, database: str | None) -> None:
        self._urls = datasette.urls
        self._database = database or ""

    def start(self) -> str:
        """The page of all glossaries, or of the only one."""
        return self._urls.path("/-/glossary")

    def home(self, query: str = "", database: str | None = None) -> str:
        return self._page("", database) + (f"?{urlencode({'q': query})}" if query else "")

    def search(self) -> str:
        return self._page("/search")

    def concept(self, concept_id: str, ending: str = "") -> str:
        return self._page(f"/concept/{tilde_encode(concept_id)}{ending}")

    def review(self, **arguments: str) -> str:
        """The queue of what waits for review, filtered by `arguments`."""
        return self._page("/review") + (f"?{urlencode(arguments)}" if arguments else "")

    def document(self, name: str, ending: str = "", **arguments: str) -> str:
        return self._page(f"/document/{tilde_encode(name)}{ending}") + (f"?{urlencode(arguments)}" if arguments else "")

    def view(self, view: str, **arguments: str) -> str:
        """Datasette's own page of a view."""
        address = self._urls.table(self._database, view)
        return address + (f"?{urlencode(arguments)}" if arguments else "")

    def database(self) -> str:
        """Datasette's own page of the database: its tables, SQL and saved queries."""
        return self._urls.database(self._database)

    def instance(self) -> str:
        return self._urls.instance()

    def static(self, name: str) -> str:
        return self._urls.path(static_path(name))

    def _page(self, path: str, database: str | None = None) -> str:
        return self._urls.path(f"/-/glossary/{tilde_encode(database or self._database)}{path}")


def static_path(name: str) -> str:
    """Of one of our static files, without base_url; its address changes with its content."""
    return f"/-/static-plugins/{_plugin_name()}/{name}?{_digest(name)}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:8]


@cache
def _plugin_name() -> str:
    """Datasette names a plugin by its distribution, or, where it was registered by hand, by its package."""
    from datasette.plugins import get_plugins  # it imports the plugins, of which this is one

    return next((plugin["name"] for plugin in get_plugins() if plugin["static_path"] == str(_STATIC)), "glossary")
