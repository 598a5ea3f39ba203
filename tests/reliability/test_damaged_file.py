"""A file that was cut off or written over: told in one line by every command, and no decision is lost."""

from __future__ import annotations

import random
from contextlib import closing

import pytest
from click.testing import CliRunner
from glossaries import ARTICLES, RUN, harvest
from public_rows import content

from glossary.cli import cli
from glossary.cli.doctor import doctor_command
from glossary.decisions import journal_path
from glossary.doctor.examine import examine, repair
from glossary.errors import GlossaryError
from glossary.store import open_glossary, publish


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


def write_over(path, start, length, filling=b"\xa5"):
    whole = bytearray(path.read_bytes())
    whole[start : start + length] = filling * length
    path.write_bytes(whole[: max(len(whole), start)])


DAMAGES = {
    "cut off in the middle": lambda path: cut(path, path.stat().st_size // 2),
    "cut off after the first page": lambda path: cut(path, 4096),
    "cut off in the header": lambda path: cut(path, 50),
    "empty": lambda path: cut(path, 0),
    "gone": lambda path: path.unlink(),
    "its beginning is written over": lambda path: write_over(path, 0, 4096, b"\0"),
    "the schema is written over": lambda path: write_over(path, 100, 3000),
    "its middle is written over": lambda path: write_over(path, 8192, path.stat().st_size - 20000),
    "all but the header is written over": lambda path: write_over(path, 100, path.stat().st_size),
}
COMMANDS = (
    ["lookup", "山猫"],
    ["stats"],
    ["decide", "kind", "c-cat", "law"],
    ["decisions", "list"],
    ["decisions", "export", "-"],
    ["precision", "high"],
    ["remove", "news/cats"],
    ["backup", "copy.db"],
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_decisions_are_recovered_and_a_build_finds_the_rest(path, damage):
    before = content(path)
    DAMAGES[damage](path)
    damaged = path.read_bytes() if path.exists() else None
    (finding,) = examine(path)
    assert finding.check == "file"
    assert "glossary doctor --repair" in finding.advice
    result = repair(path)
    assert any("6 decisions recovered" in done for done in result.done)
    assert result.left == ()
    if damaged is not None:
        assert path.with_name("glossary.db.damaged").read_bytes() == damaged
    with closing(open_glossary(path)) as db:
        publish(db, harvest(*ARTICLES), **RUN)
    assert content(path) == before
    assert examine(path) == []


def test_without_a_journal_what_the_file_still_has_is_recovered(path):
    before = content(path)
    journal_path(path).unlink()
    with closing(open_glossary(path)) as db:
        (page,) = db.execute("select rootpage from sqlite_master where name = 'passage'").fetchone()
        (size,) = db.execute("pragma page_size").fetchone()
    write_over(path, (page - 1) * size, size)
    assert [finding.check for finding in examine(path)] == ["file"]
    done = repair(path).done
    assert any("6 decisions recovered" in line for line in done)
    assert done[-1].startswith("run `build`")
    with closing(open_glossary(path)) as db:
        publish(db, harvest(*ARTICLES), **RUN)
    assert content(path) == before
    assert len(journal_path(path).read_text(encoding="utf-8").splitlines()) == 6


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_command_says_it_in_one_line(path, damage, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    DAMAGES[damage](path)
    for command in COMMANDS:
        result = CliRunner().invoke(cli, [*command, "--db", str(path)])
        assert isinstance(result.exception, SystemExit), (command, result.exception)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1, (command, result.stderr)
        assert str(path) in result.stderr or "`glossary doctor --repair`" in result.stderr


@pytest.mark.parametrize("seed", range(15))
def test_damage_anywhere_never_ends_in_a_traceback(path, seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    chance = random.Random(seed)
    whole = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 4, 40])):
        start = chance.randrange(100, len(whole))
        stretch = chance.randbytes(chance.choice([1, 16, 512]))
        whole[start : start + len(stretch)] = stretch
    path.write_bytes(whole)
    for command in COMMANDS[:4]:
        result = CliRunner().invoke(cli, [*command, "--db", str(path)])
        assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
    result = CliRunner().invoke(doctor_command, ["--db", str(path), "--repair"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    with closing(open_glossary(path)) as db:
        decided = {row[0] for row in db.execute("select decision_id from decision")}
    assert len(decided) >= 6


def test_of_a_lost_database_it_is_said_where_its_decisions_are(path):
    path.unlink()
    with pytest.raises(GlossaryError, match=r"its decisions are in glossary\.db\.decisions\.jsonl: recover them with"):
        open_glossary(path, readonly=True)
