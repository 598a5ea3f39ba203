from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import pytest
from harvests import document
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.records import Concept, Context, Harvest, Term
from glossary.store import (
    open_glossary,
    publish,
    remove_documents,
    search,
    search_concepts,
    search_contexts,
    set_threshold,
    stored_documents,
)
from glossary.store.grams import Forms, grams
from glossary.store.search import phrases

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

import web_pages

TERMS = {
    "c-north": ("北方領土", "ホッポウリョウド", "Hoppō Ryōdo", "Northern Territories"),
    "c-house": ("飯倉公館", "イイクラコウカン", "Iikura Kōkan", "Iikura Guest House"),
    "c-aegis": ("イージス・アショア", "イージスアショア", "Ījisu Ashoa", "Aegis Ashore"),
    "c-usa": ("米国", "ベイコク", "Beikoku", "U.S."),
    "c-rice": ("米", "コメ", "Kome", "rice"),
    "c-player": ("ヘタフェ", "ヘタフェ", "Hetafe", "Mbappé's Getafe"),
    "c-paper": ("新聞社", "シンブンシャ", "Shinbunsha", "newspaper company"),
    "c-alliance": ("日米同盟", "ニチベイドウメイ", "Nichibei Dōmei", "Japan-U.S. alliance"),
    "c-nato": ("ＮＡＴＯ加盟", "ナトーカメイ", "Natō Kamei", "NATO membership"),
    "c-sign": ("※", None, None, "&"),
}


def term_harvest() -> Harvest:
    """Each term of TERMS once in one Japanese text, in this order; 米 twice."""
    words = [*(ja for ja, *_ in TERMS.values()), "米"]
    text = document("terms", "ja", "".join(f"これが{word}だ。" for word in words))
    concepts = []
    for concept_id, (ja, reading, romaji, en) in TERMS.items():
        starts = [text.text.index(f"が{ja}だ") + 1] + ([text.text.rindex("が米だ") + 1] if ja == "米" else [])
        contexts = tuple(
            Context("terms", text.document_id, None, (s, s + len(ja)), None, (s - 3, s + len(ja) + 2), None)
            for s in starts
        )
        terms = (Term("ja", ja, reading, romaji), Term("en", en))
        concepts.append(Concept(concept_id, "concept", terms, None, "document", (), contexts))
    return Harvest((text,), concepts=tuple(concepts))


@pytest.fixture
def db(db):
    publish(db, term_harvest(), command="build", version="0")
    return db


def in_search_box(db, typed):
    """concept_ids as stock Datasette finds them on the view."""
    from datasette.utils import escape_fts

    sql = "select concept_id from glossary where id in (select rowid from term_search where term_search match ?)"
    return {row[0] for row in db.conn.execute(sql, [escape_fts(typed)])}


CASES = [
    ("領土", {"c-north"}),
    ("北方領", {"c-north"}),
    ("方", {"c-north"}),
    ("北方領土", {"c-north"}),
    ("北方 領土", {"c-north"}),
    ("米", {"c-rice", "c-usa", "c-alliance"}),
    ("イクラ→", {"c-house"}),
    ("イイクラ", {"c-house"}),
    ("いいくら", {"c-house"}),
    ("くらこ", {"c-house"}),
    ("iiku", {"c-house"}),
    ("iikurakou", {"c-house"}),
    ("IIKURA", {"c-house"}),
    ("kōkan", {"c-house"}),
    ("ryodo", {"c-north"}),
    ("ryōdo", {"c-north"}),
    ("ryoudo", {"c-north"}),
    ("hopporyodo", {"c-north"}),
    ("hoppō ryōdo", {"c-north"}),
    ("northern terr", {"c-north"}),
    ('"northern terr"', {"c-north"}),
    ("terr", {"c-north"}),
    ("erritories", set()),
    ("アショア", {"c-aegis"}),
    ("ス・アシ", {"c-aegis"}),
    ("いーじす", {"c-aegis"}),
    ("へた", {"c-player"}),
    ("mbappe", {"c-player"}),
    ("Mbappé", {"c-player"}),
    ("mbappé's get", {"c-player"}),
    ("shimbun", {"c-paper"}),
    ("shinbunsh", {"c-paper"}),
    ("U.S.", {"c-usa", "c-alliance"}),
    ("Japan-U.S.", {"c-alliance"}),
    ("NATO", {"c-nato"}),
    ("ＮＡＴＯ", {"c-nato"}),
    ("NATO加", {"c-nato"}),
    ("宇宙", set()),
    ("northern lights", set()),
    ("北・北方", set()),
    ("→", set()),
    ("'", set()),
    ("* OR ^ NEAR(", set()),
    ("grams:米", set()),
]


@pytest.mark.parametrize(("typed", "expected"), CASES)
def test_the_search_box_of_a_stock_datasette(db, typed, expected):
    assert in_search_box(db, typed) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("米", ["c-rice", "c-usa", "c-alliance"]),
        ("こめ", ["c-rice"]),
        ("ryoudo", ["c-north"]),
        ("Northern Territories", ["c-north"]),
        ("ｎａｔｏ", ["c-nato"]),
        ("nato", ["c-nato"]),
        ("&", ["c-sign"]),
        ("※", ["c-sign"]),
        ("beikoku", ["c-usa"]),
        ("terr", ["c-north"]),
        ("宇宙", []),
        ("", []),
        (" 　", []),
    ],
)
def test_whole_terms_come_before_beginnings_and_these_before_parts(db, text, expected):
    assert search_concepts(db, text) == expected


def test_the_limit_holds(db):
    assert search_concepts(db, "米", limit=1) == ["c-rice"]


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "\ud800",
        "米\0\udfff",
        '"',
        '""',
        "'; drop table concept; --",
        "米" * 100_000,
        "a " * 50_000,
        "%",
        "_",
        "\\",
    ],
)
def test_any_string_is_a_safe_query(db, text):
    assert isinstance(search_concepts(db, text), list)
    assert isinstance(search_contexts(db, text), list)


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_makes_a_query_that_fts_takes(text):
    from sqlite_utils import Database

    db = Database(memory=True)
    db.conn.execute("create virtual table t using fts5 (x)")
    cleaned = text.encode("utf-8", "ignore").decode().replace("\0", "")
    assert db.conn.execute("select * from t where t match ?", [phrases(f"x {cleaned}")]).fetchall() == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="北方領土のテスト・ーaZ1 ", min_size=1, max_size=12), st.data())
def test_every_part_of_a_japanese_term_finds_it(term, data):
    from sqlite_utils import Database

    db = Database(memory=True)
    db.conn.execute(
        "create virtual table t using fts5 (grams, content = '', tokenize = 'unicode61 remove_diacritics 2')"
    )
    db.conn.execute("insert into t (rowid, grams) values (1, ?)", [grams(Forms((term,), (), (), ()))])
    start = data.draw(st.integers(0, len(term) - 1))
    part = term[start : data.draw(st.integers(start + 1, len(term)))]
    if any(c.isalnum() for c in part):
        assert db.conn.execute("select rowid from t where t match ?", [phrases(part)]).fetchall() == [(1,)]


def test_what_is_not_shown_is_not_found(filled):
    assert search_concepts(filled, "灯台") == ["c-light"]
    set_threshold(filled, 0.9)
    assert search_concepts(filled, "灯台") == []
    set_threshold(filled, 0.6)
    assert search_concepts(filled, "灯台") == ["c-light"]


def test_removed_terms_leave_the_index_as_if_they_had_never_been(db):
    remove_documents(db, [d.document_id for d in stored_documents(db)], command="remove", version="0")
    assert {typed: in_search_box(db, typed) for typed, _ in CASES} == {typed: set() for typed, _ in CASES}
    db.conn.execute("insert into term_search (term_search) values ('integrity-check')")
    db.conn.execute("create virtual table temp.word using fts5vocab (main, term_search, row)")
    assert db.conn.execute("select count(*) from temp.word").fetchone() == (0,)
    assert db.conn.execute("select count(*) from search_key").fetchone() == (0,)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("猫", 2),
        ("山猫", 2),
        ("山猫で", 2),
        ("is 𠮷 wild", 3),
        ("WILDCAT", 3),
        ("は灯台で", 1),
        ("%", 0),
        ("_", 0),
        ("飛行船", 0),
    ],
)
def test_sentences_are_found_by_any_part(filled, text, count):
    found = search_contexts(filled, text)
    assert len(found) == count
    assert all(text.lower() in f"{row['ja_sentence']}\n{row['en_sentence']}".lower() for row in found)
    assert search_contexts(filled, text, limit=1) == found[:1]


def test_each_pair_of_sentences_is_stored_once(filled):
    assert filled.conn.execute("select count(*) from contexts where ja_sentence = 'これは山猫です。'").fetchone() == (
        2,
    )
    assert filled.conn.execute("select count(*) from passage where ja = 'これは山猫です。'").fetchone() == (1,)


@pytest.mark.parametrize("text", ["b", "ba", "国", "市", "ア", "アイ", "marnel", "ba wes"])
def test_the_work_of_a_search_does_not_grow_with_the_glossary(large, monkeypatch, text):
    monkeypatch.setattr(search, "MOST", 20)
    monkeypatch.setattr(search, "FREQUENT", 40)
    steps = []
    for path in large:
        with closing(open_glossary(path)) as db:
            steps.append(steps_of(db, text))
    assert steps[1] < 1.5 * max(steps[0], 30)


def steps_of(db, text):
    """How many hundreds of instructions SQLite's machine needs for the search."""
    taken = 0

    def count():
        nonlocal taken
        taken += 1

    db.conn.set_progress_handler(count, 100)
    assert search_concepts(db, text, limit=10)
    db.conn.set_progress_handler(None, 0)
    return taken


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Two glossaries of invented terms, the second six times as large."""
    folder = tmp_path_factory.mktemp("large")
    paths = [folder / f"{concepts}.db" for concepts in (1000, 6000)]
    for path in paths:
        web_pages.make(path, int(path.stem), int(path.stem))
    return paths


@pytest.mark.parametrize("text", ["b", "国", "ア"])
def test_of_very_many_the_frequent_come_first(large, monkeypatch, text):
    with closing(open_glossary(large[1])) as db:
        monkeypatch.setattr(search, "MOST", 100_000)
        all_ranked = search_concepts(db, text, limit=10)
        monkeypatch.setattr(search, "MOST", 50)
        assert search_concepts(db, text, limit=10) == all_ranked
