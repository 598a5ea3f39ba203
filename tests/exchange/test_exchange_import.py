"""What comes in becomes decisions: by id or by term, edits as edits, and the same file again changes nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_entries import entries, written
from hypothesis import HealthCheck, assume, given, settings
from sqlite_utils import Database

from glossary.decisions import decide, journal_path
from glossary.errors import GlossaryError
from glossary.exchange.entry import Entry
from glossary.exchange.export import export_file
from glossary.exchange.importing import ImportReport, import_file
from glossary.exchange.registry import FORMATS, Hints, format_for
from glossary.exchange.selection import Selection
from glossary.exchange.selection import entries as selected
from glossary.exchange.text import one_line
from glossary.store import open_glossary

BOTH_WAYS = [name for name, form in FORMATS.items() if form.reads and form.writes]
WITH_IDS = [name for name in BOTH_WAYS if name not in ("deepl", "google")]
DECIDED = [
    ("approve", "us", {}),
    ("forbid", "us", {"term": "U.S.", "region": "US"}),
    ("define", "us", {"value": "a federation in North America", "language": "en", "source": "atlas"}),
    ("note", "us", {"value": "with the article | kind: place"}),
    ("subject", "us", {"value": "geography"}),
    ("part-of-speech", "us", {"value": "proper noun"}),
    ("collection", "us", {"value": "atlas"}),
    ("add", "northern", {"term": "Northern Isles", "region": "GB", "valid_from": "2001-01-01"}),
    ("add", "northern", {"term": "北の島", "form": "short", "reading": "キタノシマ"}),
    ("deprecate", "northern", {"term": "北の島"}),
    ("reject", "land", {}),
    ("define", "territory", {"value": "国が治める土地", "language": "ja"}),
]


@pytest.fixture
def db(glossary_path: Path, tmp_path: Path) -> Iterator[Database]:
    """A glossary in which people decided a few things."""
    path = tmp_path / "glossary.db"
    shutil.copy(glossary_path, path)
    opened = open_glossary(path)
    for action, concept_id, arguments in DECIDED:
        decide(opened, action, concept_id, actor="editor", **arguments)
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    opened = open_glossary(tmp_path / "empty.db", create=True)
    yield opened
    opened.close()


def write(db: Database, path: Path, name: str) -> Path:
    export_file(db.conn, path, FORMATS[name], Selection())
    return path


def take(db: Database, path: Path, name: str, **options: object) -> ImportReport:
    return import_file(db, path, FORMATS[name], actor="translator", **options)  # type: ignore[arg-type]


def state(db: Database) -> list[Entry]:
    """All that the glossary shows, without what follows from when it was decided."""
    return [replace(entry, modified=None, modified_by=None) for entry in selected(db.conn)]


def target(name: str, folder: Path) -> Path:
    return folder / f"out{FORMATS[name].endings[0]}"


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_an_export_that_nobody_edited_decides_nothing(db: Database, tmp_path: Path, name: str) -> None:
    report = take(db, write(db, target(name, tmp_path), name), name)
    assert not report.decisions
    assert report.unchanged >= 4 and not report.added


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_the_same_file_again_changes_nothing(db: Database, empty: Database, tmp_path: Path, name: str) -> None:
    path = write(db, target(name, tmp_path), name)
    first = take(empty, path, name, candidates=True)
    assert first.added >= 4
    before = state(empty)
    again = take(empty, path, name, candidates=True)
    assert not again.decisions and not again.added
    assert state(empty) == before


@pytest.mark.parametrize("name", WITH_IDS)
def test_an_edited_export_comes_back_as_an_edit(db: Database, tmp_path: Path, name: str) -> None:
    """The preferred English term is corrected in the file: one decision, no new concept, the id stays."""
    found = [_corrected(entry) if entry.concept_id == "territory" else entry for entry in selected(db.conn)]
    path = target(name, tmp_path)
    path.write_bytes(written(found, name))
    report = take(db, path, name)
    assert dict(report.decisions) == {"edit": 1}
    assert report.found["id"] == report.changed + report.unchanged and not report.added
    row = db.conn.execute("select ja, en, status from glossary where concept_id = 'territory'").fetchone()
    assert row == ("領土", "domain", "candidate")
    assert not take(db, path, name).decisions


def _corrected(entry: Entry) -> Entry:
    return replace(entry, terms=tuple(replace(t, term="domain") if t.term == "territory" else t for t in entry.terms))


@pytest.mark.parametrize("name", ["deepl", "google"])
def test_without_ids_an_entry_is_found_by_its_term(db: Database, tmp_path: Path, name: str) -> None:
    path = tmp_path / "edited.csv"
    path.write_text("領土,domain\r\n飯倉,Iikura\r\n", encoding="utf-8")
    report = take(db, path, name)
    assert dict(report.decisions) == {"add": 1, "prefer": 1}
    assert report.remarks == ["found by its Japanese term alone: 領土 = domain (territory)"]
    assert not take(db, path, name).decisions


LOSSLESS = ["jsonl", "tbx", "tbx2", "utx", "xlsx"]


@pytest.mark.parametrize("name", LOSSLESS)
def test_what_travels_to_another_glossary_and_back(db: Database, empty: Database, tmp_path: Path, name: str) -> None:
    """Statuses, notes, region, dates, definitions of both languages with their source, subject, collection."""
    wanted = next(entry for entry in state(db) if entry.concept_id == "us")
    take(empty, write(db, target(name, tmp_path), name), name)
    found = next(entry for entry in state(empty) if entry.of("en")[0].term == "United States")
    for field in ("kind", "status", "subject", "part_of_speech", "usage_note", "collection", "definition_en",
                  "definition_source"):  # fmt: skip
        assert getattr(found, field) == getattr(wanted, field), field
    terms = [(t.term, t.status, t.reading, t.romaji, t.form, t.region) for t in found.terms]
    assert terms == [(t.term, t.status, t.reading, t.romaji, t.form, t.region) for t in wanted.terms]


TABLES = {
    "named in Japanese": ("用語,英訳,読み,備考\r\n潮受け板,tide board,しおうけいた,keep\r\n", {}),
    "named in English": ("English;Japanese;Notes;reading\r\ntide board;潮受け板;keep;シオウケイタ\r\n", {}),
    "named by the user": ("a\tb\tc\td\r\ntide board\t潮受け板\tkeep\tしおうけいた\r\n",
                          {"columns": (("ja", "b"), ("en", "a"), ("usage_note", "c"), ("reading", "d"))}),
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_a_free_table_whose_columns_are_found(empty: Database, tmp_path: Path, kind: str) -> None:
    text, hints = TABLES[kind]
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    take(empty, path, "table", hints=Hints(**hints))  # type: ignore[arg-type]
    row = empty.conn.execute("select ja, en, reading, romaji, usage_note, status, origin from glossary").fetchall()
    assert row == [("潮受け板", "tide board", "シオウケイタ", "shiōkeita", "keep", "approved", "user")]


def test_a_table_without_header_and_several_terms_in_a_cell(empty: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("潮受け板,tide board; tide plate\r\n波返し,wave return\r\n", encoding="cp932")
    report = take(empty, path, "table")
    assert report.added == 2
    assert [[t.term for t in entry.terms] for entry in state(empty)] == [
        ["波返し", "wave return"], ["潮受け板", "tide board", "tide plate"],
    ]  # fmt: skip


def test_statuses_become_decisions(db: Database, tmp_path: Path) -> None:
    """UTX: approved approves what is a candidate, forbidden forbids, non-standard deprecates."""
    path = tmp_path / "client.utx"
    path.write_text(
        "#UTX 1.11; ja-JP/en-US; 2024-05-01\r\n#src\ttgt\tterm status\r\n"
        "飯倉\tIikura\tapproved\r\n領土\tterrain\tforbidden\r\n領土\tland area\tnon-standard\r\n",
        encoding="utf-8",
    )
    report = take(db, path, "utx")
    assert dict(report.decisions) == {"approve": 1, "add": 2, "forbid": 1, "deprecate": 1}
    terms = dict(db.conn.execute("select term, status from terms where concept_id = 'territory' and language = 'en'"))
    assert terms == {"territory": "preferred", "terrain": "forbidden", "land area": "deprecated"}
    assert not take(db, path, "utx").decisions


@pytest.mark.parametrize(
    ("status", "candidates", "added"),
    [("approved", False, 1), (None, False, 1), ("candidate", False, 0), ("candidate", True, 1), ("rejected", True, 0)],
)
def test_what_a_machine_proposed_elsewhere_is_no_decision(
    empty: Database, tmp_path: Path, status: str | None, candidates: bool, added: int
) -> None:
    path = tmp_path / "list.jsonl"
    terms = [{"language": "ja", "term": "波返し"}, {"language": "en", "term": "wave return"}]
    path.write_text(json.dumps({"terms": terms, "status": status}), encoding="utf-8")
    report = take(empty, path, "jsonl", candidates=candidates)
    assert report.added == added
    assert sum(report.left_out.values()) == 1 - added


def test_words_for_statuses_are_understood_in_any_case(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    terms = [{"language": "ja", "term": "領土"}, {"language": "en", "term": "terrain", "status": "forbidden"}]
    path.write_text(json.dumps({"terms": terms}), encoding="utf-8")
    assert dict(take(db, path, "jsonl").decisions) == {"add": 1, "forbid": 1}
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Glossary"
    for row in (("concept_id", "ja", "en", "status"), ("territory", "領土", "territory", "Rejected")):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert dict(take(db, tmp_path / "list.xlsx", "xlsx").decisions) == {"reject": 1}


def test_what_was_rejected_here_does_not_come_back_unless_the_file_approves_it(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text("ja\ten\tstatus\n国土\tterritory\t\n", encoding="utf-8")
    report = take(db, path, "table")
    assert not report.decisions and report.left_out == {"rejected here": 1}
    path.write_text("ja\ten\tstatus\n国土\tterritory\tapproved\n", encoding="utf-8")
    assert dict(take(db, path, "table").decisions) == {"approve": 1}


def test_a_dry_run_stores_nothing(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("波返し,wave return\r\n領土,domain\r\n", encoding="utf-8")
    before, journal = list(db.conn.iterdump()), journal_path(tmp_path / "glossary.db").read_bytes()
    report = take(db, path, "table", dry_run=True)
    assert report.added == 1 and report.changed == 1
    assert list(db.conn.iterdump()) == before
    assert journal_path(tmp_path / "glossary.db").read_bytes() == journal


def test_a_file_that_breaks_off_changes_nothing(db: Database, tmp_path: Path) -> None:
    """Though entries before the fault have acted already: the transaction and the journal go back."""
    path = tmp_path / "list.jsonl"
    line = json.dumps({"terms": [{"language": "ja", "term": "波返し"}, {"language": "en", "term": "wave return"}]})
    path.write_text(f"{line}\n{line}\n{{broken\n", encoding="utf-8")
    before, journal = list(db.conn.iterdump()), journal_path(tmp_path / "glossary.db").read_bytes()
    with pytest.raises(GlossaryError, match=r"list\.jsonl, line 3: not an entry"):
        take(db, path, "jsonl")
    assert list(db.conn.iterdump()) == before
    assert journal_path(tmp_path / "glossary.db").read_bytes() == journal


def test_what_was_imported_is_in_the_journal(db: Database, tmp_path: Path) -> None:
    """The journal alone rebuilds it in a new database."""
    path = tmp_path / "list.csv"
    path.write_text("波返し,wave return\r\n領土,domain\r\n", encoding="utf-8")
    take(db, path, "table")
    lines = journal_path(tmp_path / "glossary.db").read_text(encoding="utf-8").splitlines()
    stored = [row[0] for row in db.conn.execute("select decision_id from decisions order by at")]
    assert [json.loads(line)["decision_id"] for line in lines] == stored
    assert [json.loads(line)["note"] for line in lines[-3:]] == ["import of list.csv"] * 3


def test_one_concept_on_many_lines_is_one_concept(empty: Database, tmp_path: Path) -> None:
    """Lines without ids that repeat a term are found in what the same import added."""
    path = tmp_path / "glossary.txt"
    path.write_text("領土\tterritory\n領土\tterritory\n領土\tdomain\n国土\tterritory\n", encoding="utf-8")
    report = take(empty, path, "omegat")
    assert report.added == 2
    assert [[t.term for t in entry.terms] for entry in state(empty)] == [
        ["国土", "territory"], ["領土", "domain", "territory"],
    ]  # fmt: skip
    assert not take(empty, path, "omegat").decisions


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(entries())
def test_importing_twice_is_importing_once(found: list[Entry]) -> None:
    pairs = [(one_line(term.term)) for entry in found for term in entry.terms]
    assume(len(set(map(str.casefold, pairs))) == len(pairs))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.jsonl"
        path.write_bytes(written(found, "jsonl"))
        db = open_glossary(Path(folder) / "glossary.db", create=True)
        try:
            take(db, path, "jsonl", candidates=True)
            before = state(db)
            again = take(db, path, "jsonl", candidates=True)
            assert not again.decisions, again.decisions
            assert state(db) == before
            export = write(db, Path(folder) / "out.jsonl", "jsonl")
            assert not take(db, export, "jsonl").decisions
        finally:
            db.close()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "領土\tterritory", "may be one of several formats: give --format: utx, omegat, table, anki"),
        ("a.list", "x", "says no format: give --format"),
        ("a.docx", "x", "no word list: save its terms"),
        ("a.tmx", "<tmx/>", "a translation memory has sentences, not terms: read it with `glossary build"),
        ("a.txt", "#UTX 1.11; ja-JP/en-US\n", "utx"),
        ("a.xml", "<martif type='TBX'/>", "tbx2"),
        ("a.tbx", "<?xml version='1.0'?><tbx/>", "tbx"),
        ("a.csv", "Entry_ID;Japanese;English\n", "memoq"),
        ("a.csv", "No,用語,訳語\n1,領土,territory\n", "table"),
        ("a.tsv", "Japanese\tEnglish\n", "table"),
        ("a.csv", "領土,territory\n", "may be one of several formats: give --format: memoq, deepl, google, table"),
        ("a.txt", "# ja\ten\n", "may be one of several formats"),
        ("a.jsonl", "{}", "jsonl"),
    ],
)
def test_which_format_a_file_is_in(tmp_path: Path, name: str, content: str, expected: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    if expected in FORMATS:
        assert format_for(path, None, reading=True).name == expected
    else:
        with pytest.raises(GlossaryError, match=expected):
            format_for(path, None, reading=True)


@pytest.mark.parametrize(
    ("name", "start"),
    [("bad.docx", b"PK\x03\x04"), ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("scan.pdf", b"%PDF-1.7")],
)
def test_documents_are_no_word_lists_whatever_format_is_named(tmp_path: Path, name: str, start: bytes) -> None:
    """Where no format can help, none is asked for."""
    path = tmp_path / name
    path.write_bytes(start + bytes(range(256)))
    with pytest.raises(GlossaryError, match=r"no word list: save its terms as \.csv or \.xlsx"):
        format_for(path, None, reading=True)
    for form in ("table", "omegat", "jsonl", "utx"):
        with pytest.raises(GlossaryError, match="is no text file, but a document, a workbook or an archive"):
            list(FORMATS[form].reader()(path, Hints()))


def test_a_translation_memory_is_no_list_of_terms(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="glossary build"):
        format_for(tmp_path / "a.tmx", "tmx", reading=True)
