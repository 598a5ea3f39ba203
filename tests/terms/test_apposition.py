"""What a sentence names twice: expansions and their abbreviations, with exact places."""

import pytest

from glossary.languages import english, japanese
from glossary.terms.apposition import appositions, is_acronym, shortens, spells


def found(text, language):
    """(expansion, abbreviation, pattern) as strings; the text stands behind a line, so that places are no accident."""
    before = "……\n"
    tokenize = japanese.tokenize if language == "ja" else english.tokenize
    whole = before + text
    rows = appositions(tokenize(text, len(before)), language)
    assert all(row.sentence == (len(before), len(whole)) for row in rows)
    return [(whole[slice(*row.expansion)], whole[slice(*row.abbreviation)], row.pattern) for row in rows]


@pytest.mark.parametrize(
    ("text", "expansion", "abbreviation", "pattern"),
    [
        ("アジアインフラ投資銀行（AIIB）が融資する。", "アジアインフラ投資銀行", "AIIB", "bracket"),
        ("国際原子力機関（ＩＡＥＡ）の調査団が着いた。", "国際原子力機関", "ＩＡＥＡ", "bracket"),
        ("「包括的核実験禁止条約」（CTBT）に署名した。", "包括的核実験禁止条約", "CTBT", "bracket"),
        ("IAEA（国際原子力機関）は報告した。", "国際原子力機関", "IAEA", "bracket"),
        ("東京電力（東電）は発表した。", "東京電力", "東電", "bracket"),
        ("新しい環太平洋連携協定（略称・TPP）が議題だ。", "環太平洋連携協定", "TPP", "略称"),
        ("液化天然ガス（以下「LNG」）の輸入が増えた。", "液化天然ガス", "LNG", "以下"),
        ("港の新しい灯台、通称「白い塔」が完成した。", "灯台", "白い塔", "通称"),
        ("マーティこと田中真理さんが歌った。", "田中真理", "マーティ", "こと"),
        ("国連は国際連合の略だ。", "国際連合", "国連", "略"),
    ],
)
def test_japanese_patterns(text, expansion, abbreviation, pattern):
    assert found(text, "ja") == [(expansion, abbreviation, pattern)]


@pytest.mark.parametrize(
    ("text", "expansion", "abbreviation", "pattern"),
    [
        ("The Northern Fisheries Bank (NFB) lends.", "Northern Fisheries Bank", "NFB", "bracket"),
        ("The IAEA (International Atomic Energy Agency) met.", "International Atomic Energy Agency", "IAEA", "bracket"),
        ("Sales of electric vehicles (EVs) rose.", "electric vehicles", "EVs", "bracket"),
        ("He left the Trans-Pacific Partnership (TPP).", "Trans-Pacific Partnership", "TPP", "bracket"),
        ("Tokyo Electric Power Co. (TEPCO) agreed.", "Tokyo Electric Power Co.", "TEPCO", "bracket"),
        ("The National Film Archive of Japan (NFAJ) lent it.", "National Film Archive of Japan", "NFAJ", "bracket"),
        (
            "The Ministry of Economy, Trade and Industry, or METI, said so.",
            "Ministry of Economy, Trade and Industry",
            "METI",
            "or",
        ),
        ("Edward Teach, better known as Blackbeard, sailed.", "Edward Teach", "Blackbeard", "known as"),
        ("The World Health Organization, known as the WHO, met.", "World Health Organization", "WHO", "known as"),
    ],
)  # fmt: skip
def test_english_patterns(text, expansion, abbreviation, pattern):
    assert found(text, "en") == [(expansion, abbreviation, pattern)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("田中太郎さん（45）は漁師だ。", "ja"),
        ("会談は東京（日本）で開かれた。", "ja"),
        ("駅前（午後6時）で会うことになった。", "ja"),
        ("そのこと自体は新しくない。", "ja"),
        ("The talks in Tokyo (Japan) went on.", "en"),
        ("The bank (AIIB) lends.", "en"),
        ("They will sail on Monday, or Tuesday, at dawn.", "en"),
        ("The United Kingdom (UN) is no such thing.", "en"),
        ("", "en"),
    ],
)
def test_what_is_no_apposition(text, language):
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("acronym", "words", "fits"),
    [
        ("METI", "Ministry of Economy , Trade and Industry", True),
        ("U.S.", "United States", True),
        ("SDGs", "Sustainable Development Goals", True),
        ("NATO", "North Atlantic Treaty Organization", True),
        ("JAXA", "Japan Aerospace Exploration Agency", False),  # the X begins no word: left alone rather than guessed
        ("UN", "United Kingdom", False),
        ("IAEA", "Atomic Energy Agency", False),
        ("A", "Agency", False),
    ],
)
def test_letters_of_an_acronym_begin_the_words(acronym, words, fits):
    assert spells(acronym, words.split()) is fits


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("東電", "東京電力", True),
        ("日銀", "日本銀行", True),
        ("東大", "東京大学", True),
        ("京電", "東京電力", False),
        ("東京", "東京電力", False),
        ("東京電力", "東京電力", False),
        ("米", "米国", False),
    ],
)
def test_characters_of_a_japanese_abbreviation_stand_in_the_name_in_order(short, long, fits):
    assert shortens(short, long) is fits


@pytest.mark.parametrize("text", ["AIIB", "ＩＡＥＡ", "U.S.", "EVs", "G7", "NPB"])
def test_acronyms(text):
    assert is_acronym(text) is (text != "G7")  # one letter and a number are no letters of words


@pytest.mark.parametrize("text", ["Tokyo", "TOKYOTOWER", "Aegis Ashore", "東電", "a", ""])
def test_other_strings_are_no_acronyms(text):
    assert not is_acronym(text)
