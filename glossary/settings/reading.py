"""Reading settings: the project's file over the user's file over the defaults; each value says where it comes from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .places import project_file, user_file

if TYPE_CHECKING:
    from ..checking.suppressions import Suppressions
    from ..languages.style import HouseStyle

DEFAULT = "default"
"""The origin of what no file says."""


class Settings:
    """The settings in force: what files give, by dotted name, over the defaults. Not to be changed.

    `origins` has "FILE, line N" for each of `values`; `files` were read, the highest first.
    """

    def __init__(
        self, values: dict[str, Any] | None = None, origins: dict[str, str] | None = None, files: tuple[str, ...] = ()
    ) -> None:
        self.values, self.origins, self.files = values or {}, origins or {}, files

    def __getitem__(self, name: str) -> Any:
        """The value in force: a file's, else the default."""
        if name in self.values:
            return self.values[name]
        from .keys import BY_NAME

        return BY_NAME[name].default

    def origin(self, name: str) -> str:
        """Where the value comes from: a file and line, or DEFAULT."""
        return self.origins.get(name, DEFAULT)

    @property
    def database(self) -> Path | None:
        """The glossary that builds and decisions go to: the first of several, else `database`; None if no file says."""
        return self["glossary"][0][0] if self["glossary"] else self["database"]

    @property
    def style(self) -> HouseStyle:
        """The house style."""
        from ..languages.style import HouseStyle

        return HouseStyle(self["style.romaji"], self["style.name-order"], self["style.spelling"])

    def suppressions(self) -> Suppressions | None:
        """The accepted findings of all files and lines; None if there are none. Raises GlossaryError for bad ones."""
        from ..checking.suppressions import joined, read_suppressions, suppressions_of

        files, lines = self["check.suppress"], self["check.suppressions"]
        if not files and not lines:
            return None
        place = self.origin("check.suppressions")
        given = suppressions_of(lines, lambda number: f"{place}: check.suppressions, number {number}")
        return joined([*(read_suppressions(file) for file in files), given])


def read_settings(named: str | os.PathLike[str] | None = None) -> Settings:
    """The settings for the current folder: those of the project over those of the user.

    `named`: a file that stands in for the project's. Of `database` and `glossary`, which answer the same question, the
    higher file's counts. Raises GlossaryError, with file and line, for a file that cannot be read, an unknown key or a
    wrong value.
    """
    own = user_file()
    files = [os.fspath(named) if named is not None else project_file(), own if os.path.isfile(own) else None]
    chosen = tuple(file for file in files if file is not None)
    if not chosen:
        return Settings()
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for file in reversed(chosen):
        found = settings_of(Path(file))
        if found.values.keys() & {"database", "glossary"}:
            for name in ("database", "glossary"):
                values.pop(name, None)
        values |= found.values
        origins |= found.origins
    return Settings(values, {name: origins[name] for name in values}, chosen)


def settings_of(path: Path) -> Settings:
    """The settings of one file alone. Raises GlossaryError as `read_settings` does."""
    from .files import read_file

    found = read_file(path)
    origins = {name: f"{path}, line {line}" for name, (_, line) in found.items()}
    return Settings({name: value for name, (value, _) in found.items()}, origins, (str(path),))
