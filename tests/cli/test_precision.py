"""`glossary precision`: what is shown changes without a build."""

import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from glossary.cli import cli


@pytest.fixture
def copied(glossary_path, tmp_path):
    """A glossary of this test's own: the other one serves all tests."""
    return shutil.copy(glossary_path, tmp_path / "glossary.db")


def shown(path) -> int:
    with sqlite3.connect(path) as db:
        return db.execute("select count(*) from contexts where score is not null").fetchone()[0]


def test_a_number_moves_pairs_between_contexts_and_candidates(copied):
    def run(value: str) -> int:
        assert CliRunner().invoke(cli, ["precision", value, "--db", str(copied)]).exit_code == 0
        return shown(copied)

    everything, nothing = run("0"), run("1")
    assert everything > nothing
    assert run("0") == everything


@pytest.mark.parametrize("value", ["often", "1.5", "-1", "nan"])
def test_what_is_no_confidence_is_refused_in_one_line(copied, value):
    result = CliRunner().invoke(cli, ["precision", "--db", str(copied), "--", value])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ") and result.output.count("\n") == 1
