"""Each of the twenty questions of docs/recipes.md is answered by its SQL, its commands and its page.

They run in order on a glossary built from the samples, as a reader has it. That they answer the same question is
checked, too: what a command prints or writes, and what a page shows, has something in it that the SQL finds.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from click.testing import CliRunner
from datasette.app import Datasette
from sample_glossary import CHECKOUT, clone

from glossary.cli import cli
from glossary.uses.serve import datasette_files

MANUAL = (CHECKOUT / "docs" / "recipes.md").read_text(encoding="utf-8")
FINDINGS = 3
"""Exit code of `check`, whose example finds something."""


@dataclass(frozen=True)
class Recipe:
    title: str
    queries: tuple[str, ...]
    commands: tuple[str, ...]
    pages: tuple[str, ...]

    @classmethod
    def read(cls, section: str) -> Recipe:
        blocks = dict(re.findall(r"^```(sql|console)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL))
        (pages,) = re.findall(r"^Page: (.*)$", section, re.MULTILINE)
        commands = tuple(line.removeprefix("$ ") for line in blocks["console"].splitlines())
        return cls(section.partition("\n")[0], (blocks["sql"],), commands, tuple(re.findall(r"`([^`]+)`", pages)))


RECIPES = [Recipe.read(section) for section in MANUAL.split("\n## ")[1:]]
each_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.title for recipe in RECIPES])


@dataclass(frozen=True)
class Answers:
    folder: Path
    texts: dict[str, str]
    """Command: what it printed and wrote."""
    codes: dict[str, int]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """All commands, run in order in a folder as a reader has it."""
    folder = tmp_path_factory.mktemp("recipes") / "clone"
    shutil.copytree(clone(), folder)
    found = Answers(folder, {}, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("GLOSSARY_ACTOR", "ann")
        patch.delenv("GLOSSARY_DB", raising=False)
        for command in (command for recipe in RECIPES for command in recipe.commands):
            name, *words = shlex.split(command)
            assert name == "glossary"
            result = CliRunner().invoke(cli, words)
            written = [Path(word) for word in words if Path(word).suffix in (".html", ".svg")]
            pages = [re.sub(r"<[^>]+>", "", path.read_text(encoding="utf-8")) for path in written if path.exists()]
            found.texts[command] = unescape("\n".join([result.output, *pages]))
            found.codes[command] = result.exit_code
        yield found


@pytest.fixture(scope="module")
def datasette(answers: Answers, tmp_path_factory: pytest.TempPathFactory) -> Datasette:
    """As `glossary serve` starts it."""
    path = answers.folder / "db" / "glossary.db"
    files = datasette_files(tmp_path_factory.mktemp("config"), path)
    metadata, config = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in files)
    before_1 = hasattr(Datasette, "permission_allowed")
    return Datasette([str(path)], metadata=metadata, **({} if before_1 else {"config": config}))


def findings(answers: Answers, query: str) -> set[str]:
    """The texts that a query finds, of two characters or more."""
    path = answers.folder / "db" / "glossary.db"
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return {cell for row in db.execute(query) for cell in row if isinstance(cell, str) and len(cell) > 1}
    finally:
        db.close()


def test_they_are_twenty() -> None:
    assert [recipe.title.partition(".")[0] for recipe in RECIPES] == [str(number) for number in range(1, 21)]
    assert all(recipe.queries and recipe.commands and recipe.pages for recipe in RECIPES)


@each_recipe
def test_sql_finds_something(answers: Answers, recipe: Recipe) -> None:
    for query in recipe.queries:
        assert findings(answers, query)


@each_recipe
def test_commands_say_what_sql_finds(answers: Answers, recipe: Recipe) -> None:
    for command in recipe.commands:
        expected = FINDINGS if command.startswith("glossary check") else 0
        assert answers.codes[command] == expected, answers.texts[command]
    said = "\n".join(answers.texts[command] for command in recipe.commands)
    assert any(cell in said for query in recipe.queries for cell in findings(answers, query)), said[:2000]


@pytest.mark.asyncio
@each_recipe
async def test_pages_show_what_sql_finds(answers: Answers, datasette: Datasette, recipe: Recipe) -> None:
    for page in recipe.pages:
        response = await datasette.client.get(quote(page, safe="/?=&+"), follow_redirects=True)
        assert response.status_code == 200, response.text[:500]
        shown = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<(rt|rp)>.*?</\1>", "", response.text)))
        assert any(cell in shown for query in recipe.queries for cell in findings(answers, query)), page


def test_only_public_views_are_read() -> None:
    from glossary.store.columns import VIEWS

    for recipe in RECIPES:
        for query in recipe.queries:
            assert set(re.findall(r"(?:from|join) (\w+)", query)) <= VIEWS.keys()
