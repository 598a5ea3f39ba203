"""How sure a pair must be to be shown: a setting of the glossary, changed without a build."""

from __future__ import annotations

from pathlib import Path

from ..errors import GlossaryError


def set_precision(db_path: Path, precision: str) -> float:
    """Set the threshold to a named one of the shipped model (normal, high) or to a confidence; what it is now.

    Raises GlossaryError for anything else.
    """
    from ..store import open_glossary, set_threshold

    value = threshold_named(precision)
    with open_glossary(db_path) as db:
        set_threshold(db, value)
    return value


def threshold_named(precision: str) -> float:
    """The confidence that a named precision of the shipped model, or a number, stands for.

    Raises GlossaryError for anything else.
    """
    from ..terms.model import shipped_model

    named = shipped_model().thresholds
    try:
        return named[precision] if precision in named else float(precision)
    except ValueError:
        names = ", ".join(sorted(named))
        raise GlossaryError(f"precision {precision}: give one of {names}, or a number from 0 to 1") from None
