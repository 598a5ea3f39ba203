"""Concepts of the sample articles: kinds, forms and relations as people see them."""

import sqlite3
from collections import Counter

import pytest
from sample_glossary import SAMPLES, sample_glossary

from glossary.records import KINDS
from glossary.training.gold import read_gold

LEAST_ACCURACY, LEAST_MACRO_F = 0.85, 0.70


@pytest.fixture(scope="module")
def db():
    connection = sqlite3.connect(f"{sample_glossary().as_uri()}?mode=ro", uri=True)
    yield connection
    connection.close()


def test_kinds_of_the_core_pairs_that_are_found(db):
    """A floor, no measure of quality: the samples are few and tidy."""
    found = {
        (document, ja, en): kind
        for document, ja, en, kind in db.execute(
            """select distinct document, contexts.ja, contexts.en, kind from contexts join glossary using (concept_id)
            where contexts.ja is not null and contexts.en is not null"""
        )
    }
    gold = {(r.document, r.ja, r.en): r.kind for r in read_gold(SAMPLES / "gold.jsonl") if r.tier == "core"}
    pairs = Counter((gold[key], found[key]) for key in gold.keys() & found.keys())
    total = sum(pairs.values())
    assert total > 500
    right = {kind: pairs[kind, kind] for kind in KINDS}
    of_gold, of_found = Counter(), Counter()
    for (expected, given), number in pairs.items():
        of_gold[expected] += number
        of_found[given] += number
    f = {kind: 2 * right[kind] / (of_gold[kind] + of_found[kind]) for kind in of_gold}
    assert sum(right.values()) / total >= LEAST_ACCURACY
    assert sum(f.values()) / len(f) >= LEAST_MACRO_F, f


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("AIIB", "Asian Infrastructure Investment Bank"),
        ("IAEA", "International Atomic Energy Agency"),
        ("LNG", "liquefied natural gas"),
        ("Kuramoto", "Kuramoto Seiichi"),
    ],
)
def test_short_forms_lead_to_the_long_ones(db, short, long):
    rows = db.execute(
        """select s.kind, l.kind, reason from relations
        join glossary s using (concept_id) join glossary l on l.concept_id = other_id
        where relation = 'short_for' and s.en = ? and l.en = ?""",
        [short, long],
    ).fetchall()
    assert len(rows) == 1
    kind, kind_of_long, reason = rows[0]
    assert kind == kind_of_long and long in reason


def test_every_relation_has_a_reason_and_no_concept_is_related_to_itself(db):
    assert db.execute("select count(*) from relations where reason = '' or concept_id = other_id").fetchone() == (0,)
    kinds = {name for (name,) in db.execute("select distinct relation from relations")}
    assert {"short_for", "part", "broader", "competes_with"} <= kinds


def test_forms(db):
    forms = dict(db.execute("select term, form from terms where language = 'en' and term in ('AIIB', 'Kuramoto')"))
    assert forms == {"AIIB": "acronym", "Kuramoto": "short"}
