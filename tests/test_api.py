"""The Python interface and the SQL functions."""

from __future__ import annotations

import doctest
import shutil
import sqlite3
from pathlib import Path

import pytest
from desk_glossary import glossary_of
from sqlite_utils import Database

from glossary import api, sqlfunctions
from glossary.errors import GlossaryError


@pytest.fixture
def path(glossary_path: Path, tmp_path: Path) -> Path:
    """A copy: the index of terms is made beside it."""
    return Path(shutil.copy(glossary_path, tmp_path / "glossary.db"))


def test_the_examples_of_the_documentation_are_true(path: Path, tmp_path: Path) -> None:
    client = tmp_path / "client.db"
    glossary_of(client, [("領土", "dominion", "concept")])
    failed, run = doctest.testmod(api, extraglobs={"path": path, "client": client})
    assert run > 10
    assert failed == 0


def test_a_glossary_that_is_missing_is_an_error_that_people_can_mend(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="no glossary here"):
        api.Glossary.open(tmp_path / "none.db")


def test_an_unknown_concept_is_a_key_error(path: Path) -> None:
    with api.Glossary.open(path) as glossary, pytest.raises(KeyError):
        glossary.entry("nothing")


def test_iterating_gives_every_concept_once(path: Path) -> None:
    with api.Glossary.open(path) as glossary:
        ids = [concept.concept_id for concept in glossary]
        assert len(ids) == len(set(ids)) == len(glossary)


FUNCTIONS = [
    ("glossary_reading('北方領土')", "ホッポウリョウド"),
    ("glossary_reading('さくら ABC')", "サクラ ABC"),
    ("glossary_reading('')", ""),
    ("glossary_reading('夢ヶ丘駅')", "ユメガオカエキ"),
    ("glossary_reading('三ヶ国')", "サンカコク"),
    ("glossary_reading('ケーキ')", "ケーキ"),
    ("glossary_romaji('光の器')", "hikari no utsuwa"),
    ("glossary_reading(null)", None),
    ("glossary_romaji('ホッポウリョウド')", "hoppōryōdo"),
    ("glossary_romaji('北方領土')", "hoppōryōdo"),
    ("glossary_romaji(null)", None),
    ("glossary_normalize('Ｔōｋｙō  さくら')", "tokyo サクラ"),
    ("glossary_normalize(12)", "12"),
    ("glossary_normalize(null)", None),
]


@pytest.mark.parametrize(("call", "result"), FUNCTIONS)
def test_sql_functions(call: str, result: str | None) -> None:
    connection = sqlite3.connect(":memory:")
    sqlfunctions.register(connection)
    assert connection.execute(f"select {call}").fetchone()[0] == result
    connection.close()


def test_sqlite_utils_calls_the_hook_of_a_registered_plugin() -> None:
    from sqlite_utils.plugins import pm

    registered = pm.is_registered(sqlfunctions)
    if not registered:
        pm.register(sqlfunctions)
    try:
        db = Database(memory=True)
        assert next(iter(db.query("select glossary_romaji('サクラ') as romaji")))["romaji"] == "sakura"
        db.close()
    finally:
        if not registered:
            pm.unregister(sqlfunctions)
