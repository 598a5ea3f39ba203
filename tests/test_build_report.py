"""What a build says at its end."""

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
