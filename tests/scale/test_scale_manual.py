"""The commands of docs/scale.md work, and the numbers of the code in it are those of the code."""

from __future__ import annotations

import gzip
import re
import shlex
import zipfile
from pathlib import Path

import pytest
from sample_glossary import glossary

from glossary.documents.formats.sentence_pairs import PAIRS
from glossary.scale.units import CHUNK_CHARACTERS, CHUNK_UNITS

MANUAL = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    glossary (.+)$", MANUAL, re.MULTILINE)
(DATASET,) = (command for command in COMMANDS if "--parquet" in command)
ROWS = [(f"港の第{n}倉庫を建て直す。", f"Warehouse No. {n} in the harbor will be rebuilt.") for n in range(12)]


@pytest.mark.parametrize("command", [command for command in COMMANDS if not re.search("HOST|BUCKET", command)])
def test_the_commands_work(tmp_path: Path, command: str) -> None:
    packed = gzip.compress("".join(f"{ja}\t{en}\n" for ja, en in ROWS).encode())
    (tmp_path / "corpus.tsv.gz").write_bytes(packed)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "harbor.tsv.gz").write_bytes(packed)
    with zipfile.ZipFile(tmp_path / "shards.zip", "w") as shards:
        shards.writestr("01.tsv.gz", packed)
    scored = "".join(f"{n / 12:.2f}\t{en}\t{ja}\n" for n, (ja, en) in enumerate(ROWS))
    (tmp_path / "scored.tsv.gz").write_bytes(gzip.compress(scored.encode()))
    if "--scheduler" in command or "zip://" in command:
        pytest.importorskip("distributed", reason="the extra dask is not installed")
    if "parquet" in command or "merge" in command:
        pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
        table = pyarrow.table({"ja": [ja for ja, _ in ROWS], "en": [en for _, en in ROWS]})
        pytest.importorskip("pyarrow.parquet").write_table(table, tmp_path / "corpus.parquet")
    if "merge" in command:
        done = glossary(*shlex.split(DATASET), folder=tmp_path)
        assert done.returncode == 0, done.stderr
    done = glossary(*shlex.split(command), "--db", "g.db", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 bitext" in done.stderr or "stored 2 new" in done.stderr
    assert (tmp_path / "g.db").exists() or command == DATASET


@pytest.mark.parametrize(
    "way", ["--jobs 2", "--scheduler local", "--scheduler tcp://HOST", "--parquet", "merge", "--min-score"]
)
def test_all_ways_are_shown(way: str) -> None:
    assert any(way in command for command in COMMANDS)


def test_the_sizes_are_those_of_the_code() -> None:
    assert f"Every {PAIRS} pairs become a bitext" in MANUAL
    assert f"up to {CHUNK_UNITS} bitexts or {CHUNK_CHARACTERS:,} Japanese characters" in MANUAL
