"""The database: schema, publishing what a build found, the public views, search and settings.

The names below are imported when first used, so that commands that need no database start at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .columns import COLUMNS, SEARCH, VIEWS
    from .concepts import recompute
    from .connection import open_glossary, transaction
    from .documents import StoredDocument, stored_documents, stored_units
    from .publishing import PublishReport, publish
    from .removal import RemovalReport, remove_documents
    from .search import search_concepts, search_contexts
    from .settings import read_state, set_threshold, threshold
    from .tables import PRIVATE_TABLES

_HOMES = {
    "COLUMNS": "columns",
    "SEARCH": "columns",
    "VIEWS": "columns",
    "PRIVATE_TABLES": "tables",
    "open_glossary": "connection",
    "transaction": "connection",
    "StoredDocument": "documents",
    "stored_documents": "documents",
    "stored_units": "documents",
    "PublishReport": "publishing",
    "publish": "publishing",
    "recompute": "concepts",
    "RemovalReport": "removal",
    "remove_documents": "removal",
    "search_concepts": "search",
    "search_contexts": "search",
    "read_state": "settings",
    "set_threshold": "settings",
    "threshold": "settings",
}

__all__ = [
    "COLUMNS",
    "PRIVATE_TABLES",
    "SEARCH",
    "VIEWS",
    "PublishReport",
    "RemovalReport",
    "StoredDocument",
    "open_glossary",
    "publish",
    "read_state",
    "recompute",
    "remove_documents",
    "search_concepts",
    "search_contexts",
    "set_threshold",
    "stored_documents",
    "stored_units",
    "threshold",
    "transaction",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
