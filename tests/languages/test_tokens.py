"""Both languages into sentences and tokens, with exact places."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.languages import english, japanese


def surfaces(language, text):
    return [token.surface for token in language.tokenize(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the no-hitter", ["the", "no", "-", "hitter"]),
        ("Japan's plan", ["Japan", "'s", "plan"]),
        ("Mbappé and O’Brien", ["Mbappé", "and", "O’Brien"]),
        ("in the U.S. on", ["in", "the", "U.S.", "on"]),
        ("St. Petersburg", ["St.", "Petersburg"]),
        ("1,200 people, 21st", ["1,200", "people", ",", "21st"]),
    ],
)
def test_english_tokens(text, tokens):
    assert surfaces(english, text) == tokens


@pytest.mark.parametrize(
    ("word", "lemma"), [("Islands", "island"), ("claimed", "claim"), ("Mbappé", "mbappe"), ("U.S.", "u.s")]
)
def test_english_lemma(word, lemma):
    assert english.lemma(word) == lemma


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Mori left. She stayed.", ["Mr. Mori left.", "She stayed."]),
        ("It rose 3.5 percent. It fell.", ["It rose 3.5 percent.", "It fell."]),
        ("He works for Yahoo! News in Tokyo.", ["He works for Yahoo! News in Tokyo."]),
        ("They live in the U.S. The rest left.", ["They live in the U.S.", "The rest left."]),
        ("The U.S. Navy came.", ["The U.S. Navy came."]),
        ("John F. Doe spoke.", ["John F. Doe spoke."]),
        ("“Stop!” she said.", ["“Stop!” she said."]),
        ("A headline\n\nA sentence.", ["A headline", "A sentence."]),
    ],
)
def test_english_sentences(text, sentences):
    assert [text[a:b] for a, b in english.split_sentences(text)] == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("山へ行く。海へ行く。", ["山へ行く。", "海へ行く。"]),
        ("「行く。必ず行く。」と述べた。終わり。", ["「行く。必ず行く。」と述べた。", "終わり。"]),
        ("Yahoo!ニュースを見た。", ["Yahoo!ニュースを見た。"]),
        ("見出し\n　本文だ。", ["見出し", "本文だ。"]),
        ("３．５倍になった！本当？", ["３．５倍になった！", "本当？"]),
        ("「閉じない括弧。次の文。", ["「閉じない括弧。", "次の文。"]),
    ],
)
def test_japanese_sentences(text, sentences):
    assert [text[a:b] for a, b in japanese.split_sentences(text)] == sentences


def test_runs_that_the_tagger_cuts_are_joined():
    assert "2020" in surfaces(japanese, "2020年に")
    assert "アショア" in surfaces(japanese, "イージス・アショアを")


def test_loan_words_bring_their_source():
    token = next(t for t in japanese.tokenize("イージス艦") if t.surface == "イージス")
    assert (token.source, token.lemma, token.reading) == ("aegis", "イージス", "イージス")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
@pytest.mark.parametrize("language", [japanese, english])
def test_places_are_exact_for_any_text(language, text):
    for start, end in language.split_sentences(text):
        tokens = language.tokenize(text[start:end], start)
        assert all(text[t.start : t.end] == t.surface for t in tokens)
        assert all(left.end <= right.start for left, right in pairwise(tokens))
