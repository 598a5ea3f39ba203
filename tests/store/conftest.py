from __future__ import annotations

import pytest
from harvests import Article, harvest

from glossary.store import open_glossary, publish

CATS = Article(
    "news/cats",
    (
        ("山猫", 2.5, "both"),
        ("山猫", 2.5, "both"),
        ("灯台", -1.0, "both"),
        ("灯台", 0.0, "ja"),
        ("北の国", 3.5, "both"),
    ),
    "2021-05-01",
)
LIGHT = Article("news/light", (("燈台", 1.5, "both"), ("海猫", -3.0, "both"), ("山猫", 0.5, "en")), "2022-06-02")


@pytest.fixture
def db(tmp_path):
    """An empty glossary."""
    database = open_glossary(tmp_path / "glossary.db", create=True)
    yield database
    database.close()


@pytest.fixture
def filled(db):
    """A glossary of two articles, threshold .5."""
    publish(db, harvest(CATS, LIGHT), command="build news", version="0", state=b"model 1", default_threshold=0.5)
    return db
