"""The settings that there are: name, meaning, default, and how a value of the file is checked.

The commented example, docs/reference/settings.md and the check of a file all come from this table.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from ..lexicons.registry import PRIORITIES


class Unfit(Exception):
    """A value is not what its setting takes; the message says what it takes."""


class Key(NamedTuple):
    """One setting. `name` is its dotted place in the file; `example` the TOML that `settings --init` writes."""

    name: str
    about: str
    default: Any
    example: str
    read: Callable[[Any, Path], Any]
    """(value in the file, folder of the file) → value; raises Unfit."""


def _text(value: Any, folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Unfit("give a text in quotes")
    return value


def _path(value: Any, folder: Path) -> Path:
    return folder / Path(_text(value, folder)).expanduser()


def _one_of(*choices: str) -> Callable[[Any, Path], str]:
    def read(value: Any, folder: Path) -> str:
        if value not in choices or not isinstance(value, str):
            raise Unfit("give " + ", ".join(f'"{choice}"' for choice in choices[:-1]) + f' or "{choices[-1]}"')
        return value

    return read


def _precision(value: Any, folder: Path) -> str:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if value in ("normal", "high") or (is_number and 0 <= value <= 1):
        return str(value)
    raise Unfit('give "normal", "high" or a number from 0 to 1')


def _paths(value: Any, folder: Path) -> tuple[Path, ...]:
    return tuple(_path(one, folder) for one in (value if isinstance(value, list) else [value]))


def _texts(value: Any, folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Unfit("give a list of texts")
    return tuple(value)


def priority(value: Any) -> int:
    """A priority by name or number. Raises Unfit."""
    if isinstance(value, str) and value in PRIORITIES:
        return PRIORITIES[value]
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 99:
        return value
    raise Unfit('give "client", "official", "general" or a number from 0 to 99')


def _priorities(value: Any, folder: Path) -> dict[str, int]:
    if not isinstance(value, dict):
        raise Unfit("give a table of names of lexicons and their priorities")
    found = {}
    for name, given in value.items():
        try:
            found[name] = priority(given)
        except Unfit as unfit:
            raise Unfit(f"{name!r}: {unfit}") from None
    return found


def _glossary(value: dict[str, Any], folder: Path) -> tuple[Path, str]:
    if unknown := sorted(value.keys() - {"path", "name"}):
        raise Unfit(f"{unknown[0]!r} is unknown here: a glossary has path and name")
    if "path" not in value:
        raise Unfit("each glossary needs a path")
    path = _path(value["path"], folder)
    return path, _text(value.get("name", path.stem), folder)


def _glossaries(value: Any, folder: Path) -> tuple[tuple[Path, str], ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or not value:
        raise Unfit("write [[glossary]] before each glossary")
    found: list[tuple[Path, str]] = []
    for number, one in enumerate(value, start=1):
        try:
            found.append(_glossary(one, folder))
        except Unfit as unfit:
            raise Unfit(f"number {number}: {unfit}") from None
    names = [name for _, name in found]
    if len(set(names)) < len(names):
        raise Unfit("two glossaries have one name: give each its own")
    return tuple(found)


KEYS = (
    Key(
        "database",
        "The glossary that commands use without --db.",
        None,
        'database = "glossary.db"',
        _path,
    ),
    Key("actor", "Who decides, without --actor. Default: the name you are logged in by.", None, 'actor = "ann"', _text),
    Key(
        "precision",
        "How sure a pair must be to be shown: `glossary build` sets it in the glossary.",
        None,
        'precision = "high"',
        _precision,
    ),
    Key(
        "glossary",
        "Glossaries laid over each other, the highest first, instead of `database`; the first takes the decisions.",
        (),
        '[[glossary]]\npath = "client.db"\nname = "Client"\n\n[[glossary]]\npath = "official.db"\nname = "Official"',
        _glossaries,
    ),
    Key(
        "lexicons.priority",
        "By name of lexicon: client (10), official (20), general (30) or a number; `glossary build` sets it.",
        {},
        '[lexicons.priority]\n"Client A" = "client"\nWikipedia = 40',
        _priorities,
    ),
    Key(
        "style.romaji",
        "Romaji with or without marks of long vowels: macrons (Tōkyō) or plain (Tokyo).",
        "macrons",
        '[style]\nromaji = "plain"',
        _one_of("macrons", "plain"),
    ),
    Key(
        "style.name-order",
        "Japanese persons in English: family-first (Tada Hanako), given-first (Hanako Tada) or as-found.",
        "as-found",
        'name-order = "family-first"',
        _one_of("as-found", "family-first", "given-first"),
    ),
    Key(
        "style.spelling",
        "Which of two spellings of an English term is written: british, american or as-found.",
        "as-found",
        'spelling = "american"',
        _one_of("as-found", "british", "american"),
    ),
    Key(
        "check.level",
        "What counts in `glossary check` without --level: info, warning or error.",
        "warning",
        '[check]\nlevel = "error"',
        _one_of("info", "warning", "error"),
    ),
    Key(
        "check.suppress",
        "Files of accepted findings, as for --suppress, which stands in for them.",
        (),
        'suppress = ["accepted.txt"]',
        _paths,
    ),
    Key(
        "check.suppressions",
        "Accepted findings themselves: fingerprints, or rule, Japanese and English between tabs (\\t).",
        (),
        'suppressions = ["name-spelling\\t*\\tOhtani"]',
        _texts,
    ),
)
BY_NAME = {key.name: key for key in KEYS}
FREE_TABLES = ("lexicons.priority",)
"""Tables whose keys are names that the user gives."""
