"""One id for the spellings of one pair, the same in every database and version."""

import pytest

from glossary.identity import concept_id, spelling_key


def test_ids_of_pairs_without_other_spellings_are_those_of_earlier_versions():
    assert concept_id("北方領土", "Northern Territories") == "185d4f4b51d31572"
    assert concept_id("飯倉公館", "Iikura Guest House") == "9459d2b957a1f6c5"
    assert concept_id("山猫", "wildcat") == "400ee67c22e0dfbc"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("防衛", "defence"), ("防衛", "Defense")),
        (("イージス・アショア", "Aegis Ashore"), ("イージスアショア", "the Aegis Ashore")),
        (("沢村賞", "Sawamura Award"), ("澤村賞", "Sawamura Awards")),
        (("打ち上げ", "lift-off"), ("打上げ", "lift off")),
        (("サーバー", "server"), ("サーバ", "servers")),
        (("米国", "U.S."), ("米国", "US")),
        (("選手会", "players' union"), ("選手会", "Players’ Union")),
        (("大阪", "Ōsaka"), ("大阪", "Osaka")),
    ],
)
def test_spellings_of_one_pair_have_one_id(one, other):
    assert concept_id(*one) == concept_id(*other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("食物", "food"), ("食べ物", "food")),
        (("海", "sea"), ("海", "ocean")),
        (("キー", "key"), ("木", "key")),
        (("北方領土", None), (None, "北方領土")),
        (("橋", "bridge"), ("橋", "bridges of Konan")),
    ],
)
def test_other_pairs_have_others(one, other):
    assert concept_id(*one) != concept_id(*other)


def test_a_sense_makes_another_concept():
    assert concept_id("橋", "bridge", "dentistry") != concept_id("橋", "bridge")


@pytest.mark.parametrize("term", ["the", "A", "-", "’s"])
def test_no_term_folds_to_nothing(term):
    assert spelling_key("en", term)
