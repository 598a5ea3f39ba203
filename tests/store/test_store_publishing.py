from __future__ import annotations

import json
from dataclasses import replace

import pytest
from conftest import CATS, LIGHT
from harvests import CURVE, Article, document, harvest

from glossary.errors import GlossaryError
from glossary.records import Context, Harvest, Relation, Segment, Term
from glossary.store import publish, read_state, remove_documents, set_threshold, stored_documents, threshold
from glossary.store import publishing as publishing_module

RUN = {"command": "build", "version": "0"}
CATS_AGAIN = replace(CATS, name="news/cats2")


def rows(db, sql, *parameters):
    return [tuple(row) for row in db.conn.execute(sql, parameters)]


def test_the_report_counts_what_happened(db):
    report = publish(db, harvest(CATS), **RUN, state=b"1")
    assert (report.documents_added, report.pairings, report.contexts, report.changed) == (2, 3, 5, True)
    newer = replace(LIGHT, name="news/cats")
    report = publish(db, harvest(newer), **RUN)
    assert (report.documents_added, report.documents_replaced, report.documents_unchanged) == (0, 2, 0)
    assert report.concepts_removed == 1  # c-north stood in the old text only
    report = publish(db, harvest(newer, CATS_AGAIN), **RUN)
    assert (report.documents_added, report.documents_unchanged) == (2, 2)


def test_a_build_row_tells_of_each_run_that_changed_something(filled):
    publish(filled, harvest(CATS), **RUN, state=b"model 2")
    publish(filled, harvest(CATS_AGAIN), **RUN, state=b"model 1")
    publish(filled, harvest(replace(CATS_AGAIN, name="x")), **RUN, state=b"model 2", started="2020-01-01T00:00:00Z")
    found = rows(filled, "select command, started, state, counts, lexicons from builds order by build_id")
    assert [(command, state) for command, _, state, _, _ in found] == [("build news", 1), ("build", 1), ("build", 2)]
    assert found[2][1] == "2020-01-01T00:00:00Z"
    assert json.loads(found[0][3])["documents_added"] == 4
    assert json.loads(found[0][4]) == ["test words 1"]
    assert read_state(filled) == (2, b"model 2")


def test_no_state_before_the_first_build(db):
    assert read_state(db) is None


def test_a_replaced_document_takes_all_of_its_bitext_along(filled):
    newer = replace(CATS, words=(("山猫", 1.5, "both"),), languages=("ja",))
    publish(filled, harvest(newer), **RUN)
    assert (
        rows(
            filled, "select distinct ja_document_id is null, en_document_id from contexts where document = 'news/cats'"
        )
        == []
    )
    assert rows(filled, "select count(*) from evidence where document = 'news/cats'") == [(0,)]
    assert rows(filled, "select document from bitexts") == [("news/light",)]


def test_a_bitext_takes_the_place_of_its_single_sides(db):
    publish(db, harvest(replace(CATS, languages=("en",))), **RUN)
    assert rows(db, "select count(*), count(ja) from contexts") == [(4, 0)]
    publish(db, harvest(CATS), **RUN)
    assert rows(db, "select count(*), count(ja) from contexts") == [(3, 3)]
    assert rows(db, "select count(*) from documents") == [(2,)]


def test_removal_names_documents_left_alone(filled):
    stored = {(d.name, d.language): d.document_id for d in stored_documents(filled)}
    report = remove_documents(filled, [stored["news/cats", "ja"], "unknown"], **RUN)
    assert (report.documents_removed, report.widowed) == (1, (stored["news/cats", "en"],))
    assert rows(filled, "select distinct document from contexts") == [("news/light",)]
    assert not remove_documents(filled, ["unknown"], **RUN).changed
    publish(filled, harvest(replace(CATS, languages=("en",))), **RUN)  # the one left alone is built again
    assert rows(filled, "select count(*) from unit join context on unit = unit.id where name = 'news/cats'") == [(4,)]


@pytest.mark.parametrize("step", ["insert_documents", "insert_units", "recompute", "add_state", "record_build"])
def test_a_publication_that_dies_leaves_the_old_content(filled, monkeypatch, step):
    before = list(filled.conn.iterdump())

    class Killed(BaseException):
        pass

    real = getattr(publishing_module, step)

    def dies(*args, **kwargs):
        real(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(publishing_module, step, dies)
    with pytest.raises(Killed):
        publish(filled, harvest(replace(LIGHT, name="news/cats")), **RUN, state=b"new")
    assert list(filled.conn.iterdump()) == before
    assert not filled.conn.in_transaction


def test_decisions_are_replayed_within_the_transaction(filled):
    seen = []

    def replay(db, concepts):
        assert db.conn.in_transaction
        seen.extend(rows(db, f"select concept_id from concept where id in ({','.join(map(str, concepts))})"))

    publish(filled, harvest(CATS_AGAIN), **RUN, replay=replay)
    assert sorted(seen) == [("c-cat",), ("c-light",), ("c-north",)]
    publish(filled, harvest(CATS_AGAIN), **RUN, replay=replay)
    assert len(seen) == 3


def test_what_a_person_chose_outlives_builds_and_removal(filled):
    filled.conn.execute("update concept set status = 'approved' where concept_id = 'c-north'")
    filled.conn.execute("insert into choice select id, 'en', 'Northland' from concept where concept_id = 'c-north'")
    filled.conn.commit()
    publish(filled, harvest(replace(CATS, name="news/cats2")), **RUN)
    assert rows(filled, "select ja, en, confidence, occurrences from glossary where concept_id = 'c-north'") == [
        ("北の国", "Northland", 1.0, 2)
    ]
    remove_documents(filled, [d.document_id for d in stored_documents(filled)], **RUN)
    assert rows(filled, "select ja, en, reading, occurrences from glossary") == [
        ("北の国", "Northland", "キタノクニ", 0)
    ]
    assert rows(filled, "select term, status from terms order by term") == [
        ("Northland", "preferred"), ("the North", "admitted"), ("北の国", "preferred"),
    ]  # fmt: skip


def test_rejected_rows_are_in_neither_view(filled):
    filled.conn.execute("update concept set status = 'rejected' where concept_id = 'c-cat'")
    filled.conn.execute("update pairing set rejected = 1 where ja = '北の国'")
    filled.conn.commit()
    publish(filled, harvest(CATS_AGAIN), **RUN)
    remove_documents(filled, [d.document_id for d in stored_documents(filled) if d.name == "news/cats2"], **RUN)
    assert rows(filled, "select concept_id from glossary") == [("c-light",)]
    for view in ("contexts", "candidates"):
        assert rows(filled, f"select count(*) from {view} where concept_id <> 'c-light'") == [(0,)]


def test_merged_concepts_lead_to_what_they_were_merged_into(filled):
    filled.conn.execute("insert into alias values ('c-north', 'c-east'), ('c-east', 'c-cat')")
    filled.conn.commit()
    publish(filled, harvest(CATS_AGAIN), **RUN)
    assert rows(filled, "select concept_id, count(*) from contexts where document = 'news/cats2' group by 1") == [
        ("c-cat", 3), ("c-light", 1),
    ]  # fmt: skip
    assert {t for (t,) in rows(filled, "select term from terms where concept_id = 'c-cat'")} >= {"山猫", "北の国"}


def test_relations_go_with_the_texts_that_tell_of_them(db):
    relation = Relation("c-cat", "see", "c-north", "they stand together")
    publish(db, replace(harvest(CATS, CATS_AGAIN), relations=(relation, relation)), **RUN)
    assert rows(db, "select * from relations") == [("c-cat", "see", "c-north", "they stand together")]
    remove_documents(db, [d.document_id for d in stored_documents(db) if d.name == "news/cats"], **RUN)
    assert len(rows(db, "select * from relations")) == 1
    remove_documents(db, [d.document_id for d in stored_documents(db)], **RUN)
    assert rows(db, "select count(*) from relation") == [(0,)]


def test_confidence_is_the_curve_at_the_score_and_evidence_adds_up_in_sql(filled):
    newer = tuple((score, confidence / 2) for score, confidence in CURVE)
    for curve in (CURVE, newer):
        publish(filled, Harvest(calibration=curve), **RUN)
        assert rows(filled, "select max(confidence) from concept") == [(curve[-1][1],)]
        assert rows(filled, SQL_INTERPOLATION) == [(6, 0)]
        assert rows(filled, SQL_EVIDENCE) == [(5, 0)]


SQL_INTERPOLATION = """
with pair as (select score, confidence from contexts where score is not null
              union all select score, confidence from candidates where score is not null)
select count(*), sum(abs(pair.confidence - case
    when below.score is null then above.confidence
    when above.score is null then below.confidence
    else below.confidence + (pair.score - below.score) * (above.confidence - below.confidence)
        / (above.score - below.score) end) > 1e-6)
from pair
    left join calibration as below on below.score =
        (select max(c.score) from calibration as c where c.score <= pair.score)
    left join calibration as above on above.score =
        (select min(c.score) from calibration as c where c.score > pair.score)
"""
SQL_EVIDENCE = """
with mention as (select distinct document, ja, en, score from contexts where score is not null
                 union select distinct document, ja, en, score from candidates where score is not null)
select count(*), sum(abs(score - (select sum(weight) from evidence
    where (evidence.document, evidence.ja, evidence.en) = (mention.document, mention.ja, mention.en))) > 1e-6)
from mention
"""


def test_the_threshold_decides_what_is_shown_without_a_build(filled):
    assert threshold(filled) == 0.5
    set_threshold(filled, 0.9)
    assert rows(filled, "select concept_id, occurrences from glossary") == [("c-north", 1)]
    assert rows(filled, "select count(*) from contexts") == [(1,)]
    publish(filled, Harvest(), **RUN, default_threshold=0.1)
    assert threshold(filled) == 0.9
    set_threshold(filled, 0.1)
    assert rows(filled, "select count(*) from candidates") == [(0,)]
    for wrong in (-0.1, 1.5, float("nan")):
        with pytest.raises(GlossaryError, match="from 0 to 1"):
            set_threshold(filled, wrong)


def spoiled(part):
    """A harvest with one thing wrong."""
    one = harvest(CATS)
    cat, light, *others = one.concepts
    text = one.bitexts[0].ja
    if part == "offset":
        cat = replace(cat, contexts=(replace(cat.contexts[0], ja=(40, 99)), *cat.contexts[1:]))
    if part == "empty span":
        cat = replace(cat, contexts=(replace(cat.contexts[0], ja=(3, 3)), *cat.contexts[1:]))
    if part == "evidence":
        cat = replace(cat, pairings=(replace(cat.pairings[0], evidence=cat.pairings[0].evidence[1:]),))
    if part == "curve":
        cat = replace(cat, pairings=(replace(cat.pairings[0], confidence=0.5),))
    if part == "no pairing":
        cat = replace(cat, pairings=())
    if part == "foreign document":
        cat = replace(cat, contexts=(replace(cat.contexts[0], ja_document_id="?"), *cat.contexts[1:]))
    if part == "nothing mentioned":
        cat = replace(
            cat, contexts=(*cat.contexts, Context("news/cats", text.document_id, None, None, None, None, None))
        )
    if part == "segment":
        one = replace(one, segments=(Segment("?", 0, (0, 1), None, 0.0),))
    return replace(one, concepts=(cat, light, *others))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("offset", "outside the text"),
        ("empty span", "outside the text or are empty"),
        ("evidence", "evidence adds up to"),
        ("curve", "the curve gives"),
        ("no pairing", "has no pairing"),
        ("foreign document", "does not have"),
        ("nothing mentioned", "mentions nothing"),
        ("segment", "no document or bitext of this name"),
    ],
)
def test_a_harvest_that_contradicts_itself_is_refused(db, part, words):
    before = list(db.conn.iterdump())
    with pytest.raises(ValueError, match=words):
        publish(db, spoiled(part), **RUN)
    assert list(db.conn.iterdump()) == before


def test_two_texts_of_one_name_are_refused(db):
    texts = (document("a", "ja", "山"), replace(document("a", "ja", "川"), path="a.ja.md"))
    with pytest.raises(GlossaryError, match=r"a\.ja\.md: has the same name \(a\) .* as a\.ja\.txt: rename one"):
        publish(db, Harvest(texts), **RUN)


def test_terms_that_stand_in_no_text_stay_with_the_concept(db):
    one = harvest(CATS)
    cat = replace(
        one.concepts[0], terms=(*one.concepts[0].terms, Term("en", "Felis silvestris", source="Wildlife list"))
    )
    publish(db, replace(one, concepts=(cat, *one.concepts[1:])), **RUN)
    assert rows(
        db, "select term, status, occurrences, source from terms where concept_id = 'c-cat' and language = 'en'"
    ) == [
        ("Felis silvestris", "admitted", 0, "Wildlife list"), ("wildcat", "preferred", 2, None),
    ]  # fmt: skip


def test_the_most_frequent_form_is_preferred_and_case_alone_makes_no_form(db):
    article = Article("a", (("灯台", 3.0, "both"), ("燈台", 1.0, "both"), ("燈台", 1.0, "both")))
    publish(db, harvest(article), **RUN)
    assert rows(db, "select ja, en, confidence from glossary") == [("燈台", "Lighthouse", 0.95)]
