"""What holds of every harvest that is published."""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory

import naive
from harvests import articles, harvest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.store import open_glossary, publish, remove_documents, set_threshold

RUN = {"command": "build", "version": "0"}
DATED = {"added", "created", "modified", "id", "passage"}
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def fresh():
    with TemporaryDirectory() as folder:
        db = open_glossary(f"{folder}/glossary.db", create=True)
        yield db
        db.close()


def content(
    db, *, views=("glossary", "terms", "contexts", "candidates", "evidence", "documents", "bitexts", "segments")
):
    """All public rows but for dates and numbers of rows."""
    rows = {
        view: [{k: v for k, v in r.items() if k not in DATED} for r in db.query(f"select * from {view}")]
        for view in views
    }
    searchable = list(db.query("select concept_id, forms from search_forms join concept on id = concept"))
    return {view: sorted(map(repr, found)) for view, found in (rows | {"search": searchable}).items()}


def integrity(db):
    assert db.conn.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert db.conn.execute("pragma foreign_key_check").fetchall() == []
    db.conn.execute("insert into context_search (context_search, rank) values ('integrity-check', 1)")
    db.conn.rollback()
    assert (
        db.conn.execute("select count(*) from passage where id not in (select passage from context)").fetchone()[0] == 0
    )


@few
@given(articles(), st.sampled_from([0.0, 0.3, 0.5, 0.9]))
def test_the_views_equal_a_naive_computation(some, threshold):
    with fresh() as db:
        publish(db, harvest(*some), **RUN, default_threshold=threshold)
        expected = naive.views(harvest(*some), threshold)
        for view, columns in naive.COMPARED.items():
            rows = [tuple(r) for r in db.conn.execute(f"select {columns} from {view}")]
            assert sorted(rows, key=repr) == expected[view], view
        integrity(db)


@few
@given(articles())
def test_every_offset_slices_to_its_text(some):
    with fresh() as db:
        publish(db, harvest(*some), **RUN)
        for view in ("contexts", "candidates"):
            for side in ("ja", "en"):
                wrong = db.conn.execute(f"""
                    select count(*) from {view} join documents on documents.document_id = {view}.{side}_document_id
                    where {side} is not substr(text, {side}_start + 1, {side}_end - {side}_start)
                    or {side}_sentence is not
                        substr(text, {side}_sentence_start + 1, {side}_sentence_end - {side}_sentence_start)""")
                assert wrong.fetchone()[0] == 0


@few
@given(articles(), st.data())
def test_the_same_harvest_again_changes_nothing(some, data):
    with fresh() as db:
        publish(db, harvest(*some), **RUN, state=b"1", default_threshold=0.5)
        before = list(db.conn.iterdump())
        again = data.draw(st.lists(st.sampled_from(some), min_size=1, unique_by=lambda a: a.name))
        report = publish(db, harvest(*again), **RUN, state=b"2", default_threshold=0.5)
        assert not report.changed
        assert list(db.conn.iterdump()) == before


@few
@given(articles(), st.randoms(use_true_random=False))
def test_the_order_of_publication_does_not_matter(some, random):
    with fresh() as one, fresh() as other:
        publish(one, harvest(*some), **RUN)
        random.shuffle(some)
        for article in some:
            publish(other, harvest(article), **RUN)
        assert content(other) == content(one)


@few
@given(articles(), st.data())
def test_removal_returns_to_the_earlier_state(some, data):
    with fresh() as db:
        kept = data.draw(st.lists(st.sampled_from(some), unique_by=lambda a: a.name))
        publish(db, harvest(*kept), **RUN)
        before = content(db)
        ids = {d.document_id for d in harvest(*some).documents} - {d.document_id for d in harvest(*kept).documents}
        publish(db, harvest(*some), **RUN)
        remove_documents(db, ids, command="remove", version="0")
        assert content(db) == before
        integrity(db)


@few
@given(articles(), st.data())
def test_removal_leaves_what_a_build_without_the_removed_would_give(some, data):
    with fresh() as db, fresh() as other:
        kept = data.draw(st.lists(st.sampled_from(some), unique_by=lambda a: a.name))
        ids = {d.document_id for d in harvest(*some).documents} - {d.document_id for d in harvest(*kept).documents}
        publish(db, harvest(*some), **RUN)
        remove_documents(db, ids, command="remove", version="0")
        publish(other, harvest(*kept), **RUN)
        assert content(db) == content(other)


@few
@given(articles(), st.sampled_from([0.0, 0.3, 0.9]))
def test_another_threshold_is_as_good_as_another_build(some, threshold):
    with fresh() as db, fresh() as other:
        publish(db, harvest(*some), **RUN, default_threshold=0.5)
        set_threshold(db, threshold)
        publish(other, harvest(*some), **RUN, default_threshold=threshold)
        assert content(db) == content(other)


@few
@given(articles())
def test_a_refresh_with_the_same_harvest_gives_the_same_rows(some):
    with fresh() as db:
        publish(db, harvest(*some), **RUN)
        before = content(db)
        assert publish(db, harvest(*some), **RUN, refresh=True).changed
        assert content(db) == before
        integrity(db)
