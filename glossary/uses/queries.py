"""The saved queries: one .sql file each, with its title and description in the comment at its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import GlossaryError
from glossary.resources import resource_dir

_HEADER = re.compile(r"--\s*(title|description):\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query over the public views; `sql` has its parameters as :name."""

    name: str
    title: str
    description: str
    sql: str


def saved_queries(folder: Path | None = None) -> list[SavedQuery]:
    """The queries of `folder` (default: those that ship with the package), by name, the file's name without ending.

    Raises GlossaryError where a file lacks its title, description or SQL.
    """
    folder = resource_dir("queries") if folder is None else folder
    return [_read_query(path) for path in sorted(folder.glob("*.sql"))]


def _read_query(path: Path) -> SavedQuery:
    header: dict[str, str] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    while lines and (not lines[0].strip() or lines[0].startswith("--")):
        if found := _HEADER.match(lines.pop(0)):
            header[found[1]] = found[2].strip()
    sql = "\n".join(lines).strip()
    for part, value in (("title", header.get("title")), ("description", header.get("description")), ("SQL", sql)):
        if not value:
            raise GlossaryError(
                f"{path}: {part} is missing; start the file with `-- title:` and `-- description:` lines."
            )
    return SavedQuery(path.stem, header["title"], header["description"], sql)
