"""Whatever goes wrong outside the program is one line on standard error and exit code 1."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from glossary.cli import GlossaryGroup, cli
from glossary.cli.base import echo_skipped
from glossary.errors import GlossaryError


def group_that_raises(error: BaseException, name: str = "fail") -> click.Group:
    group = GlossaryGroup("glossary")

    @group.command(name)
    def fail() -> None:
        raise error

    return group


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (GlossaryError("a.txt: empty: give it a text"), "a.txt: empty: give it a text"),
        (GlossaryError("two\n  lines"), "two lines"),
        (GlossaryError("two\r\n\u2028lines\n"), "two lines"),
        (GlossaryError("訳文\u3000第２版  最終.txt: empty"), "訳文\u3000第２版  最終.txt: empty"),
        (FileNotFoundError(2, "No such file", "\u3000a\u3000"), "\u3000a\u3000: No such file"),
        (PermissionError(13, "Permission denied", "a.db"), "a.db: Permission denied"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (sqlite3.OperationalError("database is locked"), "the database cannot be used: database is locked"),
        (KeyboardInterrupt(), "Interrupted; nothing was changed."),
    ],
)
def test_one_line(error: BaseException, line: str) -> None:
    result = CliRunner().invoke(group_that_raises(error), ["fail"])
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {line}\n")


def test_an_interrupted_build_says_that_it_goes_on() -> None:
    result = CliRunner().invoke(group_that_raises(KeyboardInterrupt(), "build"), ["build"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: Interrupted; nothing was changed: start it again, and it goes on\n"


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        ("{path} is damaged: save it anew", "Skipped {path}: it is damaged: save it anew"),
        ("{path}: cannot be read", "Skipped {path}: cannot be read"),
        ("{path}, line 3: no term", "Skipped {path}, line 3: no term"),
        ("too large", "Skipped {path}: too large"),
    ],
)
def test_a_skipped_file_is_named_once(capsys: pytest.CaptureFixture[str], reason: str, line: str) -> None:
    path = Path("texts") / "a.docx"
    echo_skipped([(path, reason.format(path=path))])
    assert capsys.readouterr().err == line.format(path=path) + "\n"


def test_a_fault_of_the_program_is_not_hidden() -> None:
    result = CliRunner().invoke(group_that_raises(ZeroDivisionError("bug")), ["fail"])
    assert isinstance(result.exception, ZeroDivisionError)


@pytest.mark.parametrize("command", [["lookup", "領土"], ["stats"], ["serve"]])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "no glossary here"),
        (b"", "no glossary here"),
        (b"plain text, nothing else", "not a database"),
    ],
)
def test_what_is_not_a_glossary_is_named_and_left_alone(
    tmp_path: Path, command: list[str], content: bytes | None, reason: str
) -> None:
    path = tmp_path / "other.db"
    if content is not None:
        path.write_bytes(content)
    result = CliRunner().invoke(cli, [*command, "--db", str(path)])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {path}: {reason}")
    assert result.stderr.count("\n") == 1
    assert (path.read_bytes() if path.exists() else None) == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("create table glossary (ja)")
    db.commit()
    db.close()
    result = CliRunner().invoke(cli, ["lookup", "領土", "--db", str(path)])
    assert result.exit_code == 1
    assert "not a glossary" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["lookup"],
        ["nonsense"],
        ["build"],
        ["lookup", "x", "--limit", "0"],
        ["serve", "--port", "70000"],
        ["--nonsense"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_of_many_skipped_files_fifty_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.docx").write_bytes(b"no archive")
    (tmp_path / "z.txt").write_text("山猫が出た。", encoding="utf-8")
    ran = CliRunner().invoke(cli, ["build", str(tmp_path), "--db", str(tmp_path / "g.db")])
    lines = [line for line in ran.stderr.splitlines() if line.startswith("Skipped")]
    assert ran.exit_code == 1
    assert len(lines) == 51
    assert lines[-1] == "Skipped 10 more files (10 .docx)"
