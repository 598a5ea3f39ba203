"""Corpora of sentence pairs become bitexts of bounded size, whatever stands beside the sentences."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from glossary.build import build
from glossary.documents.folder import read_paths
from glossary.documents.formats.sentence_pairs import PAIRS, pair_documents
from glossary.errors import GlossaryError

JA = "港の第{}倉庫は来春に建て直される。"
EN = "Warehouse No. {} in the harbor will be rebuilt next spring."


def rows(count: int) -> list[tuple[str, str]]:
    return [(JA.format(number), EN.format(number)) for number in range(count)]


def packed(path: Path, lines: list[str]) -> Path:
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
    return path


@pytest.mark.parametrize(
    "row",
    ["{ja}\t{en}", "{en}\t{ja}", "example.org\t0.78\t{en}\t{ja}", "{ja}\t{en}\t0.5", '{ja}\t{en}\t"'],
    ids=["ja en", "en ja", "source, score, en, ja", "score", "quotation mark"],
)
def test_the_columns_are_found(tmp_path: Path, row: str) -> None:
    path = packed(tmp_path / "c.tsv.gz", [row.format(ja=ja, en=en) for ja, en in rows(7)])
    (document,) = pair_documents(path, ".tsv.gz", str(path))
    assert list(document.segments) == rows(7)


def test_a_corpus_becomes_bitexts_of_bounded_size(tmp_path: Path) -> None:
    path = packed(tmp_path / "harbor.tsv.gz", [f"{ja}\t{en}" for ja, en in rows(2 * PAIRS + 1)])
    found = read_paths([path])
    assert [bitext.name for bitext in found.bitexts] == ["harbor#0001", "harbor#0002", "harbor#0003"]
    assert [len(bitext.segments) for bitext in found.bitexts] == [PAIRS, PAIRS, 1]
    pairs = [
        (bitext.ja.text[slice(*ja)], bitext.en.text[slice(*en)])
        for bitext in found.bitexts
        for ja, en in bitext.segments
    ]
    assert pairs == rows(2 * PAIRS + 1)


def test_rows_without_a_translation_are_left_out(tmp_path: Path) -> None:
    lines = [f"{ja}\t{en}" for ja, en in rows(5)]
    path = packed(tmp_path / "c.tsv.gz", [*lines, "港だけ\t", "\tharbor only", "", "港", "v1.2\tv1.2"])
    (document,) = pair_documents(path, ".tsv.gz", str(path))
    assert [pair for pair in document.segments if all(pair)] == rows(5)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (gzip.compress(("\n".join(f"{ja}\t{en}" for ja, en in rows(3000))).encode())[:-900], "damaged"),
        (b"no gzip at all", "damaged"),
        (gzip.compress("\n".join(f"{ja}\t{en}" for ja, en in rows(3)).encode("cp932")), "UTF-8"),
        (gzip.compress(b"one\ttwo\nthree\tfour\n"), "no Japanese and English column"),
        (gzip.compress(b"0" * 3_000_000), "longer than"),
        (gzip.compress(b""), "no Japanese and English column"),
    ],
    ids=["cut off", "no gzip", "Shift_JIS", "English only", "one endless line", "empty"],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "c.tsv.gz").write_bytes(content)
    with pytest.raises(GlossaryError, match=rf"c\.tsv\.gz.*{says}"):
        read_paths([tmp_path / "c.tsv.gz"])


def test_other_gzipped_files_are_passed_over(tmp_path: Path) -> None:
    packed(tmp_path / "c.tsv.gz", [f"{ja}\t{en}" for ja, en in rows(5)])
    (tmp_path / "archive.tar.gz").write_bytes(b"whatever")
    found = read_paths([tmp_path])
    assert (len(found.bitexts), found.ignored, found.skipped) == (1, 1, ())


@pytest.mark.parametrize("shape", ["columns", "records"])
def test_parquet(tmp_path: Path, shape: str) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    pairs = rows(PAIRS + 2)
    if shape == "columns":
        data = {"score": [0.5] * len(pairs), "en": [en for _, en in pairs], "ja": [ja for ja, _ in pairs]}
    else:
        data = {"id": list(range(len(pairs))), "translation": [{"en": en, "ja": ja} for ja, en in pairs]}
    parquet.write_table(pyarrow.table(data), tmp_path / "c.parquet")
    found = read_paths([tmp_path / "c.parquet"])
    assert [(bitext.name, len(bitext.segments)) for bitext in found.bitexts] == [("c#0001", PAIRS), ("c#0002", 2)]
    assert found.bitexts[1].en.text.splitlines() == [en for _, en in pairs[PAIRS:]]


def test_a_damaged_parquet_file_is_refused_by_name(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(GlossaryError, match=r"c\.parquet is damaged"):
        read_paths([tmp_path / "c.parquet"])


def test_a_corpus_is_built_and_its_places_are_exact(tmp_path: Path) -> None:
    packed(tmp_path / "c.tsv.gz", [f"{ja}\t{en}" for ja, en in rows(12)])
    build([tmp_path / "c.tsv.gz"], tmp_path / "g.db")
    with closing(sqlite3.connect(tmp_path / "g.db")) as db:
        found = db.execute("""
            select ja, en, substr(d.text, ja_start + 1, ja_end - ja_start) from contexts
            join documents d on d.document_id = ja_document_id where contexts.document = 'c#0001' and ja is not null
        """).fetchall()
    assert found and all(ja == there for ja, _, there in found)
    assert ("倉庫", "Warehouse") in {(ja, en) for ja, en, _ in found}


SCORED = [(ja, en, score) for (ja, en), score in zip(rows(4), ("0.9", "0.5", "", "0.49"), strict=True)]


@pytest.mark.parametrize(
    "lines",
    [
        [f"example.org\t{score}\t{en}\t{ja}" for ja, en, score in SCORED],
        [f"{number}\t{ja}\t{en}\t{score}" for number, (ja, en, score) in enumerate(SCORED)],
        ["ja\ten\tratio\tbicleaner_score", *(f"{ja}\t{en}\t1.5\t{score}" for ja, en, score in SCORED)],
    ],
    ids=["one column of numbers", "a number of the row beside", "named"],
)
def test_pairs_with_low_scores_are_left_out_on_request(tmp_path: Path, lines: list[str]) -> None:
    path = packed(tmp_path / "c.tsv.gz", lines)
    assert [len(bitext.segments) for bitext in read_paths([path]).bitexts] == [4]
    (bitext,) = read_paths([path], min_score=0.5).bitexts
    assert bitext.en.text.splitlines() == [en for _, en in rows(2)]


def test_scores_of_a_parquet_file(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    scores = [float(score) if score else None for _, _, score in SCORED]
    table = pyarrow.table({"en": [r[1] for r in SCORED], "ja": [r[0] for r in SCORED], "score": scores})
    pytest.importorskip("pyarrow.parquet").write_table(table, tmp_path / "c.parquet")
    (bitext,) = read_paths([tmp_path / "c.parquet"], min_score=0.5).bitexts
    assert bitext.en.text.splitlines() == [en for _, en in rows(2)]


@pytest.mark.parametrize(
    ("row", "says"),
    [("{ja}\t{en}", "no column of scores"), ("{ja}\t{en}\t0.5\t0.25", "several columns of scores")],
)
def test_a_minimum_without_scores_is_refused(tmp_path: Path, row: str, says: str) -> None:
    path = packed(tmp_path / "c.tsv.gz", [row.format(ja=ja, en=en) for ja, en in rows(5)])
    with pytest.raises(GlossaryError, match=says):
        read_paths([path], min_score=0.5)
