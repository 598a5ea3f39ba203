from pathlib import Path
from typing import Any

import pytest

from glossary.uses.lookup import best_contexts, entry, find_concepts
from glossary.uses.reading import open_for_reading


def context(document: str, sentence: str) -> dict[str, Any]:
    return {"document": document, "ja_sentence": sentence, "en_sentence": None}


@pytest.mark.parametrize(
    ("contexts", "limit", "chosen"),
    [
        ([], 3, []),
        ([("a", "1"), ("a", "2"), ("b", "3")], 2, [("a", "1"), ("b", "3")]),
        ([("a", "1"), ("a", "2"), ("b", "3")], 3, [("a", "1"), ("b", "3"), ("a", "2")]),
        ([("a", "1"), ("b", "1"), ("c", "2")], 3, [("a", "1"), ("c", "2")]),
        ([("a", "1")], 0, []),
    ],
)
def test_best_contexts_are_of_different_documents_and_sentences(
    contexts: list[tuple[str, str]], limit: int, chosen: list[tuple[str, str]]
) -> None:
    assert best_contexts([context(*pair) for pair in contexts], limit) == [context(*pair) for pair in chosen]


def test_a_brief_entry_has_the_reasons_of_the_best_pairing_strongest_first(glossary_path: Path) -> None:
    with open_for_reading(glossary_path) as db:
        (found, *_) = find_concepts(db, "米国")
        brief, full = entry(db, found, brief=True), entry(db, found)
    weights: dict[tuple[str, str, str], float] = {}
    for reason in full["evidence"]:
        pairing = (reason["document"], reason["ja"], reason["en"])
        weights[pairing] = weights.get(pairing, 0) + reason["weight"]
    assert len(weights) == 3
    (best,) = {(reason["document"], reason["ja"], reason["en"]) for reason in brief["evidence"]}
    assert weights[best] == max(weights.values())
    assert [reason["weight"] for reason in brief["evidence"]] == pytest.approx([2.0, 1.55, 0.25])
    assert brief["contexts"] == full["contexts"]
