"""docs/formats.md says of endings and limits what the program does."""

from pathlib import Path

import pytest

from glossary.documents.limits import LIMITS
from glossary.documents.readers import READERS

GUIDE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", sorted(READERS))
def test_every_ending_that_is_read_is_told(ending: str) -> None:
    rows = [line.split("|")[1].split() for line in GUIDE.splitlines() if line.startswith("| .")]
    assert any(ending in row for row in rows)


@pytest.mark.parametrize(
    "said",
    [
        f"over {LIMITS.file // 10**6} MB",
        f"line of over {LIMITS.line:,} characters; page of HTML of over {LIMITS.page:,}",
        f"over {LIMITS.depth} nested elements",
        f"over {LIMITS.unpacked // 10**6} MB unpacked, {LIMITS.ratio} times its size "
        f"(from {LIMITS.ratio_from // 10**6} MB on), or {LIMITS.parts:,} parts",
        f"{LIMITS.pages:,} pages, {LIMITS.pdf_memory // 10**9} GB of memory (Linux), "
        f"{LIMITS.pdf_seconds // 60} minutes",
        f"over {LIMITS.rows:,} rows with text; beyond column {LIMITS.columns}",
    ],
)
def test_the_limits_are_those_in_force(said: str) -> None:
    assert said in GUIDE
