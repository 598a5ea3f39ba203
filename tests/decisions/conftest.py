from __future__ import annotations

import pytest
from glossaries import glossary


@pytest.fixture
def db(tmp_path):
    """A glossary of three articles."""
    database = glossary(tmp_path / "glossary.db")
    yield database
    database.close()
