"""What numbers say, in both languages, and which agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.checking import numbers_en, numbers_ja
from glossary.checking.quantities import agree


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("３万５千人", [(35_000, "number")]),
        ("1兆2,000億円の予算", [(1_200_000_000_000, "money")]),
        ("三十五人", [(35, "number")]),
        ("二〇二〇年", [(2020, "year")]),
        ("令和2年3月11日", [(2020, "year"), (3, "month"), (11, "day")]),
        ("平成元年", [(1989, "year")]),
        ("昭和六十四年度", [(1989, "year")]),
        ("2・7%", [(2.7, "percent")]),
        ("２割５分", [(25, "percent")]),
        ("３分の１", [(1 / 3, "number")]),
        ("午後11時30分", [(11, "time"), (30, "time")]),
        ("10～15人", [(10, "number"), (15, "number")]),
        ("300万ドル", [(3_000_000, "money")]),
        ("第2次", [(2, "ordinal")]),
        ("49メートル", [(49, "measure")]),
        ("数千人の三菱と十分な一部", []),
        ("", []),
    ],
)
def test_japanese_numbers(text: str, found: list[tuple[float, str]]) -> None:
    assert [(q.value, q.category) for q in numbers_ja.quantities(text)] == [(pytest.approx(v), c) for v, c in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("35,000 people", [(35_000, "number")]),
        ("1.2 trillion yen", [(1_200_000_000_000, "money")]),
        ("thirty-five, two hundred and six", [(35, "number"), (206, "number")]),
        ("March 11, 2020", [(3, "month"), (11, "day"), (2020, "year")]),
        ("the 11th of March", [(11, "day"), (3, "month")]),
        ("in the 1990s", [(1990, "year")]),
        ("2.7% or 3 percent", [(2.7, "percent"), (3, "percent")]),
        ("one-third", [(1 / 3, "number")]),
        ("11:30 p.m.", [(11, "time"), (30, "time")]),
        ("10-15 people, 10 to 15", [(10, "number"), (15, "number"), (10, "number"), (15, "number")]),
        ("$3 million, €5, ¥3 bn", [(3_000_000, "money"), (5, "money"), (3_000_000_000, "money")]),
        ("the second, the 3rd", [(2, "ordinal"), (3, "ordinal")]),
        ("a 161-foot wall", [(161, "measure")]),
        ("two dozen", [(24, "number")]),
        ("COVID-19 and F1 may go", []),
        ("a man", []),
    ],
)
def test_english_numbers(text: str, found: list[tuple[float, str]]) -> None:
    assert [(q.value, q.category) for q in numbers_en.quantities(text)] == [(pytest.approx(v), c) for v, c in found]


@pytest.mark.parametrize(
    ("ja", "en", "expected"),
    [
        ("令和元年", "2019", True),
        ("３万５千人", "35,000 people", True),
        ("268万人", "2.7 million people", True),  # rounded
        ("60万人", "605,000 people", False),
        ("15時", "3 p.m.", True),  # on another clock
        ("午後3・48", "3:48 p.m.", True),
        ("90年代", "the 1990s", True),
        ("49メートル", "161 feet", True),  # converted
        ("49メートル", "181 feet", False),
        ("60メートル", "216 kilometers", True),  # a second, an hour
        ("100エーカー", "108 acres", False),
        ("3月", "March", True),
        ("3月", "April", False),
        ("5割", "50%", True),
        ("1兆円", "1 trillion yen", True),
        ("1億円", "1 billion yen", False),
    ],
)
def test_which_numbers_agree(ja: str, en: str, expected: bool) -> None:
    (left, *_), (right, *_) = numbers_ja.quantities(ja), numbers_en.quantities(en)
    assert agree(left, right) is expected


def kanji(number: int) -> str:
    """The number as Japanese newspapers spell it, without 一 before 十, 百 and 千."""
    text = ""
    for unit, name in ((10**8, "億"), (10**4, "万")):
        if number >= unit:
            text += kanji(number // unit) + name
            number %= unit
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            text += ("" if number // unit == 1 else "〇一二三四五六七八九"[number // unit]) + name
            number %= unit
    return text + ("〇一二三四五六七八九"[number] if number else "")


@given(st.integers(1, 10**12 - 1))
def test_every_spelling_of_a_number_has_its_value(number: int) -> None:
    full_width = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert {numbers_ja.value_of(spelled) for spelled in (str(number), f"{number:,}", full_width, kanji(number))} == {
        number
    }
    (japanese,) = numbers_ja.quantities(f"{kanji(number)}個")
    (english,) = numbers_en.quantities(f"{number:,} pieces")
    assert agree(japanese, english)


@given(st.text(alphabet="一二十百千万億0123456789０９.,・年月日時分割%令和元半の ", max_size=20))
def test_no_text_is_too_strange(text: str) -> None:
    for module in (numbers_ja, numbers_en):
        for quantity in module.quantities(text, 7):
            assert text[quantity.start - 7 : quantity.end - 7] == quantity.text
