"""What the start page says waits for review: what nobody has decided and the glossary does not show already."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from glossary.decisions import decide
from glossary.records import Bitext, Concept, Context, Document, Evidence, Harvest, Pairing, Segment, Term
from glossary.store import open_glossary, publish
from glossary.uses.front_page import waiting_for_review
from glossary.uses.review import Filters, queue

PAIRS = {
    # concept_id: (Japanese, English, confidence); the threshold is .5
    "quay": ("岸壁", "quay", 0.56),
    "buoy": ("浮標", "buoy", 0.53),
    "pier": ("桟橋", "pier", 0.47),
    "tide": ("潮位", "tide level", 0.44),
    "silt": ("浮泥", "silt", 0.41),
}
ALONE = "ferry", "渡船", "ferryboat", 0.3
"""Of a text in one language: the term is there, so it is shown, however uncertain its translation."""


@pytest.fixture
def db(tmp_path: Path) -> Database:
    glossary = open_glossary(tmp_path / "harbour.db", create=True)
    publish(glossary, _harvest(), command="build harbour", version="0", default_threshold=0.5)
    return glossary


def _harvest() -> Harvest:
    ja_text, en_text = "、".join(ja for ja, _, _ in PAIRS.values()), ", ".join(en for _, en, _ in PAIRS.values())
    ja, en = Document("d-ja", "harbour", "ja", ja_text), Document("d-en", "harbour", "en", en_text)
    sentences = (0, len(ja_text)), (0, len(en_text))
    concepts = []
    for concept_id, (japanese, english, confidence) in PAIRS.items():
        score = (confidence - 0.5) * 8  # by the curve below
        evidence = (Evidence("base", score, "where any pair starts"),)
        pairing = Pairing("harbour", japanese, english, score, confidence, evidence, "concept", 1.0)
        start, other = ja_text.index(japanese), en_text.index(english)
        spans = (start, start + len(japanese)), (other, other + len(english))
        context = Context("harbour", "d-ja", "d-en", *spans, *sentences)
        terms = Term("ja", japanese), Term("en", english)
        concepts.append(Concept(concept_id, "concept", terms, confidence, "bitext", (pairing,), (context,)))
    concepts.append(_alone())
    return Harvest(
        documents=(ja, en, Document("note", "note", "ja", ALONE[1])),
        bitexts=(Bitext("harbour", ja, en, "name", 1.0, ("same name",)),),
        segments=(Segment("harbour", 0, *sentences, 1.0),),
        concepts=tuple(concepts),
        calibration=((-4.0, 0.0), (4.0, 1.0)),
    )


def _alone() -> Concept:
    concept_id, ja, en, confidence = ALONE
    score = (confidence - 0.5) * 8
    evidence = (Evidence("base", score, "where any pair starts"),)
    pairing = Pairing("note", ja, en, score, confidence, evidence, "concept", 1.0)
    context = Context("note", "note", None, (0, len(ja)), None, (0, len(ja)), None)
    return Concept(
        concept_id, "concept", (Term("ja", ja), Term("en", en)), confidence, "lexicon", (pairing,), (context,)
    )


def below(db: Database) -> list[str]:
    return [row["en"] for row in waiting_for_review(db.conn)["below"]]


def test_the_nearest_below_the_threshold_come_first(db: Database) -> None:
    assert below(db) == ["pier", "tide level", "silt"]


@pytest.mark.parametrize(
    ("action", "concept_id", "arguments"),
    [
        ("approve", "pier", {}),
        ("reject", "pier", {}),
        ("add", None, {"ja": "桟橋", "en": "pier"}),
        ("merge", "quay", {"value": "pier"}),
    ],
)
def test_what_somebody_decided_waits_no_longer(
    db: Database, action: str, concept_id: str | None, arguments: dict[str, str]
) -> None:
    decide(db, action, concept_id, actor="mika", **arguments)
    assert below(db) == ["tide level", "silt"]


def test_a_pair_of_terms_that_another_concept_shows_waits_no_longer(db: Database) -> None:
    decide(db, "add", "quay", actor="mika", term="桟橋", language="ja")
    assert below(db) == ["pier", "tide level", "silt"]  # the English is missing still
    decide(db, "add", "quay", actor="mika", term="pier", language="en")
    assert below(db) == ["tide level", "silt"]


@pytest.mark.parametrize(
    ("approved", "shown"), [(None, ["ferry", "buoy", "quay"]), ("ferry", ["buoy", "quay"]), ("buoy", ["ferry", "quay"])]
)
def test_the_least_certain_are_those_that_the_queue_begins_with(
    db: Database, approved: str | None, shown: list[str]
) -> None:
    if approved:
        decide(db, "approve", approved, actor="mika")
    assert [row["concept_id"] for row in waiting_for_review(db.conn)["unsure"]] == shown
    assert [row["concept_id"] for row in queue(db.conn, Filters(), 6)] == shown
