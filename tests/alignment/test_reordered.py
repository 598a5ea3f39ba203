"""Single sentences that stand far from their place, on tables of scores whose answer is plain."""

from glossary.alignment.reordered import with_reordered

NONE = (0, 0)


class Table:
    """Scores of pairs of sentences by a table; all others are worth less than nothing."""

    def __init__(self, worth):
        self.worth = worth

    def alone(self, side, index):
        return -1.0

    def bead(self, i0, i1, j0, j1):
        return sum(self.worth.get((i, j), -3.0) for i in range(i0, i1) for j in range(j0, j1))


def one_by_one(table):
    """A monotone alignment of two stretches: sentence by sentence."""

    def align(ja, en):
        both = list(zip(range(*ja), range(*en), strict=False))
        return [((i, i + 1), (j, j + 1), table.bead(i, i + 1, j, j + 1)) for i, j in both]

    return align


def pair(i, j, score=8.0):
    return ((i, i + 1), (j, j + 1), score)


def left(i):
    return ((i, i + 1), NONE, -1.0)


def right(j):
    return (NONE, (j, j + 1), -1.0)


def reordered(given, worth):
    table = Table(worth)
    return with_reordered(given, table, one_by_one(table))


def test_sentences_left_over_on_both_sides_meet():
    given = [right(0), pair(0, 1), pair(1, 2), left(2)]
    assert reordered(given, {(2, 0): 7.0}) == [pair(0, 1), pair(1, 2), pair(2, 0, 7.0)]


def test_weak_words_are_no_reason_to_leave_the_order():
    given = [right(0), pair(0, 1), pair(1, 2), left(2)]
    assert reordered(given, {(2, 0): 1.0}) == given


def test_a_strong_pair_takes_a_sentence_out_of_a_weak_bead():
    given = [right(0), pair(0, 1, 8.0), pair(1, 2, 0.5)]
    found = reordered(given, {(0, 1): 8.0, (1, 2): 0.5, (1, 0): 9.0})
    assert [bead[:2] for bead in found] == [((0, 1), (1, 2)), (NONE, (2, 3)), ((1, 2), (0, 1))]


def test_an_english_sentence_alone_follows_the_one_before_it():
    given = [right(0), pair(0, 1), right(2), pair(1, 3), left(2)]
    found = reordered(given, {(2, 0): 7.0})
    assert [bead[:2] for bead in found] == [((0, 1), (1, 2)), (NONE, (2, 3)), ((1, 2), (3, 4)), ((2, 3), (0, 1))]


def test_nothing_left_over_changes_nothing():
    given = [pair(0, 0), pair(1, 1)]
    assert reordered(given, {(0, 0): 8.0, (1, 1): 8.0}) == given
