"""No page reads a whole table: the planner is asked about every statement that the pages really run."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import articles
import pytest

from glossary.uses import front_page, review
from glossary.uses.concept_page import concept_page, current_concept_id, sentences_around
from glossary.uses.document_page import document_page
from glossary.uses.lookup import find_concepts

READS: dict[str, Callable[[sqlite3.Connection], Any]] = {
    "search": lambda db: find_concepts(db, "hama"),
    "newest": front_page.newest_concepts,
    "documents": front_page.newest_documents,
    "review": front_page.waiting_for_review,
    "version": front_page.version,
    "concept": lambda db: concept_page(db, "beyond"),
    "concept without pair": lambda db: concept_page(db, "ship"),
    "retired id": lambda db: current_concept_id(db, "opened"),
    "sentences around": lambda db: [
        sentences_around(db, context, "ja") for context in (concept_page(db, "ship") or {})["contexts"]
    ],
    "queue": lambda db: review.queue(db, review.Filters(), 20),
    "queue from a place on": lambda db: review.queue(db, review.read_filters({"after": "0.1,0"}), 20),
    "queue of a kind": lambda db: review.queue(db, review.Filters(kind="work", low=0.1, high=0.9), 20),
    "queue of the newest": lambda db: review.queue(db, review.Filters(since="2000-01-01", order="newest"), 20),
    "queue of a document": lambda db: review.queue(db, review.Filters(document=articles.ARTICLE), 20),
    "count of the queue": lambda db: review.count(db, review.Filters()),
    "count of a document": lambda db: review.count(db, review.Filters(document=articles.ARTICLE)),
    "near concepts": lambda db: review.near(db, concept_page(db, "land") or {}),
    "latest decisions": lambda db: review.latest_decisions(db, "aiko"),
    "document": lambda db: document_page(db, articles.ARTICLE),
}

OF_FTS5 = re.compile(r"^--|'main'.'term_search_")
"""What the full-text index asks of its own tables."""

SMALL = {"settings"}
"""Tables of a few rows, whatever the size of the glossary."""

MADE_ON_THE_WAY = {"hits", "best", "found", "near", "term_search", "CONSTANT", "relations"}
MADE_ON_THE_WAY |= {"named", "(subquery", "json_each"}
"""Results of parts of the queries themselves, and the full-text index, which a match always enters by its index."""


@pytest.fixture
def db(pages_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{pages_path}?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.mark.parametrize("name", READS)
def test_no_page_reads_a_whole_table(db: sqlite3.Connection, name: str) -> None:
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    assert READS[name](db)
    db.set_trace_callback(None)
    queries = [statement for statement in statements if not OF_FTS5.search(statement)]
    assert queries
    for query in queries:
        assert scanned(db, query) <= SMALL | MADE_ON_THE_WAY, query


def test_a_scan_would_be_noticed(db: sqlite3.Connection) -> None:
    assert scanned(db, "select * from glossary where usage_note = 'x'") == {"concept"}
    assert scanned(db, "select count(*) from contexts") - MADE_ON_THE_WAY


def scanned(db: sqlite3.Connection, query: str) -> set[str]:
    """Names of what SQLite would read from end to end."""
    plan = [row[3] for row in db.execute(f"explain query plan {query}")]
    return {match[1] for line in plan if (match := re.match(r"SCAN (\(?\w+)", line))}
