"""docs/reliability.md: each promise names a test that is there, each command can be given, each check exists."""

from __future__ import annotations

import ast
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from glossary.cli.doctor import doctor_command

CHECKOUT = Path(__file__).parents[2]
MANUAL = (CHECKOUT / "docs" / "reliability.md").read_text(encoding="utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)+)`", MANUAL)))


@cache
def names(path: str) -> set[str]:
    """`test_function` and `TestClass::test_function` of a file."""
    found = set()
    for node in ast.parse((CHECKOUT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)}
    return found


@pytest.mark.parametrize("test", TESTS)
def test_the_test_behind_each_promise_is_there(test):
    path, _, name = test.partition("::")
    assert name in names(path)


def test_every_promise_has_a_test():
    promises = MANUAL.partition("## `glossary doctor`")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert len(rows) > 20
    assert [row for row in rows if not re.search(r"`tests/.*::test_\w+` \|$", row)] == []


@pytest.mark.parametrize("line", re.findall(r"^\$ glossary doctor(.*)$", MANUAL, re.M))
def test_the_commands_can_be_given(line):
    doctor_command.make_context("doctor", shlex.split(line))


def test_every_check_is_told():
    table = MANUAL.partition("| check |")[2]
    told = set(re.findall(r"^\| (\w+) \|", table, re.M)) - {"check"}
    sources = (CHECKOUT / "glossary" / "doctor").glob("*.py")
    made = {name for path in sources for name in re.findall(r'Finding\(\s*"(\w+)"', path.read_text(encoding="utf-8"))}
    assert made | {"search", "orphans", "counts"} == told


def test_the_measured_runs_can_be_made_again():
    commands = re.findall(r"^\$ python (tests/benchmarks/\w+\.py)(.*)$", MANUAL, re.M)
    assert {Path(path).name for path, _ in commands} == {"torture.py", "fuzz.py"}
    for path, arguments in commands:
        source = (CHECKOUT / path).read_text(encoding="utf-8")
        assert all(f'"{option}"' in source for option in re.findall(r"--\w+", arguments))


def test_the_figures_told_are_of_runs_that_lost_and_found_nothing():
    """Lines copied from the programs; whether the programs still print such lines is seen when they are run."""
    torture, fuzz = re.findall(r"^```text\n(.+)\n```$", MANUAL, re.M)
    rounds = re.search(r"torture\.py --rounds (\d+)", MANUAL)[1]
    assert re.fullmatch(
        rf"{rounds} rounds in [\d,]+ s \(.+\); [\d,]+ killed, of them [\d,]+ while they stored, [\d,]+ left a "
        r"half-written file; [\d,]+ decisions made, none lost; [1-9]\d* comparisons with a build in one go: equal",
        torture,
    )
    counts = dict(re.findall(r"(\w+) ([\d,]+)", re.search(r"\((.+?)\)", torture)[1]))
    assert sum(int(count.replace(",", "")) for count in counts.values()) == int(rounds)
    assert re.fullmatch(
        r"after [\d.]+ minutes: [\d,]+ files read, [\d,]+ imported, [\d,]+ requests, [\d,]+ searches; 0 kinds of "
        r"findings",
        fuzz,
    )
