"""What `stats` counts, and that the pages say the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from glossary.decisions import decide
from glossary.store import open_glossary, set_threshold
from glossary.uses.front_page import figures
from glossary.uses.stats import statistics, statistics_text


@pytest.mark.parametrize("threshold", [0.0, 0.4, 0.8, 1.0])
@pytest.mark.parametrize("action", [None, "approve", "reject"])
def test_pairs_below_the_threshold_are_those_of_the_start_page_and_mentions_those_of_the_view(
    glossary_path: Path, tmp_path: Path, threshold: float, action: str | None
) -> None:
    db = open_glossary(shutil.copy(glossary_path, tmp_path / "glossary.db"))
    if action:
        (concept_id,) = db.conn.execute(
            "select concept_id from pairing join concept on concept.id = concept"
        ).fetchone()
        decide(db, action, concept_id, actor="mika")
    set_threshold(db, threshold)
    found = statistics(db.conn)
    assert found["pairs_below_threshold"] == figures(db.conn)["below"]
    (mentions,) = db.conn.execute("select count(*) from candidates").fetchone()
    assert found["mentions_below_threshold"] == mentions
    counted = f"{mentions} mention{'' if mentions == 1 else 's'} in the view candidates"
    line = f"Pairs below   {found['pairs_below_threshold']:>9}  confidence below {threshold:.2f}; {counted}"
    assert line in statistics_text(found).splitlines()
