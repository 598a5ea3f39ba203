"""Romaji of terms: names capitalized, full names in two words."""

from __future__ import annotations

import pytest

from glossary.languages.japanese import tokenize
from glossary.terms.romaji import reading_of, romaji_of


@pytest.mark.parametrize(
    ("ja", "en", "kind", "romaji"),
    [
        ("倉本誠一", "Kuramoto Seiichi", "person", "Kuramoto Seiichi"),
        ("大庭修一郎", "Shuichiro Ohba", "person", "Ōba Shūichirō"),
        ("真壁りょう", None, "person", "Makabe Ryō"),
        ("倉本", "Kuramoto", "person", "Kuramoto"),
        ("タリク・ハダッド", "Tariq Haddad", "person", "Tariku Hadaddo"),
        ("ヒノデ・モビリティー", "Hinode Mobility", "organization", "Hinode Mobiritī"),
        ("長野", "Nagano", "place", "Nagano"),
        ("領土", "territory", "concept", "ryōdo"),
        ("光の器", "Vessel of Light", "work", "Hikari no utsuwa"),  # の and う make no long vowel
        ("切子の作品", "cut glass", "concept", "kiriko no sakuhin"),
        ("霧ヶ浜駅", "Kirigahama Station", "facility", "Kirigahamaeki"),
        ("虎ノ門", "Toranomon", "place", "Toranomon"),
        ("倉本誠一", "Kuramoto Seiichi", "concept", "kuramotoseiichi"),
    ],
)
def test_by_what_the_tagger_says(ja: str, en: str | None, kind: str, romaji: str) -> None:
    tokens = tokenize(ja)
    assert romaji_of(reading_of(tokens), kind, ja, en, tokens) == romaji


@pytest.mark.parametrize(
    ("reading", "en", "romaji"),
    [
        ("クラモトセイイチ", "Seiichi Kuramoto", "Kuramoto Seiichi"),
        ("オオノケン", "Ken Ohno", "Ōno Ken"),
        ("クラモトセイイチ", "Dr. Kuramoto", "Kuramoto Seiichi"),  # one part is enough
        ("クラモトセイイチ", "Mayor Seiichi Kuramoto", "Kuramoto Seiichi"),
        ("クラモトセイイチ", "the minister", "Kuramotoseiichi"),
        ("クラモトセイイチ", None, "Kuramotoseiichi"),
        ("クラモト", "Kuramoto Seiichi", "Kuramoto"),
        (None, "Kuramoto", None),
    ],
)
def test_by_the_english_name(reading: str | None, en: str | None, romaji: str | None) -> None:
    assert romaji_of(reading, "person", "", en) == romaji
