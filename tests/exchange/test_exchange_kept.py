"""What docs/exchange.md says of each format: which fields of one entry with everything come back, and which are lost.

A field of a form that is "full" says nothing; that it comes back empty is no loss.
"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from exchange_entries import read, written
from sample_glossary import CHECKOUT

from glossary.exchange.entry import Entry, EntryContext, EntryTerm
from glossary.exchange.registry import FORMATS, Hints

LIMITS = ("GB", "2020-01-01", "2030-12-31", "atlas")
EVERYTHING = Entry(
    (
        EntryTerm("ja", "国境", "preferred", "コッキョウ", "kokkyō", "full", *LIMITS, "0" * 16),
        EntryTerm("ja", "境", "admitted", "サカイ", "sakai", "short", *LIMITS, "1" * 16),
        EntryTerm("ja", "国ざかい", "deprecated", "クニザカイ", "kunizakai", "variant", *LIMITS, "2" * 16),
        EntryTerm("en", "border", "preferred", None, None, "full", *LIMITS, "3" * 16),
        EntryTerm("en", "frontier", "admitted", None, None, "variant", *LIMITS, "4" * 16),
        EntryTerm("en", "limes", "deprecated", None, None, "variant", *LIMITS, "5" * 16),
        EntryTerm("en", "marches", "forbidden", None, None, "variant", *LIMITS, "6" * 16),
    ),
    "00000000000000ab", "place", "approved", "geography", "noun", "of states", "client", "国と国の境",
    "line between states", "handbook", 0.9, "user", 3, 2, "2020-01-01", "2021-01-01", "2021-01-01T00:00:00Z",
    "2022-01-01T00:00:00Z", "translator",
    (EntryContext("talks", "国境", "border", "国境を越えた。", "They crossed the border.", 0, 17),),
)  # fmt: skip
FIGURES = {"confidence", "origin", "occurrences", "documents", "first_seen", "last_seen", "created", "modified",
           "modified_by"}  # fmt: skip
SAID = {"concept_id", "kind", "status", "subject", "part_of_speech", "usage_note", "collection", "definition_ja",
        "definition_en", "definition_source"}  # fmt: skip
LIMITED = {"region", "valid_from", "valid_to", "source"}
OF_TERMS = LIMITED | {"form"}
FLAGGED = {"国ざかい", "limes", "marches"}

# Format: lost fields of the concept, lost fields of terms, lost terms.
LOST: dict[str, tuple[set[str], set[str], set[str]]] = {
    "jsonl": (set(), set(), set()),
    "tbx": (FIGURES | {"contexts"}, set(), set()),
    "tbx2": (FIGURES | {"contexts"}, set(), set()),
    "weblate": (FIGURES | {"contexts"}, {"term_id"}, {"国ざかい"}),
    "utx": (FIGURES | {"contexts"}, {"term_id"}, set()),
    "xliff": (FIGURES | {"contexts"}, {"term_id"}, FLAGGED),
    "omegat": (FIGURES | {"contexts", "kind"}, {"term_id", "source"}, FLAGGED),
    "memoq": (FIGURES | {"contexts"}, {"term_id"}, set()),
    "xlsx": ({"origin", "created", "modified", "modified_by", "contexts"}, {"term_id"}, set()),
    "deepl": (FIGURES | SAID | {"contexts"}, LIMITED | {"term_id", "status", "reading", "romaji"}, FLAGGED),
    "google": (FIGURES | SAID | {"contexts"}, LIMITED | {"term_id", "status", "reading", "romaji"}, FLAGGED),
    "yomitan": (FIGURES | {"contexts"}, OF_TERMS | {"term_id", "reading"}, FLAGGED),
    "anki": (FIGURES | {"contexts"}, OF_TERMS | {"term_id", "reading", "romaji"}, FLAGGED),
}


def test_every_format_that_is_read_and_written_is_here() -> None:
    assert LOST.keys() == {name for name, form in FORMATS.items() if form.reads and form.writes}


@pytest.mark.parametrize("name", LOST)
def test_what_comes_back(tmp_path: Path, name: str) -> None:
    """Of a context a format shows less than all; yomitan's readings come back in hiragana, and become katakana again
    when they are imported.
    """
    concept, of_terms, lost_terms = LOST[name]
    back = read(written([EVERYTHING], name), name, tmp_path, hints=Hints("ja-en"))[0]
    assert {f.name for f in fields(Entry) if getattr(back, f.name) != getattr(EVERYTHING, f.name)} - {
        "terms",
        "place",
    } == concept
    terms = {term.term: term for term in back.terms}
    if name in ("deepl", "google"):  # one target a source: what is left comes as entries of their own
        lost_terms = lost_terms | {"境", "frontier"}
    assert {term.term for term in EVERYTHING.terms} - terms.keys() == lost_terms
    changed = set()
    for old in EVERYTHING.terms:
        if (new := terms.get(old.term)) is not None:
            silent = {"form"} if old.form == "full" and new.form is None else set()
            changed |= {f.name for f in fields(EntryTerm) if getattr(new, f.name) != getattr(old, f.name)} - silent
    assert changed == of_terms


def test_the_manual_has_a_row_for_each() -> None:
    manual = (CHECKOUT / "docs" / "exchange.md").read_text(encoding="utf-8")
    table = manual[manual.index("| format | kept besides") :]
    rows = {
        name: row
        for row in table.split("\n\n")[0].splitlines()[2:]
        for name in re.split(r", ", row.split("|")[1].strip())
    }
    assert {name for name, form in FORMATS.items() if form.writes} == rows.keys()
    for name, (_, of_terms, lost_terms) in LOST.items():
        if name not in ("deepl", "google"):  # "all else"
            lost = rows[name].split("|")[4] if name != "tbx2" else rows["tbx"].split("|")[4]
            assert ("term ids" in lost) == ("term_id" in of_terms), name
            assert ("deprecated and forbidden terms" in lost) == (lost_terms == FLAGGED), name
