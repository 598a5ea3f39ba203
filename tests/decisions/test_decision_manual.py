"""The manual says what the actions are, and its examples work."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from glossaries import glossary, rows
from harvests import Article

from glossary.cli import cli
from glossary.decisions import ACTIONS
from glossary.decisions.actions import manual

MANUAL = Path(__file__).parents[2] / "docs" / "decisions.md"
TERMS = {"'Northern Isles'": "gull", "北島": "海猫"}


def test_the_chapter_is_that_of_the_table():
    assert MANUAL.read_text(encoding="utf-8").endswith(manual())


def examples() -> list[str]:
    lines = MANUAL.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("$ glossary ") for line in lines if line.startswith("$ glossary decide ")]


def test_every_action_has_an_example():
    assert [example.split()[1] for example in examples()] == list(ACTIONS)


@pytest.mark.parametrize("example", examples())
def test_examples(tmp_path, example):
    article = Article("a", (("山猫", 2.5, "both"), ("海猫", 2.5, "both"), ("北の国", 3.5, "both")))
    db = glossary(tmp_path / "g.db", article)
    for old, new in TERMS.items():
        example = example.replace(old, new)
    path = str(tmp_path / "g.db")
    made = CliRunner().invoke(cli, ["decide", "approve", "c-cat", "--db", path]).stdout.strip()
    (context,) = rows(db, "select min(id) from contexts where concept_id = 'c-cat'")[0]
    ids = {"CONCEPT": "c-cat", "OTHER": "c-north", "CONTEXT": str(context), "DECISION": made}
    words = [ids.get(word, word) for word in shlex.split(example)]
    result = CliRunner().invoke(cli, [*words, "--db", path, "--actor", "ann"])
    assert result.exit_code == 0 and result.stderr.count("\n") in (1, 2), result.output  # with a remark
    stored = rows(db, "select action, actor, state from decisions where decision_id = ?", [result.stdout.strip()])
    assert stored == [(words[1], "ann", "in force")]
    db.close()
