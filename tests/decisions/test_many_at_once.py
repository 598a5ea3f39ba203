"""Several processes at once, full disks, copies and erasure."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from glossaries import CATS, RUN, TOWER, glossary, harvest, rows
from harvests import Article

from glossary.decisions import decide, journal, journal_path
from glossary.errors import GlossaryError
from glossary.store import open_glossary, publish
from glossary.store.backup import back_up
from glossary.uses.removal import documents_at, remove

DECIDE = """
import sys
from glossary.decisions import decide
from glossary.store import open_glossary
db = open_glossary(sys.argv[1])
for number in range(int(sys.argv[3])):
    decide(db, "subject", "c-cat", value=f"{sys.argv[2]} {number}", actor=sys.argv[2])
"""


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in journal_path(path).read_text(encoding="utf-8").splitlines()]


def test_three_processes_decide_and_no_row_is_lost_or_doubled(tmp_path):
    path = tmp_path / "g.db"
    glossary(path).close()
    commands = [[sys.executable, "-c", DECIDE, str(path), name, "8"] for name in ("ann", "bob", "eve")]
    running = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for command in commands]
    db = open_glossary(path)
    publish(db, harvest(Article("later", (("山猫", 3.0, "both"),))), **RUN)
    assert [process.wait(60) for process in running] == [0, 0, 0]
    made = rows(db, "select actor, json_extract(after, '$.subject'), decision_id, at from decisions order by at")
    assert sorted(row[:2] for row in made) == sorted((a, f"{a} {i}") for a in ("ann", "bob", "eve") for i in range(8))
    assert [line["decision_id"] for line in lines(path)] == [row[2] for row in made]
    assert len({row[3] for row in made}) == 24
    assert rows(db, "select subject from glossary where concept_id = 'c-cat'") == [(made[-1][1],)]
    db.close()


def test_a_writer_that_does_not_end_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("glossary.store.connection.BUSY_TIMEOUT", 0.1)
    db = glossary(tmp_path / "g.db")
    other = sqlite3.connect(tmp_path / "g.db")
    other.execute("begin immediate")
    with pytest.raises(GlossaryError, match="another program is writing to it: try again"):
        decide(db, "approve", "c-cat", actor="ann")
    other.close()
    assert not journal_path(tmp_path / "g.db").exists()
    db.close()


def test_without_its_journal_nothing_is_decided(db, tmp_path, monkeypatch):
    decide(db, "kind", "c-cat", value="law", actor="ann")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal.os, "fsync", full)
    with pytest.raises(GlossaryError, match=r"decisions\.jsonl: the journal .*No space left.* nothing was decided"):
        decide(db, "kind", "c-cat", value="work", actor="ann")
    assert rows(db, "select kind from glossary where concept_id = 'c-cat'") == [("law",)]
    assert len(lines(tmp_path / "glossary.db")) == 1


def test_what_is_not_committed_is_not_in_the_journal(db, tmp_path):
    decide(db, "kind", "c-cat", value="law", actor="ann")
    db.execute("create temp trigger stop before insert on decision begin select raise(abort, 'disk is full'); end")
    with pytest.raises((GlossaryError, sqlite3.IntegrityError)):
        decide(db, "kind", "c-cat", value="work", actor="ann")
    entry = journal.Entry(journal_path(tmp_path / "glossary.db"), 0, 1)
    entry.take_back()  # others have written since: nothing is taken
    assert len(lines(tmp_path / "glossary.db")) == 1


def test_a_backup_is_consistent_while_others_decide(tmp_path):
    path = tmp_path / "g.db"
    db = glossary(path)
    with subprocess.Popen(
        [sys.executable, "-c", DECIDE, str(path), "ann", "25"], cwd=Path(__file__).parents[2]
    ) as process:
        copies = []
        while process.poll() is None and len(copies) < 5:
            copies.append(tmp_path / f"copy{len(copies)}.db")
            assert back_up(db, copies[-1]) > 0
    assert process.returncode == 0
    for copy in copies:
        copied = open_glossary(copy)
        assert rows(copied, "pragma integrity_check") == [("ok",)]
        last = rows(copied, "select json_extract(after, '$.subject') from decisions order by at desc limit 1")
        assert last in ([], rows(copied, "select subject from glossary where concept_id = 'c-cat'"))
        copied.close()
    with pytest.raises(GlossaryError, match=r"copy0\.db: there already; nothing was written"):
        back_up(db, copies[0])
    with pytest.raises(GlossaryError, match="cannot be written"):
        back_up(db, tmp_path / "nowhere" / "copy.db")
    assert sorted(p.name for p in tmp_path.iterdir() if "part" in p.name) == []
    db.close()


SECRET = Article("secret", (("海猫", 3.0, "both"), ("燈台", 3.0, "both")))


def test_erased_texts_leave_no_trace(tmp_path):
    path = tmp_path / "g.db"
    db = glossary(path, CATS, TOWER, SECRET)
    sentences = ("これは海猫です".encode(), b"Lighthouse here")
    assert all(sentence in path.read_bytes() for sentence in sentences)
    back_up(db, tmp_path / "old.db")
    made = decide(db, "forbid", "c-cat", term="gull", actor="ann")
    removed = remove(db, ["secret"], erase=True)
    db.close()
    content = path.read_bytes()
    assert not any(sentence in content for sentence in sentences)
    assert "燈台".encode() not in content
    assert removed.report.documents_removed == 2
    assert removed.decisions == ((made.decision_id, "forbid"),)
    assert [p.name for p in removed.files] == ["g.db.decisions.jsonl", "old.db"]


def test_one_side_of_a_bitext_leaves_the_other_alone(db):
    removed = remove(db, ["news/tower.ja.txt"])
    (other,) = rows(db, "select document_id from documents where document = 'news/tower'")
    assert removed.report.widowed == other


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("news/cats", {("news/cats", "ja"), ("news/cats", "en")}),
        ("news/cats.ja.txt", {("news/cats", "ja")}),
        ("news", {(f"news/{name}", side) for name in ("cats", "light", "tower") for side in ("ja", "en")}),
    ],
)
def test_which_documents_a_path_means(db, path, names):
    from glossary.store import stored_documents

    assert {(d.name, d.language) for d in documents_at(stored_documents(db), [path])} == names


def test_a_path_that_means_nothing(db):
    with pytest.raises(GlossaryError, match="news/dogs: no document in the glossary was read from there"):
        remove(db, ["news/cats", "news/dogs"])
    assert rows(db, "select count(*) from documents") == [(6,)]


def test_the_model_state_goes_with_erased_texts(tmp_path):
    path = tmp_path / "g.db"
    db = glossary(path, CATS, TOWER)
    publish(db, harvest(SECRET), **RUN, state=b"counts of TOPSECRET words")
    remove(db, ["news/tower"])
    assert rows(db, "select count(*) from model_state") == [(1,)]
    removed = remove(db, ["secret"], erase=True)
    db.close()
    assert removed.report.states_removed == 1
    assert b"TOPSECRET" not in path.read_bytes()
