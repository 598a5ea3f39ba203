"""Descriptions, units, facets and orders of a glossary's tables, whatever Datasette is started with.

What the configuration says goes before ours. Databases that are no glossary, or that are attached while Datasette
runs, stay as they are.
"""

from __future__ import annotations

import copy
from typing import Any
from weakref import WeakKeyDictionary

from datasette import hookimpl

_described: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()
"""For each Datasette before 1.0 its metadata of ours."""

_TEXTS = ("description", "source", "source_url", "license", "license_url")

_COLUMNS = """
insert or ignore into metadata_columns (database_name, resource_name, column_name, key, value)
values (?, ?, ?, 'description', ?)
"""
_RESOURCES = "insert or ignore into metadata_resources (database_name, resource_name, key, value) values (?, ?, ?, ?)"
_DATABASES = "insert or ignore into metadata_databases (database_name, key, value) values (?, ?, ?)"


@hookimpl(optionalhook=True)
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Datasette before 1.0 asks each time it needs to know."""
    return _described.get(datasette, {})


async def describe(datasette: Any, database: Any) -> None:
    """Have Datasette describe a glossary as we do, wherever its configuration does not."""
    from glossary.uses.datasette_config import configuration, metadata

    name, tables = database.name, await database.table_names()
    described = metadata(name, tables)["databases"]
    del described[name]["queries"]
    if hasattr(datasette, "permission_allowed"):  # Datasette before 1.0
        given = datasette.metadata("tables", database=name, fallback=False) or {}
        _leave_orders(described[name]["tables"], given)
        _described.setdefault(datasette, {"databases": {}})["databases"].update(described)
        return
    options = configuration(name, tables)["databases"]
    del options[name]["queries"]
    given = (datasette.config or {}).get("databases", {}).get(name, {}).get("tables", {})
    _leave_orders(options[name]["tables"], given)
    datasette.config = _filled(datasette.config or {}, {"databases": options})

    def write(conn: Any) -> None:
        _write(conn, name, described[name])

    await datasette.get_internal_database().execute_write_fn(write)


def _leave_orders(ours: dict[str, Any], given: dict[str, Any]) -> None:
    """A table has one order: where the configuration names one, of either direction, it is not ours."""
    for table, options in ours.items():
        if {"sort", "sort_desc"} & (given.get(table) or {}).keys():
            options.pop("sort", None)
            options.pop("sort_desc", None)


def _filled(given: Any, ours: Any) -> Any:
    """`given` with what it does not say taken from `ours`; neither is changed."""
    if not isinstance(given, dict) or not isinstance(ours, dict):
        return copy.deepcopy(given)
    return {
        name: _filled(given[name], ours.get(name)) if name in given else copy.deepcopy(ours[name])
        for name in [*given, *(name for name in ours if name not in given)]
    }


def _write(db: Any, name: str, described: dict[str, Any]) -> None:
    """Into the internal database of Datasette 1.0, where nothing is said yet."""
    tables = described.pop("tables")
    db.executemany(_DATABASES, [(name, key, text) for key, text in described.items()])
    for table, values in tables.items():
        columns = values.pop("columns", {})
        db.executemany(_COLUMNS, [(name, table, column, text) for column, text in columns.items()])
        db.executemany(_RESOURCES, [(name, table, key, text) for key, text in values.items() if key in _TEXTS])
