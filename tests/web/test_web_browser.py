"""The pages in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import articles
import pytest
from opening import BEFORE_1, DOCUMENT, HOME

from glossary.uses.serve import datasette_files

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REQUIRED = bool(os.environ.get("GLOSSARY_REQUIRE_BROWSER"))
"""Set where the browser must be there: then its absence is a failure."""

SECONDS_TO_START = 30
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

Open = Callable[..., Any]


def absent(what: str) -> None:
    if REQUIRED:
        pytest.fail(f"{what} is missing, and GLOSSARY_REQUIRE_BROWSER is set")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="module")
def address(pages_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Datasette runs, as people start it; it must not complain."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    metadata, config = map(str, datasette_files(tmp_path_factory.mktemp("config"), pages_path))
    command = [sys.executable, "-m", "datasette", str(pages_path), "--port", str(port), "--metadata", metadata]
    command += [] if BEFORE_1 else ["--config", config]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/-/versions.json", timeout=5).close()
            break
        except OSError:
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.1)
    yield address
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert "Traceback (most recent call last)" not in errors.partition("KeyboardInterrupt")[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("Playwright (pip install playwright)")
    if CHROMIUM is None:
        absent("Chromium")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if as_root else [])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Open]:
    """Opens a page of ours; at the end nothing may have gone wrong in any."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(path: str, *, width: int = 1200, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 404" not in text] == []


def test_search_as_you_type_by_keyboard_alone(visit: Open) -> None:
    page = visit(HOME)
    page.keyboard.type("ryo")  # the cursor is in the box already
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
