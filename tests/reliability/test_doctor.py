"""`glossary doctor`: each fault is found by the check that is there for it, and mended where that is promised."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from glossaries import ARTICLES, RUN, harvest
from public_rows import content

from glossary.cli.doctor import doctor_command
from glossary.decisions import decide, journal_path
from glossary.doctor.examine import examine, repair
from glossary.doctor.journal import lacking_decisions
from glossary.errors import GlossaryError
from glossary.store import open_glossary, publish


def change(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(";".join(statements))


def checks(findings):
    return {finding.check for finding in findings}


def test_a_sound_glossary_is_left_as_it_is(path):
    before = path.read_bytes()
    assert examine(path) == []
    assert repair(path).done == ()
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == ["glossary.db", "glossary.db.decisions.jsonl"]


REPAIRABLE = [
    ("counts", "update concept set occurrences = occurrences + 1"),
    ("counts", "update concept set shown = 1 - shown"),
    ("counts", "update term set occurrences = 7, status = 'forbidden'"),
    ("counts", "update context set shown = null"),
    ("counts", "update pairing set confidence = 0.123"),
    ("counts", "update pairing set normalized = ''"),
    ("counts", "delete from choice"),
    ("counts", "delete from correction"),
    ("counts", "update concept set status = 'candidate'"),
    ("counts", "update decision set state = 'undone'"),
    ("counts", "delete from decision_key"),
    ("counts", "update tally set number = number + 1"),
    ("counts", "delete from tally"),
    ("counts", "insert into alias values ('c-cat', 'c-light')"),
    ("search", "insert into term_search (term_search) values ('delete-all')"),
    ("search", "insert into term_search (rowid, grams) values (99, 'ghost')"),
    ("search", "delete from search_key"),
    ("search", "update search_forms set forms = '[[], [], [], []]'"),
    ("search", "update search_forms set forms = 'no JSON'"),
    ("search", "insert into context_search (context_search) values ('delete-all')"),
    ("orphans", "insert into passage (digest, ja, en) values (x'00', '誰も読まない。', null)"),
    ("schema", "drop index context_concept"),
    ("schema", "drop view glossary"),
    ("schema", "drop view terms; create view terms as select 1 as x"),
    ("schema", "drop trigger passage_added"),
    ("journal", "pragma foreign_keys = on; delete from decision where action = 'edit'"),
    ("journal", "update decision set after = 'no JSON' where action = 'approve'"),
]


@pytest.mark.parametrize(("check", "damage"), REPAIRABLE)
def test_what_can_be_derived_is_mended(path, check, damage):
    before = content(path)
    change(path, damage)
    found = examine(path)
    assert check in checks(found)
    assert all(finding.repairable for finding in found), found
    result = repair(path)
    assert result.left == ()
    assert examine(path) == []
    assert content(path) == before
    copies = [p.name for p in path.parent.glob("*.before-repair*")]
    assert copies == ["glossary.db.before-repair"]


LEFT = [
    ("offsets", "update context set ja_start = ja_start + 1 where ja is not null"),
    ("offsets", "update context set en_sentence_end = en_sentence_end - 1 where en is not null"),
    ("offsets", "update segment set ja_end = 100000"),
    ("documents", "update document set text = replace(text, '山猫', '海猫')"),
    ("evidence", "update reason set weight = weight + 0.5"),
    ("evidence", "delete from reason"),
    ("state", "insert into model_state values (9, x'0102')"),
]


@pytest.mark.parametrize(("check", "damage"), LEFT)
def test_what_cannot_be_derived_is_said(path, check, damage):
    change(path, damage)
    found = [finding for finding in examine(path) if finding.check == check]
    assert found
    for finding in found:
        assert not finding.repairable
        assert "build" in finding.advice
        assert "\n" not in str(finding)
    assert check in checks(repair(path).left)


def test_rows_that_refer_to_nothing_go(path):
    change(path, "pragma foreign_keys = off", "delete from unit where name = 'news/cats'")
    assert checks(examine(path)) >= {"references"}
    left = repair(path).left
    assert checks(left) == {"documents"}  # its texts are there, but nothing is known of them until a build
    with closing(open_glossary(path)) as db:
        assert db.execute("pragma foreign_key_check").fetchall() == []
        publish(db, harvest(*ARTICLES), **RUN, refresh=True)
    assert examine(path) == []


class TestJournal:
    def test_a_lost_journal_is_written_anew(self, path):
        lines = journal_path(path).read_text(encoding="utf-8").splitlines()
        journal_path(path).unlink()
        assert checks(examine(path)) == {"journal"}
        assert repair(path).left == ()
        written = journal_path(path).read_text(encoding="utf-8").splitlines()
        assert [json.loads(x)["decision_id"] for x in written] == [json.loads(x)["decision_id"] for x in lines]

    def test_a_faulty_line_is_kept_aside(self, path):
        journal = journal_path(path)
        content_before = journal.read_bytes()
        journal.write_bytes(content_before[:-40] + b"\n\xff\xfe\n")
        assert checks(examine(path)) == {"journal"}
        assert repair(path).left == ()
        assert journal.read_text(encoding="utf-8").count("\n") == content_before.count(b"\n")
        kept = journal.with_name(journal.name + ".faulty")
        assert kept.read_bytes() == content_before[:-40] + b"\n\xff\xfe\n"

    def test_what_only_the_journal_knows_comes_back_in_its_order(self, path):
        before, copy = content(path), path.with_name("old.db")
        shutil.copy(path, copy)
        with closing(open_glossary(path)) as db:
            decide(db, "subject", "c-cat", value="animals", actor="ann")
            decide(db, "subject", "c-cat", value="cats", actor="bob")
        after = content(path)
        shutil.copy(copy, path)  # as from a backup of yesterday
        assert content(path) == before
        assert lacking_decisions(path) == 2
        assert repair(path).left == ()
        assert content(path) == after
        assert lacking_decisions(path) == 0

    def test_what_the_journal_alone_has_is_told_whatever_else_stands_there(self, path):
        line = json.loads(journal_path(path).read_text(encoding="utf-8").splitlines()[0])
        other = {"actor": "eve"} | line | {"decision_id": "01234567-89ab-4def-8123-456789abcdef"}
        with journal_path(path).open("ab") as journal:
            journal.write(b"\xff\n\n{}\n" + json.dumps(other).encode() + b'\n{"decision_id": "01234567')
        assert lacking_decisions(path) == 1
        change(path, "delete from decision where action = 'approve'")
        assert lacking_decisions(path) == 2

    def test_a_decision_that_nobody_can_read_is_not_thrown_away(self, path):
        change(path, "update decision set after = 'no JSON' where action = 'approve'")
        journal_path(path).unlink()
        before = path.read_bytes()
        assert any(not f.repairable for f in examine(path))
        with pytest.raises(GlossaryError, match="cannot be read: restore a backup"):
            repair(path)
        assert path.read_bytes() == before


def test_the_command(path):
    run = CliRunner().invoke
    assert run(doctor_command, ["--db", str(path)]).exit_code == 0
    change(path, "update concept set occurrences = 5")
    result = run(doctor_command, ["--db", str(path)])
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        "counts: not what follows from the texts and the decisions: 4 rows of the table concept:"
        " `glossary doctor --repair` mends it"
    )
    told = json.loads(run(doctor_command, ["--db", str(path), "--json"]).stdout)
    assert (told["found"], told["done"]) == (told["left"], [])
    mended = run(doctor_command, ["--db", str(path), "--repair", "--json"])
    assert mended.exit_code == 0
    assert json.loads(mended.stdout)["left"] == []


def test_what_is_no_glossary_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("山猫", encoding="utf-8")
    for name, words in (("notes.txt", "not a database"), ("none.db", "no glossary here")):
        with pytest.raises(GlossaryError, match=words):
            repair(tmp_path / name)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]
