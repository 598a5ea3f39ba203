"""The commands, the filters and the manual."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_glossary import CHECKOUT, environment

from glossary.cli.exchange import export_command, import_command
from glossary.exchange.registry import FORMATS, Format, formats
from glossary.exchange.selection import Selection, entries
from glossary.uses.reading import open_for_reading

MANUAL = (CHECKOUT / "docs" / "exchange.md").read_text(encoding="utf-8")


@pytest.fixture
def database(glossary_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(glossary_path, tmp_path / "glossary.db"))


def run(command, *arguments: str | Path, database: Path):
    return CliRunner().invoke(command, [*map(str, arguments), "--db", str(database)])


FILTERS = {
    "kind": (Selection(kinds=("facility",)), {"guesthouse"}),
    "several kinds": (Selection(kinds=("facility", "concept")), {"guesthouse", "territory", "land", "hanami"}),
    "confidence": (Selection(confidence=0.9), {"northern", "us"}),
    "document": (Selection(documents=("talks",)), {"northern", "guesthouse", "iikura", "territory", "us"}),
    "folder": (Selection(documents=("spring/*",)), {"territory", "land", "us", "hanami"}),
    "since": (Selection(since="2024-01-01"), {"territory", "land", "us", "hanami"}),
    "until a day": (Selection(until="2023-02-07"), {"northern", "guesthouse", "iikura", "territory", "us"}),
    "until a year": (Selection(until="2023"), {"northern", "guesthouse", "iikura", "territory", "us"}),
    "approved": (Selection(statuses=("approved",)), set()),
    "client": (Selection(collections=("atlas",)), set()),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters(glossary_path: Path, name: str) -> None:
    selection, expected = FILTERS[name]
    with open_for_reading(glossary_path) as db:
        assert {entry.concept_id for entry in entries(db, selection)} == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "yesterday"], "--since yesterday: no date: write a year, a month or a day"),
        (["--until", "2024-13"], "--until 2024-13: no date"),
        (["--since", "2023-02-29"], "--since 2023-02-29: no date"),
        (["--kind", "town"], "--kind town: no such kind: one of person, place"),
    ],
)
def test_a_filter_that_nothing_can_pass_is_refused(
    database: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    result = run(export_command, tmp_path / "a.tbx", "--format", "tbx", *arguments, database=database)
    assert result.exit_code == 1 and message in str(result.exception)
    assert not (tmp_path / "a.tbx").exists()


def test_filters_that_leave_nothing_say_so(database: Path, tmp_path: Path) -> None:
    result = run(export_command, tmp_path / "a.jsonl", "--document", "nowhere", "--since", "2024-02", database=database)
    assert result.exit_code == 0
    assert result.stderr == (
        "0 concepts written as JSON Lines, everything.\nNo concept is as the filters ask, or there is none.\n"
    )


def test_a_table_needs_no_format_where_its_header_or_the_person_names_its_columns(
    database: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("用語,訳語\n波返し,wave return\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("A,B\n波返し,wave return\n", encoding="utf-8")
    for name, arguments in (("a.csv", []), ("b.csv", ["--column", "ja=A", "--column", "en=B"])):
        result = run(import_command, tmp_path / name, "--actor", "x", "--dry-run", *arguments, database=database)
        assert result.stderr.startswith("1 concept added"), result.stderr


def test_preferred_terms_come_first_and_contexts_are_as_many_as_asked(glossary_path: Path) -> None:
    with open_for_reading(glossary_path) as db:
        found = {entry.concept_id: entry for entry in entries(db, contexts=1)}
        everything = {entry.concept_id: entry for entry in entries(db, contexts=None, everything=True)}
    assert [term.term for term in found["us"].terms] == ["米国", "米", "United States", "U.S."]
    assert len(found["us"].contexts) == 1 and len(everything["us"].contexts) == 3
    context = everything["us"].contexts[0]
    assert context.ja_sentence and context.ja_sentence[context.ja_start :].startswith(context.ja or "-")
    assert {row["kind"] for row in everything["us"].evidence} == {"base", "dictionary", "alignment"}


def test_to_standard_output(database: Path) -> None:
    result = run(export_command, "-", "--format", "jsonl", "--kind", "facility", database=database)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0 and lines[0]["glossary"] == 1 and lines[1]["concept_id"] == "guesthouse"
    assert "1 concept written as JSON Lines" in result.stderr


def test_where_the_ending_leaves_a_choice_the_format_is_asked_for(database: Path, tmp_path: Path) -> None:
    result = run(export_command, tmp_path / "a.csv", database=database)
    assert result.exit_code == 1 and not (tmp_path / "a.csv").exists()
    assert "give --format: memoq, deepl, google" in str(result.exception)


def test_a_failed_export_leaves_the_old_file_alone(database: Path, tmp_path: Path) -> None:
    """A prompt without a text is refused while it is written."""
    (tmp_path / "old.prompt").write_text("old", encoding="utf-8")
    result = run(export_command, tmp_path / "old.prompt", database=database)
    assert result.exit_code == 1 and "--text" in str(result.exception)
    assert (tmp_path / "old.prompt").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_prompt_has_the_terms_of_a_text_alone(database: Path, tmp_path: Path) -> None:
    """領土 stands in 北方領土 only, so it is not told apart from it."""
    (tmp_path / "text.txt").write_text("米国は北方領土について述べた。", encoding="utf-8")
    result = run(export_command, "-", "--format", "prompt", "--text", tmp_path / "text.txt", database=database)
    assert result.stdout.splitlines()[1:] == ["- 米国: United States", "- 北方領土: Northern Territories"]


def test_licences_go_along_in_the_file_or_beside_it(database: Path, tmp_path: Path) -> None:
    for name, form in FORMATS.items():
        if form.writes and name != "prompt":
            path = tmp_path / f"{name}{form.endings[0]}"
            assert run(export_command, path, "--format", name, database=database).exit_code == 0
            beside = path.with_name(path.name + ".licences.txt")
            if form.notices:
                assert not beside.exists()
                assert name in ("xlsx", "yomitan") or "EDRDG" in path.read_text(encoding="utf-8"), name
            else:
                assert beside.read_text(encoding="utf-8").startswith("JMdict: CC BY-SA 4.0, © EDRDG")


def test_an_import_says_what_it_did(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "client.csv"
    path.write_text("用語,訳語\r\n領土,domain\r\n波返し,wave return\r\n", encoding="utf-8")
    arguments = (path, "--format", "table", "--actor", "translator")
    result = run(import_command, *arguments, "--dry-run", database=database)
    assert "Decisions that would be made: 2 add, 1 prefer." in result.stderr
    result = run(import_command, *arguments, database=database)
    assert result.stdout == "found by its Japanese term alone: 領土 = domain, row 2 (territory)\n"
    assert "1 concept added, 1 changed, 0 unchanged." in result.stderr
    assert "0 concepts added, 0 changed, 2 unchanged." in run(import_command, *arguments, database=database).stderr


def test_the_command_registers_formats_of_other_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with an entry point of the group glossary.formats, as pip lays it on the disk."""
    (tmp_path / "other_format.py").write_text(
        "from glossary.exchange.registry import Format\n"
        "ONE = Format('ours', 'Our own', 'other_format', ('.ours',))\n"
        "def write(entries, out, about):\n    for entry in entries: out.write(entry.terms[0].term.encode() + b'\\n')\n",
        encoding="utf-8",
    )
    info = tmp_path / "other_format-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other-format\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[glossary.formats]\nours = other_format:ONE\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert isinstance(formats()["ours"], Format)
    sys.modules.pop("other_format", None)


def test_the_manual_names_every_format_and_ending() -> None:
    rows = re.findall(r"^\| (\w+) \| ((?:\.\w+ ?)+) \|", MANUAL, re.MULTILINE)
    assert {name: tuple(endings.split()) for name, endings in rows} == {
        name: form.endings for name, form in FORMATS.items()
    }


def test_the_commands_of_the_manual_run(database: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("米国の代表", encoding="utf-8")
    (tmp_path / "client.csv").write_text("No,用語,訳語\r\n1,波返し,wave return\r\n", encoding="utf-8")
    block = next(b for b in re.findall(r"^```console\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL))
    script = "import sys; from glossary.cli.exchange import export_command as e, import_command as i;" \
        "sys.argv.pop(0); {'export': e, 'import': i}[sys.argv[0]]()"  # fmt: skip
    for line in block.splitlines():
        words = shlex.split(line.removeprefix("$ glossary "))
        words += ["--db", str(database), *(["--actor", "x"] if words[0] == "import" else [])]
        done = subprocess.run(
            [sys.executable, "-c", script, *words], cwd=tmp_path, capture_output=True, text=True, env=environment()
        )
        assert done.returncode == 0, (line, done.stderr)
