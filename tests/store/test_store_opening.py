from __future__ import annotations

import os
import shutil
import sqlite3

import pytest
from harvests import harvest

from glossary.errors import GlossaryError
from glossary.store import open_glossary, publish, set_threshold, transaction


def sqlite_file(path, *statements):
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def refusals(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.txt").write_text("山猫")
    sqlite_file(tmp_path / "other.db", "create table bird (name)")
    sqlite_file(tmp_path / "wal.db", "pragma journal_mode = wal", "create table bird (name)")
    (tmp_path / "empty.db").write_bytes(b"")


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("none.db", {}, "run|make one with `glossary build"),
        ("none.db", {"readonly": True}, "make one with `glossary build"),
        ("empty.db", {"readonly": True}, "make one with `glossary build"),
        ("folder", {"create": True}, "this is a folder"),
        ("notes.txt", {"create": True}, "not a database"),
        ("other.db", {"create": True}, "another database"),
        ("other.db", {"readonly": True}, "another database"),
        ("wal.db", {"create": True}, "another database"),
        ("nowhere/new.db", {"create": True}, "check that its folder exists"),
        ("notes.txt/new.db", {"create": True}, "new.db"),
    ],
)
def test_what_is_not_a_glossary_is_refused_and_left_alone(tmp_path, name, options, words):
    refusals(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(GlossaryError, match=words) as caught:
        open_glossary(tmp_path / name, **options)
    assert str(tmp_path / name) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("before", [None, b""])
def test_create_makes_a_glossary_where_there_is_none(tmp_path, before):
    path = tmp_path / "語彙 #1.db"
    if before is not None:
        path.write_bytes(before)
    db = open_glossary(path, create=True)
    assert db.query("select count(*) as n from glossary").__next__() == {"n": 0}
    assert db.conn.execute("pragma foreign_keys").fetchone() == (1,)
    assert db.conn.execute("pragma journal_mode").fetchone() == ("delete",)
    assert open_glossary(path).conn.execute("pragma application_id").fetchone() == (0x474C4F53,)


def test_a_newer_version_is_refused(tmp_path, db):
    db.conn.execute("pragma user_version = 99")
    with pytest.raises(GlossaryError, match="newer version"):
        open_glossary(tmp_path / "glossary.db", readonly=True)


def test_reading_writes_nothing(tmp_path, filled):
    before = (tmp_path / "glossary.db").read_bytes()
    reader = open_glossary(tmp_path / "glossary.db", readonly=True)
    assert reader.conn.execute("select count(*) from glossary").fetchone() == (3,)
    with pytest.raises(GlossaryError, match=r"glossary\.db: cannot be written"):
        set_threshold(reader, 0.9)
    reader.close()
    assert (tmp_path / "glossary.db").read_bytes() == before
    assert os.listdir(tmp_path) == ["glossary.db"]


@pytest.mark.parametrize("readonly", [True, False])
def test_what_a_killed_program_left_half_written_is_rolled_back(tmp_path, filled, readonly):
    before = list(filled.conn.iterdump())
    filled.conn.execute("pragma cache_size = 1")  # so that the unfinished transaction reaches the file
    filled.conn.execute("begin immediate")
    filled.conn.execute("update document set text = 'x', title = hex(zeroblob(30000))")
    filled.conn.execute("delete from context")
    for name in ("glossary.db", "glossary.db-journal"):
        shutil.copy(tmp_path / name, tmp_path / name.replace("glossary", "killed"))
    filled.conn.execute("rollback")
    assert (tmp_path / "killed.db").read_bytes() != (tmp_path / "glossary.db").read_bytes()
    assert list(open_glossary(tmp_path / "killed.db", readonly=readonly).conn.iterdump()) == before


def test_a_writer_that_does_not_end_is_named(tmp_path, filled):
    other = open_glossary(tmp_path / "glossary.db")
    other.conn.execute("pragma busy_timeout = 10")
    with transaction(filled), pytest.raises(GlossaryError, match="another program is writing"):
        publish(other, harvest(), command="build", version="0")


def test_a_damaged_file_is_named(tmp_path, filled):
    filled.close()
    path = tmp_path / "glossary.db"
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 4000)
    with pytest.raises(GlossaryError, match="damaged"):
        open_glossary(path)
