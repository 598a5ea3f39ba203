"""Reading without sqlite_utils agrees with the store."""

from pathlib import Path

import pytest

from glossary.store import open_glossary, set_threshold, threshold
from glossary.store.schema import APPLICATION_ID, SCHEMA_VERSION
from glossary.uses.reading import _APPLICATION_ID, KNOWN_SCHEMA_VERSION, open_for_reading
from glossary.uses.stats import statistics


def test_the_quick_way_knows_the_present_schema() -> None:
    assert KNOWN_SCHEMA_VERSION == SCHEMA_VERSION
    assert int.from_bytes(_APPLICATION_ID, "big") == APPLICATION_ID


def test_a_reader_cannot_write(glossary_path: Path) -> None:
    with open_for_reading(glossary_path) as db, pytest.raises(Exception, match="readonly"):
        db.execute("delete from concept")


@pytest.mark.parametrize("chosen", [None, 0.25, 0.9])
def test_threshold_is_that_of_the_store(tmp_path: Path, chosen: float | None) -> None:
    path = tmp_path / "glossary.db"
    db = open_glossary(path, create=True)
    if chosen is not None:
        set_threshold(db, chosen)
    expected = threshold(db)
    db.close()
    with open_for_reading(path) as reader:
        assert statistics(reader)["threshold"] == expected
