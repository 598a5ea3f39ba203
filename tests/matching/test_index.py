"""The index beside the database: made once, kept fresh, never in the way."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import weakref
from pathlib import Path

import pytest
from desk_glossary import glossary_of

from glossary.decisions import decide
from glossary.matching import Matcher
from glossary.store import open_glossary

PAIRS = [("領土", "territory", "concept"), ("花見", "hanami", "concept")]


def found(path: Path, text: str) -> list[str]:
    with Matcher(path) as matcher:
        return [match.text for match in matcher.matches(text, "ja")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    glossary_of(tmp_path / "glossary.db", PAIRS)
    return tmp_path / "glossary.db"


def entries(path: Path) -> set[tuple[int, int]]:
    db = sqlite3.connect(f"{path}.index")
    rows = set(db.execute("select hash, term from entry"))
    db.close()
    return rows


def test_terms_that_come_and_go_are_followed(path: Path) -> None:
    assert found(path, "領土の花見と公園") == ["領土", "花見"]
    db = open_glossary(path)
    decide(db, "add", ja="公園", en="park", kind="place", actor="ann")
    (hanami,) = db.conn.execute("select concept_id from glossary where ja = '花見'").fetchone()
    decide(db, "reject", hanami, actor="ann")
    db.close()
    assert found(path, "領土の花見と公園") == ["領土", "公園"]


def test_an_updated_index_is_the_same_as_one_made_anew(path: Path) -> None:
    found(path, "領土")
    db = open_glossary(path)
    (territory,) = db.conn.execute("select concept_id from glossary where ja = '領土'").fetchone()
    decide(db, "edit", territory, value="国土", term="領土", actor="ann")
    db.close()
    assert found(path, "領土と国土") == ["国土"]
    updated = entries(path)
    Path(f"{path}.index").unlink()
    assert found(path, "領土と国土") == ["国土"]
    assert entries(path) == updated


def test_an_index_that_is_fresh_is_not_written(path: Path) -> None:
    found(path, "領土")
    before = Path(f"{path}.index").stat().st_mtime_ns
    assert found(path, "領土") == ["領土"]
    assert Path(f"{path}.index").stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100])
def test_a_damaged_index_is_made_anew(path: Path, damage: bytes) -> None:
    found(path, "領土")
    Path(f"{path}.index").write_bytes(damage)
    assert found(path, "領土") == ["領土"]


def test_an_index_of_another_glossary_is_brought_to_this_one(path: Path, tmp_path: Path) -> None:
    glossary_of(tmp_path / "other.db", [("公園", "park", "place")])
    found(tmp_path / "other.db", "公園")
    shutil.copy(f"{tmp_path / 'other.db'}.index", f"{path}.index")
    assert found(path, "公園と領土") == ["領土"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_where_the_folder_cannot_be_written_the_index_is_temporary(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        assert found(path, "領土") == ["領土"]
        assert not Path(f"{path}.index").exists()
    finally:
        path.parent.chmod(0o700)


def test_the_index_holds_no_text(path: Path) -> None:
    found(path, "領土")
    content = Path(f"{path}.index").read_bytes()
    assert not any(text.encode() in content for text in ("領土", "territory", "花見", "hanami"))


def test_the_glossary_is_not_written(path: Path) -> None:
    before = path.read_bytes()
    found(path, "領土")
    assert path.read_bytes() == before


def test_a_closed_index_leaves_the_memory(path: Path) -> None:
    matcher = Matcher(path)
    assert [match.text for match in matcher.matches("Its territory", "en")] == ["territory"]
    index = weakref.ref(matcher.index)
    matcher.close()
    del matcher
    gc.collect()
    assert index() is None
