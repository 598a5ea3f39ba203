"""The examples of docs/extending.md work: written out, installed as a package of their own, and run by the command."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
import tomllib
from pathlib import Path

import pytest
from sample_glossary import CHECKOUT, command, environment

PAGE = (CHECKOUT / "docs" / "extending.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = [line[2:] for line in re.findall(r"^\$ glossary .*$", PAGE, re.MULTILINE)]
ENTRY_POINTS = tomllib.loads(re.search(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1])["project"][  # type: ignore[index]
    "entry-points"
]


def install(folder: Path, modules: dict[str, str], points: dict[str, dict[str, str]]) -> None:
    """Lay a package on the disk as pip does: modules, and a dist-info with its entry points."""
    for name, content in modules.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    info = folder / "desk-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: desk\nVersion: 1\n", encoding="utf-8")
    lines = [
        line for group, named in points.items() for line in (f"[{group}]", *(f"{k} = {v}" for k, v in named.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(line: str, folder: Path, site: Path | None) -> subprocess.CompletedProcess[str]:
    variables = environment() | {"GLOSSARY_DB": "desk.db"}
    if site is not None:
        variables["PYTHONPATH"] += os.pathsep + str(site)
    return subprocess.run(
        command(*shlex.split(line)[1:]), cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, subprocess.CompletedProcess[str]]]:
    """The folder after all commands of the page, and what each said."""
    folder, site = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("site")
    install(site, {name: text for name, text in FILES.items() if name.endswith(".py")}, ENTRY_POINTS)
    for name, text in FILES.items():
        if not name.endswith(".py"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder, {line: run(line, folder, site) for line in COMMANDS}


def rows(folder: Path, sql: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(folder / "desk.db") as db:
        return db.execute(sql).fetchall()


def test_every_command_of_the_page_succeeds(desk) -> None:
    assert len(COMMANDS) == 7
    assert {line: done.stderr for line, done in desk[1].items() if done.returncode} == {}


def test_the_reader_gives_text_title_and_date(desk) -> None:
    sql = "select format, title, published from documents where language = 'en'"
    assert rows(desk[0], sql) == [("wire", "Polaris Industries plans new plant", "2024-05-08")]


def test_the_format_exports_and_imports(desk) -> None:
    exported = (desk[0] / "terms.pairs").read_text(encoding="utf-8").splitlines()
    assert exported and all(" = " in line for line in exported)
    assert rows(desk[0], "select en, status from glossary where ja = '波返し'") == [("wave return wall", "approved")]


def test_the_lexicon_is_recognized_and_recorded(desk) -> None:
    listed = desk[1]["glossary lexicon list"].stdout
    assert "Gazetteer" in listed and "CC0 1.0" in listed
    recorded = rows(desk[0], "select lexicons from builds order by build_id desc limit 1")[0][0]
    assert "Gazetteer (2024-05" in recorded and "securities codes 1" in recorded


def test_the_evidence_is_cited_and_scores_stay_sums_of_reasons(desk) -> None:
    cited = "select distinct detail from evidence where source like '%securities codes%' and ja = '北星工業'"
    assert rows(desk[0], cited + " and en = 'Polaris Industries'") == [
        ("both have the code 6599; JMdict: 工業 = Industries",)
    ]
    assert "北星工業 = Polaris Industries" in desk[1]["glossary lookup 北星工業"].stdout
    off = """select 1 from contexts c where abs(score - (select sum(weight) from evidence e
        where (e.document, e.ja, e.en) = (c.document, c.ja, c.en))) > 1e-6"""
    assert rows(desk[0], off) == []


BROKEN = {
    "cannot be loaded": "import nowhere_to_be_found\n",
    "is not a glossary.terms.evidence.EvidenceSource": "CODES = 'text'\n",
    "ZeroDivisionError": "from glossary.terms.evidence import EvidenceSource\n"
    "CODES = EvidenceSource('bad', '1', lambda ja, en: 1 / 0)\n",
    "is no anchor": "from glossary.terms.evidence import EvidenceSource\n"
    "CODES = EvidenceSource('bad', '1', lambda ja, en: [((0, 900), (0, 1), 'same', 1.0, '', '')])\n",
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_broken_package_is_named_in_one_line(reason: str, tmp_path: Path) -> None:
    install(tmp_path / "site", {"desk.py": BROKEN[reason]}, {"glossary.evidence": {"codes": "desk:CODES"}})
    (tmp_path / "a.ja.txt").write_text("港の工事は５月に始まる。", encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("Work on the harbor begins in May.", encoding="utf-8")
    done = run("glossary build a.ja.txt a.en.txt", tmp_path, tmp_path / "site")
    assert done.returncode == 1
    assert reason in done.stderr and "mend or uninstall that package" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "desk.db").exists()


def test_the_page_names_every_registry() -> None:
    groups = re.findall(r"^\| .* \| `(glossary/[\w/.]+)` \| `([\w.]+)` \| `(\w+)` \|$", PAGE, re.MULTILINE)
    assert {group for _, group, _ in groups} == ENTRY_POINTS.keys()
    for file, group, name in groups:
        source = (CHECKOUT / file).read_text(encoding="utf-8")
        assert f'extensions("{group}", {name})' in source
