"""Names and loan words that sound alike across the scripts."""

import pytest

from glossary.languages.phonetics import loan_similarities, loan_similarity, spelled_by_readings

READINGS = {
    "安": ["アン", "ヤス"], "倍": ["バイ"], "安倍": ["アベ"], "晋": ["シン"], "三": ["サン", "ゾウ"],
    "飯": ["メシ", "イイ"], "倉": ["クラ"], "羽": ["ハネ", "ハ"], "田": ["タ", "デン"], "学": ["ガク"], "校": ["コウ"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "english", "reading"),
    [
        ("安倍晋三", "Abe Shinzo", "アベシンゾウ"),
        ("安倍晋三", "Abe Shinzō", "アベシンゾウ"),
        ("飯倉", "Iikura", "イイクラ"),
        ("羽田", "Haneda", "ハネダ"),
        ("羽田", "Hata", "ハタ"),
        ("学校", "Gakkou", "ガッコウ"),
        ("飯倉", "London", None),
        ("", "Tokyo", None),
    ],
)
def test_the_english_side_chooses_the_reading(text, english, reading):
    assert spelled_by_readings(text, english, lambda part: READINGS.get(part, [])) == reading


@pytest.mark.parametrize(
    ("kana", "right", "wrong"),
    [
        ("ミサイル", "missile", "system"),
        ("カリフォルニア", "California", "Minneapolis"),
        ("マクロン", "Macron", "Merkel"),
        ("スペイン", "Spain", "Sweden"),
        ("セビリア", "Sevilla", "Barcelona"),
    ],
)
def test_loan_words_are_nearest_to_their_source(kana, right, wrong):
    assert loan_similarity(kana, right) > max(0.85, loan_similarity(kana, wrong))


def test_the_table_holds_the_single_figures():
    kana, english = ["ミサイル", "スペイン"], ["missile", "Spain", "of"]
    table = loan_similarities(kana, english)
    for i, left in enumerate(kana):
        for j, right in enumerate(english):
            assert table[i, j] == pytest.approx(loan_similarity(left, right), abs=1e-5)
