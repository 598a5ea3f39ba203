"""Reviewing: the queue, what can be decided, and that it is done as the decisions of the command line are."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import articles
import pytest
from desk import REVIEW, decided, open_desk, values
from opening import DOCUMENT, HOME

from glossary.decisions import decide, journal_path
from glossary.store import open_glossary, publish


@pytest.fixture
def path(pages_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(pages_path, tmp_path / "coast.db"))


@pytest.mark.asyncio
async def test_the_queue_shows_what_waits_and_one_concept_with_all_that_can_be_done(path: Path) -> None:
    desk = await open_desk(path)
    html = (await desk.page()).text
    assert "5 undecided concepts" in html
    for action in ("approve", "reject", "prefer", "admit", "deprecate", "forbid", "edit", "kind", "merge", "note"):
        assert f'name="action" value="{action}"' in html
    assert "Latest decisions" in html
    home = (await desk.page(HOME)).text
    assert f'href="{REVIEW}"' in home


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"beach", "hostile", "land", "territory", "shop"}),
        ("kind=place", {"beach"}),
        ("kind=nonsense", {"beach", "hostile", "land", "territory", "shop"}),
        ("low=0.7", set()),
        ("low=0.6&high=0.7", {"beach", "hostile", "land", "territory", "shop"}),
        ("since=2999-01-01", set()),
        ("since=2000-01-01&kind=work&order=newest", {"hostile"}),
        ("document=coast/%E9%96%8B%E5%BA%97+%26c&kind=facility", {"shop"}),
        ("document=solo", set()),
        ("document='+or+1=1+--", set()),
        ("low=nan&after=x,y&order=;drop", {"beach", "hostile", "land", "territory", "shop"}),
    ],
)
async def test_the_queue_is_filtered(path: Path, asked: str, found: set[str]) -> None:
    desk = await open_desk(path)
    answer = (await desk.page(f"{REVIEW}.json?{asked}")).json()
    assert {row["concept_id"] for row in answer["concepts"]} == found
    assert (await desk.page(f"{REVIEW}?{asked}")).status_code == 200


@pytest.mark.asyncio
@pytest.mark.parametrize("order", ["unsure", "sure", "newest"])
async def test_the_queue_goes_on_where_a_page_ends(path: Path, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossary.web.pages.review.AT_ONCE", 2)
    desk = await open_desk(path)
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        answer = (await desk.page(f"{REVIEW}.json?order={order}&after={after}")).json()
        found += [row["concept_id"] for row in answer["concepts"]]
        after = answer["after"]
    assert sorted(found) == ["beach", "hostile", "land", "shop", "territory"]


CASES: list[tuple[str, dict[str, str], str, Any]] = [
    ("approve", {"reason": "seen on a sign"}, "select status from concept where concept_id = 'land'", "approved"),
    ("reject", {}, "select status from concept where concept_id = 'land'", "rejected"),
    ("kind", {"kind": "place"}, "select kind from glossary where concept_id = 'land'", "place"),
    ("note", {"value": "of a state"}, "select usage_note from glossary where concept_id = 'land'", "of a state"),
    ("note", {"value": ""}, "select usage_note from glossary where concept_id = 'land'", None),
    ("edit", {"of": "en territory", "value": "national territory"},
     "select en from glossary where concept_id = 'land'", "national territory"),
    ("forbid", {"of": "en territory"},
     "select status from terms where concept_id = 'land' and language = 'en'", "forbidden"),
    ("deprecate", {"of": "en territory"},
     "select status from terms where concept_id = 'land' and language = 'en'", "deprecated"),
    ("prefer", {"of": "ja 国土"},
     "select status from terms where concept_id = 'land' and language = 'ja'", "preferred"),
    ("reading", {"value": "くにつち"}, "select reading from glossary where concept_id = 'land'", "クニツチ"),
    ("define", {"value": "a <b>wide</b> \"land\"", "language": "en"},
     "select definition_en from glossary where concept_id = 'land'", 'a <b>wide</b> "land"'),
    ("add", {"term": "national land", "language": "en", "form": "variant"},
     "select source is null from terms where term = 'national land'", 1),
    ("split", {"terms": "国土"}, "select count(*) from glossary where ja = '国土' and concept_id <> 'land'", 1),
    ("not-here", {"value": "5"}, "select count(*) from contexts where concept_id = 'land'", 0),
    ("merge", {"value": "territory"}, "select count(*) from glossary where concept_id = 'territory'", 0),
]  # fmt: skip


@pytest.mark.asyncio
@pytest.mark.parametrize(("action", "fields", "sql", "result"), CASES)
async def test_each_action_of_the_forms(path: Path, action: str, fields: dict[str, str], sql: str, result: Any) -> None:
    desk = await open_desk(path)
    response = await desk.decide(action, "land", **fields)
    assert response.status_code == 302, response.text
    assert values(path, sql) == [result]
    assert decided(path) == [("mika", action, "land")]
    assert values(path, "select note from decisions order by at desc limit 1") == [fields.get("reason")]
    line = json.loads(journal_path(path).read_text(encoding="utf-8").splitlines()[-1])
    assert (line["actor"], line["action"]) == ("mika", action)


@pytest.mark.asyncio
@pytest.mark.parametrize("address", [f"{HOME}/concept/shop", f"{REVIEW}?concept=shop"])
async def test_pages_offer_to_split_to_add_a_term_and_to_take_out_a_context(path: Path, address: str) -> None:
    html = (await (await open_desk(path)).page(address)).text
    for term in ("店", "開店", "shop", "opened"):
        assert f'<input type="checkbox" name="terms" value="{term}">' in html
    assert 'value="split"' in html
    assert '<input name="term"' in html
    for context in (7, 8):
        assert f'<input type="hidden" name="value" value="{context}"><button name="action" value="not-here"' in html


@pytest.mark.asyncio
async def test_several_terms_become_a_concept_of_their_own(path: Path) -> None:
    desk = await open_desk(path)
    assert (await desk.decide("split", "shop", terms=["開店", "opened"], on="concept")).status_code == 302
    assert values(path, "select ja, en from glossary where kind in ('facility', 'event') order by ja") == [
        ("店", "shop"),
        ("開店", "opened"),
    ]
    nothing = await desk.decide("split", "land")
    assert nothing.status_code == 400
    assert "tick the terms" in nothing.text


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("search", "ja", "en"),
    [
        ("霧の岬", "霧の岬", ""),
        ("Cape Mist", "", "Cape Mist"),
        ("Café Kiri", "", "Café Kiri"),
        ('"><x9>', "", "&#34;&gt;&lt;x9&gt;"),
    ],
)
async def test_what_a_search_does_not_find_can_be_added(path: Path, search: str, ja: str, en: str) -> None:
    desk = await open_desk(path)
    link = re.search(r'href="([^"]*/review\?add=[^"]*)#add"', (await desk.page(f"{HOME}?q={quote(search)}")).text)
    assert link
    html = (await desk.page(unescape(link[1]))).text
    assert '<details class="decide" id="add" open>' in html
    for name, value in (("ja", ja), ("en", en)):
        assert re.search(f'<input name="{name}"[^>]* value="{re.escape(value)}">', html)
    stranger = await open_desk(path, None)
    assert "add=" not in (await stranger.page(f"{HOME}?q={quote(search)}")).text


@pytest.mark.asyncio
async def test_a_concept_that_was_missed_is_added_and_shown(path: Path) -> None:
    desk = await open_desk(path)
    fields = {"ja": "霧の岬", "reading": "きりのみさき", "en": "", "kind": "place", "on": "concept"}
    response = await desk.send({"action": "add", **fields})
    (concept_id,) = values(path, "select concept_id from glossary where ja = '霧の岬' and reading = 'キリノミサキ'")
    assert response.headers["location"] == f"{HOME}/concept/{concept_id}"
    assert decided(path) == [("mika", "add", concept_id)]
    empty = await desk.send({"action": "add", "ja": " ", "en": "", "kind": "place"})
    assert empty.status_code == 400


@pytest.mark.asyncio
async def test_a_decision_leads_on_to_the_next_with_the_same_filters(path: Path) -> None:
    desk = await open_desk(path)
    address = f"{REVIEW}?order=newest&concept=land"
    response = await desk.send({"action": "approve", "target": await desk.target("land"), "next": "shop"}, address)
    assert response.headers["location"] == f"{REVIEW}?order=newest&concept=shop"


SAID = [
    # action, concepts, fields, what is said in English and in Japanese
    ("reject", ["land"], {}, "Rejected: 国土 = territory", "却下しました：国土 = territory"),
    ("reject", ["ship"], {}, "Rejected: 船", "却下しました：船"),
    ("approve", ["land", "beach", "shop"], {}, "Approved: 3 concepts", "承認しました：3 件"),
    ("merge", ["territory", "land"], {}, "Merged: 領土 = territory", "統合しました：領土 = territory"),
    ("edit", ["land"], {"of": "en territory", "value": "realm"},
     "Edited; not yet approved: a approves it", "修正しました。まだ承認されていません（a で承認）"),
    ("edit", ["beyond"], {"of": "en Yoshinoya", "value": "Yosino-ya"},
     f"Edited: {articles.BEYOND} = Yosino-ya", f"修正しました：{articles.BEYOND} = Yosino-ya"),
    ("add", [], {"ja": "岬" * 200, "en": "", "kind": "place"},
     "Added: " + "岬" * 59 + "…", "追加しました：" + "岬" * 59 + "…"),
]  # fmt: skip


@pytest.mark.asyncio
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(("action", "concepts", "fields", "english", "japanese"), SAID)
async def test_what_was_done_is_said_with_its_pair_or_how_many(
    path: Path, action: str, concepts: list[str], fields: dict[str, str], english: str, japanese: str, language: str
) -> None:
    desk = await open_desk(path)
    targets = [await desk.target(concept_id) for concept_id in concepts]
    headers = {"accept-language": language}
    response = await desk.send({"action": action, "target": targets, **fields}, headers=headers)
    assert response.status_code == 302, response.text
    ((said, _kind),) = desk.datasette.unsign(response.cookies["ds_messages"].strip('"'), "messages")
    assert said == (english if language == "en" else japanese)


@pytest.mark.asyncio
async def test_an_edit_is_no_approval_and_leads_to_the_same_concept(path: Path) -> None:
    desk = await open_desk(path)
    fields = {"of": "en territory", "value": "realm", "on": "queue", "next": "shop"}
    response = await desk.send(
        {"action": "edit", "target": await desk.target("land"), **fields}, f"{REVIEW}?kind=concept"
    )
    assert response.headers["location"] == f"{REVIEW}?kind=concept&concept=land"
    assert values(path, "select en, status from glossary where concept_id = 'land'") == [("realm", "candidate")]


@pytest.mark.asyncio
async def test_the_list_of_terms_begins_with_the_english_one(path: Path) -> None:
    desk = await open_desk(path)
    for concept_id, value in (("land", "en territory"), ("ship", "ja 船")):
        html = (await desk.page(f"{HOME}/concept/{concept_id}")).text
        assert re.findall(r'<option value="([^"]*)" selected>', html.partition('name="of"')[2])[0] == value


@pytest.mark.asyncio
async def test_from_the_page_of_a_concept_one_comes_back_there_if_it_is_still_shown(path: Path) -> None:
    desk = await open_desk(path)
    assert 'value="approve"' in (await desk.page(f"{HOME}/concept/land")).text
    response = await desk.decide("kind", "land", kind="place", on="concept")
    assert response.headers["location"] == f"{HOME}/concept/land"
    response = await desk.decide("reject", "land", on="concept")
    assert response.headers["location"] == REVIEW


@pytest.mark.asyncio
async def test_several_at_once(path: Path) -> None:
    desk = await open_desk(path)
    targets = [await desk.target(concept_id) for concept_id in ("land", "beach", "shop")]
    assert (await desk.send({"action": "approve", "target": targets})).status_code == 302
    assert sorted(decided(path)) == [("mika", "approve", concept_id) for concept_id in ("beach", "land", "shop")]


@pytest.mark.asyncio
async def test_of_two_that_are_chosen_the_second_goes_into_the_first(path: Path) -> None:
    desk = await open_desk(path)
    targets = [await desk.target(concept_id) for concept_id in ("territory", "land")]
    assert (await desk.send({"action": "merge", "target": targets})).status_code == 302
    assert (await desk.page(f"{HOME}/concept/land")).headers["location"] == f"{HOME}/concept/territory"
    alone = await desk.send({"action": "merge", "target": await desk.target("beach")})
    assert alone.status_code == 400
    assert "tick two" in alone.text


@pytest.mark.asyncio
async def test_undo_brings_a_concept_back_into_the_queue(path: Path) -> None:
    desk = await open_desk(path)
    await desk.decide("reject", "land")
    html = (await desk.page()).text
    target = re.search(r'value="([^"]*)"><input type="hidden" name="next" value="land">', html)
    assert target
    assert (await desk.send({"action": "undo", "target": unescape(target[1])})).status_code == 302
    assert values(path, "select status from concept where concept_id = 'land'") == ["candidate"]
    assert [action for _, action, _ in decided(path)] == ["reject", "undo"]
    again = await desk.send({"action": "undo", "target": unescape(target[1])})
    assert again.status_code == 409  # the concept has changed since that page was made


@pytest.mark.asyncio
async def test_what_was_rejected_stays_away_when_its_documents_are_built_again(path: Path) -> None:
    desk = await open_desk(path)
    await desk.decide("reject", "land")
    db = open_glossary(path)
    publish(db, articles.harvest(), command="build coast", version="0", default_threshold=0.5)
    db.close()
    assert values(path, "select count(*) from glossary where concept_id = 'land'") == [0]
    answer = (await desk.page(f"{REVIEW}.json")).json()
    assert "land" not in {row["concept_id"] for row in answer["concepts"]}


@pytest.mark.asyncio
async def test_two_people_do_not_overwrite_each_other(path: Path) -> None:
    mika, ken = await open_desk(path), await open_desk(path, "ken")
    seen = await mika.target("land")
    assert (await ken.decide("edit", "land", of="en territory", value="realm")).status_code == 302
    stale = await mika.send({"action": "approve", "target": seen})
    assert stale.status_code == 409
    assert "国土 = realm: changed meanwhile by ken" in stale.text
    assert f'href="{HOME}/concept/land"' in stale.text
    assert decided(path) == [("ken", "edit", "land")]


@pytest.mark.asyncio
async def test_if_one_of_several_has_changed_nothing_is_decided(path: Path) -> None:
    desk = await open_desk(path)
    targets = [await desk.target(concept_id) for concept_id in ("beach", "land", "shop")]
    db = open_glossary(path)
    decide(db, "kind", "land", actor="elsewhere", value="place")
    db.close()
    response = await desk.send({"action": "approve", "target": targets})
    assert response.status_code == 409
    assert "elsewhere" in response.text
    assert decided(path) == [("elsewhere", "kind", "land")]


@pytest.mark.asyncio
@pytest.mark.parametrize("changed", ["land", "territory"])
async def test_a_merger_looks_at_both(path: Path, changed: str) -> None:
    desk = await open_desk(path)
    land, territory = await desk.target("land"), await desk.target("territory")
    await desk.decide("note", changed, value="new")
    response = await desk.send({"action": "merge", "target": land, "other": territory})
    assert response.status_code == 409
    assert len(decided(path)) == 1


@pytest.mark.asyncio
async def test_of_two_who_decide_at_the_same_moment_one_is_told(path: Path) -> None:
    mika, ken = await open_desk(path), await open_desk(path, "ken")
    for desk in (mika, ken):
        await desk.page()
    seen = await mika.target("land")
    order = {"action": "kind", "targets": [dict(zip(("id", "modified"), seen.split(" "), strict=True))]}
    answers = await asyncio.gather(
        mika.send_json(order | {"arguments": {"value": "place"}}),
        ken.send_json(order | {"arguments": {"value": "law"}}),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(decided(path)) == 1


@pytest.mark.asyncio
async def test_scripts_decide_with_json(path: Path) -> None:
    desk = await open_desk(path)
    concepts = {row["concept_id"]: row for row in (await desk.page(f"{REVIEW}.json")).json()["concepts"]}
    targets = [{"id": name, "modified": concepts[name]["modified"]} for name in ("land", "beach")]
    answer = await desk.send_json({"action": "approve", "targets": targets, "note": "by a script"})
    assert answer.status_code == 200, answer.text
    assert [made["concept_id"] for made in answer.json()["decisions"]] == ["land", "beach"]
    assert answer.json()["decisions"][0]["note"] == "by a script"
    stale = await desk.send_json({"action": "reject", "targets": targets})
    assert stale.status_code == 409
    assert {row["modified_by"] for row in stale.json()["changed"]} == {"mika"}
    added = await desk.send_json({"action": "add", "arguments": {"ja": "霧の岬", "en": "Cape Mist", "kind": "place"}})
    assert added.json()["decisions"][0]["action"] == "add"


ODD: list[tuple[Any, str]] = [
    ([], "a JSON object is needed"),
    ({"action": "drop", "targets": []}, "action: one of approve"),
    ({"action": ["approve"], "targets": []}, "action: one of approve"),
    ({"action": "approve", "targets": []}, "Nothing is chosen"),
    ({"action": "approve", "targets": ["land"]}, "with `modified` as you saw it"),
    ({"action": "approve", "targets": [{"id": "land"}]}, "with `modified` as you saw it"),
    ({"action": "approve", "targets": [{"id": "land", "modified": None}]}, "modified is empty or no text"),
    ({"action": "approve", "targets": [{"id": "no", "modified": ""}]}, "no such concept"),
    ({"action": "approve", "targets": [{"id": "a\0b", "modified": ""}]}, "characters that no text has"),
    ({"action": "approve", "targets": [], "actor": "somebody"}, "unknown: actor"),
    ({"action": "add", "arguments": {"ja": "霧\ud800", "en": "x"}}, "characters that no text has"),
    ({"action": "add", "arguments": {"ja": ["霧"], "en": "x"}}, "ja is empty or no text"),
    ({"action": "add", "arguments": {"ja": "霧" * 10_001, "en": "x"}}, "longer than 10000"),
    ({"action": "add", "arguments": {"ja": "霧", "en": "x", "actor": "root"}}, "add takes no"),
    ({"action": "undo", "targets": [{"id": "no", "modified": ""}]}, "no such decision"),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("order", "message"), ODD)
async def test_odd_orders_are_refused_in_one_line(path: Path, order: Any, message: str) -> None:
    desk = await open_desk(path)
    answer = await desk.send_json(order)
    assert answer.status_code == 400
    assert message in answer.json()["error"]
    assert decided(path) == []


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", "'; drop table concept; --", "a \"b\" 'c' & d", "𠮷野家😀", "a\r\nb"]
)
async def test_any_text_is_kept_as_it_was_written_and_shown_as_text(path: Path, value: str) -> None:
    desk = await open_desk(path)
    assert (await desk.decide("note", "land", value=value, reason=value)).status_code == 302
    assert values(path, "select usage_note from glossary where concept_id = 'land'") == [value.replace("\r\n", "\n")]
    for address in (f"{HOME}/concept/land", f"{REVIEW}?concept=land"):
        html = (await desk.page(address)).text
        assert "<script>alert" not in html
        assert "table concept" not in html or "&#39;; drop" in html


@pytest.mark.asyncio
async def test_a_term_that_is_markup_can_be_reviewed(path: Path) -> None:
    desk = await open_desk(path)
    html = (await desk.page(f"{REVIEW}?concept=hostile")).text
    assert "<script>alert" not in html
    assert "<img" not in html
    assert (await desk.decide("forbid", "hostile", of=f"en {articles.IMAGE}")).status_code == 302
    assert values(path, "select status from terms where term = ?", articles.IMAGE) == ["forbidden"]


@pytest.mark.asyncio
async def test_nul_in_a_form_is_refused(path: Path) -> None:
    desk = await open_desk(path)
    response = await desk.decide("note", "land", value="a\0b")
    assert response.status_code == 400
    assert decided(path) == []


@pytest.mark.asyncio
async def test_what_the_engine_refuses_is_said(path: Path) -> None:
    desk = await open_desk(path)
    response = await desk.decide("reading", "land", value="kokudo")
    assert response.status_code == 400
    assert "a reading is written in kana alone" in response.text


@pytest.mark.asyncio
async def test_all_that_waits_is_counted_exactly_and_a_choice_of_it_up_to_a_bound(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary.uses.review.MOST_COUNTED", 2)
    desk = await open_desk(path)
    assert "5 undecided concepts" in (await desk.page()).text
    assert "5 undecided concepts" in (await desk.page(f"{REVIEW}?order=newest")).text
    assert "more than 2 undecided concepts" in (await desk.page(f"{REVIEW}?low=0.1")).text
    await desk.decide("approve", "land")
    assert "4 undecided concepts" in (await desk.page()).text


@pytest.mark.asyncio
@pytest.mark.parametrize("document", ["//elsewhere.example/x", "https://elsewhere.example", "../..", "a\r\nb"])
async def test_a_forged_name_of_a_document_leads_nowhere_else(path: Path, document: str) -> None:
    desk = await open_desk(path)
    response = await desk.send({"action": "add", "ja": "砂丘", "on": "document", "document": document})
    assert response.status_code == 302
    assert response.headers["location"].startswith(f"{HOME}/document/")
    assert not {"\r", "\n"} & set(response.headers["location"])


@pytest.mark.asyncio
async def test_below_base_url_the_form_of_a_document_leads_back_to_it(path: Path) -> None:
    desk = await open_desk(path, settings={"base_url": "/words/"})
    html = (await desk.page(DOCUMENT)).text
    assert f'action="/words{REVIEW}"' in html
    response = await desk.send({"action": "add", "ja": "砂丘", "on": "document", "document": articles.ARTICLE})
    assert response.headers["location"] == f"/words{DOCUMENT}"
