"""The annotated pairs of public texts are well formed: training and cross-validation read them as they are."""

import json
from pathlib import Path

import pytest

from glossary.records import KINDS
from glossary.training.gold import read_gold

ANNOTATIONS = Path(__file__).parent / "annotations"
SPLITS = ("gold", "heldout")


def rows_of(split: str) -> list[dict]:
    return [json.loads(line) for line in (ANNOTATIONS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    return [row for split in SPLITS for row in rows_of(split)]


@pytest.mark.parametrize("split", SPLITS)
def test_training_reads_every_row(split):
    read = read_gold(ANNOTATIONS / f"{split}.jsonl")
    assert len(read) == len(rows_of(split))
    assert {row.kind for row in read} <= set(KINDS)


def test_no_document_is_both_learned_from_and_held_out():
    learned, held_out = ({row["doc"] for row in rows_of(split)} for split in SPLITS)
    assert learned.isdisjoint(held_out)
    assert len(held_out) == 15


def test_every_document_comes_from_a_named_source(rows):
    assert {row["doc"].split(".")[0] for row in rows} == {"ntrex", "wiki", "soft"}


def test_a_pair_is_annotated_once_in_a_document(rows):
    pairs = [(row["doc"], row["ja"], row["en"]) for row in rows]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_terms_are_terms_and_not_sentences(rows, language):
    terms = [row[language] for row in rows if row[language] is not None]
    assert all(term == term.strip() and "\n" not in term and len(term) <= 100 for term in terms)
    assert max(map(len, terms)) > 20  # the limit above means something
