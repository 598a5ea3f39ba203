"""A term over time: what is told, in text, JSON and SVG, and what is not guessed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from glossary.cli import GlossaryGroup
from glossary.cli.reports import usage_command
from glossary.uses.reading import open_for_reading
from glossary.uses.usage import _NEIGHBOURS, periods, usage_of_term
from glossary.uses.usage_svg import scale, usage_svg
from glossary.uses.usage_text import bar

SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments: str | Path):
    group = GlossaryGroup("glossary", commands={"usage": usage_command})
    return CliRunner().invoke(group, ["usage", *map(str, arguments)])


@pytest.fixture
def copy(tmp_path: Path, glossary_path: Path) -> Path:
    return Path(shutil.copy(glossary_path, tmp_path / "copy.db"))


def test_first_and_last_use_months_publishers_and_names(glossary_path):
    with open_for_reading(glossary_path) as db:
        (usage,) = usage_of_term(db, "米国")
    assert (usage["mentions"], usage["documents"], usage["undated"]) == (3, 2, 0)
    assert usage["first"]["published"] == "2023-02-07"
    assert usage["first"]["ja_sentence"] == "米国の代表も出席した。"
    assert usage["last"]["document"] == "spring/flowers"
    assert usage["months"] == [
        {"month": "2023-02", "publisher": "Example Times", "mentions": 1},
        {"month": "2024-04", "publisher": "Example Times", "mentions": 2},
    ]
    (publisher,) = usage["publishers"]
    assert publisher == {
        "publisher": "Example Times", "mentions": 3, "documents": 2, "first": "2023-02-07", "last": "2024-04-02",
    }  # fmt: skip
    names = [(name["term"], name["mentions"], name["first"]) for name in usage["names"]]
    assert names == [
        ("米国", 2, "2023-02-07"),
        ("米", 1, "2024-04-02"),
        ("United States", 2, "2023-02-07"),
        ("U.S.", 1, "2024-04-02"),
    ]


@pytest.mark.parametrize(
    ("term", "concepts"),
    [("territory", ["領土", "国土"]), ("u.s.", ["米国"]), ("りょうど", ["領土"]), ("Hoppo Ryodo", ["北方領土"])],
)
def test_all_concepts_that_are_called_so(glossary_path, term, concepts):
    with open_for_reading(glossary_path) as db:
        assert [usage["concept"]["ja"] for usage in usage_of_term(db, term)] == concepts


def test_neighbours_stand_in_the_same_sentence(glossary_path):
    with open_for_reading(glossary_path) as db:
        near = {
            term: [(row["ja"], row["sentences"]) for row in usage_of_term(db, term)[0]["neighbours"]]
            for term in ("領土", "米国", "花見")
        }
    # 米の大使館は領土の図を示した。
    assert near == {"領土": [("米国", 1)], "米国": [("領土", 1)], "花見": []}


def test_a_mention_of_one_language_is_a_neighbour_too(copy):
    with sqlite3.connect(copy) as db:
        db.execute("""update context set en_document = null, en = null, en_sentence_start = null
                      where concept = (select id from concept where concept_id = 'us')""")
    with open_for_reading(copy) as db:
        assert [row["ja"] for row in usage_of_term(db, "領土")[0]["neighbours"]] == ["米国"]


def test_neighbours_are_looked_for_in_the_same_documents_only(glossary_path):
    with open_for_reading(glossary_path) as db:
        plan = db.execute(f"explain query plan {_NEIGHBOURS}", {"concept_id": "us", "limit": 5}).fetchall()
    assert not [step for *_, step in plan if step.startswith("SCAN context")]


def test_on_a_terminal(glossary_path):
    lines = run("米国", "--db", glossary_path).stdout.splitlines()
    assert lines[:4] == [
        "米国 = United States  (place, confidence 0.96)",
        "  3 mentions in 2 documents",
        "  First used 2023-02-07 · talks · Example Times",
        "    **米国**の代表も出席した。",
    ]
    assert f"  2024-04     2 {'█' * 40}" in lines
    assert f"  2023-02     1 {'█' * 20}" in lines
    assert "  2023-12     0" in lines
    assert "    Example Times: 3 · 2023-02-07 to 2024-04-02" in lines
    assert "    U.S.           1 · 2024-04-02" in lines
    assert lines[-1] == "    領土 = territory (1)"


def test_dates_and_publishers_that_are_missing_are_told(copy):
    with sqlite3.connect(copy) as db:
        db.execute("update context set published = null")
        db.execute("update document set published = null, publisher = null")
    result = run("米国", "--db", copy)
    assert "  3 mentions without a date\n  No document names its publisher\n" in result.stdout
    assert "used" not in result.stdout
    (usage,) = json.loads(run("米国", "--db", copy, "--json").stdout)
    assert (usage["first"], usage["last"], usage["months"]) == (None, None, [])
    assert (usage["undated"], usage["unattributed"]) == (3, 3)


def test_a_term_that_is_none(glossary_path):
    assert run("北方", "--db", glossary_path).stderr == "Error: No concept is called “北方”: similar are 北方領土\n"
    result = run("xyzzy", "--db", glossary_path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def months(*counts: tuple[str, str | None, int]) -> list[dict]:
    return [dict(zip(("month", "publisher", "mentions"), row, strict=True)) for row in counts]


@pytest.mark.parametrize(
    ("rows", "longest", "labels", "counts"),
    [
        ([], 5, [], {}),
        (months(("2023-11", "A", 2), ("2024-01", "A", 1)), 5, ["2023-11", "2023-12", "2024-01"], {"A": [2, 0, 1]}),
        (
            months(("2023-11", "A", 1), ("2024-02", None, 3), ("2024-03", "A", 1)),
            3,
            ["2023-Q4", "2024-Q1"],
            {None: [0, 3], "A": [1, 1]},
        ),
        (months(("2019-05", "A", 1), ("2021-06", "A", 1)), 3, ["2019", "2020", "2021"], {"A": [1, 0, 1]}),
        (months(("2019", "A", 1), ("2019-02", "A", 1)), 3, ["2019-01", "2019-02"], {"A": [1, 1]}),
    ],
)
def test_periods(rows, longest, labels, counts):
    assert periods(rows, longest) == (labels, counts)


@given(
    st.lists(
        st.tuples(st.integers(1990, 2030), st.integers(1, 12), st.sampled_from(["A", "B", None]), st.integers(1, 9)),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 60),
)
def test_no_mention_is_lost_in_a_chart(mentions, longest):
    rows = months(*sorted(((f"{y}-{m:02}", p, n) for y, m, p, n in mentions), key=lambda row: row[0]))
    labels, counts = periods(rows, longest)
    assert sum(map(sum, counts.values())) == sum(row["mentions"] for row in rows)
    assert labels == sorted(set(labels))
    assert all(len(numbers) == len(labels) for numbers in counts.values())


@pytest.mark.parametrize(
    ("columns", "text"), [(0, ""), (1, "█"), (2.5, "██▌"), (0.125, "▏"), (39.99, "█" * 40)]
)  # fmt: skip
def test_bars(columns, text):
    assert bar(columns) == text


@given(st.integers(1, 10**7))
def test_the_scale_of_an_axis(highest):
    top, step = scale(highest)
    assert top % step == 0 and highest <= top < highest + step
    assert top // step <= 5
    assert str(step).rstrip("0") in ("1", "2", "5")


def test_the_drawing_shows_every_mention(glossary_path, tmp_path):
    path = tmp_path / "usage.svg"
    result = run("territory", "--db", glossary_path, "--svg", path)
    assert (result.exit_code, result.stdout) == (0, "")
    svg = ElementTree.parse(path).getroot()
    assert svg.find(f"{SVG}title").text == "領土 = territory; 国土 = territory"
    assert len(svg.findall(f"{SVG}g")) == 2
    told = [title.text for title in svg.iter(f"{SVG}title")][1:]
    assert told == ["2023-02: Example Times, 1", "2024-04: Example Times, 1", "2024-04: Example Times, 1"]


def test_heights_are_in_proportion_and_names_are_escaped(glossary_path):
    with open_for_reading(glossary_path) as db:
        usage = usage_of_term(db, "米国")[0]
    usage["concept"]["en"] = "<script>&"
    svg = ElementTree.fromstring(usage_svg([usage]))
    assert svg.find(f"{SVG}title").text == "米国 = <script>&"
    heights = [float(rect.get("height")) for rect in svg.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]
    assert heights[1] == pytest.approx(2 * heights[0])


def test_a_drawing_without_dates_says_so(copy):
    with sqlite3.connect(copy) as db:
        db.execute("update context set published = null")
    with open_for_reading(copy) as db:
        svg = ElementTree.fromstring(usage_svg(usage_of_term(db, "米国")))
    assert not list(svg.iter(f"{SVG}rect"))
    assert "3 mentions, 3 without a date" in [text.text for text in svg.iter(f"{SVG}text")]
