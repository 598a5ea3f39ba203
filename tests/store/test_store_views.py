from __future__ import annotations

import re

import pytest

from glossary.store import COLUMNS, PRIVATE_TABLES, SEARCH, VIEWS

CONTRACT = {
    "glossary": """concept_id ja reading romaji en kind definition_ja definition_en definition_source subject
        part_of_speech usage_note status confidence origin occurrences documents first_seen last_seen collection created
        modified modified_by""",
    "terms": """concept_id term_id language term reading romaji form status region valid_from valid_to occurrences
        source""",
    "contexts": """concept_id document ja en ja_sentence en_sentence ja_start ja_end en_start en_end ja_sentence_start
        ja_sentence_end en_sentence_start en_sentence_end ja_document_id en_document_id score confidence published""",
    "evidence": "concept_id document ja en kind weight detail source",
    "documents": """document_id document language title publisher published path sha256 format encoding characters text
        repairs duplicate_of added""",
    "bitexts": "ja_document_id en_document_id method confidence reasons",
    "segments": "document segment ja_start ja_end en_start en_end score",
    "relations": "concept_id relation other_id reason",
    "decisions": "decision_id at actor action concept_id selector before after note state",
    "builds": "build_id started finished command version counts lexicons state",
}
CONTRACT["candidates"] = CONTRACT["contexts"]


def test_the_public_views_are_those_promised(db):
    assert set(db.view_names()) == set(CONTRACT) == set(VIEWS) == set(COLUMNS)


@pytest.mark.parametrize("view", sorted(CONTRACT))
def test_columns_stand_in_the_promised_order_and_are_described(db, view):
    columns = [row[1] for row in db.conn.execute(f"pragma table_info([{view}])")]
    promised = CONTRACT[view].split()
    assert columns[: len(promised)] == promised
    assert columns == list(COLUMNS[view])


@pytest.mark.parametrize("text", [t for c in COLUMNS.values() for t in c.values()] + list(VIEWS.values()))
def test_descriptions_are_one_sentence_like_line(text):
    assert re.fullmatch(r"[A-Zj][^\n]{5,110}[.…]", text)


def test_search_tables_and_private_tables_exist(db):
    for view, search in SEARCH.items():
        assert search["fts_pk"] in COLUMNS[view]
        assert search["fts_table"] in db.table_names()
    assert set(PRIVATE_TABLES) <= set(db.table_names())


def plan(db, sql):
    return [row[3] for row in db.conn.execute(f"explain query plan {sql}")]


@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ("select * from glossary where concept_id = 'x'", "concept_id=?"),
        ("select * from glossary order by occurrences desc limit 10", "concept_occurrences"),
        ("select * from glossary where kind = 'place'", "SEARCH concept"),
        ("select * from glossary where ja = '山猫'", "ja=?"),
        (
            "select * from glossary where id in (select rowid from term_search where term_search match '\"x\"')",
            "rowid=?",
        ),
        ("select * from terms where concept_id = 'x'", "concept_id=?"),
        ("select * from terms where term = 'x'", "term=?"),
        ("select * from contexts where concept_id = 'x'", "concept_id=?"),
        ("select * from contexts where document = 'x'", "name=?"),
        ("select * from candidates where concept_id = 'x'", "concept_id=?"),
        ("select * from contexts where passage = 1", "passage"),
        ("select * from evidence where concept_id = 'x'", "concept_id=?"),
        ("select * from evidence where document = 'x' and ja = '山猫'", "name=?"),
        ("select * from documents where document_id = 'x'", "document_id=?"),
        ("select * from documents where document = 'x'", "name=?"),
        ("select * from segments where document = 'x' order by segment", "name=?"),
        ("select * from bitexts where ja_document_id = 'x'", "document_id=?"),
        ("select * from relations where concept_id = 'x'", "concept_id=?"),
        ("select * from decisions where concept_id = 'x'", "concept_id=?"),
    ],
)
def test_lookups_scan_no_table(filled, sql, first):
    steps = plan(filled, sql)
    assert any(first in step for step in steps), steps
    allowed = ("VIRTUAL TABLE", "concept_occurrences", "SCAN relations")  # the last: rows of a subquery that searches
    assert not [step for step in steps if step.startswith("SCAN") and not any(a in step for a in allowed)], steps
    assert not [step for step in steps if "TEMP B-TREE FOR ORDER BY" in step and "occurrences" in sql], steps
