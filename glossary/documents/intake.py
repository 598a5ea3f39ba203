"""Bytes from files and from the standard input, never more of them than a limit."""

from __future__ import annotations

import sys
from pathlib import Path

from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

STANDARD_INPUT = "-"
"""The path that means it."""


def read_file(path: Path, limits: Limits = LIMITS) -> bytes:
    """Raises GlossaryError for a file that cannot be read or is larger than `limits.file`."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.file + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise GlossaryError(f"{path} cannot be read ({reason}): check the path and its permissions") from None
    return _bounded(data, str(path), limits)


def read_standard_input(limits: Limits = LIMITS) -> bytes:
    """All of it. Raises GlossaryError if it is more than `limits.file`."""
    return _bounded(sys.stdin.buffer.read(limits.file + 1), "standard input", limits)


def _bounded(data: bytes, where: str, limits: Limits) -> bytes:
    if len(data) > limits.file:
        raise GlossaryError(f"{where} is larger than {limits.file / 1e6:,.0f} MB: split it")
    return data
