"""Who sees what, below which address, from which database; and that no text becomes markup or SQL."""

from __future__ import annotations

import re
import shutil
import sqlite3
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import articles
import pytest
from opening import DOCUMENT, HOME, PAGES, Start, get


class Tags(HTMLParser):
    """Collects the tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.asyncio
@pytest.mark.parametrize("path", PAGES)
async def test_no_text_of_documents_or_people_becomes_markup(start: Start, path: str) -> None:
    html = await get(start, path, 404 if path.endswith("nothing") else 200)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<b>bold" not in html


@pytest.mark.asyncio
async def test_a_definition_with_quotes_stands_as_it_was_written(start: Start) -> None:
    html = await get(start, f"{HOME}/concept/hostile")
    assert articles.QUOTED in unescape(html)
    attributes = re.findall(r'data-copy="([^"]*)"', html)
    assert articles.IMAGE in {unescape(value) for value in attributes}


@pytest.mark.asyncio
@pytest.mark.parametrize("query", [articles.SCRIPT, articles.IMAGE, "\x00", "%", "a" * 5000, "😀"])
async def test_any_query_is_safe(start: Start, query: str) -> None:
    for path in (HOME, f"{HOME}/search"):
        html = await get(start, f"{path}?q={quote(query)}")
        assert "<script>alert" not in html
        assert "<img" not in html


@pytest.mark.asyncio
@pytest.mark.parametrize("path", PAGES)
async def test_pages_keep_to_a_strict_content_security_policy(start: Start, path: str) -> None:
    response = await start().client.get(path)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    tags = Tags()
    tags.feed(response.text)
    assert "style" not in [tag for tag, _ in tags.found]
    for tag, attributes in tags.found:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
        if tag == "script":
            assert attributes["src"].startswith("/")
        if tag == "link":
            assert attributes["href"].startswith("/")


@pytest.mark.asyncio
@pytest.mark.parametrize("path", PAGES)
async def test_every_address_is_below_base_url(start: Start, path: str) -> None:
    html = await get(start, path, 404 if path.endswith("nothing") else 200, settings={"base_url": "/words/"})
    addresses = re.findall(r'(?:href|src|action|data-live)="([^"]*)"', html)
    assert all(address.startswith(("/words/", "#")) for address in addresses), addresses


@pytest.mark.asyncio
async def test_files_of_pages_are_found_below_base_url(start: Start) -> None:
    datasette = start(settings={"base_url": "/words/"})
    html = (await datasette.client.get(f"{HOME}/concept/beyond")).text  # the client puts /words before the path
    static = re.search(r'href="/words(/[^"]*glossary\.css[^"]*)"', html)
    assert static
    assert "--ground" in (await datasette.client.get(static[1])).text


@pytest.mark.asyncio
async def test_other_databases_are_left_alone(start: Start, pages_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("create table note (concept_id text, document text)")
        db.execute("insert into note values ('beyond', 'solo')")
    db.close()
    alone = start(other)
    assert "glossary" not in (await alone.client.get("/other/note")).text
    assert "glossary" not in (await alone.client.get("/")).text
    assert (await alone.client.get("/-/glossary")).status_code == 403
    both = start(pages_path, other)
    assert "/-/glossary/other" not in (await both.client.get("/other/note")).text
    assert (await both.client.get("/-/glossary/other")).status_code == 404
    assert (await both.client.get("/-/glossary")).headers["location"] == HOME


@pytest.mark.asyncio
async def test_several_glossaries_are_offered_for_choice(start: Start, pages_path: Path, tmp_path: Path) -> None:
    second = tmp_path / "second one.db"
    shutil.copy(pages_path, second)
    datasette = start(pages_path, second)
    html = (await datasette.client.get("/-/glossary")).text
    addresses = re.findall(r'<form class="search" action="([^"]*)"', html)
    assert addresses == [HOME, "/-/glossary/second+one"]
    page = (await datasette.client.get(f"{addresses[1]}/concept/beyond")).text
    assert 'href="/-/glossary/second+one/document/solo"' in (await datasette.client.get(addresses[1])).text
    assert "/-/glossary/coast/concept" not in page


@pytest.mark.asyncio
@pytest.mark.parametrize("how", ["immutable", "read-only"])
async def test_files_that_cannot_be_written_are_read(start: Start, pages_path: Path, tmp_path: Path, how: str) -> None:
    path = tmp_path / "coast.db"
    shutil.copy(pages_path, path)
    if how == "read-only":
        path.chmod(0o444)
    datasette = start(path) if how == "read-only" else start(immutables=[str(path)])
    for page in (HOME, f"{HOME}/concept/beyond", DOCUMENT):
        assert (await datasette.client.get(page)).status_code == 200


@pytest.mark.asyncio
async def test_pages_only_answer_to_reading(start: Start) -> None:
    datasette = start()
    headers = {"sec-fetch-site": "same-origin", "authorization": "Bearer none"}
    response = await datasette.client.post(f"{HOME}/concept/beyond", headers=headers)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"


PRIVATE = {"allow": {"id": "root"}}
PRIVATE_PARTS: list[tuple[str, dict[str, Any]]] = [
    ("instance", PRIVATE),
    ("database", {"databases": {"coast": PRIVATE}}),
    ("view", {"databases": {"coast": {"tables": {"glossary": PRIVATE}}}}),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("part", "config"), PRIVATE_PARTS, ids=[part for part, _ in PRIVATE_PARTS])
async def test_what_is_private_in_datasette_is_private_here(start: Start, part: str, config: dict[str, Any]) -> None:
    datasette = start(config=config)
    await datasette.invoke_startup()
    cookies = {"ds_actor": datasette.sign({"a": {"id": "root"}}, "actor")}
    for path in [*PAGES[:-1], f"{HOME}/search.json?q=hama", f"{HOME}/concept/beyond.json", "/-/glossary"]:
        refused = await datasette.client.get(path)
        assert refused.status_code == 403, path
        assert articles.BEYOND not in refused.text
        assert (await datasette.client.get(path, cookies=cookies)).status_code in (200, 302), path
    assert HOME not in (await datasette.client.get("/")).text


@pytest.mark.asyncio
async def test_private_decisions_are_left_out(start: Start) -> None:
    datasette = start(config={"databases": {"coast": {"tables": {"decisions": PRIVATE}}}})
    assert "aiko" not in (await datasette.client.get(f"{HOME}/concept/hostile")).text.partition('class="meta"')[0]
    assert (await datasette.client.get(f"{HOME}/concept/hostile.json")).json()["decisions"] == []


@pytest.mark.asyncio
async def test_private_candidates_are_left_out(start: Start) -> None:
    datasette = start(config={"databases": {"coast": {"tables": {"candidates": PRIVATE}}}})
    assert "Waiting for review" not in (await datasette.client.get(HOME)).text
