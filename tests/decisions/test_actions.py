"""What each action does to the public views."""

from __future__ import annotations

import pytest
from glossaries import ARTICLES, CATS, LIGHT, RUN, TOWER, glossary, harvest, rows
from harvests import Article

from glossary.decisions import current_id, decide
from glossary.errors import GlossaryError
from glossary.store import publish, remove_documents, stored_documents

ANN = {"actor": "ann"}


def one(db, concept_id, columns):
    found = rows(db, f"select {columns} from glossary where concept_id = ?", [concept_id])
    return found[0] if found else None


def terms(db, concept_id):
    return dict(rows(db, "select term, status from terms where concept_id = ?", [concept_id]))


def forget_all(db):
    ids = [document.document_id for document in stored_documents(db)]
    remove_documents(db, ids, command="remove", version="0")


@pytest.mark.parametrize(
    ("action", "arguments", "columns", "expected"),
    [
        ("approve", {}, "status, confidence, ja, en", ("approved", 1.0, "山猫", "wildcat")),
        ("prefer", {"term": "gull"}, "en", ("gull",)),
        ("admit", {"term": "wildcat"}, "en", ("gull",)),
        ("deprecate", {"term": "山猫"}, "ja, reading", ("海猫", "ウミネコ")),
        ("forbid", {"term": "WILDCAT"}, "en", ("gull",)),
        ("edit", {"term": "wildcat", "value": "wild  cat"}, "en, occurrences", ("wild cat", 4)),
        ("edit", {"term": "山猫", "value": "大山猫"}, "ja, reading", ("大山猫", None)),
        ("reading", {"value": "やま"}, "reading, romaji", ("ヤマ", "Yama")),
        ("reading", {"value": "ヤマ", "romaji": "YAMA"}, "reading, romaji", ("ヤマ", "YAMA")),
        ("reading", {"value": "ウミ", "term": "海猫"}, "reading", ("ヤマネコ",)),
        ("kind", {"value": "law"}, "kind", ("law",)),
        ("subject", {"value": "zoology"}, "subject", ("zoology",)),
        ("part-of-speech", {"value": "noun"}, "part_of_speech", ("noun",)),
        ("collection", {"value": "atlas"}, "collection", ("atlas",)),
        ("note", {"value": "rare"}, "usage_note", ("rare",)),
        ("define", {"value": "a cat", "language": "en"}, "definition_en, definition_source", ("a cat", "ann")),
        ("define", {"value": "猫", "language": "ja", "source": "atlas"}, "definition_source", ("atlas",)),
        ("add", {"term": "bobcat"}, "en", ("wildcat",)),
        ("split", {"terms": ["海猫"]}, "ja, occurrences", ("山猫", 3)),
        ("merge", {"value": "c-north"}, "occurrences", (5,)),
        ("reject", {}, "ja", None),
        ("reject", {"ja": "海猫"}, "ja, occurrences", ("山猫", 3)),
        ("reject", {"document": "news/light"}, "occurrences, documents", (2, 1)),
    ],
)
def test_an_action_holds_over_a_rebuild_and_can_be_undone(db, action, arguments, columns, expected):
    before = one(db, "c-cat", columns)
    decision = decide(db, action, "c-cat", **ANN, **arguments)
    assert one(db, "c-cat", columns) == expected
    publish(db, harvest(*ARTICLES), **RUN, refresh=True)
    assert one(db, "c-cat", columns) == expected
    decide(db, "undo", decision.decision_id, **ANN)
    assert one(db, "c-cat", columns) == before != expected or action in ("reading", "add")


def test_rejected_pairs_are_in_no_view_and_do_not_come_back(db):
    decide(db, "reject", "c-light", **ANN)
    publish(db, harvest(Article("later", (("灯台", 3.0, "both"),))), **RUN)
    for view in ("glossary", "contexts", "candidates", "terms"):
        assert rows(db, f"select count(*) from {view} where concept_id = 'c-light'") == [(0,)]


def test_a_rejected_pair_is_rejected_in_any_concept(db):
    split = decide(db, "split", "c-cat", terms=["海猫", "gull"], **ANN)
    decide(db, "reject", split.after["new_id"], **ANN)
    decide(db, "undo", split.decision_id, **ANN)
    assert one(db, "c-cat", "occurrences") == (3,)
    assert rows(db, "select count(*) from contexts where ja = '海猫'") == [(0,)]


def test_an_approved_concept_and_what_people_said_stay_without_documents(db):
    decide(db, "reading", "c-north", value="キタ", **ANN)
    decide(db, "approve", "c-north", **ANN)
    decide(db, "add", "c-north", term="Northland", **ANN)
    decide(db, "kind", "c-light", value="facility", **ANN)
    forget_all(db)
    assert rows(db, "select ja, reading, en, kind, status, occurrences from glossary") == [
        ("北の国", "キタ", "the North", "place", "approved", 0)
    ]
    assert terms(db, "c-north") == {"北の国": "preferred", "the North": "preferred", "Northland": "admitted"}
    assert rows(db, "select action, state from decisions order by at") == [
        ("reading", "in force"), ("approve", "in force"), ("add", "in force"), ("kind", "target not found"),
    ]  # fmt: skip
    publish(db, harvest(TOWER), **RUN)
    assert one(db, "c-light", "kind") == ("facility",)
    assert rows(db, "select state from decisions where action = 'kind'") == [("in force",)]


def test_approval_keeps_what_was_seen_although_texts_change(db):
    decide(db, "approve", "c-cat", **ANN)
    publish(db, harvest(Article("more", (("海猫", 3.0, "both"),) * 9)), **RUN)
    assert one(db, "c-cat", "ja, en, reading") == ("山猫", "wildcat", "ヤマネコ")


def test_merged_and_split_ids_lead_on(db):
    merge = decide(db, "merge", "c-north", value="c-cat", **ANN)
    assert (current_id(db, "c-cat"), current_id(db, "c-north")) == ("c-north", "c-north")
    assert decide(db, "kind", "c-cat", value="law", **ANN).concept_id == "c-north"
    assert one(db, "c-cat", "ja") is None
    publish(db, harvest(Article("more", (("山猫", 3.0, "both"),))), **RUN)
    assert one(db, "c-north", "occurrences, kind") == (6, "law")
    decide(db, "undo", merge.decision_id, **ANN)
    assert (one(db, "c-cat", "occurrences"), one(db, "c-north", "occurrences")) == ((5,), (1,))
    split = decide(db, "split", "c-cat", terms=["海猫"], **ANN)
    new = split.after["new_id"]
    assert one(db, new, "ja, en") == ("海猫", "gull")
    assert current_id(db, new) == new
    decide(db, "undo", split.decision_id, **ANN)
    assert current_id(db, new) == "c-cat"


def test_one_context_less(db):
    (context,) = rows(db, "select id from contexts where concept_id = 'c-cat' and document = 'news/cats' limit 1")[0]
    decide(db, "not-here", "c-cat", value=context, **ANN)
    assert one(db, "c-cat", "occurrences") == (3,)
    publish(db, harvest(*ARTICLES), **RUN, refresh=True)
    assert one(db, "c-cat", "occurrences") == (3,)
    moved = Article("news/cats", (("北の国", 3.5, "both"), *CATS.words), CATS.published)
    publish(db, harvest(moved), **RUN)
    assert one(db, "c-cat", "occurrences") == (3,)


def test_added_concepts_meet_what_texts_find_later(tmp_path):
    db = glossary(tmp_path / "g.db", CATS)
    added = decide(db, "add", ja="海猫", en="Gull", kind="product", reading="うみねこ", **ANN)
    assert one(db, added.concept_id, "ja, reading, en, kind, origin, status") == (
        "海猫", "ウミネコ", "Gull", "product", "user", "approved",
    )  # fmt: skip
    publish(db, harvest(LIGHT), **RUN)
    assert current_id(db, added.concept_id) == "c-cat"
    assert one(db, "c-cat", "en, status, kind") == ("Gull", "approved", "product")
    decide(db, "undo", added.decision_id, **ANN)
    assert one(db, "c-cat", "en, status") == ("wildcat", "candidate")


def test_undoing_an_undo(db):
    first = decide(db, "kind", "c-cat", value="law", **ANN)
    second = decide(db, "undo", first.decision_id, **ANN)
    decide(db, "undo", second.decision_id, **ANN)
    assert one(db, "c-cat", "kind") == ("law",)
    states = rows(db, "select state from decisions order by at")
    assert states == [("in force",), ("undone",), ("in force",)]


def test_before_after_and_who(db):
    decision = decide(db, "kind", "c-cat", value="law", note="as the statute says", **ANN)
    assert (decision.before, decision.after) == ({"kind": "place"}, {"kind": "law"})
    assert decision.selector["texts"] == ["山猫", "wildcat"]
    assert decision.selector["scope"] == "concept"
    assert one(db, "c-cat", "modified, modified_by") == (decision.at, "ann")
    assert rows(db, "select note from decisions") == [("as the statute says",)]


def test_times_only_grow_though_the_clock_is_set_back(db):
    first = decide(db, "kind", "c-cat", value="law", **ANN)
    db.execute("update decision set at = '2990-01-01T00:00:00.000000Z'")
    db.conn.commit()
    assert decide(db, "kind", "c-cat", value="work", **ANN).at == "2990-01-01T00:00:00.000001Z" > first.at
    assert one(db, "c-cat", "kind") == ("work",)


def test_a_stale_decision_is_refused(db):
    (seen,) = one(db, "c-cat", "modified")
    decide(db, "kind", "c-cat", value="law", seen=seen, **ANN)
    with pytest.raises(GlossaryError, match=r"c-cat: changed by ann at .* nothing was decided"):
        decide(db, "kind", "c-cat", value="work", seen=seen, **ANN)
    assert rows(db, "select count(*) from decisions") == [(1,)]


@pytest.mark.parametrize(
    ("action", "concept", "arguments", "words"),
    [
        ("praise", "c-cat", {}, "no such action: one of approve, reject"),
        ("kind", "c-dog", {"value": "law"}, "c-dog: no such concept"),
        ("kind", "c-cat", {"value": "animal"}, "animal: no such kind: one of person"),
        ("kind", "c-cat", {}, "VALUE missing: usage: decide kind CONCEPT_ID KIND"),
        ("kind", None, {"value": "law"}, "the id is missing: usage"),
        ("kind", "c-cat", {"value": "law", "term": "x"}, "kind takes no --term"),
        ("prefer", "c-cat", {"term": "dog"}, "dog: not a term of the concept .it has gull, wildcat"),
        ("edit", "c-cat", {"term": "gull", "value": "gull"}, "gull is the term already"),
        ("edit", "c-cat", {"term": "gull", "value": " "}, "new is empty"),
        ("edit", "c-cat", {"term": "gull", "value": "a\0b"}, "NUL"),
        ("edit", "c-cat", {"term": "gull", "value": "x" * 10_001}, "longer than 10000 characters"),
        ("add", "c-cat", {"term": "\ud800"}, "half a surrogate pair"),
        ("reading", "c-cat", {"value": "yama"}, "written in kana alone"),
        ("merge", "c-cat", {"value": "c-cat"}, "cannot be merged with itself"),
        ("merge", "c-cat", {"value": "c-dog"}, "c-dog: no such concept"),
        ("split", "c-cat", {"terms": ["山猫", "海猫", "gull", "wildcat"]}, "leave it at least one"),
        ("not-here", "c-cat", {"value": "９"}, "has no such context"),
        ("not-here", "c-cat", {"value": "9" * 30}, "has no such context"),
        ("undo", "none", {}, "none: no such decision"),
        ("add", None, {}, "give --ja and --en"),
        ("add", None, {"term": "x"}, "say to which concept"),
        ("add", "c-cat", {"ja": "山", "en": "x"}, "with CONCEPT_ID give --term"),
        ("reject", "c-cat", {"document": "nowhere"}, "nowhere: c-cat is in no document of this name"),
        ("reject", "c-cat", {"ja": "犬"}, "has no pair 犬 = …"),
        ("prefer", "c-cat", {"term": "gull", "valid_from": "May"}, "not a date"),
    ],
)
def test_what_makes_no_sense_is_refused(db, action, concept, arguments, words):
    before = list(db.conn.iterdump())
    with pytest.raises(GlossaryError, match=words):
        decide(db, action, concept, **ANN, **arguments)
    assert list(db.conn.iterdump()) == before


def test_undone_twice_and_added_twice(db):
    made = decide(db, "add", ja="岬", en="cape", **ANN)
    with pytest.raises(GlossaryError, match="there already, and approved"):
        decide(db, "add", ja="岬", en="Cape", **ANN)
    decide(db, "undo", made.decision_id, **ANN)
    with pytest.raises(GlossaryError, match="undone already"):
        decide(db, "undo", made.decision_id, **ANN)
