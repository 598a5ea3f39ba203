"""What the pages are made of: marked texts, furigana, charts, words in two languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import glossary.web
from glossary.decisions import ACTIONS
from glossary.records import KINDS, Span
from glossary.store.schema import SCHEMA_VERSION
from glossary.uses.furigana import Part, furigana
from glossary.uses.marking import marked
from glossary.uses.reading import KNOWN_SCHEMA_VERSION
from glossary.uses.review import ORDERS
from glossary.web import charts
from glossary.web.messages import MESSAGES, Messages, negotiate

WEB = Path(glossary.web.__file__).parent


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, int]], Span]:
    text = draw(st.text(alphabet="日本a 😀𠮷<&", max_size=30))
    place = st.integers(0, len(text))
    marks = [(min(a, b), max(a, b), n) for n, (a, b) in enumerate(draw(st.lists(st.tuples(place, place), max_size=8)))]
    a, b = draw(place), draw(place)
    return text, marks, (min(a, b), max(a, b))


@given(marked_texts())
def test_pieces_join_to_the_text_and_marks_hold_what_they_mark(case: tuple[str, list, Span]) -> None:
    text, marks, span = case
    pieces = marked(text, span, marks)
    assert "".join(piece.text for piece in pieces) == text[slice(*span)]
    shown = [piece for piece in pieces if piece.mark is not None]
    for piece in shown:
        start, end, _ = marks[piece.mark]
        assert piece.text == text[start:end] != ""
    inside = [end - start for start, end, _ in marks if span[0] <= start < end <= span[1]]
    assert max((len(piece.text) for piece in shown), default=0) == max(inside, default=0)


@pytest.mark.parametrize(
    ("term", "reading", "parts"),
    [
        ("飯倉", "イイクラ", [("飯倉", "いいくら")]),
        ("取り消し", "トリケシ", [("取", "と"), ("り", None), ("消", "け"), ("し", None)]),
        ("湯ノ沢", "ユノサワ", [("湯", "ゆ"), ("ノ", None), ("沢", "さわ")]),
        ("日本シリーズ", "ニッポンシリーズ", [("日本", "にっぽん"), ("シリーズ", None)]),
        ("アルバイト", "アルバイト", [("アルバイト", None)]),
        ("𠮷野家", "ヨシノヤ", [("𠮷野家", "よしのや")]),
        ("の木", "キ", [("の木", "き")]),  # the reading does not fit
        ("JR西日本", "ジェイアールニシニホン", [("JR西日本", "じぇいあーるにしにほん")]),
        ("ODA", "オーディーエー", [("ODA", None)]),
        ("国", None, [("国", None)]),
    ],
)
def test_furigana_stand_above_what_they_read(term: str, reading: str | None, parts: list[Part]) -> None:
    assert furigana(term, reading) == parts


def test_bars_share_a_scale_and_a_zero_line() -> None:
    drawn = charts.bars([("up", 3.0), ("down", -1.0), ("none", 0.0)])
    assert [(bar.x, bar.width, bar.positive) for bar in drawn] == [(25, 75, True), (0, 25, False), (25, 0, True)]
    assert charts.zero([3.0, -1.0]) == 25
    assert charts.bars([]) == []
    assert charts.bars([("none", 0)])[0].width == 0


def test_months_without_documents_have_their_place() -> None:
    counts = [("2023-11", 2), ("2024-02", 1), ("20xx", 5)]
    assert charts.months(counts) == [("2023-11", 2), ("2023-12", 0), ("2024-01", 0), ("2024-02", 1)]
    assert len(charts.months([("1950-01", 1), ("2024-01", 1)])) == 36
    drawn = charts.columns(charts.months(counts))
    assert max(column.height for column in drawn) == charts.HEIGHT
    assert all(column.x >= 0 and column.x + column.width <= charts.WIDTH for column in drawn)


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_say_everything_with_the_same_values(key: str) -> None:
    english, japanese = MESSAGES[key]
    assert english.strip()
    assert japanese.strip()
    assert _fields(japanese) == _fields(english)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_is_used_and_every_one_used_is_there() -> None:
    sources = [path.read_text(encoding="utf-8") for path in WEB.rglob("*") if path.suffix in (".html", ".py")]
    asked = r'(?:\bt|NoSuchPage|Refused|messages|\(request\)\))\((?:\d+, )?"(\w+)"'
    keys = {key for source in sources for key in re.findall(asked, source)}
    computed = {"ja", "en", "method_not_allowed", "took_too_long", "glossary"}
    computed |= {"subject", "part_of_speech", "collection", "first_seen", "last_seen"}
    assert keys - set(MESSAGES) == set()
    assert {key for key in MESSAGES if "." not in key} - keys - computed == set()


def test_every_action_and_every_order_of_the_queue_has_a_word() -> None:
    assert {f"{said}.{action}" for said in ("action", "done") for action in ACTIONS} <= set(MESSAGES)
    assert {f"order.{order}" for order in ORDERS} <= set(MESSAGES)


def test_every_kind_has_a_word() -> None:
    assert {f"kind.{kind}" for kind in KINDS} <= set(MESSAGES)
    assert Messages("ja").value("kind", "person") == "人名"
    assert Messages("en").value("kind", "unheard of") == "unheard of"


@pytest.mark.parametrize(("n", "text"), [(0, "0 mentions"), (1, "1 mention"), (1234, "1,234 mentions")])
def test_numbers_choose_between_one_and_many(n: int, text: str) -> None:
    assert Messages("en")("mentions", n=n) == text


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP", "ja"),
        ("JA-jp,en;q=0.9", "ja"),
        ("en;q=0.5, ja;q=0.7", "ja"),
        ("fr, ja;q=0.1", "ja"),
        ("ja;q=0, en", "en"),
        ("ja;q=0", "en"),
        ("de-DE,*;q=0.5", "en"),
        ("ja;q=1.2.3", "en"),
        (";;;,,,", "en"),
    ],
)
def test_language_follows_accept_language(header: str, language: str) -> None:
    assert negotiate(header) == language


@given(st.text())
def test_any_header_is_taken(header: str) -> None:
    assert negotiate(header) in ("en", "ja")


def test_the_plugin_knows_the_schema_of_the_store() -> None:
    assert KNOWN_SCHEMA_VERSION == SCHEMA_VERSION
