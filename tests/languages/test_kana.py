"""Kana in modified Hepburn, and the folded form by which spellings meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.languages.kana import fold_romaji, is_kana, romanize, to_hiragana, to_katakana

KANA = st.text(alphabet=[chr(c) for c in range(ord("ァ"), ord("ヺ") + 1)] + ["ー", "・"], max_size=12)


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("トウキョウ", "tōkyō"),
        ("シンイチ", "shin'ichi"),
        ("せいゝち", "seiichi"),
        ("いすゞ", "isuzu"),
        ("シュンヨウ", "shun'yō"),
        ("ナンバ", "nanba"),
        ("マッチャ", "matcha"),
        ("ホッカイドウ", "hokkaidō"),
        ("オオノ", "ōno"),
        ("キュウシュウ", "kyūshū"),
        ("イイクラ", "iikura"),
        ("データ", "dēta"),
        ("フェリー", "ferī"),
        ("とうきょう", "tōkyō"),
        ("", ""),
    ],
)
def test_romanize(kana, romaji):
    assert romanize(kana) == romaji


def test_without_macrons():
    assert romanize("トウキョウ", macrons=False) == "tokyo"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ōno", "Ohno", "Ono", "Oono"),
        ("Namba", "Nanba"),
        ("Shin'ichi", "Shin-ichi", "Shinichi"),
        ("Ryōdo", "ryoudo", "RYODO"),
        ("Satō", "Satoh", "Satou", "Sato"),
    ],
)
def test_spellings_of_one_name_fold_to_one_form(spellings):
    assert len({fold_romaji(spelling) for spelling in spellings}) == 1


@given(KANA)
def test_kana_scripts_turn_into_each_other_and_back(text):
    assert len(to_hiragana(text)) == len(text)
    assert to_katakana(to_hiragana(text)) == text


@given(KANA)
def test_macrons_do_not_change_the_folded_form(text):
    assert fold_romaji(romanize(text)) == fold_romaji(romanize(text, macrons=False))


@pytest.mark.parametrize(
    ("text", "expected"), [("カナ", True), ("かな・カナ", True), ("漢字", False), ("カナa", False), ("", False)]
)
def test_is_kana(text, expected):
    assert is_kana(text) is expected
