"""Blocks that stand in each other's place, on tables of scores whose answer is plain and on texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_alignment import beads

from glossary.alignment import sentences
from glossary.alignment.inversions import with_inversions
from glossary.lexicons.knowledge import embedded

SHAPES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))


def step_of(order, match=5.0):
    """Japanese sentence i and English sentence order[i] belong together: a bead of them is worth `match`."""

    def step(i, j, di, dj):
        if di == 0 or dj == 0:
            return -1.0
        found = sum(j - dj <= order[k] < j for k in range(i - di, i))
        return (match * found if found else -4.0) - 3.0 * (di + dj - 2)

    return step


def monotone(count):
    """Where the search begins: every sentence with the one of its number."""
    return [((k, k + 1), (k, k + 1), 0.0) for k in range(count)]


def pairs(found):
    return {i: j for (i, end), (j, last), _ in found if end - i == 1 == last - j}


@pytest.mark.parametrize(
    "order",
    [
        [0, 1, 2, 3, 4, 5],
        [0, 3, 4, 1, 2, 5],  # two paragraphs
        [1, 0],
        [5, 0, 1, 2, 3, 4],  # the last sentence comes first
        [1, 0, 2, 4, 3, 5],  # twice
    ],
    ids=str,
)
def test_blocks_are_brought_together(order):
    found = with_inversions(monotone(len(order)), SHAPES, step_of(order))
    assert pairs(found) == dict(enumerate(order))
    assert [ja for ja, _, _ in found] == sorted(ja for ja, _, _ in found)


def test_an_inversion_must_be_worth_its_cost():
    """A second pair of two sentences gains its match and the 2 that they cost alone; an inversion costs 2.5."""
    order = [0, 2, 1, 3]
    assert pairs(with_inversions(monotone(4), SHAPES, step_of(order, match=0.6))) == dict(enumerate(order))
    assert with_inversions(monotone(4), SHAPES, step_of(order, match=0.4)) == monotone(4)


def test_a_straight_text_stays_as_it_was():
    given_beads = monotone(9)
    assert with_inversions(given_beads, SHAPES, step_of(list(range(9)))) == given_beads


@pytest.mark.parametrize("at", [3, 26, 60, 95])
def test_a_long_text_is_looked_at_in_windows(at):
    order = list(range(100))
    order[at : at + 4] = [at + 2, at + 3, at, at + 1]
    assert pairs(with_inversions(monotone(100), SHAPES, step_of(order))) == dict(enumerate(order))


@settings(deadline=None)  # a loaded machine is no fault
@given(st.permutations(range(9)))
def test_every_sentence_is_in_one_bead(order):
    found = with_inversions(monotone(9), SHAPES, step_of(order))
    assert sorted(i for ja, _, _ in found for i in range(*ja)) == list(range(9))
    assert sorted(j for _, en, _ in found for j in range(*en)) == list(range(9))


def test_two_paragraphs_of_a_text_in_each_others_place():
    ja = ["市長は新しい図書館を開いた。", "工事には三年かかった。", "雪で電車が遅れた。", "学校は休みになった。"]
    en = [
        "The mayor opened a new library.",
        "Snow delayed the trains.",
        "Schools were closed.",
        "The construction took three years.",
    ]
    found = beads("".join(ja), " ".join(en), embedded())
    assert found == [(ja[0], en[0]), (ja[1], en[3]), (ja[2], en[1]), (ja[3], en[2])]


def test_of_a_long_text_not_every_score_is_remembered(monkeypatch):
    """The memory of an alignment must not grow with the square of a book."""
    ja, en = "雪が降った。市長は図書館を開いた。" * 6, "It snowed. The mayor opened a library. " * 6
    whole = beads(ja, en, embedded())
    made = []

    class Seen(sentences._Scorer):
        def __init__(self, *given):
            super().__init__(*given)
            made.append(self)

    monkeypatch.setattr(sentences, "_Scorer", Seen)
    monkeypatch.setattr(sentences, "_REMEMBERED", 10)
    assert beads(ja, en, embedded()) == whole
    assert [len(scorer.steps) for scorer in made] == [10]
