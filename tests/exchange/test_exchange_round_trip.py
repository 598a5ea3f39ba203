"""Export, import, export: the second file is the first, in every format that is read and written."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from exchange_entries import entries, read, written
from hypothesis import HealthCheck, given, settings

from glossary.exchange.entry import Entry
from glossary.exchange.registry import FORMATS, Hints

BOTH_WAYS = [name for name, form in FORMATS.items() if form.reads and form.writes]
EXAMPLES = {"xlsx": 10}


def contents(data: bytes, name: str) -> object:
    """What counts in a file: of a workbook its sheets, since it tells when it was made."""
    if name != "xlsx":
        return data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {member: archive.read(member) for member in archive.namelist() if member.startswith("xl/worksheets/")}


@pytest.mark.parametrize("direction", ["ja-en", "en-ja"])
@pytest.mark.parametrize("name", BOTH_WAYS)
def test_export_import_export_is_a_fixed_point(name: str, direction: str) -> None:
    """The hint is for deepl and google: a file of two columns does not say which is which."""

    @settings(max_examples=EXAMPLES.get(name, 25), suppress_health_check=list(HealthCheck), deadline=None)
    @given(entries())
    def check(found: list[Entry]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            first = written(found, name, direction=direction)
            again = read(first, name, Path(folder), hints=Hints(direction))
        second = written(comparable(again, name), name, direction=direction)
        assert contents(second, name) == contents(written(comparable(found, name), name, direction=direction), name)

    check()


def comparable(found: list[Entry], name: str) -> list[Entry]:
    """Contexts and confidence belong to the texts: JSON Lines and TBX alone give contexts back."""
    if name in ("jsonl", "tbx", "tbx2"):
        return found
    return [replace(entry, contexts=(), confidence=None) for entry in found]
