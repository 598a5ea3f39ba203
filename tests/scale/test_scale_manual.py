"""The commands of docs/scale.md work, and the numbers of the code in it are those of the code."""

from __future__ import annotations

import gzip
import re
import shlex
from pathlib import Path

import pytest
from sample_glossary import glossary

from glossary.documents.formats.sentence_pairs import PAIRS
from glossary.scale.units import CHUNK_CHARACTERS, CHUNK_UNITS

MANUAL = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    glossary (.+)$", MANUAL, re.MULTILINE)
ROWS = [(f"港の第{n}倉庫を建て直す。", f"Warehouse No. {n} in the harbor will be rebuilt.") for n in range(12)]


@pytest.mark.parametrize("command", [command for command in COMMANDS if "HOST" not in command])
def test_the_commands_work(tmp_path: Path, command: str) -> None:
    packed = gzip.compress("".join(f"{ja}\t{en}\n" for ja, en in ROWS).encode())
    (tmp_path / "corpus.tsv.gz").write_bytes(packed)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "harbor.tsv.gz").write_bytes(packed)
    if "--scheduler" in command:
        pytest.importorskip("distributed", reason="the extra dask is not installed")
    if ".parquet" in command:
        pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
        table = pyarrow.table({"ja": [ja for ja, _ in ROWS], "en": [en for _, en in ROWS]})
        pytest.importorskip("pyarrow.parquet").write_table(table, tmp_path / "corpus.parquet")
    done = glossary(*shlex.split(command), "--db", "g.db", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 bitext" in done.stderr and (tmp_path / "g.db").exists()


@pytest.mark.parametrize("way", ["--jobs 2", "--scheduler local", "--scheduler tcp://HOST"])
def test_all_ways_are_shown(way: str) -> None:
    assert any(way in command for command in COMMANDS)


def test_the_sizes_are_those_of_the_code() -> None:
    assert f"Every {PAIRS} pairs become a bitext" in MANUAL
    assert f"up to {CHUNK_UNITS} bitexts or {CHUNK_CHARACTERS:,} Japanese characters" in MANUAL
