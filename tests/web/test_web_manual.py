"""docs/web.md says what is so."""

from __future__ import annotations

import inspect
import json
import re
import shutil
import sys
from pathlib import Path

import opening
import pytest
import yaml
from desk import decided, open_desk

from glossary.store.search import FREQUENT, MOST
from glossary.uses import lookup
from glossary.web import orders, registry
from glossary.web.pages import concept, document, review, search
from glossary.web.registry import routes

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

import web_pages

DOCS = Path(__file__).parent.parent.parent / "docs"
MANUAL = (DOCS / "web.md").read_text(encoding="utf-8")
ADDRESSES = dict(re.findall(r"^\| `(/-/[^`]*)` \|.*\| ([^|]*) \|$", MANUAL, re.MULTILINE))
EXAMPLES = {"DATABASE": "coast", "TEXT": "hama", "CONCEPT_ID": "beyond", "NAME": "solo"}


@pytest.mark.asyncio
@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_address_answers(start: opening.Start, address: str) -> None:
    for word, example in EXAMPLES.items():
        address = address.replace(word, example)
    refused = address.partition("?")[0].rpartition("/")[2] in ("review", "review.json", "glossary-sign-in")
    assert (await start().client.get(address)).status_code in ((403,) if refused else (200, 302))


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
    assert f"at most {review.AT_ONCE} concepts" in MANUAL
    assert f"as the script saw it; at most {orders.MOST}." in MANUAL
    assert f"at most {search.LIMIT}." in MANUAL
    assert f"at the first {MOST} hits of each kind and through the {FREQUENT:,}\nmost frequent concepts" in MANUAL
    assert f"at most {lookup._RIVALS_SHOWN})" in MANUAL
    assert f"at most {lookup._ENOUGH_CONTEXTS}, with both sides first" in MANUAL


def test_measured_pages_are_those_of_the_benchmark_and_within_its_limit() -> None:
    table = MANUAL.partition("| page | ms | times")[2].partition("\n\n")[0].splitlines()[2:]
    measured = {
        row.split(" | ")[0].strip("| "): float(row.rstrip(" |").split(" | ")[-1].split("–")[-1]) for row in table
    }
    assert max(measured.values()) <= web_pages.LIMIT
    kinds = web_pages.addresses(1000, "large", 1)
    assert {page for page in measured if page.startswith(("bare", "search"))} == {
        kind for kind in kinds if kind.startswith(("bare", "search"))
    }
    assert {"concept", "start page"} <= measured.keys()


@pytest.fixture
def path(pages_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(pages_path, tmp_path / "coast.db"))


def test_keys_are_those_of_the_pages() -> None:
    templates = Path(review.__file__).parent.parent / "templates" / "glossary"
    sources = "".join(path.read_text(encoding="utf-8") for path in templates.glob("*.html"))
    of_pages = set(re.findall(r'data-key="([^"{])"', sources)) | set(re.findall(r'act\("\w+", "(\w)"', sources))
    table = MANUAL.partition("| key | does |")[2].partition("\n\n")[0]
    described = {key for row in table.splitlines() for key in re.findall(r"`(.)`", row.partition(" | ")[0])}
    assert described == of_pages | {"/"}


@pytest.mark.asyncio
async def test_the_configuration_gives_the_right_and_the_order_is_taken(path: Path) -> None:
    config = yaml.safe_load(MANUAL.partition("```yaml\n")[2].partition("```")[0])
    config["databases"]["coast"] = config["databases"].pop("glossary")
    desk = await open_desk(path, "ken", config)
    order = json.loads(MANUAL.partition("```json\n")[2].partition("```")[0])
    concept_id, modified = (await desk.target("land")).split(" ")
    order["targets"] = [{"id": concept_id, "modified": modified}]
    assert (await desk.send_json(order)).json()["ok"]
    assert decided(path) == [("ken", "approve", "land")]


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", MANUAL)
    assert pictures
    for picture in pictures:
        assert 1_000 < (DOCS / picture).stat().st_size < 200_000, picture


def test_the_example_of_a_page_is_of_the_real_kind() -> None:
    assert "views" in inspect.signature(registry.page).parameters
    assert "methods" in inspect.signature(registry.page).parameters
