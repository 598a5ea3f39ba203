"""Where a term stands, and where only its letters do."""

import pytest

from glossary.languages import english, japanese
from glossary.terms.mentions import mentions


def places(text, term, language):
    tokens = (japanese if language == "ja" else english).tokenize(text)
    return [mention.span for mention in mentions([tokens], text, {term}).get(term, ())]


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("あんなさんが来た。", "あんな", [(0, 3)]),
        ("あんなは泳いだ。", "あんな", [(0, 3)]),
        ("あんなに高いとは。", "あんな", []),
        ("あんな選手はいない。", "あんな", []),
        ("さくらが咲いた。", "さくら", [(0, 3)]),
        ("ロンドンで会った。", "ロン", []),
        ("東京都に住む。", "京都", []),
    ],
)
def test_a_short_name_never_matches_inside_a_longer_word(text, term, expected):
    assert places(text, term, "ja") == expected


def test_english_words_are_whole():
    assert places("Anna met Annabel in Annapolis.", "Anna", "en") == [(0, 4)]


def test_a_mention_inside_a_longer_term_is_that_terms():
    text = "The Foreign Ministry and the ministry"
    found = mentions([english.tokenize(text)], text, {"Foreign Ministry", "Ministry", "ministry"})
    assert {term: [m.span for m in where] for term, where in found.items()} == {
        "Foreign Ministry": [(4, 20)],
        "ministry": [(29, 37)],
    }
