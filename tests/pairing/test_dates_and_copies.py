"""Pairing by date, copies and other versions, texts that cannot be compared, and what docs/pairing.md says of them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from test_bitexts_found import SAMPLES, STORIES, paired, sample

from glossary.documents.folder import Collection, read_paths
from glossary.lexicons.knowledge import embedded
from glossary.pairing import content, copies, decide, features
from glossary.pairing.content import Matcher
from glossary.pairing.copies import versions
from glossary.records import Document

GUIDE = (Path(__file__).parents[2] / "docs" / "pairing.md").read_text(encoding="utf-8")


class Table:
    """Likeness by a table, in place of texts."""

    def __init__(self, *rows: tuple[float, ...]) -> None:
        self.rows = rows

    def __call__(self, ja: int, en: int) -> float:
        return self.rows[ja][en]

    def candidates(self) -> list[list[int]]:
        return [list(range(len(row))) for row in self.rows]


def matched(table: Table, ja: list[str | None], en: list[str | None]) -> list[tuple[int, int, bool]]:
    found, _, _ = Matcher(table, ja, en).matches(lambda step, done, total: None)  # type: ignore[arg-type]
    return [(match.ja, match.en, match.by_date) for match in found]


@pytest.mark.parametrize(
    ("ja", "en", "expected"),
    [
        ([None, None], [None, None], []),
        (["2024-05-01", "2024-05-02"], ["2024-05-01", "2024-05-02"], [(0, 0, True), (1, 1, True)]),
        (["2024-05-01", "2024-05-01"], ["2024-05-01", "2024-05-01"], []),  # not the only ones of their day
        (["2024-05-01", "2024-05-09"], ["2024-05-03", "2024-05-05"], []),  # not of one day
        (["2024", "soon"], ["2024", "soon"], []),  # no dates
    ],
)
def test_the_only_texts_of_a_day_need_less(ja: list, en: list, expected: list) -> None:
    """Alike, but not so clearly that contents alone would do."""
    assert matched(Table((0.5, 0.4), (0.4, 0.5)), ja, en) == expected


def test_clear_contents_need_no_date() -> None:
    assert matched(Table((0.8, 0.3), (0.3, 0.8)), [None, None], [None, None]) == [(0, 0, False), (1, 1, False)]


def test_dates_far_apart_count_against_texts() -> None:
    table = Table((0.5,))
    near, far = (Matcher(table, ["2024-05-01"], [day]).score(0, 0) for day in ("2024-05-02", "2024-07-01"))  # type: ignore[arg-type]
    assert far < 0.5 < near


def test_a_decision_by_date_says_so(tmp_path: Path) -> None:
    files = {f"{day} {n}.txt": sample(s, lang) for day, s in DAYS for n, lang in enumerate(("ja", "en"))}
    made = paired(tmp_path, files)
    assert {b.ja.path[-6:] + b.en.path[-6:] for b in made.collection.bitexts} == {" 0.txt 1.txt"}
    assert len(made.collection.bitexts) == len(DAYS)


DAYS = [("2024-05-01", "sumo"), ("2024-05-02", "typhoon"), ("2024-05-03", "baseball")]


def document(number: int, text: str, language: str = "en") -> Document:
    return Document(f"d{number}", f"d{number}", language, text)  # type: ignore[arg-type]


def stood_for(*texts: str) -> dict[str, str]:
    documents = [document(number, text) for number, text in enumerate(texts)]
    return {copy: original for copy, (original, _) in versions(documents, lambda d: (d.name,)).items()}


def test_a_corrected_version_is_no_new_text() -> None:
    text = sample("typhoon", "en")
    assert stood_for(text, text.replace("typhoon", "storm", 1) + "\nThis story has been updated.") == {"d1": "d0"}


def test_an_excerpt_stands_behind_the_whole() -> None:
    text = sample("typhoon", "en")
    assert stood_for(text, text[: len(text) // 2]) == {"d1": "d0"}


def test_different_stories_are_no_versions() -> None:
    assert stood_for(*(sample(story, "en") for story in STORIES)) == {}


def test_a_series_of_one_pattern_is_no_series_of_copies() -> None:
    forecast = "On {day} the sea off {place} will be {state}; boats from {place} sail at {hour}, says {name}. "
    facts = [("Monday", "Ama", "calm", "five", "Ito"), ("Friday", "Nagi", "rough", "nine", "Kubo")]
    keys = ("day", "place", "state", "hour", "name")
    texts = [forecast.format(**dict(zip(keys, fact, strict=True))) for fact in facts]
    assert stood_for(*texts) == {}


@pytest.fixture
def one_bad_text(monkeypatch: pytest.MonkeyPatch) -> Collection:
    """The samples; the tokenizer breaks off on one of them, as a library may on any text."""
    tokenize = features.japanese.tokenize

    def breaking(text: str, offset: int = 0) -> list:
        if text.startswith(sample("sumo", "ja")[:20]):
            raise RecursionError("too deep\nin a text")
        return tokenize(text, offset)

    monkeypatch.setattr(features.japanese, "tokenize", breaking)
    return read_paths([SAMPLES])


def test_a_text_that_cannot_be_compared_does_not_stop_the_others(one_bad_text: Collection) -> None:
    made = decide.find_bitexts(one_bad_text, embedded())
    assert {d.document_id for d in made.collection.documents} == {d.document_id for d in one_bad_text.documents}
    sumo = next(b for b in made.collection.bitexts if b.name == "sumo")
    assert sumo.method == "name"
    assert sumo.reasons[-1] == "its text could not be compared (RecursionError: too deep in a text)"


def test_without_a_name_it_stays_alone_and_says_why(one_bad_text: Collection) -> None:
    documents = tuple(replace(d, path=f"{n}.txt") for n, d in enumerate(one_bad_text.documents))
    made = decide.find_bitexts(replace(one_bad_text, documents=documents, bitexts=()), embedded())
    alone = [d for d in made.decisions if d.ja and d.ja.name == "sumo"]
    assert [d.method for d in alone] == ["alone"] and "could not be compared" in alone[0].reasons[0]
    assert len(made.collection.bitexts) >= len(STORIES) - 1


@pytest.mark.parametrize(
    ("said", "constant"),
    [
        (r"([\d.]+) times as alike as the next\s+best", content._MARGIN),
        (r"; ([\d.]+) times if both texts are the only ones", content._DATE_MARGIN),
    ],
)
def test_the_guide_gives_the_margins_in_force(said: str, constant: float) -> None:
    found = re.search(said, GUIDE)
    assert found is not None and float(found[1]) == constant


def test_the_guide_gives_the_share_of_copies_in_force() -> None:
    assert "share four fifths" in GUIDE and copies._LEAST == 4 / 5


def test_the_methods_of_the_guide_are_those_of_decisions() -> None:
    methods = re.findall(r"^\d\. \*\*([^*]+)\*\*", GUIDE, re.MULTILINE)
    told = {"manifest", "segments", "copies and other versions", "name and folder", "content and date"}
    assert {method.lower() for method in methods} == told


def test_the_commands_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from glossary.cli import cli

    (tmp_path / "PATH").mkdir()
    for language in ("ja", "en"):
        (tmp_path / "PATH" / f"sumo.{language}.txt").write_text(sample("sumo", language), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    commands = re.findall(r"`glossary ([^`]*PATH[^`]*)`", GUIDE)
    assert len(commands) >= 3
    for command in commands:
        done = CliRunner().invoke(cli, [*command.replace("…", "").split(), "--db", "glossary.db"])
        assert done.exit_code == 0, (command, done.stderr)
    assert Path("pairs.csv").exists() and Path("glossary.db").exists()
