"""A settings file to start from, everything in it commented out."""

from __future__ import annotations

from pathlib import Path

from ..errors import GlossaryError
from .keys import KEYS

_HEAD = """\
# Settings of glossary. Take away the # before what you want; docs/settings.md explains it.
# Paths are from the folder of this file; write them with / on Windows, too.
"""


def example() -> str:
    """The commented example: each setting with its meaning."""
    parts = [_HEAD]
    for key in KEYS:
        parts.append(
            "\n".join(["", f"# {key.about}", *(f"#{line}" if line else "#" for line in key.example.split("\n"))])
        )
    return "\n".join(parts) + "\n"


def write_example(path: Path) -> None:
    """Write the example to a file that is not there yet. Raises GlossaryError if it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(example())
    except FileExistsError:
        raise GlossaryError(f"{path}: there are settings already: edit them") from None
