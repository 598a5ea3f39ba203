"""Where a term stands, and where only its letters do."""

import pytest

from glossary.languages import english, japanese
from glossary.records import Bitext, Document, Segment
from glossary.terms.mentions import contexts, mentions


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


def test_the_best_pair_has_the_place_whichever_spelling_it_is():
    ja, en = "『霧の桟橋』を見た。", "I saw The Misty Pier."
    bitext = Bitext("a", Document("1", "a", "ja", ja), Document("2", "a", "en", en), "name", 1.0)
    pairs = [("霧の桟橋", "Misty Pier", (10, 20), -2.7), ("霧の桟橋", "The Misty Pier", (6, 20), 1.0)]
    linked = {(ja_term, en_term): {0: [((1, 5), place, score)]} for ja_term, en_term, place, score in pairs}
    segment = Segment("a", 0, (0, len(ja)), (0, len(en)), 1.0)
    found = contexts([(a, b) for a, b, _, _ in pairs], linked, {}, {}, [segment], bitext)
    assert [(context.ja, context.en) for context in found] == [((1, 5), (6, 20))]
