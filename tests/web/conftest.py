from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import articles
import pytest
from browsing import chromium
from datasette.app import Datasette
from opening import BEFORE_1, Start


@pytest.fixture(scope="session")
def pages_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The glossary of `articles`; not to be changed."""
    return articles.build(tmp_path_factory.mktemp("pages") / "coast.db")


@pytest.fixture(scope="session")
def start(pages_path: Path) -> Start:
    """Datasette over the glossary (or `files`), configured in the way of the version that is installed."""

    def datasette(*files: Path, config: dict[str, Any] | None = None, **options: Any) -> Datasette:
        options |= {"metadata" if BEFORE_1 else "config": config} if config else {}
        return Datasette([str(file) for file in files or ([] if "immutables" in options else [pages_path])], **options)

    return datasette


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    with chromium() as started:
        yield started
