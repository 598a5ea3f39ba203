"""Evidence beyond the glossary's own pairs: lexicon spellings, doubled names, terms that are something else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_glossary import glossary_of

from glossary.checking.check import Checker, bitext_of
from glossary.checking.findings import Finding
from glossary.checking.strangers import WEIGHTS, strangers
from glossary.records import Bitext, Concept, Document, Evidence, Harvest, Pairing, Term
from glossary.store import open_glossary, publish

PAIRS = [
    ("海猫公園", "Gull Park", "place"),
    ("灯台守", "lighthouse keeper", "role"),
    ("飯倉", "Iikura", "place"),
    ("日時計", "sundial", "concept"),
    ("労使協定", "labor accord", "law"),
]


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    path = tmp_path_factory.mktemp("strangers") / "glossary.db"
    glossary_of(path, PAIRS)
    with Checker(path) as checker:
        yield checker


def warnings(checker: Checker, ja: str, en: str, rule: str) -> list[Finding]:
    return [f for f in checker.check(bitext_of(ja, en)).at_least("warning") if f.rule == rule]


@pytest.mark.parametrize(
    ("ja", "en", "wrong", "right"),
    [
        pytest.param("宮原は来た。", "Then Miyaharra came.", "Miyaharra", "Miyahara", id="a name in kanji"),
        pytest.param("カリフォルニアは暑い。", "It is hot in Callifornia.", "Callifornia", "California", id="katakana"),
    ],
)
def test_a_letter_otherwise_than_the_lexicons(checker: Checker, ja: str, en: str, wrong: str, right: str) -> None:
    (finding,) = warnings(checker, ja, en, "name-spelling")
    assert (finding.en_text, finding.suggestion) == (wrong, right)
    assert warnings(checker, ja, en.replace(wrong, right), "name-spelling") == []


def person(ja: str, en: str, reading: str, romaji: str, confidence: float) -> Concept:
    """A person as a build finds one."""
    why = (Evidence("base", 3.0, "a list"),)
    pairing = Pairing("list", ja, en, 3.0, confidence, why, "person", 0.9, reading, romaji)
    terms = (Term("ja", ja, reading, romaji), Term("en", en))
    return Concept(en, "person", terms, confidence, "bitext", (pairing,))


@pytest.fixture(scope="module")
def persons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """A build is sure of one person, and not of another."""
    path = tmp_path_factory.mktemp("persons") / "glossary.db"
    names = [
        ("松原和子", "Kazuko Matsubara", "マツバラカズコ", "Matsubara Kazuko", 0.95),
        ("杉原洋子", "Yoko Sugihara", "スギハラヨウコ", "Sugihara Yōko", 0.8),
    ]
    ja = Document("list-ja", "list", "ja", "\n".join(name[0] for name in names))
    en = Document("list-en", "list", "en", "\n".join(name[1] for name in names))
    concepts = tuple(person(*name) for name in names)
    db = open_glossary(path, create=True)
    bitext = Bitext("list", ja, en, "name", 1.0)
    publish(db, Harvest((ja, en), (bitext,), (), concepts), command="build", version="1", default_threshold=0.4)
    db.close()
    with Checker(path) as checker:
        yield checker


@pytest.mark.parametrize(
    ("ja", "en", "expected"),
    [
        pytest.param("松原和子が来た。", "Kazuo Matsubara came.", ["Kazuo Matsubara"], id="a letter less"),
        pytest.param("松原和子が来た。", "Then Haruko Matsubara came.", ["Haruko Matsubara"], id="quite another"),
        pytest.param("松原和子が来た。", "Then Matsubara Haruko came.", ["Matsubara Haruko"], id="surname first"),
        pytest.param("松原和子が来た。", "Then Kazuko Matsubara came.", [], id="right"),
        pytest.param("松原和子が来た。", "Then Matsubara Kazuko came.", [], id="right, surname first"),
        pytest.param("松原和子が来た。", "Mayor Matsubara came. Ms. Matsubara sat down.", [], id="the surname alone"),
        pytest.param(
            "松原和子が来た。",
            "Kazuko Matsubara came. Haruko Matsubara left.",
            [],
            id="the right one stands there, too",
        ),
        pytest.param(
            "松原和子が、妹の春子と来た。",
            "Haruko Matsubara came with her sister.",
            [],
            id="another one of the Japanese",
        ),
        pytest.param("松原が来た。", "Then Haruko Matsubara came.", [], id="the Japanese has the surname alone"),
        pytest.param("杉原洋子が来た。", "Then Haruko Sugihara came.", [], id="of whom the glossary is not sure"),
    ],
)
def test_another_given_name(persons: Checker, ja: str, en: str, expected: list[str]) -> None:
    found = [f for f in warnings(persons, ja, en, "wrong-name") if "the glossary has" in f.message]
    assert [f.en_text for f in found] == expected
    assert all(f.message == f"{f.en_text}: the glossary has Kazuko Matsubara for 松原和子" for f in found)


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        pytest.param("コービンは来た。", "Then Corbyn came.", id="a foreign name has many spellings"),
        pytest.param("大野は来た。", "Then Ohno came.", id="another romanization"),
        pytest.param("宮原は来た。", "Miyahara, or Miyaharra, came.", id="the right one stands there, too"),
    ],
)
def test_spellings_that_the_lexicons_do_not_settle(checker: Checker, ja: str, en: str) -> None:
    assert not any("lexicons" in f.message for f in warnings(checker, ja, en, "name-spelling"))


@pytest.mark.parametrize(
    ("en", "doubled"),
    [
        ("They went to Iikura and Iikura.", ["Iikura"]),
        ("They saw Gull Park, Gull Park and the harbour.", ["Gull Park"]),
        ("They went to Gull Park and Iikura.", []),
        ("They walked and walked to Iikura.", []),
    ],
)
def test_a_list_that_has_a_name_twice(checker: Checker, en: str, doubled: list[str]) -> None:
    found = warnings(checker, "海猫公園と飯倉へ行った。", en, "wrong-name")
    assert [f.en_text for f in found if "twice" in f.message] == doubled


def test_pounds_are_money_or_a_weight(checker: Checker) -> None:
    ja = "価格は75ポンド（約１万円）だ。"
    assert warnings(checker, ja, "It costs 75 pounds (about 10,000 yen).", "number") == []
    (finding,) = warnings(checker, ja, "It costs 25 pounds (about 10,000 yen).", "number")
    assert finding.en_text == "25 pounds"


@pytest.mark.parametrize(
    ("ja", "en", "wrong"),
    [
        pytest.param(
            "灯台守は燻製窯を直した。", "The lighthouse keeper repaired the Labor Accord.", True, id="two words"
        ),
        pytest.param("灯台守は燻製窯を直した。", "The lighthouse keeper repaired the smokehouse.", False, id="right"),
        pytest.param("労使協定を結んだ。", "They signed the labor accord.", False, id="its own Japanese is there"),
    ],
)
def test_a_term_that_is_something_else_in_the_glossary(checker: Checker, ja: str, en: str, wrong: bool) -> None:
    assert bool(warnings(checker, ja, en, "unfounded-term")) == wrong


def facts(checker: Checker, ja: str, en: str) -> dict[str, float]:
    evidence = checker._maker.evidence(bitext_of(ja, en))
    (stranger,) = strangers(evidence)
    return stranger.facts


def test_what_is_known_of_a_stranger(checker: Checker) -> None:
    found = facts(checker, "公園の燻製窯を直した。", "They repaired the sundial of the park.")
    assert found.keys() == WEIGHTS.keys() - {"bias"}
    assert (found["several"], found["nowhere"], found["as written"], found["open noun"]) == (0, 1, 1, 1)
    assert (found["capital"], found["repeated"], found["shared kanji"]) == (0, 0, 0)
    assert facts(checker, "公園の時計を直した。", "They repaired the sundial of the park.")["shared kanji"] == 1


def test_more_facts_against_a_term_make_it_likelier_wrong(checker: Checker) -> None:
    def probability(ja: str, en: str) -> float:
        (stranger,) = strangers(checker._maker.evidence(bitext_of(ja, en)))
        return stranger.probability

    plain = probability("公園の燻製窯を直した。", "They repaired the sundial of the park.")
    related = probability("公園の時計を直した。", "They repaired the sundial of the park.")
    assert 0 < related < plain < 1
