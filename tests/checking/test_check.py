"""What a check finds, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_glossary import glossary_of

from glossary.checking.check import Checker, CheckReport, bitext_of, read_bitexts
from glossary.checking.findings import Finding
from glossary.checking.suppressions import Suppressions, as_suppression, read_suppressions
from glossary.decisions import decide
from glossary.errors import GlossaryError
from glossary.store import open_glossary

PAIRS = [
    ("海猫公園", "Gull Park", "place"),
    ("灯台守", "lighthouse keeper", "role", "keeper of the light"),
    ("漁業協定", "fisheries agreement", "law"),
    ("田中", "Tanaka", "person"),
    ("飯倉", "Iikura", "place"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "glossary.db"
    ids = glossary_of(path, PAIRS)
    db = open_glossary(path)
    decide(db, "add", ids["灯台守"], term="light janitor", actor="ann")
    decide(db, "forbid", ids["灯台守"], term="light janitor", actor="ann")
    db.close()
    return path


@pytest.fixture(scope="module")
def checker(path: Path) -> Iterator[Checker]:
    with Checker(path) as checker:
        yield checker


def found(checker: Checker, ja: str, en: str) -> set[tuple[str, str, str | None]]:
    """(rule, severity, English text) of everything but information."""
    report = checker.check(bitext_of(ja, en))
    return {(f.rule, f.severity, f.en_text) for f in report.at_least("warning")}


@pytest.mark.parametrize(
    ("ja", "en", "expected"),
    [
        pytest.param("灯台守は海猫公園へ行った。", "The lighthouse keeper went to Gull Park.", set(), id="right"),
        pytest.param(
            "灯台守は公園へ行った。",
            "The light janitor went to the park.",
            {("forbidden-term", "error", "light janitor")},
            id="forbidden, which is said once",
        ),
        pytest.param(
            "灯台守は来た。\n漁業協定を結んだ。",
            "The light janitor came.\nThey signed a pact.",
            {("forbidden-term", "error", "light janitor"), ("term", "warning", None)},
            id="a forbidden term of one concept, none of another",
        ),
        pytest.param("漁業協定を結んだ。", "They signed a fishing pact.", {("term", "warning", None)}, id="not used"),
        pytest.param(
            "漁業協定を結んだ。\n漁業協定は来月に始まる。",
            "They signed the fisheries agreement.\nIt starts next month.",
            set(),
            id="a repeated mention becomes a pronoun",
        ),
        pytest.param(
            "灯台守が来た。\n灯台守は笑った。",
            "The lighthouse keeper came.\nThe keeper of the light laughed.",
            {("inconsistent-term", "warning", "keeper of the light")},
            id="two translations",
        ),
        pytest.param("橋は３本ある。", "There are 4 bridges.", {("number", "warning", "4")}, id="number"),
        pytest.param("橋は３本ある。", "There are three bridges.", set(), id="number in words"),
        pytest.param("令和２年に開いた。", "It opened in 2021.", {("number", "warning", "2021")}, id="era"),
        pytest.param("令和２年に開いた。", "It opened in 2020.", set(), id="right era"),
        pytest.param("３万人が来た。", "Some 300,000 came.", {("number", "warning", "300,000")}, id="万"),
        pytest.param(
            "田中は東京に住む。\n会議は飯倉で開かれた。",
            "Mr. Tanaka lives in Tokyo.\nThe meeting was held in Tokyo.",
            {("term", "warning", None), ("wrong-name", "warning", "Tokyo")},
            id="another name",
        ),
        pytest.param(
            "田中は来た。\n田中は笑った。\n田中は帰った。",
            "Tanaka came.\nYes, Tanaka laughed.\nThen Taneka left.",
            {("name-spelling", "warning", "Taneka")},
            id="a name in two spellings",
        ),
        pytest.param(
            "田中は来た。",
            "Tanaka signed the fisheries agreement.",
            {("unfounded-term", "warning", "fisheries agreement")},
            id="a term for which the Japanese has nothing",
        ),
        pytest.param(
            "一日中雨が降り、家に帰った。",
            "It rained all day when Olga Nemirova came home again.",
            {("wrong-name", "warning", "Olga Nemirova")},
            id="a name from nowhere",
        ),
        pytest.param("田中は米国へ行った。", "On Monday Tanaka went to the U.S.", set(), id="a day is added"),
        pytest.param(
            "きのう田中が飯倉に来た。",
            "Tamaka came to Iikura yesterday, where Tamaka stayed.",
            {("name-spelling", "warning", "Tamaka"), ("term", "warning", None)},
            id="a name spelled otherwise than in the glossary",
        ),
        pytest.param(
            "田中は飯倉へ行った。", "Tanaka went to Ikura.", {("term", "warning", None)}, id="romanized otherwise"
        ),
        pytest.param("公園は広い。", "The 公園 is wide.", {("untranslated", "error", "公園")}, id="Japanese left"),
        pytest.param("公園は広い。", "The park (公園) is wide.", set(), id="Japanese explained"),
    ],
)
def test_findings(checker: Checker, ja: str, en: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert found(checker, ja, en) == expected


def test_a_finding_tells_where_it_is_and_what_to_write(checker: Checker) -> None:
    report = checker.check(bitext_of("公園。\n灯台守は帰った。", "The park.\nThe light janitor left."))
    (finding,) = (f for f in report.findings if f.rule == "forbidden-term")
    assert (finding.en_line, finding.en_column, finding.suggestion) == (2, 5, "lighthouse keeper")
    assert finding.en and report.bitext.en.text[slice(*finding.en)] == "light janitor"


def test_a_report_tells_what_was_compared_with_what(checker: Checker) -> None:
    report = checker.check(bitext_of("田中は来た。\n公園は広い。", "Tanaka came.\nThe park is wide."))
    texts = [
        (report.bitext.ja.text[slice(*ja)], report.bitext.en.text[slice(*en)]) for ja, en in report.beads if ja and en
    ]
    assert [(ja.strip(), en.strip()) for ja, en in texts] == [
        ("田中は来た。", "Tanaka came."),
        ("公園は広い。", "The park is wide."),
    ]


@pytest.mark.parametrize(("ja", "en"), [("", ""), ("領土。", ""), ("", "Territory."), ("「", "...\n\n…")])
def test_empty_sides_are_no_error(checker: Checker, ja: str, en: str) -> None:
    assert isinstance(checker.check(bitext_of(ja, en)), CheckReport)


def test_what_is_suppressed_is_counted_and_left_out(checker: Checker, tmp_path: Path) -> None:
    bitext = bitext_of("橋は３本ある。", "There are 4 bridges.")
    (finding,) = checker.check(bitext).at_least("warning")
    for line in (as_suppression(finding), finding.fingerprint, "number\t３*", "*\t*\t4"):
        file = tmp_path / "accepted.txt"
        file.write_text(f"# looked at\n\n{line}\n", encoding="utf-8")
        report = checker.check(bitext, read_suppressions(file))
        assert report.at_least("warning") == []
        assert report.suppressed == 1


def test_other_findings_stay() -> None:
    assert not Suppressions(patterns=(("number", "*", "4"),)).covers(Finding("number", "warning", "", en_text="5"))


def test_a_line_that_is_no_suppression_is_named(tmp_path: Path) -> None:
    file = tmp_path / "accepted.txt"
    file.write_text("number\t3\t4\nnumbers\t3\t4\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"accepted\.txt, line 2"):
        read_suppressions(file)


def test_two_files_of_any_names_are_the_two_sides(tmp_path: Path) -> None:
    (tmp_path / "original.txt").write_text("公園は広い。今日は雨だ。", encoding="utf-8")
    (tmp_path / "draft 2.md").write_text("The park is wide. It rains today.", encoding="utf-8")
    (bitext,) = read_bitexts([tmp_path / "draft 2.md", tmp_path / "original.txt"])
    assert (bitext.ja.language, bitext.en.language) == ("ja", "en")
    with pytest.raises(GlossaryError, match="give a Japanese and an English text"):
        read_bitexts([tmp_path / "original.txt"])


def test_nothing_is_left_unchecked_in_silence(tmp_path: Path) -> None:
    for name, text in {"a.ja": "公園は広い。", "a.en": "The park is wide.", "b.ja": "今日は雨だ。"}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    files = sorted(tmp_path.iterdir())
    assert len(read_bitexts(files[:2])) == 1
    with pytest.raises(GlossaryError, match="no counterpart of b is there"):
        read_bitexts(files)
    (tmp_path / "b.ja.txt").write_bytes(b"\0\1")
    with pytest.raises(GlossaryError, match=r"b\.ja\.txt is binary"):
        read_bitexts([tmp_path])


def test_a_bilingual_file_is_checked_segment_by_segment(checker: Checker, tmp_path: Path) -> None:
    file = tmp_path / "bridges.csv"
    file.write_text("ja,en\n橋は３本ある。,There are 4 bridges.\n公園は広い。,The park is wide.\n", encoding="utf-8")
    (bitext,) = read_bitexts([file])
    assert [f.rule for f in checker.check(bitext).at_least("warning")] == ["number"]


def test_a_file_of_suppressions_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"none\.txt: the suppressions cannot be read"):
        read_suppressions(tmp_path / "none.txt")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff")
    with pytest.raises(GlossaryError, match=r"picture\.png: the suppressions are not in UTF-8"):
        read_suppressions(tmp_path / "picture.png")
