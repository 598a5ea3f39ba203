"""The stored counts are always those that counting anew gives, whatever changed the rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from harvests import articles, harvest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_store_properties import RUN, fresh

from glossary.decisions import decide
from glossary.errors import GlossaryError
from glossary.store import open_glossary, publish, remove_documents, set_threshold
from glossary.store.tally import COUNTED, below

OLD = sorted((Path(__file__).parent.parent / "reliability" / "databases").glob("schema*.db"))


def check(db) -> None:
    stored = sorted(db.conn.execute("select what, name, number from tally"))
    assert stored == sorted(tuple(row) for row in db.conn.execute(COUNTED))
    for threshold in (0.0, 0.05, 0.123, 0.29, 0.3, 0.5, 0.999, 1.0):
        (counted,) = db.conn.execute(
            "select count(*) from pairing where confidence < ? and rejected = 0", [threshold]
        ).fetchone()
        assert below(db, threshold) == counted, threshold


steps = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), articles()),
        st.tuples(st.just("remove"), st.integers(0, 5)),
        st.tuples(st.just("threshold"), st.sampled_from([0.0, 0.3, 0.7, 1.0])),
        st.tuples(st.sampled_from(["approve", "reject", "kind", "undo"]), st.integers(0, 20)),
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles(), steps)
def test_the_counts_follow_builds_removals_thresholds_and_decisions(first, later) -> None:
    with fresh() as db:
        publish(db, harvest(*first), **RUN)
        check(db)
        for action, value in later:
            step(db, action, value)
            check(db)


def step(db, action, value) -> None:
    if action == "publish":
        publish(db, harvest(*value), **RUN)
    elif action == "threshold":
        set_threshold(db, value)
    elif action == "remove":
        names = [name for (name,) in db.conn.execute("select document_id from document order by 1")]
        if names:
            remove_documents(db, [names[value % len(names)]], **RUN)
    else:
        table = "decision_id from decision" if action == "undo" else "concept_id from concept"
        ids = [row[0] for row in db.conn.execute(f"select {table} order by 1")]
        try:
            if ids:
                decide(db, action, ids[value % len(ids)], actor="ann", **({"value": "law"} if action == "kind" else {}))
        except GlossaryError:
            pass  # undone already, or nothing to reject


@pytest.mark.parametrize(
    "sql",
    [
        "update document set publisher = 'The Cape Times', published = '2020-02-03'",
        "update document set publisher = null where language = 'en'",
        "update document set name = 'moved/' || name where language = 'ja'",
        "delete from document where language = 'en'",
        "delete from unit",
        "update or replace pairing set confidence = confidence / 2",
        "update pairing set rejected = 1 - rejected",
        "update concept set shown = 0 where kind = 'place'",
        "update concept set confidence = null, status = 'approved'",
        "update concept set en = 'one for all', ja = nullif(ja, '')",
        "update concept set ja = (select min(ja) from concept) where id % 2",
        "update concept set en = upper(en) where id % 2",
        "update concept set ja = null where id % 3 = 0",
        "insert into concept (concept_id, kind, origin, created, modified, modified_by, shown)"
        " values ('x', 'law', 'user', '', '', '', 1) on conflict do nothing",
        "insert or ignore into document select id + 100, document_id || 'x', name, 'ja', title, publisher, published,"
        " path, sha256, format, encoding, characters, text, repairs, furniture, null, added from document",
    ],
)
def test_the_counts_follow_any_statement(glossary_path: Path, tmp_path: Path, sql: str) -> None:
    path = tmp_path / "glossary.db"
    path.write_bytes(glossary_path.read_bytes())
    with closing(open_glossary(path)) as db:
        db.conn.execute(sql)
        assert db.conn.execute("select changes()").fetchone()[0] or sql.startswith("insert or ignore"), sql
        check(db)
        db.conn.execute("update concept set shown = 1 - shown where id % 2 = 0")
        check(db)


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_a_glossary_of_an_earlier_version_is_counted_when_it_is_opened(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    path.write_bytes(old.read_bytes())
    with closing(open_glossary(path)) as db:
        assert db.conn.execute("select sum(number) from tally where what = 'kind'").fetchone()[0] > 0
        check(db)


def test_what_is_not_there_has_no_row() -> None:
    with fresh() as db:
        assert db.conn.execute("select * from tally").fetchall() == []
        decide(db, "add", ja="岬", en="cape", kind="place", actor="ann")
        assert db.conn.execute("select * from tally").fetchall() == [("kind", "place", 1), ("status", "approved", 1)]


def test_a_failed_transaction_leaves_the_counts_as_they_were(glossary_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "glossary.db"
    path.write_bytes(glossary_path.read_bytes())
    with closing(open_glossary(path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.conn.execute("begin")
        try:
            db.conn.execute("update concept set kind = 'law'")
            db.conn.execute("update concept set status = 'no such status'")
        finally:
            db.conn.rollback()
            check(db)


def test_a_term_that_several_concepts_share_is_counted_until_one_has_it_alone() -> None:
    with fresh() as db:
        shared = "select what, name, number from tally where what like 'shared%' order by 1"
        for en in ("cape", "headland", "promontory"):
            decide(db, "add", ja="岬", en=en, kind="place", actor="ann")
        assert db.conn.execute(shared).fetchall() == [("shared ja", "岬", 3)]
        ids = [concept_id for (concept_id,) in db.conn.execute("select concept_id from concept")]
        for concept_id in ids[:2]:
            decide(db, "reject", concept_id, actor="ann")
        assert db.conn.execute(shared).fetchall() == []
