"""docs/tutorial.md: every command runs, in order, and what the text says about the result is so."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from pathlib import Path

import pytest
from sample_glossary import CHECKOUT, bash, command, environment

PAGE = (CHECKOUT / "docs" / "tutorial.md").read_text(encoding="utf-8")
SCRIPT = "".join(re.findall(r"^```bash\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))

pytestmark = pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder after the hour, and what was printed."""
    pytest.importorskip("openpyxl", reason="needs the extra: pip install 'glossary[formats]'")
    folder, tools = tmp_path_factory.mktemp("hour"), tmp_path_factory.mktemp("bin")
    for name, call in (("glossary", command()), ("sqlite-utils", [sys.executable, "-m", "sqlite_utils"])):
        words = " ".join(f"'{word}'" for word in call)
        (tools / name).write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
        (tools / name).chmod(0o755)
    variables = environment() | {"LC_ALL": "C.UTF-8", "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    done = bash(SCRIPT, folder, variables)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_the_wrong_line_is_in_the_list_and_gone_at_the_end(hour: tuple[Path, str]) -> None:
    folder, printed = hour
    assert re.search(r"972e4be5e0ae89c5 +波返し工事 +begin work", printed)
    with sqlite3.connect(folder / "glossary.db") as db:
        assert db.execute("select 1 from glossary where ja = '波返し工事'").fetchall() == []


def test_the_corrections_are_exported(hour: tuple[Path, str]) -> None:
    from openpyxl import load_workbook

    text = (hour[0] / "omegat-project" / "glossary" / "coast.txt").read_text(encoding="utf-8")
    assert "\n波返し\twave return wall\t" in text and "波返し工事" not in text
    assert "reading: イリフネギョギョウキョウドウクミアイ" in text
    cells = [cell for row in load_workbook(hour[0] / "coast.xlsx").worksheets[0].values for cell in row]
    assert "波返し" in cells and "イリフネギョギョウキョウドウクミアイ" in cells


def test_the_workbook_alone_changes_nothing_and_the_copy_is_whole(hour: tuple[Path, str]) -> None:
    with sqlite3.connect(hour[0] / "coast-today.db") as copy:
        assert copy.execute("select count(*) from decisions").fetchone() == (3,)


def test_links_lead_somewhere() -> None:
    assert [link for link in re.findall(r"\]\(([^)#]+)\)", PAGE) if not (CHECKOUT / "docs" / link).exists()] == []
