"""Bytes become text: every encoding, the doubtful ones, and what is no text."""

import pytest

from glossary.documents.encoding import decode
from glossary.errors import GlossaryError

JAPANESE = (
    "外務大臣は二十一日、東京で記者会見を開き、データの公開について説明した。\n「レーダーの配備は検討中だ」と述べた。\n"
)
ENGLISH = "The minister said “nothing has changed” — and that’s final. The café’s menu cost £5.\n"
SHORT = ("データ", "ミサイル防衛", "大臣は会談した", "すし")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp932", "cp932"),
        ("euc-jp", "euc-jp"),
        ("iso2022_jp", "iso-2022-jp"),
    ],
)
def test_japanese(encoding: str, name: str) -> None:
    assert decode(JAPANESE.encode(encoding), "a.txt") == (JAPANESE, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_english(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding), "a.txt") == (ENGLISH, encoding)


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("encoding", ["cp932", "euc-jp"])
def test_few_japanese_characters(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


@pytest.mark.parametrize("encoding", ["cp932", "euc-jp"])
def test_a_japanese_name_in_an_english_text(encoding: str) -> None:
    text = "They met in the Guest House (迎賓館) in Tokyo and talked for four hours about the islands."
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


def test_apostrophes_are_not_taken_for_kanji() -> None:
    text = "Tokyo’s plan, Japan’s plan and Russia’s plan."
    assert decode(text.encode("cp1252"), "a.txt") == (text, "cp1252")


def test_half_width_katakana_and_circled_digits() -> None:
    text = "①ｱﾒﾘｶの大統領は、髙橋さんと会談した。"
    assert decode(text.encode("cp932"), "a.txt") == (text, "cp932")


def test_a_stray_nul_is_left_to_the_repairs() -> None:
    text = "A long enough line of English text, in which one character is a NUL.\0 And more of it, with none."
    assert decode(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.txt is empty"),
        (b" \r\n\0", "a.txt is empty"),
        (b"%PDF-1.7 ...", "a.txt is a PDF"),
        (b"PK\x03\x04....", "a.txt is a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "a.txt is a PNG image"),
        (b"\xff\xfea\x00b", "a.txt is not valid UTF-16 at byte 4"),
        (b"\x01\x00\x02\x00\x00\x00\x03\xff" * 9, "a.txt is binary, not text (NUL at byte 1)"),
        ("東京".encode() + b"\xff\xff" + "大臣は会談した".encode(), "byte 6 is not valid UTF-8"),
        (JAPANESE.encode("cp932") + b"\x81\xff\xfd" + JAPANESE.encode("cp932"), "is not valid CP932"),
    ],
)
def test_refusals_name_file_and_byte(data: bytes, message: str) -> None:
    with pytest.raises(GlossaryError) as error:
        decode(data, "a.txt")
    assert message in str(error.value)
    assert "a.txt" in str(error.value)
    assert "\n" not in str(error.value)
