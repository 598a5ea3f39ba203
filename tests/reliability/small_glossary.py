"""A glossary to damage: three small articles and six decisions."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "store"))
sys.path.append(str(Path(__file__).parent.parent / "decisions"))

from glossaries import ARTICLES, RUN, harvest

from glossary.decisions import decide
from glossary.store import open_glossary, publish


def make(path: Path) -> None:
    """A glossary with its journal."""
    db = open_glossary(path, create=True)
    publish(db, harvest(*ARTICLES), **RUN)
    decide(db, "approve", "c-cat", actor="ann", note="as in the atlas")
    decide(db, "edit", "c-light", term="灯台", value="とうだい", actor="ann")
    merged = decide(db, "merge", "c-cat", value="c-north", actor="bob")
    decide(db, "undo", merged.decision_id, actor="bob")
    decide(db, "reject", "c-north", actor="ann")
    decide(db, "add", ja="岬", en="cape", actor="bob")
    db.close()
