"""Small glossaries to decide about."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "store"))

from harvests import Article, harvest

from glossary.store import open_glossary, publish

CATS = Article("news/cats", (("山猫", 2.5, "both"), ("北の国", 3.5, "both"), ("山猫", 2.5, "both")), "2021-05-01")
LIGHT = Article("news/light", (("燈台", 1.5, "both"), ("海猫", 2.0, "both"), ("山猫", 0.5, "en")), "2022-06-02")
TOWER = Article("news/tower", (("灯台", 2.5, "both"), ("灯台", 0.0, "ja")), "2022-07-02")
ARTICLES = (CATS, LIGHT, TOWER)
RUN = {"command": "build", "version": "0", "default_threshold": 0.5}


def glossary(path, *articles: Article):
    """A new glossary of these articles (all, if none is named) in a file of its own."""
    db = open_glossary(path, create=True)
    publish(db, harvest(*(articles or ARTICLES)), **RUN)
    return db


def rows(db, sql, parameters=()):
    return [tuple(row) for row in db.conn.execute(sql, parameters)]
