"""No page reads a whole table: the planner is asked about every statement that the pages really run."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import articles
import pytest

from glossary.decisions import decide
from glossary.store import open_glossary, search
from glossary.uses import front_page, review
from glossary.uses.concept_page import concept_page, current_concept_id, sentences_around
from glossary.uses.document_page import document_page
from glossary.uses.lookup import find_concepts
from glossary.uses.queries import SavedQuery, saved_queries


def search_that_finds_much(db: sqlite3.Connection) -> Any:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "MOST", 1)
        return find_concepts(db, "t")


READS: dict[str, Callable[[sqlite3.Connection], Any]] = {
    "search": lambda db: find_concepts(db, "hama"),
    "search that finds much": search_that_finds_much,
    "newest": front_page.newest_concepts,
    "documents": front_page.newest_documents,
    "review": front_page.waiting_for_review,
    "figures": front_page.figures,
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

DECISIONS: dict[str, tuple[str | None, dict[str, Any]]] = {
    # action: concept_id, arguments
    "approve": ("land", {}),
    "reject": ("land", {}),
    "kind": ("land", {"value": "place"}),
    "forbid": ("land", {"term": "territory"}),
    "edit": ("land", {"term": "国土", "value": "本土"}),
    "merge": ("land", {"value": "territory"}),
    "split": ("land", {"terms": ["国土"]}),
    "add": (None, {"ja": "霧の岬", "en": "Cape Mist"}),
}

OF_FTS5 = re.compile(r"^--|'main'.'term_search_")
"""What the full-text index asks of its own tables."""

ONE_ROW = re.compile(r"select 1 from \w+ limit 1$")

SMALL = {"settings"}
"""Tables of a few rows, whatever the size of the glossary."""

MADE_ON_THE_WAY = {"often", "best", "found", "near", "term_search", "CONSTANT", "relations"}
MADE_ON_THE_WAY |= {"named", "(subquery", "json_each", "latest"}
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


@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
def test_no_saved_query_reads_a_whole_table(db: sqlite3.Connection, query: SavedQuery) -> None:
    parameters = dict.fromkeys(re.findall(r":(\w+)", query.sql), "浜")
    assert scanned(db, query.sql, parameters) <= {"chosen", "CONSTANT", "nearest", "best"}


@pytest.mark.parametrize("action", DECISIONS)
def test_no_decision_reads_a_whole_table(pages_path: Path, tmp_path: Path, action: str) -> None:
    glossary = open_glossary(shutil.copy(pages_path, tmp_path / "coast.db"))
    statements: list[str] = []
    glossary.conn.set_trace_callback(statements.append)
    concept_id, arguments = DECISIONS[action]
    decide(glossary, action, concept_id, actor="mika", **arguments)
    glossary.conn.set_trace_callback(None)
    queries = [statement for statement in statements if re.match(r"\s*(select|update|delete|insert|with)", statement)]
    assert queries
    for query in queries:
        assert ONE_ROW.match(query) or scanned(glossary.conn, query) <= SMALL | MADE_ON_THE_WAY, query
    glossary.close()


def test_a_scan_would_be_noticed(db: sqlite3.Connection) -> None:
    assert scanned(db, "select * from glossary where usage_note = 'x'") == {"concept"}
    assert scanned(db, "select count(*) from contexts") - MADE_ON_THE_WAY


def scanned(db: sqlite3.Connection, query: str, parameters: Mapping[str, str] | tuple[()] = ()) -> set[str]:
    """Names of what SQLite would read from end to end."""
    plan = [row[3] for row in db.execute(f"explain query plan {query}", parameters)]
    return {match[1] for line in plan if (match := re.match(r"SCAN (\(?\w+)", line))}
