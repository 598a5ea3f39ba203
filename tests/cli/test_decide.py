"""`decide`, `decisions`, `remove` and `backup` as people run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossary.cli import cli
from glossary.decisions.actions import ACTIONS
from glossary.records import Document, Harvest
from glossary.store import open_glossary, publish


@pytest.fixture
def path(glossary_path: Path, tmp_path: Path) -> Path:
    """A database to change."""
    return Path(shutil.copy(glossary_path, tmp_path / "g.db"))


def run(path: Path, *arguments: str) -> Result:
    return CliRunner(env={"GLOSSARY_ACTOR": "ann"}).invoke(cli, [*arguments, "--db", str(path)])


def test_decide_list_undo(path: Path) -> None:
    made = run(path, "decide", "prefer", "us", "--term", "U.S.", "--note", "house style")
    assert (made.exit_code, made.stderr) == (0, "prefer: us (in force)\n")
    assert run(path, "lookup", "米国").stdout.startswith("米国 = U.S.\n")
    listed = run(path, "decisions", "list").stdout
    assert listed.endswith(f"{made.stdout.strip()}  米国 = United States  language: en, term: U.S.  house style\n")
    whole = json.loads(run(path, "decide", "undo", made.stdout.strip(), "--json").stdout)
    assert (whole["action"], whole["actor"]) == ("undo", "ann")
    assert run(path, "decisions", "list", "--state", "undone").stdout.count("\n") == 1
    assert run(path, "decisions", "list", "--concept", "land").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(
            ["edit", "northern", "Northern Isles", "--term", "Northern Territories"],
            ["edit: Northern Territories → Northern Isles (undo: glossary decide undo {id})"],
            id="what was edited",
        ),
        pytest.param(
            ["forbid", "us", "--term", "United States"],
            ["forbid: us (in force)", "United States was the preferred English term; U.S. takes its place"],
            id="the preferred term is forbidden",
        ),
        pytest.param(
            ["deprecate", "iikura", "--term", "飯倉"],
            [
                "deprecate: iikura (in force)",
                "飯倉 was the only Japanese term that may be used: "
                "glossary decide add iikura --term TERM --language ja",
            ],
            id="and is the only one",
        ),
        pytest.param(["forbid", "us", "--term", "U.S."], ["forbid: us (in force)"], id="another one is forbidden"),
        pytest.param(
            ["add", "--ja", "霧の岬"],
            [
                "add: {concept} (in force)",
                "the concept has no English term yet: glossary decide add {concept} --term TERM --language en",
            ],
            id="one language",
        ),
        pytest.param(
            ["add", "--ja", "霧の岬", "--en", "Cape Mist"], ["add: {concept} (in force)"], id="both languages"
        ),
        pytest.param(["add", "iikura", "--term", "Iigura"], ["add: iikura (in force)"], id="a further term"),
    ],
)
def test_what_a_decision_tells_on_standard_error(path: Path, arguments: list[str], told: list[str]) -> None:
    made = run(path, "decide", *arguments)
    (row,) = run(path, "decisions", "list").stdout.splitlines()
    assert made.exit_code == 0 and made.stdout.strip() in row
    concept = row.split("  ")[3]
    assert made.stderr.splitlines() == [line.format(id=made.stdout.strip(), concept=concept) for line in told]


@pytest.mark.parametrize(
    "arguments",
    [
        ["praise", "us"],
        ["kind", "us"],
        ["kind"],
        ["prefer", "us"],
        ["prefer", "us", "--term", "a", "--term", "b"],
        ["approve", "us", "--term", "a"],
        ["approve", "us", "yes"],
    ],
)
def test_wrong_usage(path: Path, arguments: list[str]) -> None:
    result = run(path, "decide", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_errors_are_one_line(path: Path) -> None:
    result = run(path, "decide", "approve", "nobody")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: nobody: no such concept: look it up with `glossary lookup TERM`\n"


def test_help_names_every_action() -> None:
    text = CliRunner().invoke(cli, ["decide", "--help"]).stdout
    assert all(f"\n  {name} " in text for name in ACTIONS)


def test_export_and_import(path: Path, glossary_path: Path, tmp_path: Path) -> None:
    run(path, "decide", "approve", "us")
    file = tmp_path / "decisions.jsonl"
    assert run(path, "decisions", "export", str(file)).stderr == "1 decisions written.\n"
    assert run(path, "decisions", "export").stdout == file.read_text(encoding="utf-8")
    other = Path(shutil.copy(glossary_path, tmp_path / "other.db"))
    run(other, "decide", "reject", "us", "--actor", "bob")
    result = run(other, "decisions", "import", str(file))
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["here", "file"]
    assert result.stderr == "0 decisions added, 0 known already, 0 whose target is not here, 1 in conflict.\n"
    assert run(other, "decisions", "import", str(file), "--theirs").exit_code == 0
    assert "approved" in run(other, "lookup", "米国").stdout


def test_remove_and_backup(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run(path, "backup", str(copy)).exit_code == 0
    assert run(path, "backup", str(copy)).exit_code == 1
    result = run(path, "remove", "talks")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("2 documents removed; ")
    assert run(path, "lookup", "北方領土").exit_code == 1
    assert run(copy, "lookup", "北方領土").exit_code == 0
    assert run(path, "remove", "talks").exit_code == 1


def test_one_document_is_counted_as_one(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    db = open_glossary(path, create=True)
    text = Document("notice-ja", "notice", "ja", "岬に霧が出た。")
    publish(db, Harvest(documents=(text,)), command="build", version="0.1.0", default_threshold=0.4)
    db.close()
    assert run(path, "remove", "notice").stderr.startswith("1 document removed; 0 concepts touched, 0 of them gone.")
