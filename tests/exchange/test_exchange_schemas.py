"""The published schemas and Translate Toolkit accept what is exported.

The schemas cannot be kept here (docs/exchange.md says why). Name a folder with them in GLOSSARY_SCHEMAS, and install
lxml, jsonschema and translate-toolkit; what is not there is not asked. `test_exchange_validity.py` restates the rules.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from exchange_entries import entries, written
from hypothesis import HealthCheck, given, settings
from test_exchange_validity import BORDER

from glossary.exchange.entry import Entry

SCHEMAS = os.environ.get("GLOSSARY_SCHEMAS", "")
FILES = {"tbx": "tbx.tbx", "tmx": "tmx.tmx", "xliff": "xliff.xlf", "yomitan": "yomitan.zip"}
READERS = {"tbx2": "tbx2.tbx", "weblate": "weblate.tbx", "utx": "utx.utx"}


@pytest.mark.skipif(not SCHEMAS, reason="GLOSSARY_SCHEMAS names no folder with the published schemas")
@pytest.mark.parametrize("name", FILES)
def test_the_published_schema_accepts_every_file(tmp_path: Path, name: str) -> None:
    pytest.importorskip("lxml")
    pytest.importorskip("jsonschema")
    from validate_with_schemas import CHECKS

    @settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
    @given(entries())
    def check(found: list[Entry]) -> None:
        path = tmp_path / FILES[name]
        path.write_bytes(written([BORDER, *found], name, notices=("JMdict: CC BY-SA 4.0",)))
        assert list(CHECKS[name](path, Path(SCHEMAS))) == []

    check()


@pytest.mark.parametrize("name", READERS)
def test_translate_toolkit_reads_every_pair(tmp_path: Path, name: str) -> None:
    pytest.importorskip("translate.storage.tbx")
    from validate_with_schemas import units

    path = tmp_path / READERS[name]
    path.write_bytes(written([BORDER], name))
    assert ("国境", "border") in units(path)
