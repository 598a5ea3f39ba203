"""The saved queries are there without any configuration. Runs in Datasette 0.65 and in 1.0: whichever is installed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from html import escape
from pathlib import Path

import pytest
from datasette.app import Datasette
from opening import BEFORE_1, Start, get

from glossary.uses.datasette_config import metadata
from glossary.uses.queries import saved_queries


async def listed(datasette: Datasette) -> str:
    """The page that lists all queries of the database."""
    response = await datasette.client.get("/coast" if BEFORE_1 else "/coast/-/queries")
    assert response.status_code == 200
    return response.text


@pytest.mark.asyncio
async def test_all_are_listed_and_answer(start: Start) -> None:
    datasette = start()
    html = await listed(datasette)
    for query in saved_queries():
        assert f'href="/coast/{query.name}"' in html
        assert escape(query.title) in html
        assert escape(query.description) in (await datasette.client.get(f"/coast/{query.name}")).text
    rows = (await datasette.client.get("/coast/contexts_of_a_term.json?term=浜&_shape=array")).json()
    assert {row["concept_id"] for row in rows} == {"beach"}


@pytest.mark.asyncio
@pytest.mark.parametrize("configured", [False, True])
async def test_results_come_first_and_the_sql_on_demand(start: Start, configured: bool) -> None:
    config = metadata("coast", []) if configured else None
    for query in saved_queries():
        html = await get(start, f"/coast/{query.name}", config=config)
        assert escape(query.title) in html
        assert 'id="sql-query"' not in html
        assert "_show_sql=1" in html
        assert 'id="sql-query"' in await get(start, f"/coast/{query.name}?_show_sql=1", config=config)


@pytest.mark.asyncio
async def test_one_of_the_configuration_stands_in_for_ours(start: Start) -> None:
    config = {"databases": {"coast": {"queries": {"newest_terms": {"sql": "select 'mine' as answer"}}}}}
    rows = (await start(config=config).client.get("/coast/newest_terms.json?_shape=array")).json()
    assert rows == [{"answer": "mine"}]


@pytest.mark.asyncio
async def test_who_may_not_run_sql_may_not_run_ours(start: Start) -> None:
    await get(start, "/coast/newest_terms", 404 if BEFORE_1 else 403, settings={"default_allow_sql": False})


@pytest.mark.asyncio
async def test_other_databases_get_none(start: Start, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("create table t (x)")
    response = await start(tmp_path / "other.db").client.get("/other/newest_terms")
    assert response.status_code == 404
