"""What an import does with concepts below the threshold, and with words for statuses and kinds that nobody knows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from glossary.decisions import decide
from glossary.exchange.export import export_file
from glossary.exchange.importing import ImportReport, import_file
from glossary.exchange.registry import FORMATS
from glossary.exchange.selection import Selection
from glossary.store import open_glossary

BELOW = ("坂", "snow")
"""A pair of the samples that no view shows."""


@pytest.fixture
def db(glossary_path: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copy(glossary_path, tmp_path / "glossary.db")
    opened = open_glossary(tmp_path / "glossary.db")
    yield opened
    opened.close()


def take(db: Database, path: Path, name: str, **options: Any) -> ImportReport:
    return import_file(db, path, FORMATS[name], actor="translator", **options)


def shown(db: Database, ja: str) -> list[tuple[Any, ...]]:
    return db.conn.execute("select ja, en, status from glossary where ja = ?", [ja]).fetchall()


def table(folder: Path, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def workbook(folder: Path, *rows: tuple[str | None, ...], terms: tuple[tuple[str, ...], ...] = ()) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Glossary"
    for row in (("concept_id", "ja", "en", "kind", "status"), *rows):
        book.active.append(row)
    sheet = book.create_sheet("Terms")
    for row in (("concept_id", "language", "term", "status"), *terms):
        sheet.append(row)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


@pytest.mark.parametrize("status", ["", "approved", "preferred", "Approved", "承認済み"])
def test_a_list_approves_what_a_build_left_below_the_threshold(db: Database, tmp_path: Path, status: str) -> None:
    """The person wants the term; that a build was not sure of it must not hide it."""
    assert not shown(db, BELOW[0])
    path = table(tmp_path, "ja,en,status", f"{BELOW[0]},{BELOW[1]},{status}")
    report = take(db, path, "table")
    assert report.decisions["approve"] == 1 and report.changed == 1 and not report.left_out
    assert shown(db, BELOW[0]) == [(*BELOW, "approved")]
    again = take(db, path, "table")
    assert not again.decisions and again.unchanged == 1


def test_a_new_row_of_a_workbook_does_so_too(db: Database, tmp_path: Path) -> None:
    path = workbook(tmp_path, (None, *BELOW, None, None))
    assert dict(take(db, path, "xlsx").decisions) == {"approve": 1}
    assert shown(db, BELOW[0])
    assert not take(db, path, "xlsx").decisions


@pytest.mark.parametrize(
    ("said", "candidates", "approved"),
    [
        ({"status": "candidate"}, False, False),
        ({"status": "candidate"}, True, True),
        ({"concept_id": "slope"}, False, False),
        ({"concept_id": "slope"}, True, True),
        ({"concept_id": "slope", "status": "approved"}, False, True),
    ],
)
def test_what_a_glossary_exported_as_a_candidate_stays_one(
    db: Database, tmp_path: Path, said: dict[str, str], candidates: bool, approved: bool
) -> None:
    terms = [{"language": "ja", "term": BELOW[0]}, {"language": "en", "term": BELOW[1]}]
    path = tmp_path / "list.jsonl"
    path.write_text(json.dumps({"terms": terms} | said), encoding="utf-8")
    report = take(db, path, "jsonl", candidates=candidates)
    assert bool(shown(db, BELOW[0])) == approved
    assert report.changed == approved and sum(report.left_out.values()) == 1 - approved
    assert not take(db, path, "jsonl", candidates=candidates).decisions


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.reads and form.writes])
def test_a_higher_threshold_approves_nothing_of_an_older_export(db: Database, tmp_path: Path, name: str) -> None:
    """But for the two formats that have neither ids nor statuses: lists of terms that somebody wants."""
    path = tmp_path / f"out{FORMATS[name].endings[0]}"
    export_file(db.conn, path, FORMATS[name], Selection())
    db.close()
    from glossary.uses.precision import set_precision

    set_precision(tmp_path / "glossary.db", "0.9")
    raised = open_glossary(tmp_path / "glossary.db")
    try:
        report = take(raised, path, name)
        assert report.decisions.keys() <= ({"approve"} if name in ("deepl", "google") else set()), report.decisions
    finally:
        raised.close()


@pytest.mark.parametrize("word", ["Forbiden", "wrong", "済"])
def test_a_pair_with_an_unknown_status_is_left_out(db: Database, tmp_path: Path, word: str) -> None:
    known = "is none of candidate, approved, rejected, preferred, admitted, deprecated, forbidden"
    for path, name in (
        (table(tmp_path, "ja,en,status", f"波返し,wave return,{word}"), "table"),
        (workbook(tmp_path, (None, "波返し", "wave return", None, word)), "xlsx"),
    ):
        report = take(db, path, name)
        assert not report.decisions and report.left_out == {"with a status that is not known": 1}
        assert report.remarks == [f"left out: 波返し = wave return, row 2: status {word} {known}"]


def test_a_known_pair_keeps_its_status_where_the_word_is_unknown(db: Database, tmp_path: Path) -> None:
    """What else the row says is taken in; a concept below the threshold stays there."""
    rows = ("ja,en,status,備考", "領土,territory,Forbiden,of a state", f"{BELOW[0]},{BELOW[1]},wrong,")
    report = take(db, table(tmp_path, *rows), "table")
    assert dict(report.decisions) == {"note": 1}
    assert shown(db, "領土") == [("領土", "territory", "candidate")] and not shown(db, BELOW[0])
    assert [remark.partition(": status")[0] for remark in report.remarks] == [
        "領土 = territory, row 2", f"{BELOW[0]} = {BELOW[1]}, row 3",
    ]  # fmt: skip
    assert all(remark.endswith("left as it is here") for remark in report.remarks)


def test_a_status_of_terms_in_the_row_of_a_concept_is_that_of_its_english_term(db: Database, tmp_path: Path) -> None:
    path = workbook(tmp_path, ("territory", "領土", "territory", None, "Forbidden"))
    assert dict(take(db, path, "xlsx").decisions) == {"forbid": 1}
    assert not take(db, path, "xlsx").decisions


def test_further_terms_with_unknown_statuses(db: Database, tmp_path: Path) -> None:
    """A new one is left out; one that is there stays as it is."""
    path = workbook(
        tmp_path,
        ("us", "米国", "United States", None, None),
        terms=(("us", "en", "U.S.", "Forbiden"), ("us", "en", "States", "forbiden"), ("us", "en", "USA", "Forbidden")),
    )
    report = take(db, path, "xlsx")
    assert dict(report.decisions) == {"add": 1, "forbid": 1}
    terms = dict(db.conn.execute("select term, status from terms where concept_id = 'us' and language = 'en'"))
    assert terms == {"United States": "preferred", "U.S.": "admitted", "USA": "forbidden"}
    known = "is none of preferred, admitted, deprecated, forbidden"
    assert report.remarks == [
        f"米国 = United States, row 2: status Forbiden of U.S. {known}: left as it is here",
        f"米国 = United States, row 2: status forbiden of States {known}: left out",
    ]
    assert not take(db, path, "xlsx").decisions


def test_an_unknown_term_status_in_utx(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "client.utx"
    path.write_text(
        "#UTX 1.11; ja-JP/en-US; 2024-05-01\r\n#src\ttgt\tterm status\r\n波返し\twave return\tforbiden\r\n",
        encoding="utf-8",
    )
    report = take(db, path, "utx")
    assert not report.decisions and report.left_out == {"with a status that is not known": 1}
    assert "status forbiden of wave return is none of" in report.remarks[0]


def test_an_unknown_kind_is_said_once(db: Database, tmp_path: Path) -> None:
    """In a table it is taken for a part of speech; a workbook of ours has another column for that."""
    rows = ("ja,en,kind", "波返し,wave return,thing", "潮受け板,tide board,thing", "霧の岬,Cape Mist,Place")
    report = take(db, table(tmp_path, *rows), "table")
    (remark,) = report.remarks
    assert remark.startswith("波返し = wave return, row 2: kind thing is none of person, place, ")
    assert remark.endswith("taken for a part of speech, wherever it stands")
    found = db.conn.execute(
        "select en, kind, part_of_speech from glossary where origin = 'user' order by en"
    ).fetchall()
    assert found == [
        ("Cape Mist", "place", None), ("tide board", "concept", "thing"), ("wave return", "concept", "thing"),
    ]  # fmt: skip
    report = take(db, workbook(tmp_path, ("territory", "領土", "territory", "thing", None)), "xlsx")
    assert not report.decisions and report.remarks[0].endswith("passed over, wherever it stands")


def test_the_comment_of_omegat_has_what_a_translator_needs(db: Database, tmp_path: Path) -> None:
    """The usual status is not told, and comes back: candidates of a glossary are no decisions in another one."""
    path = tmp_path / "glossary.txt"
    decide(db, "note", "iikura", value="in Minato", actor="editor")
    decide(db, "approve", "us", actor="editor")
    export_file(db.conn, path, FORMATS["omegat"], Selection())
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    comments = {tuple(row[:2]): row[2] for row in rows}
    assert comments["飯倉", "Iikura"] == "in Minato | reading: イイクラ | romaji: Iikura | id: iikura"
    assert comments["米国", "United States"] == "reading: ベイコク | romaji: Beikoku | status: approved | id: us"
    empty = open_glossary(tmp_path / "empty.db", create=True)
    try:
        report = take(empty, path, "omegat")
        assert report.added == 1 and report.left_out.total() == len({row[2].split()[-1] for row in rows}) - 1
    finally:
        empty.close()
