"""Spellings of one word meet, other words stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.languages.spelling import american, fold_japanese, region_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("イージス・アショア", "イージスアショア"),
        ("ジョー・ベイカー", "ジョー＝ベイカー"),
        ("澤村", "沢村"),
        ("國學院", "国学院"),
        ("渡邊", "渡辺"),
        ("髙島", "高嶋"),
        ("打ち上げ", "打上げ"),
        ("取り扱い", "取扱い"),
        ("コンピューター", "コンピュータ"),
        ("エレベーター設備", "エレベータ設備"),
        ("ヴェネツィア", "ベネツィア"),
        ("ヴァイオリン", "バイオリン"),
    ],
)
def test_japanese_spellings_meet(one, other):
    assert fold_japanese(one) == fold_japanese(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("食べ物", "食物"),  # other words: tabemono and shokumotsu
        ("生き物", "生物"),
        ("バレー", "バレエ"),
        ("キー", "キ"),
        ("ビル", "ビール"),
        ("斎藤", "斉藤"),  # two families
        ("北・南", "北南"),
    ],
)
def test_other_japanese_words_stay_apart(one, other):
    assert fold_japanese(one) != fold_japanese(other)


@given(st.text(st.sampled_from("ァアカヴィエゲバータン・ー＝国國澤沢打ち上げりの"), max_size=12))
def test_folding_twice_is_folding_once(text):
    folded = fold_japanese(fold_japanese(text))
    assert fold_japanese(folded) == folded and len(folded) <= len(text)


@pytest.mark.parametrize(
    ("british", "expected"),
    [
        ("defence", "defense"),
        ("colours", "colors"),
        ("neighbourhood", "neighborhood"),
        ("organisation", "organization"),
        ("organised", "organized"),
        ("centres", "centers"),
        ("kilometre", "kilometer"),
        ("travellers", "travelers"),
        ("labelling", "labeling"),
        ("programme", "program"),
        ("paediatric", "pediatric"),
    ],
)
def test_british_spelling(british, expected):
    assert american(british) == expected
    assert american(expected) == expected


@pytest.mark.parametrize("word", "exercise promised improvisation four hour tour rise enterprise totally size".split())
def test_other_words_keep_their_letters(word):
    assert american(word) == word


@pytest.mark.parametrize(
    ("term", "region"),
    [
        ("defence budget", "GB"),
        ("Labour Party", "GB"),
        ("defense budget", "US"),
        ("color television", "US"),
        ("license", None),  # the verb is written so in Britain, too
        ("Aegis Ashore", None),
        ("", None),
    ],
)
def test_region(term, region):
    assert region_of(term) == region
