"""What is published: the wheel has all that runs outside of the checkout, and what describes it agrees with itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import yaml
from sample_glossary import CHECKOUT, SAMPLES

import glossary as package

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
CARD = (SAMPLES / "DATACARD.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with wheel and sdist of this checkout."""
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_wheel_has_modules_pages_weights_queries_and_samples(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = [p for p in (CHECKOUT / "glossary").rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert {path.relative_to(CHECKOUT).as_posix() for path in sources} <= names
    data = [p for folder in ("queries", "samples") for p in (CHECKOUT / "db" / folder).iterdir()]
    assert {f"glossary/{path.relative_to(CHECKOUT).as_posix()}" for path in data} <= names
    assert [name for name in names if name.endswith((".db", ".pyc"))] == []
    assert {name.split("/")[0] for name in names} == {"glossary", f"glossary-{package.__version__}.dist-info"}


def test_the_sdist_has_what_tests_and_readers_need_and_no_more(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    wanted = {"README.md", "README.ja.md", "CHANGELOG.md", "LICENSE", "CITATION.cff", "pyproject.toml"}
    assert wanted <= names
    assert {"docs/extending.md", "tests/conftest.py", "db/metadata.yaml", "db/samples/gold.jsonl"} <= names
    assert {name.split("/")[0] for name in names if "/" in name} == {"db", "docs", "glossary", "tests"}
    assert [name for name in names if name.startswith("db/") and ".db" in name] == []


def test_the_citation_is_of_this_version_and_licence() -> None:
    """The required keys of the Citation File Format 1.2.0, and those that must agree with pyproject.toml."""
    citation = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation.keys() >= {"cff-version", "message", "title", "authors"}
    assert citation["cff-version"] == "1.2.0" and citation["type"] == "software"
    assert citation["version"] == package.__version__ == PROJECT["project"]["version"]
    assert citation["license"] == PROJECT["project"]["license"]
    assert citation["authors"] == PROJECT["project"]["authors"]


def test_the_data_card_counts_right() -> None:
    gold = [json.loads(line) for line in (SAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    segments = (SAMPLES / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {side: [p.read_text(encoding="utf-8") for p in SAMPLES.glob(f"*.{side}.txt")] for side in ("ja", "en")}
    tiers, kinds = (Counter(row[name] for row in gold) for name in ("tier", "kind"))
    one_sided = sum(row["ja"] is None or row["en"] is None for row in gold)
    assert f"{len(texts['ja'])} Japanese articles ({sum(map(len, texts['ja'])):,} characters)" in CARD
    words = sum(len(text.split()) for text in texts["en"])
    assert f"{len(texts['en'])} English ones ({words:,} words); {len({row['doc'] for row in gold})} are in both" in CARD
    assert f"{len(segments)} pairs in `sentences.jsonl`" in CARD
    told = f"{len(gold):,} rows in `gold.jsonl`: {tiers['core']:,} core, {tiers['ok']:,} ok; {one_sided} of them"
    assert told in CARD
    assert ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()) in CARD


def test_the_example_of_the_data_card_prints_what_it_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(SAMPLES)
    (code,) = re.findall(r"^```python\n(.*?)^```$", CARD, re.MULTILINE | re.DOTALL)
    exec(compile(code, "DATACARD.md", "exec"), {})
    assert f"prints `{capsys.readouterr().out.strip()}`" in CARD
