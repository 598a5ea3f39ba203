"""The word translations that ship, and how they are learned from sentence pairs."""

import gzip
import io

import pytest

from glossary.lexicons.knowledge import Knowledge
from glossary.terms.model import load_model, shipped_model
from glossary.training.background import background_table, read_pairs

# No dictionary is asked: only the sentences tell what the words mean.
PAIRS = [
    (f"{ja}が{verb}。", f"The {en} {said}.")
    for ja, en in (("犬", "dog"), ("猫", "cat"), ("馬", "horse"), ("鳥", "bird"))
    for verb, said in (("走る", "runs"), ("眠る", "sleeps"), ("歌う", "sings"))
]


def learned(pairs):
    return background_table(pairs, Knowledge([]), lambda _: None)


def test_sentences_teach_which_words_correspond():
    table = learned(PAIRS)
    for ja, en in (("犬", "dog"), ("猫", "cat"), ("馬", "horse"), ("鳥", "bird")):
        others = [count for (left, right), count in table.counts.items() if left == ja and right != en]
        assert table.counts[ja, en] > max(others, default=0.0)


def test_the_order_and_repetitions_of_the_pairs_do_not_matter():
    assert learned(PAIRS).counts == learned([*reversed(PAIRS), *PAIRS[:5]]).counts


def test_a_word_keeps_few_links_however_often_it_stands():
    many = [(f"犬と{n}番。", f"The dog and number {n}.") for n in range(300)]
    table = learned([*PAIRS, *many])
    assert sum(count for (ja, _), count in table.counts.items() if ja == "犬") <= 5.0 + 0.01 * len(table.counts)
    assert all(count <= 5.0 for count in table.counts.values())


def test_pairs_are_read_from_a_gzipped_table(tmp_path):
    path = tmp_path / "pairs.tsv.gz"
    path.write_bytes(gzip.compress("犬が走る。\tThe dog runs.\n猫\tcat\n".encode()))
    assert list(read_pairs(path)) == [("犬が走る。", "The dog runs."), ("猫", "cat")]


@pytest.fixture(scope="module")
def base():
    return shipped_model().base


@pytest.mark.parametrize(("ja", "en"), [("政府", "government"), ("大学", "university"), ("川", "river"), ("の", "of")])
def test_the_shipped_table_knows_common_words(base, ja, en):
    assert base.counts[ja, en] > 0.05


def test_a_model_is_read_as_it_was_written(base):
    again = load_model(io.BytesIO(shipped_model().to_bytes()))
    assert again.base.counts == base.counts
    assert again.base.ja_totals == pytest.approx(base.ja_totals)
