"""Where terms are found, and where not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_glossary import glossary_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.matching import Matcher

TERMS = [
    ("領土", "territory", "concept"),
    ("北方領土", "Northern Territories", "place"),
    ("あんな", "Anna", "person"),
    ("トランプ", "Trump", "person"),
    ("コンピューター", "computer", "concept"),
    ("セ・リーグ", "Central League", "organization"),
    ("米国", "United States", "place", "US", "U.S."),
    ("世界保健機関", "World Health Organization", "organization", "WHO"),
    ("打ち切る", "discontinue", "concept"),
    ("ウェブサイト", "website", "concept"),
    ("消防署", "fire station", "facility"),
    ("長野", "Nagano", "place"),
    ("壁", "Wall", "person"),
    ("無安打", "no-hitter", "concept"),
    ("ＬＮＧ", "LNG", "concept"),
    ("日", "day", "concept"),
    ("サンクトペテルブルク", "St. Petersburg", "place"),
]


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matcher]:
    path = tmp_path_factory.mktemp("matching") / "glossary.db"
    glossary_of(path, TERMS)
    with Matcher(path) as matcher:
        yield matcher


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("領土をめぐる話", ["領土"]),
        ("北方領土と領土", ["北方領土", "領土"]),  # the longest
        ("あんなに大きい", []),  # not inside of another word
        ("トランプタワーに行く", []),  # katakana runs whole
        ("トランプ大統領", ["トランプ"]),
        ("コンピュータを買う", ["コンピュータ"]),  # the long mark is optional
        ("セリーグとセ・リーグ", ["セリーグ", "セ・リーグ"]),
        ("番組を打ち切った", ["打ち切っ"]),  # the dictionary form of an inflected word
        ("LNGとＬＮＧとlng", ["LNG", "ＬＮＧ", "lng"]),
        ("日本の日曜日", []),
        ("", []),
        ("領\0土 領 土", []),
    ],
)
def test_japanese_terms_stand_on_token_boundaries(matcher: Matcher, text: str, found: list[str]) -> None:
    assert [match.text for match in matcher.matches(text, "ja")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Territories were divided.", ["Territories"]),  # inflected
        ("the Northern Territories' islands", ["Northern Territories"]),
        ("northern territories", ["territories"]),  # a name is not met in lower case
        ("The US told us that who asked WHO", ["US", "WHO"]),  # short acronyms keep their case
        ("in the U.S. and the United States", ["U.S.", "United States"]),
        ("a web site, a web-site, a Website", ["web site", "web-site", "Website"]),
        ("two fire stations, a fire-station", ["fire stations", "fire-station"]),
        ("fire, stations", []),
        ("they walled up the wall; Wall's book", ["Wall"]),
        ("a no hitter and no-hitters", ["no hitter", "no-hitters"]),
        ("from St. Petersburg", ["St. Petersburg"]),
        ("Nagano’s Naganoan", ["Nagano"]),
        ("stationery firestation", ["firestation"]),
        ("fire\nstation fire\n\nstation", ["fire\nstation"]),  # over a line break, not over a paragraph
    ],
)
def test_english_terms_are_met_in_their_forms(matcher: Matcher, text: str, found: list[str]) -> None:
    assert [match.text for match in matcher.matches(text, "en")] == found


def test_a_match_brings_its_concept_with_all_terms(matcher: Matcher) -> None:
    (match,) = matcher.matches("米国は", "ja")
    assert match.known.en == "United States"
    assert match.known.usable("en")[0].term == "United States"
    assert {term.term for term in match.known.usable("en")} == {"United States", "US", "U.S."}


def test_all_matches_has_also_those_inside_of_others(matcher: Matcher) -> None:
    assert {match.text for match in matcher.all_matches("北方領土", "ja")} == {"北方領土", "領土"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.sampled_from(["北方領土", "領土", "トランプ", "の", "は", "。", "US", "website", " ", "\n", "３", "・"])
    )
)
def test_matches_are_in_order_do_not_overlap_and_stand_in_the_text(matcher: Matcher, parts: list[str]) -> None:
    text = "".join(parts)
    for language in ("ja", "en"):
        end = 0
        for match in matcher.matches(text, language):
            assert end <= match.start < match.end <= len(text)
            assert text[match.start : match.end] == match.text
            end = match.end
