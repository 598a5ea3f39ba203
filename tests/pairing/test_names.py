"""What names and folders say."""

import pytest

from glossary.pairing.names import date_in_name, named


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("talks.ja.html", "talks.en.html"),
        ("report_j.txt", "report_e.txt"),
        ("report-JP.docx", "report-EN.docx"),
        ("ReportJP.txt", "ReportEN.txt"),
        ("議事録-日本語.pdf", "議事録-英語.pdf"),
        ("議事録（和文）.pdf", "議事録（英文）.pdf"),
        ("ja_talks.txt", "en_talks.txt"),
        ("a/ja/talks.txt", "a/en/talks.txt"),
        ("a_japanese/talks.txt", "a_english/talks.txt"),
        ("https://example.com/ja/talks.html", "https://example.com/en/talks.html"),
    ],
)
def test_two_sides_of_a_bitext_have_one_key(ja: str, en: str) -> None:
    left, right = named(ja), named(en)
    assert left.key == right.key
    assert (left.by_name or left.by_folder, right.by_name or right.by_folder) == ("ja", "en")


@pytest.mark.parametrize("name", ["garden.txt", "ninja.txt", "women.txt", "raja/name.txt", "open-e2e.txt", "haken.txt"])
def test_ordinary_words_are_no_marks(name: str) -> None:
    assert named(name)[1:] == (None, None)


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("n20230207.txt", "2023-02-07"), ("a/2023-02-07/x.txt", "2023-02-07"), ("2023年02月07日.txt", "2023-02-07"),
        ("n20231307.txt", None), ("id1202302071.txt", None),
    ],
)  # fmt: skip
def test_dates_in_names(path: str, date: str | None) -> None:
    assert date_in_name(path) == date
