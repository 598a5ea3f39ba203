"""A build that is killed outright goes on where it was, gives the same glossary, and leaves no process behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sample_glossary import CHECKOUT, copy_samples, environment

from glossary.build import build
from glossary.scale.dump import canonical_dump

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups")
NAMES = ["sumo", "foreign-ministers", "shingles"]
_SCRIPT = """
import sys
import glossary.scale.units
from glossary.cli import main

glossary.scale.units.CHUNK_UNITS = 1
if __name__ == "__main__":  # Dask's workers read this file, too
    sys.exit(main())
"""
_PATIENCE = 120
"""Seconds."""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_samples(NAMES, tmp_path_factory.mktemp("killed") / "articles")
    build([folder], folder.parent / "plain.db")
    return folder


def rows(path: Path, table: str) -> int:
    """Of the work file; 0 as long as it is not there."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            return db.execute(f"select count(*) from {table}").fetchone()[0]
    except sqlite3.Error:
        return 0


def killed(articles: Path, folder: Path, ways: Sequence[str], table: str) -> int:
    """Kill a build in a chunk a text as soon as the work file has a row; the rows that it left."""
    script = folder / "one_by_one.py"
    script.write_text(_SCRIPT)
    command = [sys.executable, script, "build", articles, "--db", folder / "g.db", *ways]
    with open(folder / "log", "wb") as log:
        run = subprocess.Popen(command, env=environment(), cwd=CHECKOUT, stderr=log, start_new_session=True)
    deadline = time.monotonic() + _PATIENCE
    while not rows(folder / "g.db.work", table):
        assert run.poll() is None and time.monotonic() < deadline, (folder / "log").read_text()
        time.sleep(0.01)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    await_end_of(run.pid)
    return rows(folder / "g.db.work", table)


def await_end_of(group: int) -> None:
    """The processes of a killed build end by themselves."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < deadline, "processes of the killed build are still there"
        time.sleep(0.1)


@pytest.mark.parametrize("ways", [["--jobs", "2"], ["--scheduler", "local", "--jobs", "2"]], ids=["processes", "dask"])
@pytest.mark.parametrize(("table", "step"), [("aligned", "Analysing"), ("result", "Pairing terms")])
def test_a_killed_build_goes_on(articles: Path, tmp_path: Path, ways: list[str], table: str, step: str) -> None:
    if "--scheduler" in ways:
        pytest.importorskip("distributed", reason="the extra dask is not installed")
    done = killed(articles, tmp_path, ways, table)
    assert done and not (tmp_path / "g.db").exists()
    to_do = {}
    build([articles], tmp_path / "g.db", progress=lambda name, _, total: to_do.update({name: total}))
    assert to_do.get(step, 0) == len(NAMES) - done
    dumps = [canonical_dump(path) for path in (tmp_path / "g.db", articles.parent / "plain.db")]
    assert dumps[0] == dumps[1]
