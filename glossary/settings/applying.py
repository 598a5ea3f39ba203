"""Settings that a glossary itself keeps: what they say is written into it, if it says otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..lexicons.registry import Listed, glossary_at, is_there, register, registered
from .reading import Settings


def apply_precision(db_path: Path, settings: Settings) -> float | None:
    """Set the threshold of a glossary to the precision of the settings; what it is now, None where nothing changed."""
    wanted = settings["precision"]
    if wanted is None or not is_there(db_path):
        return None
    from ..store.settings import threshold
    from ..uses.precision import set_precision, threshold_named

    with glossary_at(db_path, create=False, readonly=True) as db:
        if threshold(db) == threshold_named(wanted):
            return None
    return set_precision(db_path, wanted)


def apply_priorities(db_path: Path, settings: Settings) -> None:
    """Give the lexicons of a glossary the priorities of the settings."""
    wanted: dict[str, int] = settings["lexicons.priority"]
    if not wanted or not is_there(db_path):
        return
    from ..store.connection import transaction

    with glossary_at(db_path, create=False) as db, transaction(db):
        before = registered(db)
        after = [replace(one, priority=wanted.get(one.name, one.priority)) for one in before]
        if after != before:
            register(db, after)


def settled(db_path: Path, listed: Listed, settings: Settings) -> Listed:
    """A lexicon that was just added, with the priority that the settings have for its name."""
    wanted = settings["lexicons.priority"].get(listed.name, listed.priority)
    if wanted == listed.priority:
        return listed
    apply_priorities(db_path, settings)
    return replace(listed, priority=wanted)
