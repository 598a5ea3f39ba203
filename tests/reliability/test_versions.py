"""Databases of every schema version: opened, migrated after a copy, or refused kindly."""

from __future__ import annotations

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from processes import in_child
from public_rows import content

from glossary.cli import cli
from glossary.decisions.journal import SUFFIX
from glossary.doctor.examine import examine
from glossary.errors import GlossaryError
from glossary.store import connection, open_glossary, schema

DATABASES = Path(__file__).parent / "databases"
VERSIONS = sorted(path.name for path in DATABASES.glob("schema*.db"))
COMMANDS = (
    ["lookup", "山猫"],
    ["lookup", "wildcat", "--json"],
    ["stats"],
    ["decisions", "list"],
    ["decisions", "export", "-"],
    ["decide", "kind", "c-cat", "law", "--actor", "ann"],
    ["precision", "high"],
    ["backup", "copy.db"],
    ["remove", "news/tower"],
)


@pytest.fixture
def old(request, tmp_path, monkeypatch):
    """A copy of a kept database, with its journal."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "glossary.db"
    shutil.copy(DATABASES / request.param, path)
    shutil.copy(DATABASES / (request.param + SUFFIX), tmp_path / (path.name + SUFFIX))
    return path


def test_the_present_version_is_kept():
    assert f"schema{schema.SCHEMA_VERSION}.db" in VERSIONS, "run tests/reliability/databases/make.py"


@pytest.mark.parametrize("old", VERSIONS, indirect=True)
@pytest.mark.parametrize("first", range(len(COMMANDS)), ids=lambda place: COMMANDS[place][0])
def test_all_commands_open_it(old, first):
    """Whichever command comes first, reading ones too, brings it up to date, once."""
    version = rows_of(old, "pragma user_version")[0][0]
    for command in COMMANDS[first:] + COMMANDS[:first]:
        result = CliRunner().invoke(cli, [*command, "--db", str(old)])
        assert result.exit_code == 0, (command, result.stderr)
    assert examine(old) == []
    kept = [f"glossary.db.schema{version}"] if version < schema.SCHEMA_VERSION else []
    assert [path.name for path in old.parent.glob("*.schema*")] == kept


@pytest.mark.parametrize("old", VERSIONS, indirect=True)
def test_a_build_brings_it_up_to_date_by_itself(old):
    (version,), before = rows_of(old, "pragma user_version")[0], rows_of(old, "select * from concept")
    (old.parent / "tower.en.txt").write_text("The lookout tower opened on Friday.\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["build", "tower.en.txt", "--db", str(old)])
    assert result.exit_code == 0, result.stderr
    assert rows_of(old, "pragma user_version") == [(schema.SCHEMA_VERSION,)]
    kept = old.with_name(f"glossary.db.schema{version}")
    assert kept.exists() == (version < schema.SCHEMA_VERSION)
    assert not kept.exists() or rows_of(kept, "select * from concept") == before


def rows_of(path, sql):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


@pytest.mark.parametrize("old", VERSIONS[-1:], indirect=True)
def test_a_newer_one_is_refused_kindly(old):
    with closing(sqlite3.connect(old)) as newer:
        newer.execute("pragma user_version = 99")
    before = old.read_bytes()
    for command in COMMANDS:
        result = CliRunner().invoke(cli, [*command, "--db", str(old)])
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1), (command, result.output)
        assert "made by a newer version of glossary" in result.stderr
        assert "pip install -U glossary" in result.stderr
    with pytest.raises(GlossaryError, match="newer version"):
        examine(old)
    assert old.read_bytes() == before


def next_version(*statements):
    """Make this process one of the next version of glossary, whose migration has these statements."""

    @schema.migrations()
    def next_one(db):
        for statement in statements:
            db.conn.execute(statement)

    schema.SCHEMA_VERSION += 1
    connection.SCHEMA_VERSION = schema.SCHEMA_VERSION


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a version of its own needs a process of its own")


@needs_fork
@pytest.mark.parametrize("old", VERSIONS[-1:], indirect=True)
def test_an_older_one_is_migrated_after_a_copy(old):
    before = content(old)

    def migrated():
        next_version("alter table concept add column colour text", "update concept set colour = 'red'")
        with closing(open_glossary(old)) as db:
            return db.execute("select colour, count(*) from concept group by 1").fetchall(), db.execute(
                "pragma user_version"
            ).fetchall()

    colours, version = in_child(migrated)
    assert [colour for colour, _ in colours] == ["red"]
    assert version == [(schema.SCHEMA_VERSION + 1,)]
    assert content(old.with_name(f"glossary.db.schema{schema.SCHEMA_VERSION}")) == before


@needs_fork
@pytest.mark.parametrize("old", VERSIONS[-1:], indirect=True)
def test_a_migration_that_fails_leaves_all_as_it_was(old):
    before, found = content(old), examine(old)

    def migrated():
        next_version("alter table concept add column colour text", "delete from term", "no SQL at all")
        try:
            open_glossary(old)
        except GlossaryError as error:
            return str(error)

    assert in_child(migrated).startswith(f"{old}: ")
    assert content(old) == before
    assert examine(old) == found


@needs_fork
@pytest.mark.parametrize("old", VERSIONS[-1:], indirect=True)
def test_programs_that_find_it_at_once_migrate_it_once(old):
    def opened():
        next_version("alter table concept add column colour text")
        with closing(open_glossary(old, readonly=True)) as db:
            return db.execute("select count(colour) from concept").fetchone()[0]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: in_child(opened), range(4))) == [0] * 4
    assert len(list(old.parent.glob("*.schema*"))) == 1


@needs_fork
@pytest.mark.parametrize("old", VERSIONS[-1:], indirect=True)
def test_one_that_may_not_be_written_stays_and_the_reader_says_what_to_do(old):
    old.chmod(0o444)
    before = old.read_bytes()

    def read():
        next_version("alter table concept add column colour text")
        try:
            open_glossary(old, readonly=True)
        except GlossaryError as error:
            return str(error)

    words = in_child(read)
    assert words.startswith(f"{old}: made by an older version")
    assert "write-protected" in words
    assert "`glossary doctor --repair --db`" in words
    assert "\n" not in words
    assert old.read_bytes() == before
    assert not list(old.parent.glob("*.schema*"))


@needs_fork
@pytest.mark.parametrize("old", VERSIONS[-1:], indirect=True)
def test_doctor_only_looks_and_migrates_where_it_repairs(old):
    def examine_and_repair():
        next_version("alter table concept add column colour text")
        from glossary.doctor.examine import examine, repair

        examine.__globals__["SCHEMA_VERSION"] = schema.SCHEMA_VERSION
        before = old.read_bytes()
        found = [f.check for f in examine(old)]
        return found, old.read_bytes() == before, repair(old).left

    assert in_child(examine_and_repair) == (["schema"], True, ())
