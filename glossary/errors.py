"""Errors that a person can mend. The command line prints the message as one line and exits with code 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class GlossaryError(Exception):
    """Something the user can mend: the message names the file and place and says what to do."""


def with_path(path: Path, reason: str) -> str:
    """Why a file cannot be used, with the file named first: readers' own messages begin with it, others do not."""
    return reason if reason.startswith(str(path)) else f"{path}: {reason}"
