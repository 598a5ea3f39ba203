"""The commands, the Python and the SQL of docs/desk.md run, and its table names the rules that there are."""

from __future__ import annotations

import re
import shlex
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_glossary import CHECKOUT, clone

from glossary import sqlfunctions
from glossary.checking.findings import RULES
from glossary.checking.suppressions import read_suppressions
from glossary.cli.desk import annotate_command, check_command

MANUAL = (CHECKOUT / "docs" / "desk.md").read_text(encoding="utf-8")
COMMANDS = {"annotate": annotate_command, "check": check_command}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)


def examples() -> list[str]:
    lines = [line for block in blocks("console") for line in block.splitlines()]
    return [line.removeprefix("$ glossary ") for line in lines if line.split()[2] in COMMANDS]


@pytest.mark.parametrize("example", examples())
def test_commands(example: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(clone())
    name, *words = shlex.split(example.replace("festival.html", str(tmp_path / "festival.html")))
    result = CliRunner().invoke(COMMANDS[name], [*words, "--db", "db/glossary.db"])
    assert result.exit_code in (0, 3), result.output
    assert result.output.strip()


def test_the_table_has_every_rule() -> None:
    assert re.findall(r"^\| `([a-z-]+)`", MANUAL, re.MULTILINE) and set(
        re.findall(r"^\| `([a-z-]+)`", MANUAL, re.MULTILINE)
    ) == set(RULES)


def test_the_suppressions_can_be_read(tmp_path: Path) -> None:
    (block,) = blocks("text")
    (tmp_path / "accepted.txt").write_text(block, encoding="utf-8")
    assert len(read_suppressions(tmp_path / "accepted.txt").patterns) == 2


def test_python(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(clone())
    (block,) = blocks("python")
    exec(compile(block, "desk.md", "exec"), {})
    assert "number 4 where the Japanese has ３本" in capsys.readouterr().out


def test_sql() -> None:
    connection = sqlite3.connect(":memory:")
    sqlfunctions.register(connection)
    (block,) = blocks("sql")
    for line in block.splitlines():
        statement, result = line.split("--")
        assert connection.execute(statement).fetchone()[0] == result.strip()
    connection.close()
