"""Which runs of tokens may be terms."""

import pytest

from glossary.languages import english, japanese
from glossary.terms.spans import en_spans, ja_spans


def candidates(text):
    """The strings of all candidate spans of a sentence."""
    japanese_text = any(ord(character) > 0x3000 for character in text)
    language, spans = (japanese, ja_spans) if japanese_text else (english, en_spans)
    tokens = language.tokenize(text)
    return {text[tokens[first].start : tokens[last - 1].end] for first, last in spans(tokens)}


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("霧ヶ浜駅の前", {"霧ヶ浜", "霧ヶ浜駅"}, {"霧", "浜", "浜駅", "ヶ浜"}),
        ("霞ケ関の役所", {"霞ケ関"}, {"霞", "関"}),
        ("三ヶ国の代表", {"三ヶ国", "代表"}, {"三ヶ"}),
        ("日米安全保障条約", {"日米安全保障条約", "安全保障"}, set()),
        ("乃木坂46の歌", {"乃木坂46"}, set()),
        ("Aoba Freight Co., Ltd. signed it.", {"Aoba Freight Co., Ltd.", "Aoba Freight"}, {"Aoba Freight Co"}),
        ("the mayor of Aoba said so", {"mayor of Aoba", "Aoba"}, {"the mayor", "Aoba said so"}),
    ],
)
def test_candidate_spans(text, there, not_there):
    found = candidates(text)
    assert there <= found
    assert not not_there & found
