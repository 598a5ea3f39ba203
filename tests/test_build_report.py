"""What a build says at its end."""

import shutil
from pathlib import Path

import pytest

from glossary.build import build

PAIRS = {
    "harbor": ("市長は港の工事を始めると述べた。", "The mayor said work on the harbor would begin."),
    "bridge": ("知事は橋の工事を始めると述べた。", "The governor said work on the bridge would begin."),
    "school": ("校長は学校の工事を始めると述べた。", "The principal said work on the school would begin."),
}


def write(folder: Path, *names: str) -> list[Path]:
    for name in names:
        for language, text in zip(("ja", "en"), PAIRS[name], strict=True):
            (folder / f"{name}.{language}.txt").write_text(text, encoding="utf-8")
    return [folder]


@pytest.mark.parametrize(("later", "told"), [(("bridge",), False), (("bridge", "school"), True)])
def test_a_glossary_that_outgrew_its_model_state_says_so(tmp_path, later, told):
    texts = tmp_path / "texts"
    texts.mkdir()
    first = build(write(texts, "harbor"), tmp_path / "g.db").summary()
    assert "1 bitext among them" in first and "--refresh" not in first
    assert ("--refresh" in build(write(texts, *later), tmp_path / "g.db").summary()) is told
    assert "--refresh" not in build([texts], tmp_path / "g.db", refresh=True).summary()


def test_refresh_gives_what_one_build_gives(tmp_path):
    import sqlite3

    def dump(path: Path) -> list[tuple]:
        with sqlite3.connect(path) as db:
            return db.execute("select concept_id, ja, en, confidence, occurrences from glossary order by 1").fetchall()

    texts = tmp_path / "texts"
    texts.mkdir()
    build(write(texts, "harbor"), tmp_path / "steps.db")
    build(write(texts, "bridge", "school"), tmp_path / "steps.db")
    build([texts], tmp_path / "steps.db", refresh=True)
    build([texts], tmp_path / "once.db")
    assert dump(tmp_path / "steps.db") == dump(tmp_path / "once.db")


def test_what_was_stored_is_told_by_new_and_changed(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    database = tmp_path / "g.db"
    first = build(write(texts, "harbor", "bridge"), database).summary()
    assert "Stored 4 new documents;" in first
    assert f"The glossary is {database}: `glossary serve --db {database}`" in first
    (texts / "harbor.ja.txt").write_text(PAIRS["harbor"][0] + "町も喜んだ。", encoding="utf-8")
    changed = build([texts], database).summary()
    assert "Stored 1 changed document;" in changed and "The glossary is" not in changed
    (texts / "harbor.ja.txt").write_text(PAIRS["harbor"][0] + "町は喜んだ。", encoding="utf-8")
    assert "Stored 2 new documents and 1 changed one;" in build(write(texts, "school", "bridge"), database).summary()


def test_copies_that_are_sides_of_bitexts_are_counted(tmp_path):
    write(tmp_path, "harbor")
    for language in ("ja", "en"):
        shutil.copy(tmp_path / f"harbor.{language}.txt", tmp_path / f"port.{language}.txt")
    assert "Counted once: 2 copies or other versions." in build([tmp_path], tmp_path / "g.db").summary()


def test_what_word_leaves_beside_an_open_document_is_passed_over(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    write(texts, "harbor")
    (texts / "~$contract.docx").write_bytes(b"\x05owner")
    (texts / ".~lock.contract.docx#").write_text(",owner", encoding="utf-8")
    report = build([texts], tmp_path / "g.db")
    assert report.skipped == () and report.read.ignored == 0
