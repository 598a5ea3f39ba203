"""What people decide about the glossary: made, recorded, replayed over every build, carried to other databases.

The state of a glossary is a function of what the builds found and of the set of decisions, whatever the order in which
they came together: `replay` puts the concepts concerned back to what the builds found and applies all decisions in
force, in the order in which they were made.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .actions import ACTIONS
    from .engine import current_id, decide
    from .exchange import ImportReport, export_decisions, import_decisions
    from .journal import journal_path
    from .record import Decision
    from .replaying import replay

_HOMES = {
    "ACTIONS": "actions",
    "Decision": "record",
    "ImportReport": "exchange",
    "current_id": "engine",
    "decide": "engine",
    "export_decisions": "exchange",
    "import_decisions": "exchange",
    "journal_path": "journal",
    "replay": "replaying",
}

__all__ = [
    "ACTIONS",
    "Decision",
    "ImportReport",
    "current_id",
    "decide",
    "export_decisions",
    "import_decisions",
    "journal_path",
    "replay",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
