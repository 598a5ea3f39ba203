"""The pages in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import articles
import pytest
from browsing import Open, absent, free_port, pages_of, running
from opening import BEFORE_1, DOCUMENT, HOME

from glossary.uses.serve import datasette_files

WIDTHS = (1200, 768, 360)
PAGES = {
    "home": HOME,
    "results": f"{HOME}?q=territory",
    "concept": f"{HOME}/concept/beyond",
    "one-sided": f"{HOME}/concept/ship",
    "document": DOCUMENT,
    "one language": f"{HOME}/document/solo",
    "repairs": f"{HOME}/document/solo?show=repairs",
    "missing": f"{HOME}/concept/nothing",
}


@pytest.fixture(scope="module")
def address(pages_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Datasette runs, as people start it; it must not complain."""
    metadata, config = map(str, datasette_files(tmp_path_factory.mktemp("config"), pages_path))
    port = free_port()
    command = [sys.executable, "-m", "datasette", str(pages_path), "--port", str(port), "--metadata", metadata]
    with running([*command, *([] if BEFORE_1 else ["--config", config])], port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Open]:
    """Opens a page of ours; at the end nothing may have gone wrong in any."""
    with pages_of(browser, address) as open_page:
        yield open_page


def test_search_as_you_type_by_keyboard_alone(visit: Open) -> None:
    page = visit(HOME)
    page.wait_for_selector("input[name=q]:focus")  # the cursor gets there by itself, once the page is drawn
    page.keyboard.type("ryo")
    page.wait_for_selector(".found .entries a")
    assert page.locator(".found .entries a").count() == 1
    assert not page.locator("[data-panels]").is_visible()
    assert page.url.endswith("?q=ryo")
    page.keyboard.type("do")
    page.wait_for_selector(".found .exact")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOME}/concept/territory")
    assert page.locator("h1 .en").inner_text() == "territory"


def test_search_in_japanese_and_back_to_nothing(visit: Open) -> None:
    page = visit(HOME)
    page.locator("input[name=q]").fill("𠮷")
    page.wait_for_selector(".found .entries a")
    assert "Yoshinoya" in page.locator(".found").inner_text()
    page.locator("input[name=q]").fill("ない言葉")
    page.wait_for_selector("text=Nothing found for “ない言葉”.")
    page.locator("input[name=q]").fill("")
    page.wait_for_selector("[data-panels]", state="visible")


def test_search_from_every_page_with_the_slash_key(visit: Open) -> None:
    page = visit(f"{HOME}/concept/beyond")
    page.keyboard.press("/")
    page.keyboard.type("beach")
    page.wait_for_selector(".drop .entries a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOME}/concept/beach")


def test_search_without_javascript(visit: Open) -> None:
    page = visit(HOME, java_script_enabled=False)
    page.locator("input[name=q]").fill("hama")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=hama")
    page.locator(".found .entries a").first.click()
    page.wait_for_url(f"**{HOME}/concept/beach")


def test_reading_a_concept(visit: Open) -> None:
    page = visit(f"{HOME}/concept/beyond")
    assert [mark.inner_text() for mark in page.locator(".context > .sides mark").all()] == [
        articles.BEYOND,
        "Yoshinoya",
    ]
    after = page.locator(".around .beside", has_text="浜の店に🍚を求める列ができた。")
    assert not after.is_visible()
    page.locator(".around summary").first.click()
    assert after.is_visible()


def test_readings_can_be_switched_off_for_good(visit: Open) -> None:
    page = visit(f"{HOME}/concept/beyond")
    reading = page.locator("h1 rt").first
    assert reading.is_visible()
    page.get_by_role("button", name="Readings").click()
    assert not reading.is_visible()
    page.reload()
    assert not page.locator("h1 rt").first.is_visible()


def test_copying_a_term(visit: Open) -> None:
    page = visit(f"{HOME}/concept/hostile", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy both").click()
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{articles.SCRIPT}\t{articles.IMAGE}"


def test_pointing_at_a_sentence_shows_its_counterpart(visit: Open) -> None:
    page = visit(DOCUMENT)
    row = page.locator(".texts .row").nth(1)

    def colour() -> str:
        return row.evaluate("row => getComputedStyle(row).borderLeftColor")

    before = colour()
    row.locator("[lang=en]").hover()
    page.wait_for_timeout(200)
    assert colour() != before
    page.locator("a.term").first.click()
    page.wait_for_url(f"**{HOME}/concept/*")


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_dark_mode(visit: Open, scheme: str, dark: bool) -> None:
    page = visit(f"{HOME}/concept/beyond", color_scheme=scheme)
    ground, ink = (
        sum(map(int, page.evaluate(f"getComputedStyle(document.body).{name}.match(/\\d+/g)")[:3]))
        for name in ("backgroundColor", "color")
    )
    assert (ground < ink) == dark


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(visit: Open, name: str, width: int) -> None:
    page = visit(PAGES[name], width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_japanese_interface(visit: Open) -> None:
    page = visit(HOME, locale="ja-JP")
    assert page.locator("h1").inner_text() == "日英用語集"
    page.locator("input[name=q]").fill("hama")
    page.wait_for_selector(".found .entries a")
    assert "1 件" in page.locator(".found").inner_text()


def test_descriptions_above_tables_are_folded(visit: Open) -> None:
    page = visit("/coast/relations")
    description = page.locator("dl.column-descriptions dd").first
    assert not description.is_visible()
    page.get_by_text("What the 4 columns mean").click()
    assert description.is_visible()


def test_counts_of_saved_queries_have_bars(visit: Open) -> None:
    page = visit("/coast/usage_by_month?term=territory")
    page.wait_for_selector("td.col-mentions .glossary-bar")
    assert page.locator("td.col-mentions").first.inner_text().strip() == "2"
    widths = [bar.bounding_box()["width"] for bar in page.locator("td.col-mentions .glossary-bar").all()]
    assert widths and all(width > 0 for width in widths)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Open, name: str, scheme: str) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        absent("axe-core (pip install axe-playwright-python)")
    page = visit(PAGES[name], color_scheme=scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    places = {violation["id"]: [node["html"] for node in violation["nodes"]] for violation in found}
    assert places == {}, [violation["impact"] for violation in found]
