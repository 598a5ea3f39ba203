"""The README does what it says: its commands and queries are run, its picture is real, its translation in step.

Commands run in a folder like a fresh clone, against the glossary built from the samples. Left out, by this rule alone:
steps that install (`-m venv`, `pip install`), that run these tests (`pytest`), or that do not end (`glossary serve`).
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_glossary import CHECKOUT, bash, clone, environment, glossary

import glossary as package
from glossary.cli import cli
from glossary.store.columns import VIEWS

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = ("-m venv", "pip install", "/pytest", "glossary serve")
README, README_JA = ((CHECKOUT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of that language, in order."""
    return [content for name, content in FENCE.findall(text) if name == language]


def steps(block: str) -> list[str]:
    """The lines of a block without the steps that the rule leaves out."""
    lines = []
    for line in block.splitlines():
        kept = [step for step in line.split(" && ") if not any(words in step for words in LEFT_OUT)]
        lines += [" && ".join(kept)] if kept else []
    return lines


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of our own: the commands change it."""
    path = tmp_path_factory.mktemp("readme") / "clone"
    shutil.copytree(clone(), path)
    (path / ".venv" / "bin" / "activate").write_text(f"PATH='{path}/.venv/bin':$PATH\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{(clone() / 'db' / 'glossary.db').as_uri()}?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")
def test_all_commands_run_in_order(folder: Path) -> None:
    script = [line for block in blocks(README, "bash") for line in steps(block)]
    assert len(script) > 12
    variables = environment() | {"LC_ALL": "C.UTF-8"}
    done = bash("\n".join(script), folder, variables)
    assert done.returncode == 0, done.stderr
    assert "飯倉公館 = Iikura Guest House" in done.stdout
    assert "漁業協同組合 = fisheries cooperative" in done.stdout
    assert (folder / "decisions.jsonl").stat().st_size and (folder / "copy.db").stat().st_size
    with sqlite3.connect(folder / "copy.db") as copy:
        assert copy.execute("select status from glossary where ja = '飯倉公館'").fetchone() == ("approved",)


def test_the_rule_leaves_out_no_more_than_it_says() -> None:
    dropped = [
        step
        for block in blocks(README, "bash")
        for line in block.splitlines()
        for step in line.split(" && ")
        if any(words in step for words in LEFT_OUT)
    ]
    assert dropped == [
        "python3 -m venv .venv",
        ".venv/bin/pip install '.[formats]'",
        "python3 -m venv .venv",
        ".venv/bin/pip install -e '.[test,formats,train]'",
        ".venv/bin/pytest",
        "glossary serve",
    ]


def test_the_extras_that_the_commands_install_exist() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {name for extras in re.findall(r"\.\[([\w,]+)\]", README) for name in extras.split(",")}
    assert named and named <= project["optional-dependencies"].keys()


@pytest.mark.parametrize("query", blocks(README, "sql"))
def test_queries_find_something(db: sqlite3.Connection, query: str) -> None:
    assert db.execute(query).fetchall()


def test_the_picture_is_real(folder: Path) -> None:
    """Every line of it is a line of the output, figures and all."""
    (picture,) = blocks(README, "text")
    printed = glossary("lookup", "飯倉公館", folder=clone())
    assert printed.returncode == 0, printed.stderr
    real = set(printed.stdout.splitlines())
    assert [line for line in picture.splitlines() if line not in real] == [], printed.stdout


def test_the_translation_has_the_same_blocks() -> None:
    assert FENCE.findall(README_JA) == FENCE.findall(README)


def test_the_translation_has_the_same_sections_tables_and_links() -> None:
    def shape(text: str) -> list[str]:
        prose = FENCE.sub("", text)
        links = re.findall(r"\]\(([^)]+)\)", prose)
        return [
            *re.findall(r"^#+(?= )", prose, re.MULTILINE),
            *re.findall(r"^\| `[^`]+`", prose, re.MULTILINE),
            *(link for link in sorted(links) if not link.startswith("README")),
        ]

    assert shape(README_JA) == shape(README)


@pytest.mark.parametrize("text", [README, README_JA], ids=["en", "ja"])
def test_links_inside_the_repository_lead_somewhere(text: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    assert links and [link for link in links if not (CHECKOUT / link).exists()] == []


def test_the_table_of_commands_is_complete() -> None:
    named = re.findall(r"^\| `glossary (\w+)", README, re.MULTILINE)
    assert sorted(named) == sorted(cli.list_commands(None))  # type: ignore[arg-type]


def test_the_views_are_all_named() -> None:
    section = README[README.index("## SQL") :].partition("Use any SQLite program")[0]
    assert sorted(re.findall(r"`(\w+)`", section)) == sorted(VIEWS)


def test_the_changelog_names_the_version() -> None:
    changelog = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.findall(r"^## (\S+)", changelog, re.MULTILINE)[0]
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert newest == package.__version__ == project["version"]


def test_continuous_integration_takes_its_commands_from_the_readme() -> None:
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r'grep -m1 -F -- "([^"]+)" README\.md', script)
    assert pattern is not None
    first = next(line for line in README.splitlines() if pattern[1] in line)
    assert first == blocks(README, "bash")[1].strip()
