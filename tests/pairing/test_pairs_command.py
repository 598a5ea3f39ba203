"""The command `glossary pairs`: decisions, reasons, the manifest, and what it says of files it cannot read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_bitexts_found import sample

from glossary.cli import cli


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bitext by name, one by content, one text alone."""
    place = tmp_path / "texts"
    place.mkdir()
    for name, story, language in [
        ("wrestling.ja", "sumo", "ja"),
        ("wrestling.en", "sumo", "en"),
        ("x1", "typhoon", "ja"),
        ("x2", "typhoon", "en"),
        ("x3", "baseball", "en"),
    ]:
        (place / f"{name}.txt").write_text(sample(story, language), encoding="utf-8")
    return place


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["pairs", *map(str, arguments)])


def as_json(*arguments: object) -> list[dict]:
    return json.loads(run(*arguments, "--json", "--db", "none.db").stdout)


def test_every_document_is_shown_with_its_reasons(folder: Path) -> None:
    done = run(folder, "--db", folder / "none.db")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert f"{folder / 'wrestling.ja.txt'}  =  {folder / 'wrestling.en.txt'}  (name, 1.00)" in lines
    assert "    wrestling.ja.txt and wrestling.en.txt differ in their language tag only" in lines
    assert any(line.startswith(f"{folder / 'x3.txt'}  (alone") for line in lines)
    assert done.stderr.splitlines()[-1] == "2 bitexts; 1 document alone, 0 copies or other versions."


def test_nothing_is_built(folder: Path) -> None:
    run(folder, "--db", folder.parent / "new.db")
    assert sorted(path.name for path in folder.parent.iterdir()) == ["texts"]


def test_json_has_a_decision_for_every_document(folder: Path) -> None:
    made = as_json(folder)
    methods = {Path(d["ja"] or d["en"]).name: d["method"] for d in made}
    assert methods == {"wrestling.ja.txt": "name", "x1.txt": "content", "x3.txt": "alone"}
    assert all(0 <= d["confidence"] <= 1 and d["reasons"] for d in made)


def test_a_manifest_is_written_then_corrected_then_obeyed(folder: Path) -> None:
    manifest = folder.parent / "pairs.csv"
    first = run(folder, "--manifest", manifest, "--db", folder / "none.db")
    assert "pairs.csv written: correct it" in first.stderr
    rows = manifest.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("ja,en,") and any(row.startswith("texts/x1.txt,texts/x2.txt,content,") for row in rows)
    manifest.write_text("ja,en\ntexts/x1.txt,\n", encoding="utf-8")
    corrected = {Path(d["ja"] or d["en"]).name: d for d in as_json(folder, "--manifest", manifest)}
    assert corrected["x1.txt"]["method"] == "manifest" and corrected["x1.txt"]["en"] is None
    assert manifest.read_text(encoding="utf-8") == "ja,en\ntexts/x1.txt,\n"


def test_a_bad_file_is_named_and_does_not_stop_the_others(folder: Path) -> None:
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    done = run(folder, "--db", folder / "none.db")
    assert done.exit_code == 0 and "2 bitexts" in done.stderr
    assert f"Skipped {folder / 'broken.docx'}: it is damaged" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["nowhere"], "nowhere does not exist"), (["texts", "--manifest", "bad.csv"], 'must have the columns "ja" and')],
)
def test_what_is_wrong_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(folder.parent)
    Path("bad.csv").write_text("a,b\n", encoding="utf-8")
    done = run(*arguments, "--db", "none.db")
    assert done.exit_code == 1 and message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
