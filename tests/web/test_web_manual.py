"""docs/web.md says what is so."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import opening
import pytest

from glossary.uses import lookup
from glossary.web import registry
from glossary.web.pages import concept, document, search
from glossary.web.registry import routes

DOCS = Path(__file__).parent.parent.parent / "docs"
MANUAL = (DOCS / "web.md").read_text(encoding="utf-8")
ADDRESSES = dict(re.findall(r"^\| `(/-/[^`]*)` \|.*\| ([^|]*) \|$", MANUAL, re.MULTILINE))
EXAMPLES = {"DATABASE": "coast", "TEXT": "hama", "CONCEPT_ID": "beyond", "NAME": "solo"}


@pytest.mark.asyncio
@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_address_answers(start: opening.Start, address: str) -> None:
    for word, example in EXAMPLES.items():
        address = address.replace(word, example)
    assert (await start().client.get(address)).status_code in (200, 302)


def test_every_page_is_described() -> None:
    described = [re.sub("DATABASE|CONCEPT_ID|NAME", "x", address.partition("?")[0]) for address in ADDRESSES]
    pieces = ["^/-/glossary/(?P<database>[^/]+)/search$"]  # of a page, for the script
    for pattern, _ in routes():
        assert pattern in pieces or any(re.match(pattern, address) for address in described), pattern


@pytest.mark.parametrize(
    ("address", "views"),
    [("concept/CONCEPT_ID", concept.VIEWS), ("document/NAME", document.VIEWS), ("search.json?q=TEXT", search.VIEWS)],
)
def test_views_that_a_page_needs_are_those_named(address: str, views: tuple[str, ...]) -> None:
    assert ADDRESSES[f"/-/glossary/DATABASE/{address}"].partition(";")[0].split(", ") == list(views)


def test_figures() -> None:
    assert f"at most {search.LIMIT}." in MANUAL
    assert f"at most {lookup._ENOUGH_CONTEXTS}, with both sides first" in MANUAL


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", MANUAL)
    assert pictures
    for picture in pictures:
        assert 1_000 < (DOCS / picture).stat().st_size < 200_000, picture


def test_the_example_of_a_page_is_of_the_real_kind() -> None:
    assert "views" in inspect.signature(registry.page).parameters
    assert "methods" in inspect.signature(registry.page).parameters
