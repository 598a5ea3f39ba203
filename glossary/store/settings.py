"""Settings of a database: the threshold, the calibration curve and the numbered states of the model."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlite_utils import Database

from ..errors import GlossaryError
from .connection import transaction

Curve = Sequence[tuple[float, float]]
"""(score, confidence) knots in ascending order, linear between them and level outside."""

_FALLBACK_THRESHOLD = 0.5


def now() -> str:
    """The present time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment() -> str:
    """The present time in UTC, ISO 8601 to the microsecond, by which a row's changes are told apart."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def threshold(db: Database) -> float:
    """The confidence from which pairs are shown: what a person set, else what the last build advised."""
    rows = dict(db.conn.execute("select key, value from settings where key in ('threshold', 'default_threshold')"))
    return float(rows.get("threshold", rows.get("default_threshold", _FALLBACK_THRESHOLD)))


def set_threshold(db: Database, value: float) -> None:
    """Show pairs from this confidence (0 to 1) on; the stored counts follow. Raises GlossaryError for other values."""
    if not 0 <= value <= 1:
        raise GlossaryError(f"--precision {value}: the threshold is a probability: give a number from 0 to 1")
    with transaction(db):
        _set(db, "threshold", value)


def set_default_threshold(db: Database, value: float) -> bool:
    """Note what a build advises; whether that changed anything."""
    if _read(db, "default_threshold") == repr(value):
        return False
    _set(db, "default_threshold", value)
    return True


def _set(db: Database, key: str, value: float) -> None:
    from .concepts import recompute

    before = threshold(db)
    db.conn.execute("insert or replace into settings (key, value) values (?, ?)", [key, repr(value)])
    after = threshold(db)
    crossed = db.conn.execute(
        "select distinct concept from pairing where confidence between ? and ?", sorted((before, after))
    )
    if before != after:
        # The concepts themselves stay as they are, only what is seen of them changes: `modified` is left alone.
        recompute(db, {concept for (concept,) in crossed}, at=now(), actor=None)


def _read(db: Database, key: str) -> str | None:
    row = db.conn.execute("select value from settings where key = ?", [key]).fetchone()
    return row[0] if row else None


def interpolate(curve: Curve, score: float) -> float:
    """Confidence of a score (log-odds) on a calibration curve of at least one knot."""
    place = bisect_right(curve, score, key=lambda knot: knot[0])
    if place == 0:
        return curve[0][1]
    if place == len(curve):
        return curve[-1][1]
    (x0, y0), (x1, y1) = curve[place - 1], curve[place]
    return y0 + (score - x0) * (y1 - y0) / (x1 - x0)


def set_calibration(db: Database, curve: Curve) -> tuple[bool, set[int]]:
    """Replace the calibration curve, unless `curve` is empty, and bring every stored confidence to it.

    Returns whether the curve is a new one, and the concepts (`concept.id`) whose confidence it moves.
    """
    if not curve or list(curve) == read_calibration(db):
        return False, set()
    db.conn.execute("delete from calibration")
    db.conn.executemany("insert into calibration (score, confidence) values (?, ?)", curve)
    moved = [
        (new, number, concept)
        for number, concept, score, old in db.conn.execute("select id, concept, score, confidence from pairing")
        if (new := interpolate(curve, score)) != old
    ]
    db.conn.executemany("update pairing set confidence = ? where id = ?", [row[:2] for row in moved])
    return True, {concept for _, _, concept in moved}


def read_calibration(db: Database) -> list[tuple[float, float]]:
    """The (score, confidence) knots of the stored curve, ascending; empty if there is none."""
    return list(db.conn.execute("select score, confidence from calibration order by score"))


def read_state(db: Database) -> tuple[int, bytes] | None:
    """Number and content of the model state in force, or None before the first build."""
    row = db.conn.execute("select number, state from model_state order by number desc limit 1").fetchone()
    return (row[0], bytes(row[1])) if row else None


def add_state(db: Database, state: bytes | None) -> int | None:
    """Number of the state in force after `state` was added; a state equal to the last one is not added again."""
    last = read_state(db)
    if state is None or (last and last[1] == state):
        return last[0] if last else None
    number = last[0] + 1 if last else 1
    db.conn.execute("insert into model_state (number, state) values (?, ?)", [number, state])
    return number
