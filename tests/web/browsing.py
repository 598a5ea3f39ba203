"""A real browser and a real server for the tests of the pages."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, NoReturn

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REQUIRED = bool(os.environ.get("GLOSSARY_REQUIRE_BROWSER"))
"""Set where the browser must be there: then its absence is a failure."""

SECONDS_TO_START = 30

Open = Callable[..., Any]


def absent(what: str) -> NoReturn:
    if REQUIRED:
        pytest.fail(f"{what} is missing, and GLOSSARY_REQUIRE_BROWSER is set")
    pytest.skip(f"{what} is missing")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[Callable[[], str]]:
    """A Datasette that `command` starts, which must not complain; gives what it has printed so far."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:  # pipes that nobody reads fill up
        process = subprocess.Popen(command, stdout=output, stderr=errors)
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, _text(errors)
                time.sleep(0.1)
        yield lambda: _text(output)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        complaints = _text(errors).partition("KeyboardInterrupt")[0]
        assert "Traceback (most recent call last)" not in complaints, complaints


def _text(file: IO[bytes]) -> str:
    return os.pread(file.fileno(), 10_000_000, 0).decode()


@contextmanager
def chromium() -> Iterator[Any]:
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


@contextmanager
def pages_of(browser: Any, address: str, *, expected: str = "status of 404") -> Iterator[Open]:
    """Opens pages at `address`; at the end nothing may have gone wrong in any, but for what is `expected`."""
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
    assert [text for text in complaints if expected not in text] == []
