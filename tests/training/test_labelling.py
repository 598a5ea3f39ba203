"""What the labellers are taught of a sentence: its longest terms, or the shortest ones inside them."""

import pytest

from glossary.languages import english, japanese
from glossary.training.labelling import token_labels

HARBOUR = [("青葉港湾局", "organization"), ("青葉", "place"), ("港湾", "concept")]
OFFICE = [("Aoba Harbour Office", "organization"), ("Aoba", "place"), ("harbour", "concept")]


def labelled(text, terms, *, inner):
    """(token, label) of all tokens that a term covers."""
    language = japanese if any(ord(c) > 0x3000 for c in text) else english
    tokens = language.tokenize(text, 0)
    labels = token_labels(tokens, text, terms, inner=inner)
    return [(token.surface, label) for token, label in zip(tokens, labels, strict=True) if label != "O"]


@pytest.mark.parametrize(
    ("case", "text", "terms", "whole", "inner"),
    [
        ("terms inside a term", "青葉港湾局は", HARBOUR,
         [("青葉", "B-organization"), ("港湾", "I-organization"), ("局", "I-organization")],
         [("青葉", "B-place"), ("港湾", "B-concept")]),
        ("English likewise", "The Aoba Harbour Office", OFFICE,
         [("Aoba", "B-organization"), ("Harbour", "I-organization"), ("Office", "I-organization")],
         [("Aoba", "B-place")]),
        ("no term inside", "青葉は港", [("青葉", "place")], [("青葉", "B-place")], [("青葉", "B-place")]),
        ("a term that no token border meets", "港湾局", [("湾", "concept")], [], []),
        ("no terms", "青葉は港", [], [], []),
    ],
)  # fmt: skip
def test_layers_of_terms(case, text, terms, whole, inner):
    assert labelled(text, terms, inner=False) == whole
    assert labelled(text, terms, inner=True) == inner
