"""The pages as a browser gets them, without a browser. Runs in Datasette 0.65 and in 1.0: whichever is installed."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import quote

import articles
import pytest
from opening import DOCUMENT, HOME, Start, data, get


@pytest.mark.asyncio
async def test_home_shows_what_is_new_what_waits_and_numbers(start: Start) -> None:
    html = await get(start, HOME)
    assert "autofocus" in html
    assert "5 undecided concepts" in html  # not beyond, which is approved, nor ship, which has no pair
    for concept_id in ("beyond", "land", "ship"):
        assert f'href="{HOME}/concept/{concept_id}"' in html
    assert "Least certain of those shown" in html
    assert "Concepts by kind" in html
    assert "Documents by month" in html
    assert "2024-01: 1" in html


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("国土", ["land"]),
        ("土", ["land", "territory"]),  # inside
        ("territory", ["land", "territory"]),
        ("terr", ["land", "territory"]),
        ("はま", ["beach"]),
        ("ハマ", ["beach"]),
        ("ryodo", ["territory"]),
        ("ryōdo", ["territory"]),
        ("𠮷", ["beyond"]),
        ("Yoshi", ["beyond"]),
        (articles.SCRIPT, ["hostile"]),
        ("' or 1=1 --", []),
        ('" OR concept_id:', []),
        ("存在しない", []),
        ("   ", []),
    ],
)
async def test_search_finds(start: Start, query: str, found: list[str]) -> None:
    result = await data(start, f"{HOME}/search.json?q={quote(query)}")
    assert sorted(row["concept_id"] for row in result["results"]) == found
    for path in (f"{HOME}/search", HOME):  # as one types, and without JavaScript
        html = await get(start, f"{path}?q={quote(query)}")
        for concept_id in found:
            assert f'href="{HOME}/concept/{concept_id}"' in html


@pytest.mark.asyncio
async def test_exact_matches_come_before_beginnings_and_these_before_parts(start: Start) -> None:
    results = (await data(start, f"{HOME}/search.json?q=%E5%BA%97"))["results"]
    assert [(row["concept_id"], row["match"]) for row in results] == [("shop", "exact")]
    assert results[0]["url"] == f"{HOME}/concept/shop"
    assert results[0]["json"] == f"{HOME}/concept/shop.json"


@pytest.mark.asyncio
async def test_concept_page_marks_terms_beyond_the_bmp_exactly(start: Start) -> None:
    html = await get(start, f"{HOME}/concept/beyond")
    assert f"😀<mark>{articles.BEYOND}</mark>が浜に開店した。" in html
    assert "😀 <mark>Yoshinoya</mark> opened on the beach." in html
    assert "浜の店に🍚を求める列ができた。" in html  # the sentence after


@pytest.mark.asyncio
async def test_concept_page_shows_all_that_is_known(start: Start) -> None:
    html = await get(start, f"{HOME}/concept/beyond")
    for shown in (
        "<rt>よしのや</rt>",
        "ヨシノヤ",
        "Yoshinoya",
        "organization",
        "approved",
        "JMdict: 𠮷野家 = Yoshinoya",
        "+3.50",
        "−2.00",
        "+1.50",
        "2024-01-05",
        "<b>aiko</b>",
        "as on its &lt;sign&gt;",
        f'href="{HOME}/concept/beyond.json"',
        f'href="{DOCUMENT}"',
    ):
        assert shown in html
    rivals = await get(start, f"{HOME}/concept/land")
    assert "Competing translations" in rivals
    assert f'href="{HOME}/concept/territory"' in rivals


@pytest.mark.asyncio
async def test_concept_as_json_has_offsets_in_code_points(start: Start) -> None:
    found = await data(start, f"{HOME}/concept/beyond.json")
    assert set(found) == {
        "ok", "concept", "terms", "contexts", "evidence", "competing", "relations", "usage", "decisions",
    }  # fmt: skip
    text = "\n".join(ja for ja, _ in articles.LINES)
    context = found["contexts"][0]
    assert text[context["ja_start"] : context["ja_end"]] == found["concept"]["ja"] == articles.BEYOND
    assert found["usage"]["months"] == [{"month": "2024-01", "mentions": 1}]
    assert [decision["action"] for decision in found["decisions"]] == ["approve"]


@pytest.mark.asyncio
@pytest.mark.parametrize("ending", ["", ".json"])
async def test_a_retired_id_leads_to_the_concept_that_took_it_in(start: Start, ending: str) -> None:
    response = await start().client.get(f"{HOME}/concept/opened{ending}")
    assert response.status_code == 302
    assert response.headers["location"] == f"{HOME}/concept/shop{ending}"


@pytest.mark.asyncio
async def test_document_page_sets_aligned_segments_side_by_side(start: Start) -> None:
    html = await get(start, DOCUMENT)
    rows = html.split('<div class="row">')[1:]
    assert len(rows) == len(articles.LINES)
    for row, (ja, en) in zip(rows, articles.LINES, strict=True):
        text = unescape(re.sub(r"<[^>]*>", "", row))
        assert ja in text
        assert en in text
    assert f'<a class="term organization" href="{HOME}/concept/beyond" title="Yoshinoya">{articles.BEYOND}</a>' in html


@pytest.mark.asyncio
async def test_document_in_one_language_shows_repairs_on_demand(start: Start) -> None:
    html = await get(start, f"{HOME}/document/solo")
    assert f'href="{HOME}/concept/ship"' in html
    assert "æ¸¯" not in html
    assert '<p class="furniture paragraph">© 港新聞社</p>' in html
    repaired = await get(start, f"{HOME}/document/solo?show=repairs")
    assert "before: æ¸¯" in repaired
    assert ">港</mark>に船が着いた。" in repaired


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("path", "message"),
    [
        (f"{HOME}/concept/nothing", "This glossary has no such concept."),
        (f"{HOME}/concept/' or 1=1 --", "This glossary has no such concept."),
        (f"{HOME}/document/nothing", "This glossary has no such document."),
        ("/-/glossary/nothing", "There is no glossary of this name here."),
        ("/-/glossary/nothing/concept/beyond", "There is no glossary of this name here."),
        ("/-/glossary/_internal", "There is no glossary of this name here."),
    ],
)
async def test_what_is_not_there_is_not_found(start: Start, path: str, message: str) -> None:
    assert message in await get(start, path, 404)


@pytest.mark.asyncio
async def test_document_as_json_at_the_same_address(start: Start) -> None:
    found = await data(start, f"{DOCUMENT}.json")
    assert found["ok"] and found["document"] == articles.ARTICLE
    assert found["bitext"]["method"] == "name"
    assert [segment["segment"] for segment in found["segments"]] == list(range(len(articles.LINES)))
    texts = {language: row["text"] for language, row in found["documents"].items()}
    assert sorted(texts) == ["en", "ja"]
    mentions = {mention["concept_id"]: mention for mention in found["mentions"]}
    beyond = mentions["beyond"]
    assert texts["ja"][beyond["ja_start"] : beyond["ja_end"]] == articles.BEYOND  # code points
    assert texts["en"][beyond["en_start"] : beyond["en_end"]] == "Yoshinoya"
    solo = await data(start, f"{HOME}/document/solo.json")
    assert solo["bitext"] is None
    assert solo["documents"]["ja"]["repairs"][0]["kind"] == "mojibake"
    assert f'href="{DOCUMENT}.json"' in await get(start, DOCUMENT)
    assert (await start().client.get(f"{HOME}/document/none.json")).json()["status"] == 404


@pytest.mark.asyncio
async def test_evidence_repairs_and_methods_are_told_in_japanese(start: Start) -> None:
    japanese = {"headers": {"accept-language": "ja"}}
    assert "ファイル名" in await get(start, DOCUMENT, **japanese)
    assert "修復（文字化け）" in await get(start, f"{HOME}/document/solo?show=repairs", **japanese)
    assert "Repaired (mojibake)" in await get(start, f"{HOME}/document/solo?show=repairs")
    assert "自動作成" in await get(start, f"{HOME}/concept/beach", **japanese)


@pytest.mark.asyncio
async def test_what_is_not_there_is_not_found_as_json(start: Start) -> None:
    error = await data(start, f"{HOME}/concept/nothing.json")
    assert (error["ok"], error["status"]) == (False, 404)
    assert "no such concept" in error["error"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("header", "language", "word"),
    [("ja,en;q=0.8", "ja", "用例"), ("en-GB,en;q=0.9,ja;q=0.8", "en", "Contexts"), ("de", "en", "Contexts")],
)
async def test_interface_speaks_the_language_of_the_browser(
    start: Start, header: str, language: str, word: str
) -> None:
    html = await get(start, f"{HOME}/concept/beyond", headers={"accept-language": header})
    assert f'<html lang="{language}"' in html
    assert word in html


@pytest.mark.asyncio
async def test_front_page_of_datasette_leads_to_the_glossary(start: Start) -> None:
    html = await get(start, "/")
    assert f'action="{HOME}"' in html
    assert 'href="/-/glossary"' in html  # in the menu


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/coast/glossary", "/coast/contexts", "/coast?sql=select+concept_id+from+glossary"])
async def test_rows_of_tables_and_queries_link_to_the_concept(start: Start, path: str) -> None:
    response = await start().client.get(path, follow_redirects=True)
    assert f'<a href="{HOME}/concept/beyond">beyond</a>' in response.text


@pytest.mark.asyncio
async def test_rows_link_to_the_document(start: Start) -> None:
    assert f'<a href="{DOCUMENT}">' in await get(start, "/coast/contexts")


@pytest.mark.asyncio
@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 5000, "２"])
async def test_any_number_of_contexts_may_be_asked_for(start: Start, asked: str) -> None:
    assert "<mark>" in await get(start, f"{HOME}/concept/beyond?contexts={quote(asked)}")


@pytest.mark.asyncio
async def test_a_search_that_takes_too_long_is_given_up(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    monkeypatch.setattr("glossary.web.pages.search.find_concepts", lambda db, text, limit: db.execute(endless))
    limit = {"sql_time_limit_ms": 100}
    assert "This took too long." in await get(start, f"{HOME}?q=hama", 503, settings=limit)
    assert (await data(start, f"{HOME}/search.json?q=hama", settings=limit))["status"] == 503


@pytest.mark.asyncio
async def test_pairs_just_below_the_threshold_are_told_from_it(start: Start, pages_path: Path, tmp_path: Path) -> None:
    from glossary.store import open_glossary, set_threshold

    path = shutil.copy(pages_path, tmp_path / "coast.db")
    db = open_glossary(path)
    set_threshold(db, 0.684)
    db.close()
    html = (await start(path).client.get(HOME)).text
    assert "Just below the threshold of 0.684" in html
    assert '<span class="number">0.680</span>' in html


@pytest.mark.asyncio
async def test_numbers_follow_what_people_decide(start: Start, pages_path: Path, tmp_path: Path) -> None:
    from glossary.decisions import decide
    from glossary.store import open_glossary

    path = tmp_path / "coast.db"
    shutil.copy(pages_path, path)
    datasette = start(path)
    assert "5 undecided concepts" in (await datasette.client.get(HOME)).text
    db = open_glossary(path)
    decide(db, "approve", "beach", actor="aiko")
    db.close()
    assert "4 undecided concepts" in (await datasette.client.get(HOME)).text
