"""Forms of terms: acronyms, abbreviations, short names, other spellings."""

import pytest

from glossary.records import Pairing
from glossary.terms.apposition import Apposition
from glossary.terms.variants import NamePair, family_names, shortened, terms_of


def pairing(ja, en, score=1.0):
    return Pairing("d", ja, en, score, 0.9)


def forms(pairings, short=None, names=()):
    top = max(pairings, key=lambda p: p.score)
    return {term.term: term.form for term in terms_of(pairings, top, short or {}, frozenset(names))}


def test_spellings_of_the_surest_pair_are_variants_of_it():
    pairs = [pairing("イージス・アショア", "Aegis Ashore", 2.0), pairing("イージスアショア", "Aegis Ashore")]
    assert forms(pairs) == {"イージス・アショア": "full", "Aegis Ashore": "full", "イージスアショア": "variant"}


def test_japanese_terms_come_first_and_the_surest_before_the_others():
    pairs = [pairing("打上げ", "launch"), pairing("打ち上げ", "launches", 2.0)]
    terms = terms_of(pairs, pairs[1], {}, frozenset())
    assert [term.term for term in terms] == ["打ち上げ", "打上げ", "launches", "launch"]


@pytest.mark.parametrize(
    ("ja", "en", "short", "names", "expected"),
    [
        ("北部漁業銀行", "NFB", {}, (), {"北部漁業銀行": "full", "NFB": "acronym"}),
        (
            "東電",
            "Tokyo Electric",
            {("ja", "東電"): "東京電力"},
            (),
            {"東電": "abbreviation", "Tokyo Electric": "full"},
        ),
        ("森", "Mori", {}, (("ja", "森"), ("en", "Mori")), {"森": "short", "Mori": "short"}),
        ("森", "forest", {}, (("en", "Mori"),), {"森": "full", "forest": "full"}),
    ],
)
def test_short_forms(ja, en, short, names, expected):
    assert forms([pairing(ja, en)], short, names) == expected


@pytest.mark.parametrize(
    ("short", "full", "found"),
    [
        (("倉本", "Kuramoto"), ("倉本誠一", "Kuramoto Seiichi"), True),
        (("倉本", "Kuramoto"), ("倉本誠一", "Seiichi Kuramoto"), True),
        (("ベイカー", "Baker"), ("ジョー・ベイカー", "Joe Baker"), True),
        (("倉", "Kura"), ("倉本誠一", "Kuramoto Seiichi"), False),
        (("本", "Kuramoto"), ("倉本誠一", "Kuramoto Seiichi"), False),
        (("誠一", "Seiichi"), ("倉本誠一", "Seiichi Kuramoto"), False),
    ],
)
def test_family_names(short, full, found):
    one, other = NamePair("s", *short, "person"), NamePair("f", *full, "person")
    assert list(family_names([one, other])) == ([(one, other)] if found else [])


def test_only_persons_have_family_names():
    assert list(family_names([NamePair("s", "森", "Mori", "place"), NamePair("f", "森彩", "Mori Aya", "person")])) == []


def test_the_first_expansion_of_a_text_counts():
    text = "AB（甲乙）とAB（丙丁）"
    found = [Apposition((3, 5), (0, 2), "bracket", (0, 13)), Apposition((10, 12), (7, 9), "bracket", (0, 13))]
    assert shortened(found, "ja", text) == {("ja", "AB"): "甲乙"}
