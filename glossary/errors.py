"""Errors that a person can mend. The command line prints the message as one line and exits with code 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Worded(Exception):
    """An error whose words can be given in another language: by its `template` and the `values` that stand in it.

    `GlossaryError("{term}: not a term of the concept", term="cape")`; without values the text is taken as it is. A
    value that is such an error itself is put into words first.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values


class GlossaryError(Worded):
    """Something the user can mend: the message names the file and place and says what to do."""


class UnfitError(Worded, ValueError):
    """A value that is not as it must be."""


def with_path(path: Path, reason: str) -> str:
    """Why a file cannot be used, with the file named first: readers' own messages begin with it, others do not."""
    return reason if reason.startswith(str(path)) else f"{path}: {reason}"
