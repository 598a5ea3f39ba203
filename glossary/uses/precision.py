"""How sure a pair must be to be shown: a setting of the glossary, changed without a build."""

from __future__ import annotations

from pathlib import Path

from ..errors import GlossaryError


def set_precision(db_path: Path, precision: str) -> float:
    """Set the threshold to a named one of the shipped model (normal, high) or to a confidence; what it is now.

    Raises GlossaryError for anything else.
    """
    from ..store import open_glossary, set_threshold
    from ..terms.model import shipped_model

    named = shipped_model().thresholds
    try:
        value = named[precision] if precision in named else float(precision)
    except ValueError:
        names = ", ".join(sorted(named))
        raise GlossaryError(f"precision {precision}: give one of {names}, or a number from 0 to 1") from None
    with open_glossary(db_path) as db:
        set_threshold(db, value)
    return value
