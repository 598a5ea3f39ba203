"""docs/reference says what the program has: generated anew, it is the same. To write it: tests/reference_pages.py."""

from __future__ import annotations

import re

import pytest
from reference_pages import FOLDER, pages

PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_program_says(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == PAGES[name], "stale: run `python tests/reference_pages.py`"


def test_there_are_no_other_pages() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == PAGES.keys()


def test_no_command_option_column_or_method_is_without_a_word() -> None:
    """A row of a table whose last cell is empty, or a heading right before the next one, has nothing to say."""
    for name, content in PAGES.items():
        assert re.findall(r"^\|.*\|\s*\|$", content, re.MULTILINE) == [], name
        assert re.findall(r"^## .*\n+(?=## )", content, re.MULTILINE) == [], name


def test_links_lead_somewhere() -> None:
    for content in PAGES.values():
        for link in re.findall(r"\]\(([^)#]+)\)", content):
            assert (FOLDER / link).exists(), link
