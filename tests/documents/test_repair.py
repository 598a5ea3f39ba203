"""Faults are mended and logged, and what is no fault stays."""

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary.documents.repair import repair, restore

CURLY = "It’s “new”, says the café in Kyūshū."
KANA = "これはデータです。大臣は東京で会談した。"


def mended(text: str) -> str:
    return repair(text)[0]


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("line-end", "a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("control", "a\0b\x07c\td", "abc\td"),
        ("invisible", "ゼロ\u200b幅\ufeffと co\u00adop", "ゼロ幅と coop"),
        ("invisible", "葛\U000e0100城市", "葛城市"),
        ("half-width", "ｱﾒﾘｶのﾊﾟｰﾃｨｰ｢ｶﾞｽ｣", "アメリカのパーティー「ガス」"),
        ("half-width", "カﾞス", "ガス"),
        ("composition", "cafe\u0301 か\u3099", "café が"),
        ("long-vowel", "デ−タとサ－ビスとスポ‐ツ", "データとサービスとスポーツ"),
        ("long-vowel", "センターとセンタ−ビル、センタービル", "センターとセンタービル、センタービル"),
        ("long-vowel", "ユーザ−は", "ユーザーは"),
        ("long-vowel", "コンピュ−タ−の", "コンピューターの"),
        ("long-vowel", "サ−ビス、エネルギ−供給、インタ−ネット", "サービス、エネルギー供給、インターネット"),
    ],
)
def test_characters(kind: str, before: str, after: str) -> None:
    text, repairs = repair(before)
    assert text == after
    assert {r.kind for r in repairs} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "インド-パキスタン関係、インド－パキスタン、ロシア—アメリカ",
        "ア－エから選ぶ。ア－エ",
        "Ｎ８８ＢＡＳＩＣとＡＢＣ",
        "東京ー大阪、−５度、5−3",
        "家族👨\u200d👩\u200d👧とハート❤\ufe0f",
        "a line\nanother\n\nand more",
    ],
)
def test_what_is_meant_stays(text: str) -> None:
    assert repair(text) == (text, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CURLY.encode().decode("latin-1"), CURLY),
        (KANA.encode().decode("latin-1"), KANA),
        (KANA.encode().decode("latin-1").encode().decode("latin-1"), KANA),
        ("Itâ€™s â€œnewâ€\x9d, says the cafÃ© in KyÅ«shÅ«.", CURLY),
        ("Ã¢â‚¬Å“HelloÃ¢â‚¬ he said", "“Hello” he said"),
        (
            "Part is fine: “café”; part is not: Mbappã and MbappÃ©.",
            "Part is fine: “café”; part is not: Mbappã and Mbappé.",
        ),
        ("æ—¥æœ¬ and 日本", "日本 and 日本"),
        ("20Â°C, Â£5 and Â© 2020", "20°C, £5 and © 2020"),
        ("縺薙ｓ縺ｫ縺｡縺ｯ縲∽ｸ也阜", "こんにちは、世界"),
        ("縺昴ｌ縺ｯ縲√ョ繝ｼ繧ｿ縺ｧ縺�", "それは、データで\ufffd"),
        (KANA.encode("euc-jp").decode("latin-1"), KANA),
        ("そのデータとレーダー".encode("cp932").decode("latin-1"), "そのデータとレーダー"),
        ("Osakaâs plan", "Osaka’s plan"),
        ("âWe donât know,â Sato said. âTheyâre safe.â", "“We don’t know,” Sato said. “They’re safe.”"),
        ("Osakaâs answer â and this is new â was no.", "Osaka’s answer — and this is new — was no."),
        ("Osakaâs so-called âsoft landingâ", "Osaka’s so-called “soft landingâ"),
    ],
)
def test_mojibake(before: str, after: str) -> None:
    text, repairs = repair(before)
    assert text == after
    assert {r.kind for r in repairs} == {"mojibake"}


@pytest.mark.parametrize(
    "text",
    [
        "“â”",
        "‘I went to the café’”, CAFÉ—no, É—, IRMÃ”, ÂGE",
        "pâté, château, âge, mât, dégâts, Trâm, crêpes à l’â",
        "1.54 Å±0.02, 20 Å², Ä° and Å«",
        "縺れる糸の縺れ、繧繝錦",
        "¥100、¥200、¥300 and ¤",
        "Façade—naïve… “Ångström” «Österreich» Łódź Čapek",
        "ƒ‚",
    ],
)
def test_ordinary_accents_are_no_mojibake(text: str) -> None:
    assert repair(text) == (text, ())


WORDS = (
    "Mbappé café “â” naïve Ōsaka Kyūshū façade El Niño Récord São—Paulo Ångström Öl übrig ’tis £5 20°C © – … "
    "データ インド 東京で 大臣は 「会談」 した。 縺れ、 ﾃ 髙橋 ＡＬＳ ６０％ 〜 ―― É Ã Â â Å ã"
)
ORDINARY = st.lists(st.sampled_from(WORDS.split()), max_size=12)


@settings(deadline=None)
@given(ORDINARY, st.sampled_from([" ", ", ", ". ", " — "]))
def test_ordinary_words_in_any_order_hold_no_mojibake(words: list[str], between: str) -> None:
    assert not any("mojibake" in r.kind for r in repair(between.join(words))[1])


@given(
    st.lists(
        st.sampled_from(["会談", "データ", "東京", "は", "を", "。", "、", "した", "ー", "首相", " ABC "]), min_size=8
    )
)
@settings(max_examples=50, deadline=None)
def test_any_japanese_read_as_latin_1_comes_back(words: list[str]) -> None:
    text = "これは、" + "".join(words)
    assert mended(text.encode().decode("latin-1")) == text


TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\r\n\u200b\u00adｶﾞﾊﾟカ−ー。、aé\u0301\u3099â€™Ã©Å縺薙ｓ縲繝‚ƒ\0 東"),
    ),
    max_size=60,
)


@given(TEXT)
@example("Ã¢â‚¬â„¢\u200bｶ\r\n\u3099")
@example("縺薙\u200bｓ縺ｫ縺｡\r\n")
@settings(max_examples=400, deadline=None)
def test_restore_gives_back_any_text(extracted: str) -> None:
    text, repairs = repair(extracted)
    assert restore(text, repairs) == extracted
    assert all(0 <= r.start <= r.end <= len(text) and text[r.start : r.end] == r.after for r in repairs)
    assert all(r.before != r.after for r in repairs)
    assert all(a.end <= b.start for a, b in pairwise(repairs))
    assert "\r" not in text and "\0" not in text
    assert unicodedata.is_normalized("NFC", text)


def wrap(text: str, column: int) -> str:
    return "\n".join(text[i : i + column] for i in range(0, len(text), column))


def test_a_japanese_text_wrapped_at_a_column_becomes_whole() -> None:
    text = "外務大臣は会見で、島々の返還に関する交渉を続けると述べ、来月にも首都で会談する考えを示した" * 3 + "。"
    wrapped = f"見出しの行\n\n{wrap(text, 20)}\n\n　次の段落も同じ幅で折り返され、ここは短\nい。\n"
    repaired, repairs = repair(wrapped)
    assert text in repaired
    assert "ここは短い。\n" in repaired
    assert repaired.startswith("見出しの行\n\n外務")
    assert {r.kind for r in repairs} == {"hard-wrap"}
    assert restore(repaired, repairs) == wrapped


def test_an_english_text_wrapped_at_a_column_becomes_whole() -> None:
    wrapped = (
        "The two ministers met in the capital on\nWednesday and agreed to talk again about\n"
        "the islands before the end of the month,\nalthough neither side expects a quick\nresult from the meeting.\n"
    )
    assert mended(wrapped) == wrapped.rstrip("\n").replace("\n", " ") + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "大臣は会談した。\n両国は合意した。\n次は来月に開く。\n場所は未定だ。\n",
        "出席者\n佐藤太郎\n鈴木花子\n高橋一郎\n田中二郎\n",
        "The first paragraph is rather short.\nThe second paragraph of this text is a good deal longer than that.\n"
        "So is the third, but less.\nThe end\n",
    ],
)
def test_line_ends_of_paragraphs_and_lists_stay(text: str) -> None:
    assert repair(text) == (text, ())


@pytest.mark.parametrize("piece", ["カ", "縺薙", "â€", "ã", "ｶ", "デ−", "a\u0301", "(", "あ\n"])
def test_repair_takes_time_in_proportion_to_the_text(piece: str) -> None:
    """A quadratic search over these 40,000 characters would take half a minute."""
    text = piece * (40_000 // len(piece))
    start = time.process_time()
    repair(text)
    assert time.process_time() - start < 5
