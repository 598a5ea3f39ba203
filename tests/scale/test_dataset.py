"""A build that writes a dataset, and the merger that makes a glossary of it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from sample_glossary import copy_samples

from glossary.build import build
from glossary.errors import GlossaryError
from glossary.records import Bitext, Concept, Context, Document, Evidence, Pairing, Repair, Segment, Term
from glossary.scale.columns import ScoredUnit, plain, restored, schema
from glossary.scale.dump import canonical_dump
from glossary.scale.merge import merge

pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")

FIRST = ["sumo", "islands-letters"]
"""The second stands alone: it has no counterpart."""
LATER = ["foreign-ministers", "shingles"]


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All but the commands by which it came about."""
    return {view: rows for view, rows in canonical_dump(path).items() if view != "builds"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in the folders `first` and `later`; `plain.db` built from the first, `dataset` written from them."""
    folder = tmp_path_factory.mktemp("dataset")
    copy_samples(FIRST, folder / "first")
    copy_samples(LATER, folder / "later")
    build([folder / "first"], folder / "plain.db")
    report = build([folder / "first"], folder / "none.db", parquet=folder / "dataset")
    assert f"glossary merge {folder / 'dataset'}" in report.summary() and not (folder / "none.db").exists()
    return folder


def test_merged_a_dataset_is_the_glossary_that_a_build_makes(home: Path, tmp_path: Path) -> None:
    report = merge([home / "dataset"], tmp_path / "g.db")
    assert len(contents(home / "plain.db")["glossary"]) > 50
    assert contents(tmp_path / "g.db") == contents(home / "plain.db")
    assert report.texts == 2 and "stored 3 new documents" in report.summary()


def test_merged_again_nothing_changes(home: Path, tmp_path: Path) -> None:
    merge([home / "dataset"], tmp_path / "g.db")
    before = canonical_dump(tmp_path / "g.db")
    assert "Nothing is new" in merge([home / "dataset"], tmp_path / "g.db").summary()
    assert canonical_dump(tmp_path / "g.db") == before


def test_shards_scored_apart_become_one_glossary(home: Path, tmp_path: Path) -> None:
    """Each shard is built with the glossary that has the model state; two processes or one."""
    for name in ("direct.db", "merged.db"):
        shutil.copy(home / "plain.db", tmp_path / name)
    folders = []
    for number, name in enumerate(LATER, 1):
        shard = copy_samples([name], tmp_path / f"shard{number}")
        folders.append(tmp_path / f"dataset{number}")
        build([shard], tmp_path / "merged.db", parquet=folders[-1], jobs=number)
    merge(folders, tmp_path / "merged.db")
    build([tmp_path / "shard1", tmp_path / "shard2"], tmp_path / "direct.db")
    assert contents(tmp_path / "merged.db") == contents(tmp_path / "direct.db")


def test_an_interrupted_build_goes_on_with_its_parts(home: Path, tmp_path: Path, monkeypatch) -> None:
    """With one text a part; what was written is not written again."""
    monkeypatch.setattr("glossary.scale.units.CHUNK_UNITS", 1)
    build([home / "first"], tmp_path / "none.db", parquet=tmp_path / "d")
    whole = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "d").glob("part-*")}
    assert len(whole) == 2
    lost = sorted(whole)[0]
    (tmp_path / "d" / lost).unlink()
    (tmp_path / "d" / "dataset.json").unlink()
    with pytest.raises(GlossaryError, match="not complete"):
        merge([tmp_path / "d"], tmp_path / "g.db")
    build([home / "first"], tmp_path / "none.db", parquet=tmp_path / "d")
    again = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "d").glob("part-*")}
    assert [name for name in whole if again[name] != whole[name]] == [lost]
    merge([tmp_path / "d"], tmp_path / "g.db")
    assert contents(tmp_path / "g.db") == contents(home / "plain.db")


def test_a_build_of_other_texts_takes_the_place_of_the_first(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "dataset", tmp_path / "d")
    old = {path.name for path in (tmp_path / "d").glob("part-*")}
    build([home / "later"], tmp_path / "none.db", parquet=tmp_path / "d")
    assert not old & set(os.listdir(tmp_path / "d"))
    merge([tmp_path / "d"], tmp_path / "g.db")
    assert {row[1] for row in contents(tmp_path / "g.db")["documents"]} >= {"shingles"}


def spoil(folder: Path, how: str) -> None:
    if how == "a part is missing":
        next(folder.glob("part-*")).unlink()
    elif how == "a part is damaged":
        next(folder.glob("part-*")).write_bytes(b"PAR1 and nothing else")
    elif how == "the list is damaged":
        (folder / "dataset.json").write_text('{"format": 1, "run"')
    elif how == "of a later version":
        raw = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
        (folder / "dataset.json").write_text(json.dumps({**raw, "format": 99}), encoding="utf-8")
    elif how == "the state is damaged":
        (folder / "model-state.bin").write_bytes(b"no state")
    else:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("a part is missing", r"part-.*missing or damaged"),
        ("a part is damaged", r"part-.*missing or damaged"),
        ("the list is damaged", r"dataset\.json is damaged"),
        ("of a later version", "another version"),
        ("the state is damaged", r"model-state\.bin is damaged"),
        ("there is none", "is no folder"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_changes_nothing(home: Path, tmp_path: Path, how: str, says: str) -> None:
    shutil.copytree(home / "dataset", tmp_path / "d")
    spoil(tmp_path / "d", how)
    with pytest.raises(GlossaryError, match=says):
        merge([tmp_path / "d"], tmp_path / "g.db")
    assert not (tmp_path / "g.db").exists()


def test_datasets_of_different_model_states_are_refused(home: Path, tmp_path: Path) -> None:
    build([home / "later"], tmp_path / "none.db", parquet=tmp_path / "other")
    with pytest.raises(GlossaryError, match="another model state"):
        merge([home / "dataset", tmp_path / "other"], tmp_path / "g.db")
    shutil.copy(home / "plain.db", tmp_path / "plain.db")
    with pytest.raises(GlossaryError, match="another model state"):
        merge([tmp_path / "other"], tmp_path / "plain.db")
    assert canonical_dump(tmp_path / "plain.db") == canonical_dump(home / "plain.db")


def test_a_folder_with_other_files_is_left_alone(home: Path, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(GlossaryError, match=r"other files \(letters\.txt\)"):
        build([home / "first"], tmp_path / "none.db", parquet=tmp_path)
    assert os.listdir(tmp_path) == ["letters.txt"]


def test_refresh_writes_no_dataset(home: Path, tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="--refresh and --parquet"):
        build([home / "first"], tmp_path / "g.db", parquet=tmp_path / "d", refresh=True)


JA = Document("1", "a/b", "ja", "港の倉庫", repairs=(Repair("ruby", 0, 1, "湊", "港"),), furniture=((0, 1), (2, 3)))
EN = Document("2", "a/b", "en", "The harbor warehouse", title=None, published="2026-01-02")
CONCEPT = Concept(
    "c-1",
    "facility",
    (Term("ja", "倉庫", "ソウコ", "sōko"), Term("en", "warehouse")),
    0.1 + 0.2,
    "bitext",
    (Pairing("a/b", "倉庫", "warehouse", 1e-17, 0.5, (Evidence("base", 1e-17, "what any pair starts from"),)),),
    (Context("a/b", "1", "2", (2, 4), (11, 20), (0, 4), None),),
)


@pytest.mark.parametrize(
    "row",
    [
        ScoredUnit(Bitext("a/b", JA, EN, "segments", 1.0, ("said so",), (((0, 4), (0, 20)),)), None, (), (CONCEPT,)),
        ScoredUnit(None, JA, (Segment("a/b", 1, (0, 4), None, 0.25),), ()),
    ],
    ids=["bitext", "document"],
)
def test_rows_come_back_as_they_went(row: ScoredUnit) -> None:
    table = pyarrow.Table.from_pylist([plain(row)], schema(ScoredUnit))
    assert [restored(ScoredUnit, raw) for raw in table.to_pylist()] == [row]
