"""Tables are described without any configuration. Runs in Datasette 0.65 and in 1.0: whichever is installed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from opening import BEFORE_1, Start, get

from glossary.store.columns import COLUMNS, VIEWS


@pytest.mark.asyncio
async def test_each_view_has_its_description_and_those_of_its_columns(start: Start) -> None:
    datasette = start()
    for view in VIEWS:
        html = unescape((await datasette.client.get(f"/coast/{view}")).text)
        assert VIEWS[view] in html
        for column, text in COLUMNS[view].items():
            assert text in html, (view, column)


@pytest.mark.asyncio
async def test_the_tables_are_sorted_and_faceted_as_in_our_configuration(start: Start) -> None:
    datasette = start()
    found = (await datasette.client.get("/coast/glossary.json?_extra=suggested_facets,facet_results")).json()
    facets = found["facet_results"]
    assert set(facets if BEFORE_1 else facets["results"]) == {"kind", "origin", "status"}
    shown = (await datasette.client.get("/coast/glossary.json?_shape=array")).json()
    counts = [row["occurrences"] for row in shown]
    assert counts == sorted(counts, reverse=True)
    assert counts


@pytest.mark.asyncio
async def test_the_tables_behind_the_views_are_hidden(start: Start) -> None:
    found = (await start().client.get("/coast.json")).json()
    tables = {table["name"] for table in found["tables"] if not table["hidden"]}
    assert tables <= {"calibration"}


@pytest.mark.asyncio
async def test_what_is_configured_goes_before_ours(start: Start) -> None:
    tables = {"glossary": {"sort": "en", "facets": ["kind"]}}
    options = {"config": {"databases": {"coast": {"tables": tables}}}}
    mine = {"databases": {"coast": {"tables": {"glossary": {"description": "Ours, by the sea"}}}}}
    if BEFORE_1:
        tables["glossary"]["description"] = "Ours, by the sea"
    else:
        options["metadata"] = mine
    datasette = start(**options)
    html = (await datasette.client.get("/coast/glossary")).text
    assert "Ours, by the sea" in html
    assert VIEWS["glossary"] not in unescape(html)
    shown = (await datasette.client.get("/coast/glossary.json?_shape=array")).json()
    assert [row["en"] or "" for row in shown] == sorted(row["en"] or "" for row in shown)


@pytest.mark.asyncio
async def test_other_databases_and_the_instance_keep_their_own(start: Start, tmp_path: Path, pages_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.execute("create table glossary (ja, en, kind)")
        db.execute("insert into glossary values ('浜', 'beach', 'place')")
        db.commit()
    datasette = start(pages_path, tmp_path / "other.db")
    html = unescape((await datasette.client.get("/other/glossary")).text)
    assert VIEWS["glossary"] not in html
    assert COLUMNS["glossary"]["ja"] not in html
    assert "EDRDG" not in html
    assert "EDRDG" not in (await datasette.client.get("/")).text
    assert "EDRDG" in (await datasette.client.get("/coast")).text


@pytest.mark.asyncio
async def test_a_file_that_cannot_be_written_is_described_too(start: Start, pages_path: Path) -> None:
    html = await get(start, "/coast/glossary", immutables=[str(pages_path)])
    assert VIEWS["glossary"] in unescape(html)
