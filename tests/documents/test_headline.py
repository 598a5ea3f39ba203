"""Headline and date, where they are evident."""

import pytest

from glossary.documents.headline import find_published, find_title
from glossary.records import Language

BODY = "The council approved the plan on Tuesday. The work will begin in May and cost 40 million yen in all, or more."


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        (f"Council approves ferry pier\n\n{BODY}", "en", "Council approves ferry pier"),
        (f"\nIs this “the end”?\n\n{BODY}", "en", "Is this “the end”?"),
        ("協議会、埠頭の再建を承認\n\n港湾協議会は火曜日、計画を承認した。", "ja", "協議会、埠頭の再建を承認"),
        (f"Council approves ferry pier\n{BODY}", "en", None),
        (f"The council approved it.\n\n{BODY}", "en", None),
        ("Council approves ferry pier\n\nYes.", "en", None),
        (f"{BODY[:-1]} {BODY[:-1]}\n\n{BODY}", "en", None),
        ("Council approves ferry pier", "en", None),
    ],
)
def test_title(text: str, language: Language, title: str | None) -> None:
    assert find_title(text, language, ()) == title


def test_furniture_is_no_title() -> None:
    assert find_title(f"By Hanako Sato\n\n{BODY}", "en", ((0, 14),)) is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2020年7月25日 10時30分", "2020-07-25"),
        ("公開日時：2020/07/05", None),
        ("Published: July 5, 2020", "2020-07-05"),
        ("25 July 2020", "2020-07-25"),
        ("2020-07-25", "2020-07-25"),
        ("2020-13-25", None),
        ("Smarch 25, 2020", None),
        ("On July 5, 2020 the council met.", None),
    ],
)
def test_published(line: str, published: str | None) -> None:
    assert find_published(f"A headline\n\n{line}\n{BODY}") == published
