"""A glossary of chosen terms, all approved, for tests of matching, annotating and checking."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from glossary.decisions import decide
from glossary.store import open_glossary


def glossary_of(path: Path, pairs: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Make a glossary of (Japanese, English, kind, further terms...); returns Japanese → concept_id."""
    db = open_glossary(path, create=True)
    ids = {}
    for ja, en, kind, *others in pairs:
        ids[ja] = decide(db, "add", ja=ja, en=en, kind=kind, actor="ann").concept_id
        for term in others:
            decide(db, "add", ids[ja], term=term, actor="ann")
    db.close()
    return ids
