import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.uses.terminal import (
    Style,
    excerpt_span,
    highlighted_lines,
    line_spans,
    printable,
    text_width,
)

JAPANESE_AND_ENGLISH = st.text(alphabet="領土のイイクラ、。「」（） abcdefg.,\u0301é", max_size=80)


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("領土", 4), ("ｱ", 1), ("Ａ", 2), ("e\u0301", 1), ("ō", 1), ("a\u200bb", 2), ("１２", 4)],
)
def test_text_width(text: str, width: int) -> None:
    assert text_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, []),
        ("one two three", 7, ["one two", "three"]),
        ("one two", 7, ["one two"]),
        ("領土問題", 4, ["領土", "問題"]),
        ("領土。問題", 4, ["領", "土。", "問題"]),
        ("彼は「領土」", 6, ["彼は", "「領", "土」"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("the領土 of", 5, ["the領", "土 of"]),
        ("領", 1, ["領"]),
    ],
)
def test_line_spans(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in line_spans(text, width)] == lines


@given(JAPANESE_AND_ENGLISH, st.integers(min_value=2, max_value=30))
def test_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    spans = line_spans(text, width)
    assert all(text_width(text[start:end]) <= width for start, end in spans)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 200), st.integers(1, 400))
def test_excerpt_holds_the_term(length: int, start: int, size: int, limit: int) -> None:
    start = min(start, length)
    end = min(start + size, length)
    first, last = excerpt_span(length, (start, end), limit)
    assert 0 <= first <= start <= end <= last <= length
    assert last - first <= max(limit, end - start) or length <= limit


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (None, ["  北方の<領土>を返す。"]),
        (10, ["  北方の<領>", "  <土>を返", "  す。"]),
    ],
)
def test_a_term_is_marked_where_it_stands(width: int | None, lines: list[str]) -> None:
    assert highlighted_lines("北方の領土を返す。", (3, 5), Style(width, "<", ">"), indent="  ") == lines


def test_a_long_text_is_cut_around_the_term() -> None:
    (line,) = highlighted_lines("あ" * 500 + "領土" + "い" * 500, (500, 502), Style(), limit=20)
    assert line == "…" + "あ" * 9 + "**領土**" + "い" * 9 + "…"


@given(st.text(max_size=50))
def test_printable_keeps_the_length_and_no_control_character(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)


def test_escape_sequences_of_a_document_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in "".join(highlighted_lines("evil \x1b[2J text", (0, 4), Style()))
