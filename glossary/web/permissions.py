"""Who may review: the permission `glossary-review`, for Datasette 0.65 and 1.0.

Nobody has it unless the configuration or `datasette --root` gives it; and whoever decides needs a name.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils import actor_matches_allow

if TYPE_CHECKING:
    from datasette.database import Database

REVIEW = "glossary-review"


async def may_review(datasette: Any, actor: Any, database: Database) -> bool:
    """True if `actor` may decide on concepts of this glossary, and it can be written."""
    if not actor_name(actor) or not is_writable(database):
        return False
    if hasattr(datasette, "permission_allowed"):  # Datasette before 1.0
        return bool(await datasette.permission_allowed(actor, REVIEW, resource=database.name, default=False))
    from datasette.resources import DatabaseResource

    return bool(await datasette.allowed(action=REVIEW, resource=DatabaseResource(database.name), actor=actor))


def actor_name(actor: Any) -> str | None:
    """The name under which an actor decides: its id."""
    name = actor.get("id") if isinstance(actor, dict) else None
    return str(name).strip() or None if name is not None else None


def is_writable(database: Database) -> bool:
    """True if decisions can be written to the file, and the journal beside it.

    A file on which nobody may write is meant to stay as it is, also where the system would let root write.
    """
    if not database.is_mutable or database.is_memory or not database.path:
        return False
    path = Path(database.path)
    try:
        return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    except OSError:
        return False


@hookimpl(optionalhook=True)
def register_actions() -> list[Any]:
    from datasette.permissions import Action
    from datasette.resources import DatabaseResource

    return [
        Action(name=REVIEW, abbr=None, description="Decide on concepts of a glossary", resource_class=DatabaseResource)
    ]


@hookimpl(optionalhook=True)
def permission_allowed(datasette: Any, actor: Any, action: str, resource: Any) -> bool | None:
    """Datasette before 1.0 has no `permissions` in its configuration: they are read here, from metadata."""
    if action != REVIEW:
        return None
    of_database = ((datasette.metadata("databases") or {}).get(resource) or {}).get("permissions") or {}
    of_instance = datasette.metadata("permissions") or {}
    for allow in (of_database.get(REVIEW), of_instance.get(REVIEW)):
        if allow is not None:
            return actor_matches_allow(actor, allow)
    return True if actor_name(actor) == "root" else None
