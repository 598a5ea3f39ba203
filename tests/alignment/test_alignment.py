"""Sentences and words that correspond, on small texts whose answer is plain."""

import numpy as np
import pytest

from glossary.alignment.documents import align_bitext, analyse
from glossary.alignment.matching import WordMatcher, number_en, number_ja
from glossary.alignment.words import Beadwords, LexicalTable, align_words
from glossary.lexicons.knowledge import Knowledge, embedded
from glossary.records import Bitext, Document


def document(language, text):
    return Document(f"{language}1", "a", language, text)


def beads(ja, en, knowledge):
    one, other = document("ja", ja), document("en", en)
    aligned = align_bitext(Bitext("a", one, other, "name", 1.0), analyse(one), analyse(other), WordMatcher(knowledge))
    shown = []
    for bead in aligned.beads:
        sides = [text[slice(*span)] if span else "" for text, span in ((ja, bead.segment.ja), (en, bead.segment.en))]
        shown.append(tuple(sides))
    return shown


def test_sentences_merged_split_and_dropped():
    ja = "首相は会談で協定に署名した。大統領は翌日に帰国した。地震の被害は小さかった。雪が降った。"
    en = (
        "The prime minister signed the agreement at the talks, and the president returned home the next day. It snowed."
    )
    assert beads(ja, en, embedded()) == [
        ("首相は会談で協定に署名した。大統領は翌日に帰国した。", en[: en.index(" It")]),
        ("地震の被害は小さかった。", ""),
        ("雪が降った。", "It snowed."),
    ]


def test_a_side_without_sentences_leaves_the_other_alone():
    assert beads("雨だ。", "", embedded()) == [("雨だ。", "")]


def test_without_any_lexicon_lengths_still_align():
    ja = "短い。これはとても長い文であり、ほかの文よりもずっと多くの文字からできている。短い。"
    en = "Short. This is a very long sentence that consists of far more characters than any other of them. Short."
    assert len(beads(ja, en, Knowledge(()))) == 3


def words(ja, en, prior=()):
    table = np.zeros((len(ja.split()), len(en.split())))
    for row, column in prior:
        table[row, column] = 1.0
    return Beadwords(tuple(ja.split()), tuple(en.split()), table)


def test_posteriors_are_distributions():
    pairs = [words("赤い 家", "red house"), words("赤い 本", "red book"), words("家", "house")]
    links, _ = align_words(pairs)
    for forward, backward in links:
        assert (forward >= 0).all() and (forward.sum(axis=0) <= 1 + 1e-9).all()
        assert (backward >= 0).all() and (backward.sum(axis=1) <= 1 + 1e-9).all()


def test_repetition_teaches_links():
    pairs = [words("赤い 家", "red house"), words("赤い 本", "red book"), words("家", "house"), words("本", "book")] * 3
    forward, _ = align_words(pairs)[0][0]
    assert forward[0].argmax() == 0 and forward[1].argmax() == 1


def test_a_prior_suffices_where_nothing_repeats():
    ((forward, backward),) = align_words([words("い ろ は", "c a b", [(0, 1), (1, 2), (2, 0)])])[0]
    assert forward.argmax(axis=0).tolist() == [2, 0, 1]
    assert backward.argmax(axis=1).tolist() == [1, 2, 0]


def test_known_counts_are_used():
    known = LexicalTable()
    known.add("い", "b", 9.0)
    known.add("ろ", "a", 9.0)
    ((forward, _),) = align_words([words("い ろ", "a b")], known)[0]
    assert forward.argmax(axis=0).tolist() == [1, 0]


def test_empty_beads_are_passed_over():
    links, table = align_words([words("", "a"), words("い", "")])
    assert [forward.shape for forward, _ in links] == [(0, 1), (1, 0)] and not table.counts


@pytest.mark.parametrize(("word", "digits"), [("３", "3"), ("三", "3"), ("1,200", "1200"), ("007", "7"), ("山", "")])
def test_japanese_numbers(word, digits):
    assert number_ja(word) == digits


@pytest.mark.parametrize(
    ("word", "digits"), [("three", "3"), ("march", "3"), ("1,200", "1200"), ("21st", "21"), ("hill", "")]
)
def test_english_numbers(word, digits):
    assert number_en(word) == digits
