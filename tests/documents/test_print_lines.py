"""Lines of print become paragraphs by where they stand."""

import pytest

from glossary.documents.formats.print_lines import Line, joined_lines
from glossary.documents.repair import repair, restore


def page(*lines: tuple[str, float, float], top: float = 700, size: float = 10) -> list[Line]:
    """(text, left edge, distance from the line above): lines as wide as their characters, half a size for Latin."""
    placed, y = [], top
    for text, left, distance in lines:
        y -= distance
        width = sum(size if ord(c) > 0x2E80 else size / 2 for c in text)
        placed.append(Line(text, left, left + width, y, y + size, size))
    return placed


def text_of(*pages: list[Line]) -> str:
    raw = joined_lines(pages)
    text, log = repair(raw, "pages")
    assert restore(text, log) == raw
    return text


def test_a_japanese_paragraph_ends_where_its_line_is_short() -> None:
    lines = page(
        ("協議会は火曜日、北の埠頭のフェリー", 50, 0),
        ("乗り場を再建する計画を賛成多数で承", 50, 14),
        ("認した。", 50, 14),
        ("工事は来年の五月に始まる見込みだ。", 50, 14),
        ("市長が述べた。", 50, 14),
    )
    assert text_of(lines) == (
        "協議会は火曜日、北の埠頭のフェリー乗り場を再建する計画を賛成多数で承認した。\n\n"
        "工事は来年の五月に始まる見込みだ。市長が述べた。"
    )


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (("pier on Tuesday.", 50, 14), "The council approved the plan for a pier on Tuesday."),
        (("pier on Tuesday.", 50, 30), "The council approved the plan for a\n\npier on Tuesday."),
        (("pier on Tuesday.", 65, 14), "The council approved the plan for a\n\npier on Tuesday."),
        (("• pier on Tuesday.", 50, 14), "The council approved the plan for a\n\n• pier on Tuesday."),
    ],
)
def test_distance_and_indentation_begin_a_paragraph(second: tuple[str, float, float], expected: str) -> None:
    lines = page(
        ("The council approved the plan for a", 50, 0),
        second,
        ("It was a long day, as many of them.", 50, 30),
        ("So they went home.", 50, 14),
    )
    assert text_of(lines).startswith(expected)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a matter of inter-", "national law", "international"),
        ("an old-", "school builder", "old-school"),
        ("a ship-", "building yard", "shipbuilding"),
        ("his half –", "brother", "half – brother"),
        ("the and/", "or question", "and/or"),
    ],
)
def test_hyphens_at_the_end_of_lines(first: str, second: str, expected: str) -> None:
    assert expected in repair(f"{first}\u2028{second}", "pages")[0]


def test_a_compound_that_stands_elsewhere_keeps_its_hyphen() -> None:
    text = repair("A zim-zam here and a zim-\u2028zam there.", "pages")[0]
    assert text == "A zim-zam here and a zim-zam there."


def test_a_paragraph_goes_on_over_the_page_and_running_lines_do_not_interrupt_it() -> None:
    towns = ("Minato", "Kawabe", "Shimada")
    pages = [
        page(
            (f"Harbor News No. {number}", 50, 0),
            (f"The council of {town} met for a very long", 50, 30),
            (f"day and spoke of {town} and of the wide", 50, 14),
            (str(number), 200, 40),
        )
        for number, town in enumerate(towns, 7)
    ]
    sentence = "The council of {0} met for a very long day and spoke of {0} and of the wide"
    assert text_of(*pages) == " ".join(map(sentence.format, towns))


def test_ruby_is_left_out() -> None:
    base = Line("港湾協議会は計画を承認した。", 50, 190, 100, 110, 10)
    assert text_of([Line("こうわん", 50, 70, 111, 116, 5), base]) == base.text


def test_a_line_break_elsewhere_is_not_a_soft_one() -> None:
    assert repair("一行目\u2028二行目", "lines")[0] == "一行目\n二行目"
