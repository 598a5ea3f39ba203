"""A bitext whose two texts have unlike names: the page of either shows both. In Datasette 0.65 and in 1.0."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from opening import Start
from test_web_query_plans import scanned

from glossary.records import Bitext, Concept, Context, Document, Evidence, Harvest, Pairing, Segment, Term
from glossary.store import open_glossary, publish
from glossary.uses.document_page import document_data

HOME = "/-/glossary/museum"
JAPANESE, ENGLISH, ALONE = "貸出契約書", "Loan Agreement_v3 FINAL", "メモ"
LINES = ("貸出契約書", "点検調書を二通作る。"), ("Loan agreement", "Two condition reports are made.")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One bitext, named as its Japanese text; and a Japanese text alone with an English name of the same sort."""
    path = tmp_path_factory.mktemp("museum") / "museum.db"
    db = open_glossary(path, create=True)
    publish(db, _harvest(), command="build museum", version="0", default_threshold=0.5)
    db.close()
    return path


def _harvest() -> Harvest:
    ja = Document("loan-ja", JAPANESE, "ja", "\n".join(LINES[0]), title=LINES[0][0])
    en = Document("loan-en", ENGLISH, "en", "\n".join(LINES[1]), title=LINES[1][0])
    memo = Document("memo", ALONE, "ja", "点検調書を見る。", title="点検調書を見る。")
    spans = (6, 16), (15, 46)
    evidence = (Evidence("base", 0.0, "where any pair starts"),)
    pairing = Pairing(JAPANESE, "点検調書", "condition report", 0.0, 0.5, evidence, "work", 1.0)
    contexts = (Context(JAPANESE, "loan-ja", "loan-en", (6, 10), (19, 35), *spans),)
    terms = Term("ja", "点検調書"), Term("en", "condition report")
    return Harvest(
        documents=(ja, en, memo),
        bitexts=(Bitext(JAPANESE, ja, en, "content", 0.9, ("similar",)),),
        segments=(Segment(JAPANESE, 0, (0, 5), (0, 14), 1.0), Segment(JAPANESE, 1, *spans, 1.0)),
        concepts=(Concept("report", "work", terms, 0.5, "bitext", (pairing,), contexts),),
        calibration=((-4.0, 0.02), (0.0, 0.5), (4.0, 0.98)),
    )


@pytest.mark.asyncio
@pytest.mark.parametrize("name", [JAPANESE, ENGLISH])
async def test_the_page_of_either_side_shows_both_and_all_terms(start: Start, path: Path, name: str) -> None:
    html = (await start(path).client.get(f"{HOME}/document/{quote(name)}")).text
    rows = html.split('<div class="row">')[1:]
    assert len(rows) == 2
    assert re.search(r">点検調書</a>を二通.*>condition report</a>s are", rows[1], re.DOTALL)
    assert 'Terms <span class="number">1</span>' in html
    assert f"<code>{JAPANESE}</code> · <code>{ENGLISH}</code>" in html
    found = (await start(path).client.get(f"{HOME}/document/{quote(name)}.json")).json()
    assert {language: row["document"] for language, row in found["documents"].items()} == {
        "ja": JAPANESE,
        "en": ENGLISH,
    }
    assert (found["document"], found["bitext"]["method"], len(found["segments"])) == (name, "content", 2)
    assert [mention["concept_id"] for mention in found["mentions"]] == ["report"]


@pytest.mark.asyncio
async def test_the_start_page_lists_the_two_as_one_document(start: Start, path: Path) -> None:
    html = (await start(path).client.get(HOME)).text
    listed = re.search(r'<ol class="entries documents">(.*?)</ol>', html, re.DOTALL)
    assert listed
    assert listed[1].count("<li>") == 2  # the memo is the other
    assert re.search(r">貸出契約書</span> <span[^>]*>Loan agreement</span>", listed[1])


@pytest.mark.parametrize("name", [JAPANESE, ENGLISH, ALONE])
def test_neither_name_makes_it_read_a_whole_table(path: Path, name: str) -> None:
    statements: list[str] = []
    with closing(sqlite3.connect(path)) as db:
        db.set_trace_callback(statements.append)
        assert document_data(db, name)
        db.set_trace_callback(None)
        assert statements
        for query in statements:
            assert scanned(db, query) <= {"(subquery"}, query
