"""Reviewing in a real browser, with the keyboard, as `glossary serve` lets whoever starts it."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from browsing import Open, absent, free_port, pages_of, running
from desk import REVIEW, decided, values
from opening import DOCUMENT, HOME

from glossary.decisions import decide
from glossary.store import open_glossary

SERVE = """
import contextlib, sys
from pathlib import Path
from click import Abort
from glossary.uses.serve import serve_glossary
with contextlib.suppress(Abort):
    serve_glossary(Path(sys.argv[1]), port=int(sys.argv[2]), reviewer="mika")
"""


class Bench:
    """A glossary that is served, and pages of it for the one who started the server."""

    def __init__(self, path: Path, open_page: Open, signed_in: Any) -> None:
        self.path = path
        self.stranger = open_page
        self._signed_in = signed_in

    def open(self, address: str = REVIEW, **options: Any) -> Any:
        return self.stranger(address, storage_state=self._signed_in, **options)


@pytest.fixture(scope="module")
def served(browser: Any, pages_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, Any]]:
    path = Path(shutil.copy(pages_path, tmp_path_factory.mktemp("served") / "coast.db"))
    port = free_port()
    with running([sys.executable, "-c", SERVE, str(path), str(port)], port) as said:
        offer, address = said().splitlines()[:2]
        assert "mika" in offer
        context = browser.new_context()
        context.new_page().goto(address)
        yield path, f"http://127.0.0.1:{port}", context.storage_state()
        context.close()


@pytest.fixture
def bench(browser: Any, served: tuple[Path, str, Any], pages_path: Path) -> Iterator[Bench]:
    path, address, signed_in = served
    with closing(sqlite3.connect(pages_path)) as untouched, closing(sqlite3.connect(path)) as db:
        untouched.backup(db)
    with pages_of(browser, address, expected="status of 4") as open_page:
        yield Bench(path, open_page, signed_in)


def current(page: Any) -> str:
    return page.locator(".word a").get_attribute("href").rpartition("/")[2]


def press(page: Any, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_queue_is_worked_with_the_keyboard_alone(bench: Bench) -> None:
    page = bench.open()
    first = current(page)
    press(page, "j")
    second = current(page)
    press(page, "k")
    assert current(page) == first
    press(page, "a")
    assert current(page) == second
    assert page.locator(".notice").inner_text().startswith("Approved: ")
    press(page, "r")
    assert decided(bench.path) == [("mika", "approve", first), ("mika", "reject", second)]
    press(page, "u")
    assert page.locator(".notice").inner_text().startswith("Undone: ")
    assert decided(bench.path)[2] == ("mika", "undo", second)
    assert current(page) == second
    press(page, "o")
    assert page.url.endswith(f"{HOME}/concept/{second}")


def test_a_missed_concept_is_added_with_the_keyboard(bench: Bench) -> None:
    page = bench.open(f"{HOME}?q=missed")
    page.get_by_role("link", name="Add a concept that was missed").click()
    assert page.locator("#add input[name=en]").input_value() == "missed"
    page = bench.open()
    page.keyboard.press("+")
    page.keyboard.type("霧の岬")
    page.keyboard.press("Tab")
    page.keyboard.type("きりのみさき")
    page.keyboard.press("Tab")
    page.keyboard.type("Cape Mist")
    press(page, "Enter")
    assert page.locator("h1 .en").inner_text() == "Cape Mist"
    assert values(bench.path, "select ja, reading, status from glossary where en = 'Cape Mist'") == [
        ("霧の岬", "キリノミサキ", "approved")
    ]


def test_a_context_is_taken_out_and_terms_split_off(bench: Bench) -> None:
    page = bench.open(f"{HOME}/concept/shop")
    with page.expect_navigation():
        page.get_by_role("button", name="Not of this concept: 浜の店に").click()
    assert values(bench.path, "select id from contexts where concept_id = 'shop'") == [8]
    page.get_by_text("Change", exact=False).first.click()
    page.get_by_text("Reading, definition, further term, split").click()
    page.get_by_label("店", exact=True).check()
    page.get_by_label("shop", exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Split").click()
    assert page.url.endswith(f"{HOME}/concept/shop")
    left = [button.get_attribute("data-copy") for button in page.locator(".variants [data-copy]").all()]
    assert left == ["開店", "opened"]


def test_terms_kind_and_note_by_keyboard(bench: Bench) -> None:
    page = bench.open(f"{REVIEW}?concept=land")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.value") == "territory"
    page.keyboard.type("national territory")
    press(page, "Enter")
    page = bench.open(f"{REVIEW}?concept=land")
    page.keyboard.press("t")
    page.keyboard.press("ArrowUp")
    press(page, "f")
    page = bench.open(f"{REVIEW}?concept=land")
    page.keyboard.press("c")
    page.locator("select:focus").select_option("place")
    page.keyboard.press("Tab")
    press(page, "Enter")
    page = bench.open(f"{REVIEW}?concept=land")
    page.keyboard.press("n")
    page.keyboard.type("of a state: a, r and u are letters here")
    page.keyboard.press("Tab")
    press(page, "Enter")
    assert decided(bench.path) == [("mika", action, "land") for action in ("edit", "forbid", "kind", "note")]
    assert values(bench.path, "select en, kind, usage_note from glossary where concept_id = 'land'") == [
        ("national territory", "place", "of a state: a, r and u are letters here")
    ]
    assert values(bench.path, "select term from terms where concept_id = 'land' and status = 'forbidden'") == ["国土"]


def test_an_edited_concept_is_stayed_on_until_it_is_approved(bench: Bench) -> None:
    page = bench.open(f"{REVIEW}?order=newest&concept=land")
    page.keyboard.press("e")
    page.keyboard.type("national territory")
    press(page, "Enter")
    assert current(page) == "land"
    assert page.url.endswith("?order=newest&concept=land")
    assert page.locator(".notice").inner_text() == "Edited; not yet approved: a approves it"
    press(page, "a")
    assert current(page) != "land"
    assert page.locator(".notice").inner_text() == "Approved: 国土 = national territory"
    assert values(bench.path, "select en, status from glossary where concept_id = 'land'") == [
        ("national territory", "approved")
    ]


CHOICES: dict[str, tuple[list[str], str]] = {
    # how a term is chosen after t: keys, and the field that e leads to then
    "nothing yet": ([], "of"),
    "Enter": (["Enter"], "value"),
    "an arrow": (["ArrowUp"], "value"),
    "arrows": (["ArrowUp", "ArrowDown", "ArrowUp"], "value"),
    "an arrow and Enter": (["ArrowUp", "Enter"], "value"),
    "a letter": (["s"], "of"),
    "a letter and Enter": (["s", "Enter"], "value"),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_once_a_term_is_chosen_keys_are_keys_again(bench: Bench, choice: str) -> None:
    keys, field = CHOICES[choice]
    page = bench.open(f"{REVIEW}?concept=shop")
    terms = page.locator("select[data-key=t]")
    assert terms.input_value() == "en opened"
    for key in ("t", *keys):
        page.keyboard.press(key)
    chosen = terms.input_value().partition(" ")[2]
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == field
    assert page.locator("input[data-key=e]").input_value() == chosen
    assert decided(bench.path) == []


def test_a_term_that_is_chosen_with_the_pointer_leaves_the_list(bench: Bench) -> None:
    page = bench.open(f"{REVIEW}?concept=shop")
    page.locator("select[data-key=t]").focus()
    page.locator("select[data-key=t]").select_option("en shop")
    press(page, "f")
    assert values(bench.path, "select term from terms where concept_id = 'shop' and status = 'forbidden'") == ["shop"]


def test_letters_look_for_a_term_and_decide_nothing(bench: Bench) -> None:
    page = bench.open(f"{REVIEW}?concept=shop")
    page.keyboard.press("t")
    page.keyboard.type("sh")
    assert page.locator("select[data-key=t]").input_value() == "en shop"
    page.keyboard.press("f")
    page.wait_for_timeout(200)
    assert decided(bench.path) == []
    page.keyboard.press("Enter")
    press(page, "f")
    assert values(bench.path, "select term from terms where concept_id = 'shop' and status = 'forbidden'") == ["shop"]


def test_merging_by_keyboard(bench: Bench) -> None:
    page = bench.open(f"{REVIEW}?concept=land")
    page.keyboard.press("m")
    page.locator("select:focus").select_option(label="領土 = territory")
    with page.expect_navigation():
        page.get_by_role("button", name="Merge", exact=True).first.click()
    assert decided(bench.path) == [("mika", "merge", "land")]


def test_merging_with_what_one_names(bench: Bench) -> None:
    page = bench.open(f"{REVIEW}?concept=beach")
    page.locator(".decide input[data-key=m]").fill("はま")
    with page.expect_navigation():
        page.get_by_role("button", name="Merge", exact=True).first.click()
    assert "No other concept has just this term" in page.locator("h1").inner_text()
    page = bench.open(f"{REVIEW}?concept=beach")
    page.locator(".decide input[data-key=m]").fill("店")
    with page.expect_navigation():
        page.get_by_role("button", name="Merge", exact=True).first.click()
    assert decided(bench.path) == [("mika", "merge", "beach")]


def test_several_at_once_by_keyboard(bench: Bench) -> None:
    page = bench.open()
    chosen = []
    for box in page.locator(".list input[type=checkbox]").all()[1:3]:
        box.check()
        chosen.append(box.get_attribute("value").split()[0])
    page.keyboard.press("x")
    chosen.append(current(page))
    press(page, "Shift+R")
    assert sorted(decided(bench.path)) == [("mika", "reject", concept_id) for concept_id in sorted(chosen)]


def test_a_stale_form_changes_nothing_and_says_who_was_faster(bench: Bench) -> None:
    page = bench.open(f"{REVIEW}?concept=land")
    db = open_glossary(bench.path)
    decide(db, "kind", "land", actor="ken", value="place")
    db.close()
    press(page, "a")
    assert "国土 = territory: changed meanwhile by ken" in page.locator("main").inner_text()
    page.get_by_text("Look again").click()
    page.wait_for_url(f"**{HOME}/concept/land")
    press(page, "a")
    assert decided(bench.path) == [("ken", "kind", "land"), ("mika", "approve", "land")]


def test_on_the_page_of_a_concept(bench: Bench) -> None:
    page = bench.open(f"{HOME}/concept/land")
    page.keyboard.press("n")  # unfolds what can be changed
    page.keyboard.type("wide")
    page.keyboard.press("Tab")
    press(page, "Enter")
    assert page.url.endswith(f"{HOME}/concept/land")
    assert "wide" in page.locator(".note").inner_text()
    press(page, "u")
    assert page.locator(".note").count() == 0
    assert [action for _, action, _ in decided(bench.path)] == ["note", "undo"]


def test_whoever_did_not_start_the_server_may_not(bench: Bench) -> None:
    page = bench.stranger(REVIEW)
    assert "You may not review this glossary" in page.locator("h1").inner_text()
    page = bench.stranger(f"{HOME}/concept/land")
    assert page.locator("[name=action]").count() == 0
    page.keyboard.press("a")
    assert decided(bench.path) == []


def test_without_javascript(bench: Bench) -> None:
    page = bench.open(java_script_enabled=False)
    page.locator(".filters summary").click()
    page.locator(".filters select[name=kind]").select_option("place")
    page.get_by_role("button", name="Filter").click()
    assert current(page) == "beach"
    page.locator(".current input[name=reason]").fill("clear")
    page.locator(".current button[value=approve]").click()
    assert "Nothing waits that fits" in page.locator("main").inner_text()
    page.locator(".history button").first.click()
    assert current(page) == "beach"
    assert [action for _, action, _ in decided(bench.path)] == ["approve", "undo"]


def test_help_on_a_question_mark(bench: Bench) -> None:
    page = bench.open(locale="ja-JP")
    page.keyboard.press("?")
    assert "却下" in page.locator("dialog").inner_text()
    page.keyboard.press("a")  # not while the help is open
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert decided(bench.path) == []


def test_keys_can_be_switched_off(bench: Bench) -> None:
    page = bench.open()
    page.keyboard.press("?")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    page.keyboard.press("?")  # this one stays
    assert page.locator("dialog").is_visible()
    assert decided(bench.path) == []


@pytest.mark.parametrize("with_script", [True, False])
def test_enter_in_a_field_does_what_stands_beside_it(bench: Bench, with_script: bool) -> None:
    page = bench.open(f"{REVIEW}?concept=land", java_script_enabled=with_script)
    page.locator("input[name=reason]").fill("too vague to keep")
    page.keyboard.press("Enter")
    assert decided(bench.path) == []
    box = page.locator(".list input[type=checkbox]").first
    box.check()
    box.press("Enter")
    page.wait_for_timeout(300)
    assert decided(bench.path) == []
    page = bench.open(f"{REVIEW}?concept=land", java_script_enabled=with_script)
    page.locator("input[data-key=e]").fill("realm")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice")
    assert decided(bench.path) == [("mika", "edit", "land")]


PAGES = {
    "queue": REVIEW,
    "filtered": f"{REVIEW}?kind=work&order=newest",
    "concept": f"{HOME}/concept/hostile",
    "document": DOCUMENT,
}


@pytest.mark.parametrize("width", [1200, 768, 360])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(bench: Bench, name: str, width: int) -> None:
    page = bench.open(PAGES[name], width=width)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(bench: Bench, name: str, scheme: str) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        absent("axe-core (pip install axe-playwright-python)")
    page = bench.open(PAGES[name], color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    found = Axe().run(page).response["violations"]
    places = {violation["id"]: [node["html"] for node in violation["nodes"]] for violation in found}
    assert places == {}, [violation["impact"] for violation in found]


def select(page: Any, language: str, text: str) -> None:
    """Select `text`, which stands in one piece, as a person does with the pointer."""
    page.evaluate(
        """([language, text]) => {
            const walker = document.createTreeWalker(document.querySelector(".texts"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const start = node.data.indexOf(text);
                if (start < 0 || !node.parentElement.closest(`.side[lang=${language}]`)) continue;
                getSelection().setBaseAndExtent(node, start, node, start + text.length);
                return;
            }
            throw new Error("not found");
        }""",
        [language, text],
    )


def test_a_term_is_added_by_selecting_it_in_the_texts(bench: Bench) -> None:
    page = bench.open(DOCUMENT)
    assert not page.locator("#add[open]").count()
    select(page, "ja", "\N{GRINNING FACE}")
    page.wait_for_selector("#add[open]")
    select(page, "ja", "開店")
    select(page, "en", "opened")
    page.wait_for_function("document.querySelector('#add input[name=en]').value === 'opened'")
    assert page.locator("#add input[name=ja]").input_value() == "開店"
    with page.expect_navigation():
        page.locator("#add button[value=add]").click()
    assert page.url.endswith(DOCUMENT)
    assert values(bench.path, "select ja, en, status from glossary where en = 'opened'") == [
        ("開店", "opened", "approved")
    ]


def test_a_term_of_a_document_is_added_with_the_keyboard(bench: Bench) -> None:
    page = bench.open(DOCUMENT)
    page.keyboard.press("+")
    page.keyboard.type("砂丘")
    press(page, "Enter")
    assert page.url.endswith(DOCUMENT)
    assert values(bench.path, "select status from glossary where ja = '砂丘'") == ["approved"]


def test_who_may_not_review_is_offered_nothing_to_add(bench: Bench) -> None:
    page = bench.stranger(DOCUMENT)
    select(page, "ja", "開店")
    assert page.locator("#add").count() == 0
