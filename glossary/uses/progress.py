"""Progress on standard error, where that is a terminal."""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Progress = Callable[[str, int, int], None]
"""progress(step, done, total): `done` of `total` items of `step` are finished; total 0 where it is not known.

A step may name the item at work after its first word ("Reading talks.docx"): time left is that of the first word.
"""

_SECONDS_BETWEEN_UPDATES = 0.1
_SECONDS_BEFORE_A_GUESS = 2.0
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


def reading_progress(progress: Progress | None) -> Callable[[int, int, Path], None] | None:
    """What `read_paths` calls, with the file's name in the step."""
    if progress is None:
        return None
    return lambda done, total, path: progress(f"Reading {path.name}", done, total)


def time_left(done: int, total: int, seconds: float) -> str:
    """Time that is left after `seconds` of work: "40 s left", "3 min left"; empty as long as it is a guess."""
    if not 0 < done < total or seconds < _SECONDS_BEFORE_A_GUESS:
        return ""
    left = seconds / done * (total - done)
    return f"{left:.0f} s left" if left < 90 else f"{left / 60:.0f} min left"


def rate(done: int, seconds: float) -> str:
    """Items in a time: "3.2/s", "14/min"; empty as long as it is a guess."""
    if not done or seconds < _SECONDS_BEFORE_A_GUESS:
        return ""
    each_second = done / seconds
    if each_second >= 10:
        return f"{each_second:,.0f}/s"
    return f"{each_second:.1f}/s" if each_second >= 1 else f"{60 * each_second:.2g}/min"


def fitted(text: str, width: int) -> str:
    """The text without control characters, cut to so many columns; wide characters take two."""
    shown: list[str] = []
    used = 0
    for character in text:
        if unicodedata.category(character).startswith("C"):
            continue
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            return "".join(shown[:-1]) + "…"
        shown.append(character)
    return "".join(shown)


def _line_writer() -> Progress:
    step_at_work, began, shown_at = "", 0.0, 0.0

    def show(step: str, done: int, total: int) -> None:
        nonlocal step_at_work, began, shown_at
        now = time.monotonic()
        kind = step.partition(" ")[0]
        is_new = kind != step_at_work
        if is_new:
            step_at_work, began = kind, now
        elif done != total and now - shown_at < _SECONDS_BETWEEN_UPDATES:
            return
        shown_at = now
        count = f" {done:,}/{total:,} ({done / total:.0%})" if total else f" {done:,}" if done else ""
        speed, left = rate(done, now - began), time_left(done, total, now - began)
        counts = count + "".join(f", {known}" for known in (speed, left) if known)
        width = shutil.get_terminal_size().columns - 1 - len(counts)
        sys.stderr.write(f"{_CLEAR_LINE}{fitted(step, max(8, width))}{counts}")
        sys.stderr.flush()

    return show
