"""One or several glossaries in a text: what answers hold, however often a concept was met before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_glossary import glossary_of

from glossary.languages.style import HouseStyle
from glossary.matching import LayeredMatcher, Matcher, layered

CLIENT = [("領土", "dominion", "concept"), ("米", "rice", "concept")]
OFFICIAL = [
    ("領土", "territory", "concept"),
    ("米", "United States", "place"),
    ("防衛計画", "defence plan", "concept", "defense plan"),
    ("北方領土", "Northern Territories", "place"),
]
JAPANESE = "防衛計画は領土と北方領土と米の話。領土は広い。"
ENGLISH = "The defense plan is about the dominion, the Northern Territories and rice, not territory."
TEXTS = [(JAPANESE, "ja"), (ENGLISH, "en")]


@pytest.fixture
def client(tmp_path: Path) -> Path:
    glossary_of(tmp_path / "client.db", CLIENT)
    return tmp_path / "client.db"


@pytest.fixture
def official(tmp_path: Path) -> Path:
    glossary_of(tmp_path / "official.db", OFFICIAL)
    return tmp_path / "official.db"


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_one_glossary_without_style_answers_as_it_does_alone(official: Path, text: str, language: str) -> None:
    with Matcher(official) as alone, LayeredMatcher(official) as layers:
        assert alone.all_matches(text, language)
        assert layers.all_matches(text, language) == alone.all_matches(text, language)
        assert layers.matches(text, language) == alone.matches(text, language)


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_house_style_changes_the_preferred_term_and_nothing_else(official: Path, text: str, language: str) -> None:
    with Matcher(official) as alone, LayeredMatcher(official, HouseStyle(spelling="american")) as layers:
        plain, styled = alone.all_matches(text, language), layers.all_matches(text, language)
    written = {match.known.ja: match.known.en for match in styled}
    assert written["防衛計画"] == "defense plan"
    assert [
        match._replace(concepts=tuple((replace(known, en=""), term) for known, term in match.concepts))
        for match in plain
    ] == [
        match._replace(concepts=tuple((replace(known, en=""), term) for known, term in match.concepts))
        for match in styled
    ]


def answers(layers: LayeredMatcher) -> list[tuple[str, list[tuple[str | None, str | None]]]]:
    return [
        (match.text, [(known.layer, known.en) for known, _ in match.concepts])
        for text, language in TEXTS
        for match in layers.all_matches(text, language)
    ]


@pytest.mark.parametrize("cached", [0, 1, 50_000])
def test_what_was_met_before_is_answered_alike(
    client: Path, official: Path, cached: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layered, "CACHED_CONCEPTS", cached)
    with LayeredMatcher([client, official], HouseStyle(spelling="american")) as layers:
        first = answers(layers)
        assert answers(layers) == first
    assert first[:5] == [
        ("防衛計画", [("official", "defense plan")]),
        ("領土", [("client", "dominion")]),
        ("北方領土", [("official", "Northern Territories")]),
        ("領土", [("client", "dominion")]),
        ("米", [("client", "rice"), ("official", "United States")]),
    ]
