"""Adding, listing and removing; what the next build gets to ask."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import lexicon_files as files
import pytest
from click.testing import CliRunner, Result

from glossary.cli.lexicon import lexicon
from glossary.errors import GlossaryError
from glossary.lexicons import in_force, jamdict
from glossary.lexicons.collection import add, remove
from glossary.lexicons.in_force import added_lexicons, knowledge_for, listing
from glossary.lexicons.registry import folder_of
from glossary.store.connection import open_glossary

HERE = "glossary.db"


@pytest.fixture
def no_jamdict(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (in_force, jamdict):
        monkeypatch.setattr(module, "embedded_path", lambda: None)


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "client terms.csv"
    path.write_text("ja,en\n潮見台,Shiomi Terrace\n波返し,wave return\n", encoding="utf-8")
    return path


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(lexicon, [*arguments, "--db", str(tmp_path / HERE)])


def test_nothing_at_all(tmp_path: Path, no_jamdict: None) -> None:
    for path in (None, tmp_path / "none.db"):
        knowledge = knowledge_for(path)
        assert (knowledge.names, knowledge.entries("潮"), knowledge.by_english(["tide"])) == ((), [], {"tide": []})
        assert knowledge.readings("潮") == () and knowledge.gloss_kinds(["tide"]) == {}
    assert not (tmp_path / "none.db").exists()
    result = run(tmp_path, "list")
    assert result.exit_code == 0 and result.stdout == "" and "No lexicons" in result.stderr


def test_priority_decides_who_is_asked_first(tmp_path: Path, terms: Path, no_jamdict: None) -> None:
    db = tmp_path / HERE
    dictionary = tmp_path / "JMdict.gz"
    dictionary.write_bytes(gzip.compress(files.JMDICT.encode()))
    official = tmp_path / "official.tsv"
    official.write_text("潮見台\tofficial terrace\n", encoding="utf-8")
    add(db, dictionary)
    add(db, official, priority=20)
    add(db, terms)
    knowledge = knowledge_for(db)
    assert [lexicon.name for lexicon in knowledge.lexicons] == ["client terms", "official", "JMdict"]
    assert [entry.lexicon for entry in knowledge.entries("潮見台")] == ["client terms", "official", "JMdict"]
    add(db, official, priority=5)
    assert knowledge_for(db).entries("潮見台")[0].lexicon == "official"
    assert knowledge_for(db).gloss_kinds(["tide-viewing terrace"]) == {
        "tide-viewing terrace": ["noun (common) (futsuumeishi)"]
    }


def test_the_record_in_the_glossary(tmp_path: Path, terms: Path, no_jamdict: None) -> None:
    db = tmp_path / HERE
    listed, outcome = add(db, terms, name="Client", version="May", licence="secret")
    assert outcome == "added"
    assert (listed.name, listed.version, listed.licence, listed.entries) == ("Client", "May", "secret", 2)
    assert added_lexicons(db) == [listed] == listing(db)
    assert knowledge_for(db).names == (f"Client (May; secret; sha256 {listed.sha256[:12]})",)
    open_glossary(db, readonly=True).close()
    assert db.stat().st_size < 1_000_000


def test_the_same_file_again_changes_nothing(tmp_path: Path, terms: Path, no_jamdict: None) -> None:
    db = tmp_path / HERE
    first, _ = add(db, terms)
    before = db.read_bytes()
    assert add(db, terms) == (first, "unchanged")
    assert db.read_bytes() == before
    changed, outcome = add(db, terms, licence="CC0")
    assert (outcome, changed.licence, changed.added) == ("changed", "CC0", first.added)


def test_a_new_file_of_the_same_name_replaces_the_old_one(tmp_path: Path, terms: Path, no_jamdict: None) -> None:
    db = tmp_path / HERE
    add(db, terms)
    terms.write_text("ja,en\n潮見台,Tide Heights\n", encoding="utf-8")
    listed, outcome = add(db, terms)
    assert outcome == "replaced"
    assert knowledge_for(db).entries("潮見台")[0].glosses == ("Tide Heights",)
    assert [path.name for path in folder_of(db).iterdir()] == [listed.file]


def test_removing(tmp_path: Path, terms: Path, no_jamdict: None) -> None:
    db = tmp_path / HERE
    add(db, terms)
    remove(db, "client terms")
    assert added_lexicons(db) == [] and not folder_of(db).exists()
    with pytest.raises(GlossaryError, match=r"no such lexicon \(added: none\)"):
        remove(db, "client terms")
    with pytest.raises(GlossaryError, match="embedded dictionary cannot be removed"):
        remove(db, "JMdict")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"only one column\n", "no columns"),
        (b"ja,en\n,\n", "no entry with both"),
        (None, "no such file"),
    ],
)
def test_what_fails_leaves_no_trace(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    result = run(tmp_path, "add", str(path))
    assert result.exit_code == 1 and reason in result.stderr.casefold() and result.stderr.count("\n") == 1
    assert {p.name for p in tmp_path.iterdir()} <= {"list.csv"}


def test_an_error_half_way_keeps_what_was_there(tmp_path: Path, no_jamdict: None) -> None:
    db = tmp_path / HERE
    path = tmp_path / "JMdict.xml"
    path.write_text(files.JMDICT, encoding="utf-8")
    first, _ = add(db, path)
    path.write_text(files.JMDICT.replace("</JMdict>", "<entry>"), encoding="utf-8")
    with pytest.raises(GlossaryError, match="broken XML"):
        add(db, path)
    assert added_lexicons(db) == [first] and len(list(folder_of(db).iterdir())) == 1
    assert knowledge_for(db).entries("汐見台")[0].reading == "シオミダイ"


def test_a_file_without_a_record_is_tidied_away(tmp_path: Path, terms: Path, no_jamdict: None) -> None:
    db = tmp_path / HERE
    folder_of(db).mkdir()
    (folder_of(db) / "left-over.db").write_bytes(b"x")
    listed, _ = add(db, terms)
    assert [path.name for path in folder_of(db).iterdir()] == [listed.file]


def test_a_lexicon_whose_file_is_gone_is_named_and_can_be_added_again(
    tmp_path: Path, terms: Path, no_jamdict: None
) -> None:
    db = tmp_path / HERE
    listed, _ = add(db, terms)
    (folder_of(db) / listed.file).unlink()
    with pytest.raises(GlossaryError, match="'client terms' is missing"):
        knowledge_for(db)
    add(db, terms)
    assert knowledge_for(db).entries("波返し")


def test_another_database_is_left_alone(tmp_path: Path, terms: Path) -> None:
    other = sqlite3.connect(tmp_path / HERE)
    other.execute("create table mine (x)")
    other.close()
    before = (tmp_path / HERE).read_bytes()
    result = run(tmp_path, "add", str(terms))
    assert result.exit_code == 1 and "not a glossary" in result.stderr
    assert (tmp_path / HERE).read_bytes() == before and not folder_of(tmp_path / HERE).exists()


def test_the_commands(tmp_path: Path, terms: Path, no_jamdict: None) -> None:
    added = run(
        tmp_path, "add", str(terms), "--name", "潮", "--priority", "official", "--licence", "CC0", "--version", "3"
    )
    assert added.exit_code == 0 and "Added" in added.stderr
    shown = run(tmp_path, "list")
    assert shown.stdout == added.stdout
    for part in ("潮\n", "2 entries", "official", "version 3", "licence: CC0", "sha256: "):
        assert part in shown.stdout
    assert "nothing was changed" in run(tmp_path, "add", str(terms)).stderr
    assert run(tmp_path, "remove", "潮").stderr == "Removed 潮 (2 entries).\n"
    assert run(tmp_path, "remove", "潮").exit_code == 1
    assert run(tmp_path, "add", str(terms), "--priority", "soon").exit_code == 2


def test_wikipedia_needs_both_files(tmp_path: Path, no_jamdict: None) -> None:
    links, pages = tmp_path / "links.sql", tmp_path / "pages.sql"
    links.write_text(files.LANGLINKS, encoding="utf-8")
    pages.write_text(files.PAGES, encoding="utf-8")
    assert run(tmp_path, "add", str(links)).exit_code == 1
    assert run(tmp_path, "add", str(links), "--pages", str(pages)).exit_code == 0
    assert knowledge_for(tmp_path / HERE).by_english(["kite"])["kite"][0].ja == "凧"
