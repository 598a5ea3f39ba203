"""What people see of a glossary, to compare two of them."""

from __future__ import annotations

from contextlib import closing

from glossary.store import open_glossary

VIEWS = ("glossary", "terms", "contexts", "candidates", "evidence", "decisions", "relations", "segments")
DATED = {"id", "passage", "created", "modified", "modified_by"}


def content(path):
    """All public rows but times and numbers of rows."""
    with closing(open_glossary(path, readonly=True)) as db:
        return {
            view: sorted(
                repr({k: v for k, v in row.items() if k not in DATED}) for row in db.query(f"select * from {view}")
            )
            for view in VIEWS
        }
