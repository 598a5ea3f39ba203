"""A full disk, a file or folder that cannot be written, a clock that was set back, a damaged work file."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from glossaries import ARTICLES, RUN, harvest
from harvests import Article
from processes import in_child, open_to_all
from public_rows import content

from glossary.cli import cli
from glossary.decisions import decide, import_decisions, journal_path
from glossary.doctor.examine import examine
from glossary.errors import GlossaryError
from glossary.records import Concept, Segment
from glossary.store import open_glossary, publish
from glossary.store.backup import back_up
from glossary.work import WorkFile

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes with few rights")
WORDS = ("山猫", "海猫", "北の国", "灯台", "燈台")


def many_articles():
    chance = random.Random(3)
    return [
        Article(f"more/{n}", tuple((chance.choice(WORDS), 3.0, "both") for _ in range(40)), "2024-01-01")
        for n in range(10)
    ]


def refusal(action):
    """The one line with which `action` is refused, or None."""
    try:
        action()
    except GlossaryError as error:
        return str(error)
    return None


def test_a_build_on_a_full_disk_changes_nothing(path):
    before = content(path)
    size = path.stat().st_size

    def build():
        with closing(open_glossary(path)) as db:
            return refusal(lambda: publish(db, harvest(*many_articles()), **RUN))

    messages = [in_child(build, largest_file=size + room) for room in (0, 4096, 16384, 65536)]
    for message in messages:
        assert message is not None
        assert message.startswith(f"{path}: ")
        assert "make room" in message
        assert "\n" not in message
    assert content(path) == before
    assert examine(path) == []
    assert in_child(build) is None  # with room again
    assert examine(path) == []


def test_decisions_on_a_full_disk_are_made_or_refused(path):
    size = max(path.stat().st_size, journal_path(path).stat().st_size)

    def decide_until_full():
        made, refused = [], []
        with closing(open_glossary(path)) as db:
            for number in range(40):
                note = f"{number} " + "長い説明。" * 400
                try:
                    made.append(decide(db, "subject", "c-cat", value=f"s{number}", actor="ann", note=note).decision_id)
                except GlossaryError as error:
                    refused.append(str(error))
        return made, refused

    made, refused = in_child(decide_until_full, largest_file=size + 60_000)
    assert made
    assert refused
    assert all("make room" in message and "\n" not in message for message in refused)
    with closing(open_glossary(path)) as db:
        stored = [row[0] for row in db.execute("select decision_id from decision order by at")]
    assert stored[6:] == made
    lines = [json.loads(line)["decision_id"] for line in journal_path(path).read_text(encoding="utf-8").splitlines()]
    assert lines == stored
    assert examine(path) == []


def test_a_backup_that_finds_no_room_leaves_nothing(path, tmp_path):
    def copy():
        with closing(open_glossary(path, readonly=True)) as db:
            return refusal(lambda: back_up(db, tmp_path / "copy.db"))

    assert "cannot be written" in in_child(copy, largest_file=8192)
    assert not [p for p in tmp_path.iterdir() if "copy" in p.name]


COMMANDS = (
    ["decide", "kind", "c-cat", "law"],
    ["precision", "0.9"],
    ["remove", "news/cats"],
    ["lookup", "山猫"],
    ["stats"],
)


@pytest.mark.parametrize("what", ["file", "folder", "file and folder"])
def test_what_may_not_be_written_is_read(path, what):
    place = open_to_all(path.parent)
    for command in COMMANDS:  # so that all modules are loaded before rights go
        CliRunner().invoke(cli, [*command, "--db", str(path)])
    database = place / path.name
    before = database.read_bytes()
    try:
        if "file" in what:
            database.chmod(0o444)
        if "folder" in what:
            place.chmod(0o555)

        def run(command):
            result = CliRunner().invoke(cli, [*command, "--db", str(database)])
            return result.exit_code, result.stderr, repr(result.exception)

        for command in COMMANDS[:3]:
            code, errors, _ = in_child(lambda command=command: run(command), unprivileged=True)
            assert (code, errors.count("\n")) == (1, 1), errors
            assert str(database) in errors
            assert "cannot be written" in errors
        for command in COMMANDS[3:]:
            assert in_child(lambda command=command: run(command), unprivileged=True)[0] == 0
        assert in_child(lambda: [str(f) for f in examine(database)], unprivileged=True) == []
        assert database.read_bytes() == before
        assert sorted(os.listdir(place)) == sorted(os.listdir(path.parent))
    finally:
        place.chmod(0o777)
        shutil.rmtree(place)


def test_decisions_keep_their_order_though_the_clock_was_set_back(path, tmp_path):
    """A decision of a machine whose clock is ahead came in; what is decided here later is later all the same."""
    ahead = json.loads(journal_path(path).read_text(encoding="utf-8").splitlines()[0])
    ahead |= {
        "decision_id": "01234567-89ab-4def-8123-456789abcdef",
        "at": "2999-01-01T00:00:00.000000Z",
        "action": "subject",
        "after": {"subject": "ahead"},
        "actor": "bob",
    }
    (tmp_path / "theirs.jsonl").write_text(json.dumps(ahead, ensure_ascii=False), encoding="utf-8")
    with closing(open_glossary(path)) as db:
        import_decisions(db, tmp_path / "theirs.jsonl", actor="ann")
        made = [decide(db, "subject", "c-cat", value=f"s{n}", actor="ann") for n in range(3)]
        assert [d.at for d in made] == [f"2999-01-01T00:00:00.00000{n}Z" for n in (1, 2, 3)]
        assert db.execute("select subject from glossary where concept_id = 'c-cat'").fetchall() == [("s2",)]
        publish(db, harvest(*ARTICLES), **RUN, refresh=True)
        assert db.execute("select subject from glossary where concept_id = 'c-cat'").fetchall() == [("s2",)]
    assert examine(path) == []


class TestWorkFile:
    RESULT = ([Segment("a", 0, (0, 1), (0, 1), 1.0)], [Concept("c", "place", (), None, "document")])

    @pytest.mark.parametrize("seed", range(6))
    def test_what_is_damaged_is_made_again(self, tmp_path, seed):
        path = tmp_path / "glossary.db"
        with pytest.raises(KeyboardInterrupt), WorkFile(path) as work:
            for number in range(60):
                work.put(f"key {number}", *self.RESULT)
            raise KeyboardInterrupt
        whole = bytearray(work.path.read_bytes())
        chance = random.Random(seed)
        for _ in range(8):
            start = chance.randrange(len(whole))
            whole[start : start + 200] = chance.randbytes(200)
        work.path.write_bytes(whole)
        with WorkFile(path) as work:
            for number in range(60):
                assert work.get(f"key {number}") in (None, self.RESULT)
                work.put(f"key {number}", *self.RESULT)
                assert work.get(f"key {number}") in (None, self.RESULT)
        assert not work.path.exists()

    def test_what_is_in_use_is_not_taken_for_damaged(self, tmp_path, monkeypatch):
        monkeypatch.setattr("glossary.work._PATIENCE", 0)
        path = tmp_path / "glossary.db"
        with WorkFile(path) as work:
            work.put("key", *self.RESULT)
            with closing(sqlite3.connect(work.path, isolation_level=None)) as other:
                other.execute("begin exclusive")
                with pytest.raises(GlossaryError, match="another program is writing"), WorkFile(path):
                    pass
            assert work.get("key") == self.RESULT

    def test_two_builds_at_once_do_not_take_it_from_each_other(self, tmp_path):
        with WorkFile(tmp_path / "glossary.db") as one:
            with WorkFile(tmp_path / "glossary.db") as other:
                other.put("other", *self.RESULT)
                assert one.get("other") == self.RESULT
            one.put("one", *self.RESULT)
            assert one.get("one") == self.RESULT
