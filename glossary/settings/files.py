"""One settings file: read, checked key by key, each value with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import GlossaryError
from .keys import BY_NAME, FREE_TABLES, Unfit

_HEADER = re.compile(r"\s*\[\[?\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def read_file(path: Path) -> dict[str, tuple[Any, int]]:
    """The settings of a file: dotted name → (value, line from 1). Relative paths are from the folder of the file.

    Raises GlossaryError for a file that cannot be read, is no TOML, has an unknown key, a wrong value, or both
    `database` and `glossary`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        given = tomllib.loads(text)
    except OSError as error:
        raise GlossaryError(f"{path}: the settings cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise GlossaryError(f"{path}: the settings are not in UTF-8: save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise GlossaryError(f"{path}: the settings are not TOML: {error}") from None
    lines = _lines(text)
    found = {}
    for name, value in _flat(given):
        line = _line_of(lines, name)
        if name not in BY_NAME:
            raise GlossaryError(f"{path}, line {line}: {name}: there is no such setting{_nearest(name)}")
        try:
            found[name] = (BY_NAME[name].read(value, path.parent), line)
        except Unfit as unfit:
            raise GlossaryError(f"{path}, line {line}: {name}: {unfit}") from None
    if {"database", "glossary"} <= found.keys():
        line = found["database"][1]
        raise GlossaryError(f"{path}, line {line}: database: the first [[glossary]] is the database: give one of them")
    return found


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The settings of nested tables by dotted name."""
    for key, value in table.items():
        name = prefix + key
        is_group = any(known.startswith(name + ".") for known in BY_NAME)
        if isinstance(value, dict) and name not in FREE_TABLES and (is_group or name not in BY_NAME) and value:
            yield from _flat(value, name + ".")
        elif not (is_group and value == {}):
            yield name, value


def _nearest(name: str) -> str:
    """What may have been meant: by the whole name, else by its last part."""
    from difflib import get_close_matches

    known = list(BY_NAME)
    last = {one.rpartition(".")[2]: one for one in known}
    near = get_close_matches(name, known, 1, 0.6) or [
        last[one] for one in get_close_matches(name.rpartition(".")[2], list(last), 1, 0.6)
    ]
    return f"; did you mean {near[0]}?" if near else ": `glossary settings` lists them"


def _lines(text: str) -> dict[str, int]:
    """Where keys and tables begin: dotted name → line from 1, the first of several."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.fullmatch(line):
            table = _bare(header[1])
            lines.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            name = _bare(assignment[1])
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines


def _line_of(lines: dict[str, int], name: str) -> int:
    """The line of a setting, or of the nearest table that has it (an inline table)."""
    while name:
        if name in lines:
            return lines[name]
        name = name.rpartition(".")[0]
    return 1


def _bare(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
