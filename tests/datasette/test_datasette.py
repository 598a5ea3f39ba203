"""What people see of a glossary in Datasette. Runs in 0.65 and in 1.0: whichever is installed."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml
from datasette.app import Datasette

from glossary.store.columns import COLUMNS, VIEWS
from glossary.uses.queries import SavedQuery, saved_queries
from glossary.uses.serve import datasette_files

FOUND = {
    "領土": {"北方領土", "領土"},
    "米": {"米国"},
    "北方領": {"北方領土"},
    "イイクラ": {"飯倉", "飯倉公館"},
    "いいくら": {"飯倉", "飯倉公館"},
    "iiku": {"飯倉", "飯倉公館"},
    "ryodo": {"北方領土", "領土"},
    "ryōdo": {"北方領土", "領土"},
    "ryoudo": {"北方領土", "領土"},
    "northern terr": {"北方領土"},
    "terr": {"北方領土", "領土", "国土"},
    "guest": {"飯倉公館"},
    "united sta": {"米国"},
}
QUERY_PARAMETERS = {
    "contexts_of_a_term": {"term": "領土"},
    "usage_by_month": {"term": "territory"},
    "evidence_of_a_pair": {"ja": "領土", "en": "territory"},
    "terms_of_a_document": {"document": "talks"},
}

Start = Callable[[], Datasette]


@pytest.fixture(scope="session")
def start(glossary_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """How people start it: the two files that `glossary serve --write-config` writes, read as the version does."""
    files = datasette_files(tmp_path_factory.mktemp("config"), glossary_path)
    metadata, config = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in files)
    takes_config = not hasattr(Datasette, "permission_allowed")

    def datasette() -> Datasette:
        return Datasette([str(glossary_path)], metadata=metadata, **({"config": config} if takes_config else {}))

    return datasette


async def page(start: Start, path: str, **parameters: str) -> str:
    response = await start().client.get(f"{path}?{urlencode(parameters)}" if parameters else path)
    assert response.status_code == 200, response.text[:500]
    return response.text


async def rows(start: Start, path: str, **parameters: str) -> list[dict[str, Any]]:
    response = await start().client.get(f"{path}.json?{urlencode({'_shape': 'array', **parameters})}")
    assert response.status_code == 200, response.text[:500]
    return response.json()


@pytest.mark.asyncio
async def test_front_page(start: Start) -> None:
    html = await page(start, "/")
    assert "Japanese–English glossary" in html
    assert "EDRDG licence" in html


@pytest.mark.asyncio
async def test_database_page_lists_views_and_hides_tables(start: Start) -> None:
    html = await page(start, "/glossary")
    for view in VIEWS:
        assert f'href="/glossary/{view}"' in html
    for hidden in ("concept_in_unit", "term_search", "settings", "_sqlite_migrations"):
        assert f'href="/glossary/{hidden}"' not in html


@pytest.mark.asyncio
async def test_saved_queries_are_listed(start: Start) -> None:
    html = await page(start, "/glossary")
    if "/glossary/-/queries" in html:  # Datasette 1.0 shows five and links to the rest
        html = await page(start, "/glossary/-/queries")
    for query in saved_queries():
        assert f'href="/glossary/{query.name}"' in html
        assert escape(query.title) in html


@pytest.mark.asyncio
@pytest.mark.parametrize("view", VIEWS)
async def test_view_page_describes_itself_and_its_columns(start: Start, view: str) -> None:
    html = await page(start, f"/glossary/{view}")
    assert escape(VIEWS[view], quote=False) in html
    for column, description in COLUMNS[view].items():
        assert column in html
        assert escape(description, quote=False) in html
    assert "EDRDG licence" in html


@pytest.mark.asyncio
async def test_glossary_comes_with_the_most_frequent_first(start: Start) -> None:
    found = await rows(start, "/glossary/glossary")
    occurrences = [row["occurrences"] for row in found]
    assert occurrences == sorted(occurrences, reverse=True)
    assert len(found) == 7


@pytest.mark.asyncio
@pytest.mark.parametrize(("text", "expected"), FOUND.items())
async def test_search_box_finds(start: Start, text: str, expected: set[str]) -> None:
    found = await rows(start, "/glossary/glossary", _search=text)
    assert {row["ja"] for row in found} == expected


@pytest.mark.asyncio
@pytest.mark.parametrize("view", ["glossary", "contexts", "candidates"])
@pytest.mark.parametrize("text", ["存在しない語", "zzzz", "領土zzzz", "' or 1=1 --"])
async def test_search_for_what_is_not_there_finds_nothing(start: Start, view: str, text: str) -> None:
    assert await rows(start, f"/glossary/{view}", _search=text) == []


@pytest.mark.asyncio
async def test_search_box_is_on_the_page(start: Start) -> None:
    for view in ("glossary", "contexts"):
        assert 'name="_search"' in await page(start, f"/glossary/{view}")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "documents"), [("都内で開いた", ["talks"]), ("cherry trees", ["spring/flowers"]), ("snow", ["talks"])]
)
async def test_search_in_contexts(start: Start, text: str, documents: list[str]) -> None:
    assert [row["document"] for row in await rows(start, "/glossary/contexts", _search=text)] == documents


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("view", "facet", "counts"),
    [
        ("glossary", "kind", {"concept": 3, "place": 3, "facility": 1}),
        ("glossary", "origin", {"bitext": 6, "document": 1}),
        ("glossary", "status", {"candidate": 7}),
        ("contexts", "document", {"talks": 5, "spring/flowers": 5}),
    ],
)
async def test_facets_are_there_unasked(start: Start, view: str, facet: str, counts: dict[str, int]) -> None:
    response = await start().client.get(f"/glossary/{view}.json?_extra=facet_results")
    results = response.json()["facet_results"]
    results = results.get("results", results)
    assert {result["value"]: result["count"] for result in results[facet]["results"]} == counts


@pytest.mark.asyncio
@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
async def test_saved_query_finds_something_and_takes_empty_parameters(start: Start, query: SavedQuery) -> None:
    parameters = QUERY_PARAMETERS.get(query.name, {})
    assert await rows(start, f"/glossary/{query.name}", **parameters)
    html = await page(start, f"/glossary/{query.name}", **dict.fromkeys(parameters, ""))
    assert escape(query.title) in html
    assert escape(query.description) in html


@pytest.mark.asyncio
async def test_no_text_of_the_documents_becomes_markup(start: Start) -> None:
    html = await page(start, "/glossary/glossary", _search="<script>alert(1)</script>")
    assert "<script>alert" not in html


@pytest.mark.asyncio
async def test_sql_can_ask_for_readings_and_romaji(start: Start) -> None:
    sql = "select glossary_reading('領土') as reading, glossary_romaji('リョウド') as romaji"
    address = "/glossary.json" if hasattr(Datasette, "permission_allowed") else "/glossary/-/query.json"
    response = await start().client.get(f"{address}?" + urlencode({"sql": sql, "_shape": "array"}))
    assert response.json() == [{"reading": "リョウド", "romaji": "ryōdo"}]
