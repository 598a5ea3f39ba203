"""Proposals for the other side of a term."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.lexicons.formats.record import Record, Sense
from glossary.lexicons.in_force import knowledge_for
from glossary.lexicons.jamdict import embedded_path
from glossary.lexicons.knowledge import Knowledge
from glossary.lexicons.proposals import propose, propose_all
from glossary.lexicons.renderings import romanized_spellings
from glossary.lexicons.wordlist import WordList, write_word_list

with_dictionary = pytest.mark.skipif(embedded_path() is None, reason="jamdict-data is not installed")

RECORDS = [
    Record(("汐留沢",), ("しおどめざわ",), (Sense(("Shiodomezawa",), ("place",)),)),
    Record(("観測",), ("かんそく",), (Sense(("observation",), ("noun",)),)),
    Record(("観測所",), ("かんそくじょ",), (Sense(("observatory",), ("noun",)),)),
    Record(("夕凪",), ("ゆうなぎ",), (Sense(("evening calm",), ("noun",)),)),
    Record(("夕凪観測",), ("ゆうなぎかんそく",), (Sense(("a rare compound",), ("noun",)),)),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    path = tmp_path_factory.mktemp("lists") / "list.db"
    write_word_list(path, RECORDS)
    return Knowledge([WordList(path, "House", "", "", "")])


@pytest.fixture(scope="module")
def full() -> Knowledge:
    return knowledge_for(None)


def test_a_whole_match_comes_first(small: Knowledge) -> None:
    first = propose("観測所", "ja", small)[0]
    assert (first.text, first.reading, len(first.parts)) == ("observatory", "カンソクジョ", 1)
    assert "House: 観測所 = observatory" in first.evidence
    back = propose("Observatory", "en", small)[0]
    assert (back.text, back.parts[0].translation, back.parts[0].lexicon) == ("観測所", "観測所", "House")


def test_parts_are_put_together_and_named(small: Knowledge) -> None:
    first = propose("汐留沢観測所", "ja", small)[0]
    assert first.text == "Shiodomezawa Observatory"
    assert [(part.text, part.translation) for part in first.parts] == [
        ("汐留沢", "Shiodomezawa"),
        ("観測所", "observatory"),
    ]
    assert first.reading == "シオドメザワカンソクジョ"
    assert "put together from 汐留沢 + 観測所" in first.evidence
    assert any("read シオドメザワ" in reason for reason in first.evidence)
    assert first.score < propose("観測所", "ja", small)[0].score


def test_a_compound_that_a_lexicon_has_is_preferred(small: Knowledge) -> None:
    first = propose("evening calm observation", "en", small)[0]
    assert first.text == "夕凪観測"
    assert any("House has 夕凪観測" in reason for reason in first.evidence)


@pytest.mark.parametrize(("language", "term"), [("ja", "汐留沢の観測"), ("en", "observation of Shiodomezawa")])
def test_of(small: Knowledge, language: str, term: str) -> None:
    texts = [proposal.text for proposal in propose(term, language, small)]  # type: ignore[arg-type]
    assert ("Observation of Shiodomezawa" if language == "ja" else "汐留沢の観測") in texts


@pytest.mark.parametrize(("term", "language"), [("", "ja"), ("   ", "en"), ("qwzx", "en")])
def test_nothing_is_made_up(small: Knowledge, term: str, language: str) -> None:
    assert propose(term, language, small) == []  # type: ignore[arg-type]
    assert propose("観測所", "ja", small, limit=0) == []


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.sampled_from("汐留沢観測所夕凪の・ABCab 12ァーｱ'-，。"), max_size=14) | st.text(max_size=8),
    st.sampled_from(["ja", "en"]),
)
def test_any_string(small: Knowledge, term: str, language: str) -> None:
    found = propose(term, language, small, limit=3)  # type: ignore[arg-type]
    scores = [proposal.score for proposal in found]
    assert len(found) <= 3 and scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({proposal.text.casefold() for proposal in found}) == len(found)
    assert all(proposal.text and proposal.parts and proposal.evidence for proposal in found)


@with_dictionary
@pytest.mark.parametrize(
    ("term", "language", "expected"),
    [
        ("Northern Territories", "en", "北方領土"),
        ("灯台", "ja", "lighthouse"),
        ("Lighthouses", "en", "灯台"),
        ("東京", "ja", "Tokyo"),
        ("ポルトガル", "ja", "Portugal"),
        ("Portugal", "en", "ポルトガル"),
        ("NATO", "ja", "NATO"),
    ],
)
def test_the_first_proposal(full: Knowledge, term: str, language: str, expected: str) -> None:
    assert propose(term, language, full)[0].text == expected  # type: ignore[arg-type]


@with_dictionary
@pytest.mark.parametrize(
    ("term", "language", "expected"),
    [
        ("北方領土", "ja", "Northern Territories"),
        ("飯倉公館", "ja", "Iikura Official Residence"),
        ("Tanaka Yuko", "en", "田中裕子"),
        ("田中裕子", "ja", "Yuko Tanaka"),
        ("渋谷灯台", "ja", "Shibuya Lighthouse"),
    ],
)
def test_among_five(full: Knowledge, term: str, language: str, expected: str) -> None:
    assert expected in [proposal.text for proposal in propose(term, language, full)]  # type: ignore[arg-type]


@with_dictionary
@pytest.mark.parametrize(
    ("language", "terms"),
    [("ja", ["飯倉公館", "灯台", "ゑゑゑ？？"]), ("en", ["Iikura Guest House", "lighthouses", "qwzx"])],
)
def test_many_terms_at_once_get_what_each_gets_alone(language: str, terms: list[str]) -> None:
    together = propose_all(terms, language, knowledge_for(None))  # type: ignore[arg-type]
    assert set(terms[:2]) <= set(together)
    for term in terms:
        assert together.get(term, []) == propose(term, language, knowledge_for(None))  # type: ignore[arg-type]
    assert together[terms[0]][0].sources == ("JMnedict", "JMdict")


@with_dictionary
def test_every_reading_of_a_name_with_its_source(full: Knowledge) -> None:
    found = propose("飯倉", "ja", full, limit=10)
    assert {"Iikura", "Iigura", "Igura"} <= {proposal.text for proposal in found}
    assert found[0].text == "Iikura"
    for proposal in found[:3]:
        assert proposal.reading and any(proposal.reading in reason for reason in proposal.evidence)
    assert "JMnedict: 飯倉, read イイクラ = Iikura" in found[0].evidence


@with_dictionary
def test_the_source_word_of_a_loan(full: Knowledge) -> None:
    found = propose("イージス", "ja", full)
    assert any("UniDic: イージス comes from aegis" in reason for proposal in found for reason in proposal.evidence)


def test_a_users_list_is_trusted_more_than_the_dictionary(tmp_path: Path) -> None:
    path = tmp_path / "list.db"
    write_word_list(path, [Record(("灯台",), (), (Sense(("beacon tower",)),))])
    own = WordList(path, "Client", "", "", "")
    first = propose("灯台", "ja", Knowledge([own, *knowledge_for(None).lexicons]))[0]
    assert first.text == "beacon tower"


@pytest.mark.parametrize(
    ("word", "spellings"),
    [("Shinzo", {"Shinzo", "Shinzō", "Shinzou"}), ("Yūko", {"Yuko", "Yūko", "Yuuko"}), ("Abe", {"Abe"})],
)
def test_long_vowels_are_restored(word: str, spellings: set[str]) -> None:
    assert spellings <= set(romanized_spellings(word))
