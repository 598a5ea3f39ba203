"""Progress on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]
"""progress(step, done, total): `done` of `total` items of `step` are finished; total 0 where it is not known."""

_SECONDS_BETWEEN_UPDATES = 0.1
_CLEAR_LINE = "\r\x1b[K"


@contextmanager
def progress_on_terminal() -> Iterator[Progress | None]:
    """A function that shows progress on one line of the terminal, cleared at the end; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _line_writer()
    finally:
        sys.stderr.write(_CLEAR_LINE)
        sys.stderr.flush()


def _line_writer() -> Progress:
    shown_step, shown_at = "", 0.0

    def show(step: str, done: int, total: int) -> None:
        nonlocal shown_step, shown_at
        now = time.monotonic()
        if step == shown_step and done != total and now - shown_at < _SECONDS_BETWEEN_UPDATES:
            return
        shown_step, shown_at = step, now
        count = f" {done:,}/{total:,} ({done / total:.0%})" if total else f" {done:,}" if done else ""
        sys.stderr.write(f"{_CLEAR_LINE}{step}{count}")
        sys.stderr.flush()

    return show
