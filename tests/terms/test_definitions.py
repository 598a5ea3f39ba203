"""Definitions that texts give themselves: what is found, and above all what is left alone."""

import sqlite3

import pytest
from sample_glossary import sample_glossary

from glossary.languages import english, japanese
from glossary.terms.definitions import definition


def defined(text, term, kind, language):
    """The definition as a string, or None; the text does not begin at 0."""
    offset = 3
    tokens = (japanese if language == "ja" else english).tokenize(text, offset)
    start = text.index(term) + offset
    first = next(k for k, token in enumerate(tokens) if token.start == start)
    last = next(k for k, token in enumerate(tokens) if token.end == start + len(term))
    span = definition(tokens, (first, last + 1), kind, language)
    return span and ("..." + text)[slice(*span)]


@pytest.mark.parametrize(
    ("text", "term", "kind", "expected"),
    [
        (
            "The ship carries Seahawk, a light helicopter that can land at night.",
            "Seahawk",
            "product",
            "a light helicopter that can land at night",
        ),
        (
            "They talked about Gull Rocks, a group of islets off the cape which are claimed by both towns.",
            "Gull Rocks",
            "place",
            "a group of islets off the cape which are claimed by both towns",
        ),
        ("Mori Aya, the mayor of the port, agreed.", "Mori Aya", "person", "the mayor of the port"),
        ("Kelp is a seaweed that grows in cold water.", "Kelp", "concept", "a seaweed that grows in cold water"),
        ("He studies tephra (a kind of volcanic ash) in Aso.", "tephra", "concept", "a kind of volcanic ash"),
        ("The boat has a small radar called Heron.", "Heron", "product", "a small radar"),
        (
            "The app uses Koto, which is a model made by two students.",
            "Koto",
            "product",
            "a model made by two students",
        ),
    ],
)
def test_english_definitions(text, term, kind, expected):
    assert defined(text, term, kind, "en") == expected


@pytest.mark.parametrize(
    ("text", "term", "kind"),
    [
        ("On trade, a review of the rules has begun.", "trade", "concept"),
        ("According to Kobato, the boat had left by noon.", "Kobato", "organization"),
        ("She went to Otaru, a move that surprised all.", "Otaru", "place"),
        ("Kobato, a day earlier, had said no.", "Kobato", "organization"),
        ("They visited Otaru, the old canal and the harbor.", "Otaru", "place"),
        ("Snow fell in Otaru, the town office said.", "Otaru", "place"),
        ("He is the mayor of Otaru, a former diver.", "Otaru", "place"),
        ("He met Sapporo, Otaru, and a fisherman.", "Otaru", "place"),
        ("The result is a surprise to all who waited.", "result", "concept"),
        ("In a statement, a spokesman denied it.", "statement", "concept"),
        ("They sold the lighthouse, a gift of the town.", "lighthouse", "facility"),
        ("Otaru, the Kobato of the north, is cold.", "Otaru", "place"),
        ("The ship carries Seahawk, a light helicopter, and two boats.", "Seahawk", "product"),
    ],
)
def test_what_is_no_english_definition(text, term, kind):
    assert defined(text, term, kind, "en") is None


@pytest.mark.parametrize(
    ("text", "term", "kind", "expected"),
    [
        ("小型巡視船「はやせ」が出港した。", "はやせ", "product", "小型巡視船"),
        ("電気自動車（EV）「ミナト」を発表した。", "ミナト", "product", "電気自動車"),
        ("テフラとは火山から噴き出た灰や石のことだ。", "テフラ", "concept", "火山から噴き出た灰や石"),
        ("町で唯一の書店である海風堂が閉じる。", "海風堂", "organization", "唯一の書店"),
        ("水治療（水を使った治療法）が広まった。", "水治療", "concept", "水を使った治療法"),
        ("コンブは冷たい海で育つ海藻だ。", "コンブ", "concept", "冷たい海で育つ海藻"),
    ],
)
def test_japanese_definitions(text, term, kind, expected):
    assert defined(text, term, kind, "ja") == expected


@pytest.mark.parametrize(
    ("text", "term", "kind"),
    [
        ("首相は来月訪問する考えだ。", "首相", "role"),
        ("参加者は３人だ。", "参加者", "concept"),
        ("市長は記者会見で「残念」と話した。", "残念", "concept"),
        ("県内では患者の「急増」が続く。", "急増", "concept"),
        ("大会は来年（２０２７年の春）に延びた。", "来年", "concept"),
        ("田中さん（当時の社長）は否定した。", "田中", "person"),
        ("海風堂（本社・小樽の港町）は認めた。", "海風堂", "organization"),
        ("同協会の理事である森が話した。", "森", "person"),
    ],
)
def test_what_is_no_japanese_definition(text, term, kind):
    assert defined(text, term, kind, "ja") is None


def test_every_definition_stands_in_a_sentence_that_has_the_term():
    with sqlite3.connect(sample_glossary()) as db:
        for language in ("ja", "en"):
            rows = db.execute(
                f"""select definition_{language}, exists (
                    select 1 from contexts c where c.concept_id = g.concept_id and c.document = g.definition_source
                    and c.{language} is not null and instr(c.{language}_sentence, g.definition_{language}))
                from glossary g where definition_{language} is not null"""
            ).fetchall()
            assert len(rows) >= 5
            assert [text for text, found in rows if not found] == []
