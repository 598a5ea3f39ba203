"""What the line on the terminal says while a build works: how fast it is, and how long it will take."""

from __future__ import annotations

import pytest

from glossary.uses.progress import rate, time_left


@pytest.mark.parametrize(
    ("done", "seconds", "shown"),
    [
        (0, 60, ""),
        (5, 1, ""),
        (5_000, 2, "2,500/s"),
        (50, 10, "5.0/s"),
        (10, 10, "1.0/s"),
        (7, 30, "14/min"),
        (1, 120, "0.5/min"),
    ],
)
def test_the_rate(done: int, seconds: float, shown: str) -> None:
    assert rate(done, seconds) == shown


@pytest.mark.parametrize(
    ("done", "total", "seconds", "shown"),
    [(0, 10, 60, ""), (5, 10, 1, ""), (10, 10, 60, ""), (5, 10, 30, "30 s left"), (1, 10, 60, "9 min left")],
)
def test_the_time_left(done: int, total: int, seconds: float, shown: str) -> None:
    assert time_left(done, total, seconds) == shown
