"""What a decision changed, and what it leaves to be done: for a person, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from .record import Decision
from .targets import number_of

_NAMES = {"ja": "Japanese", "en": "English"}


def told(decision: Decision) -> str:
    """What was decided: of an edit both terms, of the others the concept and the state of the decision."""
    if decision.action == "edit":
        old, new = decision.after["old"], decision.after["new"]
        return f"edit: {old} → {new} (undo: glossary decide undo {decision.decision_id})"
    return f"{decision.action}: {decision.concept_id} ({decision.state})"


def remarks(db: Database, decision: Decision) -> Iterator[str]:
    """What the person may not have meant: a preferred term that must not be used, a concept with one language."""
    number = number_of(db, decision.concept_id) if decision.concept_id else None
    if number is None:
        return
    if decision.action in ("forbid", "deprecate") and decision.before.get("status") == "preferred":
        yield _without_preferred(db, number, decision)
    if decision.action == "add" and "term" not in decision.after:
        for side, name in _NAMES.items():
            if _usable(db, number, side) is None:
                yield (
                    f"the concept has no {name} term yet: glossary decide add {decision.concept_id} "
                    f"--term TERM --language {side}"
                )


def _without_preferred(db: Database, number: int, decision: Decision) -> str:
    term, language = decision.after["term"], decision.after["language"]
    other = _usable(db, number, language)
    if other is not None:
        return f"{term} was the preferred {_NAMES[language]} term; {other} takes its place"
    return (
        f"{term} was the only {_NAMES[language]} term that may be used: glossary decide add {decision.concept_id} "
        f"--term TERM --language {language}"
    )


def _usable(db: Database, number: int, language: str) -> str | None:
    """The preferred term of a concept, else one that is admitted."""
    row = db.conn.execute(
        """select term from term where concept = ? and language = ? and status in ('preferred', 'admitted')
        order by status = 'preferred' desc, occurrences desc, term limit 1""",
        [number, language],
    ).fetchone()
    return row[0] if row else None
