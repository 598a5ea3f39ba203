"""A word list on disk: what it answers, for any records."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.errors import GlossaryError
from glossary.lexicons.formats.record import Record, Sense
from glossary.lexicons.keys import clean_gloss, english_key, english_spellings, japanese_key
from glossary.lexicons.wordlist import WordList, write_word_list

RECORDS = [
    Record(("潮受け板", "潮受板"), ("しおうけいた",), (Sense(("the tide board (wooden)", "board"), ("noun",)),), True),
    Record((), ("イージス・アショア",), (Sense(("Aegis Ashore",), ("noun",)), Sense(("to guard",), ("verb",)))),
    Record(("ＮＡＴＯ軍",), (), (Sense(("NATO’s forces",)),)),
    Record(("イージスアショア",), (), (Sense(("Aegis Ashore, undotted",)),)),
    Record(("空",), ("そら",), (Sense(("  ",)),)),
]


@pytest.fixture
def word_list(tmp_path: Path) -> WordList:
    assert write_word_list(tmp_path / "list.db", RECORDS) == 4
    return WordList(tmp_path / "list.db", "House", "1", "CC0", "abc")


@pytest.mark.parametrize(
    ("asked", "forms", "readings"),
    [
        ("潮受板", ["潮受板"], ["シオウケイタ"]),
        ("しおうけいた", ["しおうけいた"], ["シオウケイタ"]),
        ("NATO軍", ["ＮＡＴＯ軍"], [""]),
        ("イージス・アショア", ["イージス・アショア", "イージスアショア"], ["イージス・アショア", "イージスアショア"]),
        ("イージスアショア", ["イージスアショア", "イージス・アショア"], ["イージスアショア", "イージス・アショア"]),
        ("ｲｰｼﾞｽ･ｱｼｮｱ", ["イージス・アショア", "イージスアショア"], ["イージス・アショア", "イージスアショア"]),
        ("潮受", [], []),
        ("空", [], []),
    ],
)
def test_japanese_in_any_width_and_with_or_without_dots(
    word_list: WordList, asked: str, forms: list[str], readings: list[str]
) -> None:
    found = word_list.by_japanese([asked, "波"]).get(asked, [])
    assert [entry.ja for entry in found] == forms
    assert [entry.reading for entry in found] == readings


@pytest.mark.parametrize(
    ("asked", "forms"),
    [
        ("Tide board", ["潮受け板"]),
        ("THE TIDE BOARD", ["潮受け板"]),
        ("a board", ["潮受け板"]),
        ("Guard", ["イージス・アショア"]),
        ("NATO's Forces", ["ＮＡＴＯ軍"]),
        ("tide", []),
    ],
)
def test_english_in_any_case_and_with_any_article(word_list: WordList, asked: str, forms: list[str]) -> None:
    assert [entry.ja for entry in word_list.by_english([asked]).get(asked, [])] == forms


def test_the_rest_of_an_answer(word_list: WordList) -> None:
    (entry,) = word_list.by_japanese(["潮受け板"])["潮受け板"]
    assert (entry.glosses, entry.kinds) == (("the tide board (wooden)", "board"), ("noun",))
    assert (entry.lexicon, entry.common) == ("House", True)
    assert word_list.gloss_kinds(["to guard", "guard", "board"]) == {"to guard": ["verb"], "board": ["noun"]}
    assert word_list.longer("潮受") == [("潮受け板", "シオウケイタ"), ("潮受板", "シオウケイタ")]
    assert word_list.longer("潮受", 1) == [("潮受け板", "シオウケイタ")] and word_list.longer("潮受け板") == []


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8
) | st.sampled_from("潮 ﾊﾟﾘ パリ・祭 the A".split())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8))
def test_whatever_goes_in_is_found_from_both_sides(rows: list[tuple[str, str, str]]) -> None:
    records = [Record((ja,), (kana,), (Sense((en,), ("noun",)),)) for ja, kana, en in rows]
    kept = [row for row in rows if (row[0].split() or row[1].split()) and row[2].split()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.db"
        assert write_word_list(path, records) == len(kept)
        word_list = WordList(path, "House", "", "", "")
        by_ja = word_list.by_japanese([" ".join(row[0].split()) for row in kept])
        by_en = word_list.by_english([row[2] for row in kept])
        for ja, _, en in kept:
            gloss = " ".join(en.split())
            if form := " ".join(ja.split()):
                first = by_ja[form]
                assert first[0].ja == form and any(gloss in entry.glosses for entry in first)
            assert any(gloss in entry.glosses for entry in by_en[en])
        word_list.close()


@pytest.mark.parametrize("content", [None, b"", b"no database at all, but long enough to look like something" * 20])
def test_a_file_that_is_gone_or_damaged(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "list.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GlossaryError, match="missing or damaged"):
        WordList(path, "House", "", "", "")


@pytest.mark.parametrize(
    ("gloss", "key"),
    [
        ("the Northern Territories", "northern territories"),
        ("to be kind (to)", "kind"),
        ("(the)", "(the)"),
        ("Ｗｉｄｅ  words", "wide words"),
    ],
)
def test_english_key(gloss: str, key: str) -> None:
    assert english_key(gloss) == key


def test_other_keys() -> None:
    assert clean_gloss("a [very] good man; ") == "good man"
    assert japanese_key("ﾔﾌｰ・ﾆｭｰｽ") == "ヤフーニュース"
    assert japanese_key("・") == "・"
    assert {"Northern Territories", "northern territories", "the Northern Territories"} <= set(
        english_spellings("The Northern Territories")
    )
