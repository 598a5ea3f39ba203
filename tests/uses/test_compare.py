"""What differs between two glossaries, and between two times or publishers in one."""

from __future__ import annotations

import json
import shutil
import sqlite3
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk_glossary import glossary_of

from glossary.cli import GlossaryGroup
from glossary.cli.reports import compare_command
from glossary.decisions import decide
from glossary.store import open_glossary
from glossary.uses.compare import Change, Comparison, Part, two_glossaries, two_parts

PAIRS = [
    ("山猫", "wildcat", "concept"),
    ("海猫", "gull", "concept"),
    ("北島", "North Isle", "place", "Northern Isle"),
    ("田辺", "Tanabe", "person"),
]


def run(*arguments: str | Path):
    group = GlossaryGroup("glossary", commands={"compare": compare_command})
    return CliRunner().invoke(group, ["compare", *map(str, arguments)])


def decided(path: Path, *decisions: tuple[str, str | None, dict[str, Any]]) -> None:
    """Decisions (action, concept_id, arguments) on the glossary at `path`."""
    db = open_glossary(path)
    for action, concept_id, arguments in decisions:
        decide(db, action, concept_id, actor="ann", **arguments)
    db.close()


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path, dict[str, str]]:
    """Two glossaries of the same concepts, and the ids of these by their Japanese terms."""
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    ids = glossary_of(a, PAIRS)
    shutil.copy(a, b)
    return a, b, ids


def pairs(rows: Any) -> list[str]:
    return [f"{row['ja']} = {row['en']}" for row in rows]


def counts(a: Path, b: Path) -> dict[str, int]:
    with two_glossaries(a, b) as sides:
        return Comparison(sides).counts()


def changes(a: Path, b: Path) -> list[Change]:
    with two_glossaries(a, b) as sides:
        return list(Comparison(sides).changed())


def test_a_copy_differs_in_nothing(pair):
    a, b, _ = pair
    nothing = dict.fromkeys(("new", "gone", "changed", "competing"), 0)
    assert counts(a, b) == {"a": 4, "b": 4, "unchanged": 4, **nothing}


def test_new_and_gone_are_each_other_the_other_way_round(tmp_path):
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    glossary_of(a, PAIRS)
    glossary_of(b, [*PAIRS[1:], ("港", "harbor", "place"), ("岬", "cape", "place")])
    with two_glossaries(a, b) as sides:
        comparison = Comparison(sides)
        assert (pairs(comparison.new()), pairs(comparison.gone())) == (["岬 = cape", "港 = harbor"], ["山猫 = wildcat"])
    with two_glossaries(b, a) as sides:
        comparison = Comparison(sides)
        assert (pairs(comparison.gone()), pairs(comparison.new())) == (["岬 = cape", "港 = harbor"], ["山猫 = wildcat"])


@pytest.mark.parametrize(
    ("action", "ja", "arguments", "fields", "added", "removed"),
    [
        ("kind", "田辺", {"value": "place"}, {"kind": ("person", "place")}, (), ()),
        ("note", "田辺", {"value": "mayor"}, {"usage_note": (None, "mayor")}, (), ()),
        (
            "define",
            "山猫",
            {"value": "a small cat", "language": "en"},
            {"definition_en": (None, "a small cat")},
            (),
            (),
        ),
        (
            "prefer",
            "北島",
            {"term": "Northern Isle"},
            {"en": ("North Isle", "Northern Isle")},
            (("en", "North Isle", "admitted"), ("en", "Northern Isle", "preferred")),
            (("en", "North Isle", "preferred"), ("en", "Northern Isle", "admitted")),
        ),
        (
            "forbid",
            "北島",
            {"term": "Northern Isle"},
            {},
            (("en", "Northern Isle", "forbidden"),),
            (("en", "Northern Isle", "admitted"),),
        ),
        ("add", "海猫", {"term": "sea cat"}, {}, (("en", "sea cat", "admitted"),), ()),
    ],
)
def test_what_a_person_decides_is_a_change(pair, action, ja, arguments, fields, added, removed):
    a, b, ids = pair
    decided(b, (action, ids[ja], arguments))
    (change,) = changes(a, b)
    assert change.a["concept_id"] == change.b["concept_id"] == ids[ja]
    assert (change.fields, change.added, change.removed) == (fields, added, removed)


def test_a_rejected_concept_is_gone(pair):
    a, b, ids = pair
    decided(b, ("reject", ids["海猫"], {}))
    with two_glossaries(a, b) as sides:
        assert pairs(Comparison(sides).gone()) == ["海猫 = gull"]


def test_a_merged_concept_is_found_under_its_new_id(tmp_path):
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    ids = glossary_of(a, [("山猫", "wildcat", "concept")])
    both = glossary_of(b, [("山猫", "wildcat", "concept"), ("野猫", "feral cat", "concept")])
    decided(b, ("merge", ids["山猫"], {"value": both["野猫"]}))
    for first, second in ((a, b), (b, a)):
        with two_glossaries(first, second) as sides:
            comparison = Comparison(sides)
            assert (list(comparison.new()), list(comparison.gone()), comparison.counts()["changed"]) == ([], [], 1)


def test_one_pair_under_two_ids_is_one_concept(tmp_path):
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    renamed = glossary_of(a, [("山猫", "lynx", "concept")])
    decided(a, ("edit", renamed["山猫"], {"term": "lynx", "value": "wildcat"}))
    other = glossary_of(b, [("山猫", "wildcat", "concept")])
    assert renamed != other
    assert counts(a, b)["new"] == counts(a, b)["gone"] == 0


def test_a_translation_that_was_missing_is_a_change(tmp_path, glossary_path):
    b = tmp_path / "b.db"
    glossary_of(b, [("花見", "blossom viewing", "concept")])
    (change,) = changes(glossary_path, b)
    assert (change.a["concept_id"], change.fields["en"]) == ("hanami", (None, "blossom viewing"))


def competing(a: Path, b: Path) -> list[tuple[str, list[str], list[str]]]:
    with two_glossaries(a, b) as sides:
        return [(rivals.term, pairs(rivals.a), pairs(rivals.b)) for rivals in Comparison(sides).competing()]


def test_one_term_with_two_translations_competes(tmp_path):
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    glossary_of(a, [("竹島", "Takeshima", "place"), ("港", "harbor", "place")])
    glossary_of(b, [("竹島", "Bamboo Island", "place"), ("湊", "harbor", "place")])
    assert competing(a, b) == [
        ("竹島", ["竹島 = Takeshima"], ["竹島 = Bamboo Island"]),
        ("harbor", ["港 = harbor"], ["湊 = harbor"]),
    ]


def test_what_is_translated_differently_is_neither_new_nor_gone(tmp_path):
    """It is listed once; a further term for the same English one is new all the same."""
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    glossary_of(a, [("竹島", "Takeshima", "place"), ("岬", "cape", "place"), ("港", "harbor", "place")])
    glossary_of(b, [("竹島", "Bamboo Island", "place"), ("岬", "cape", "place"), ("崎", "cape", "place")])
    with two_glossaries(a, b) as sides:
        comparison = Comparison(sides)
        assert (pairs(comparison.new()), pairs(comparison.gone())) == (["崎 = cape"], ["港 = harbor"])
        assert [rivals.term for rivals in comparison.competing()] == ["竹島", "cape"]
        assert {name: comparison.counts()[name] for name in ("new", "gone", "competing")} == {
            "new": 1, "gone": 1, "competing": 2,
        }  # fmt: skip
    printed = run(a, b).stdout
    assert printed.count("竹島") == printed.count("Bamboo Island") == 1


def test_a_translation_that_the_other_side_admits_does_not_compete(pair):
    a, b, ids = pair
    decided(b, ("prefer", ids["北島"], {"term": "Northern Isle"}))
    assert competing(a, b) == []
    decided(b, ("forbid", ids["北島"], {"term": "North Isle"}))
    assert competing(a, b) == [("北島", ["北島 = North Isle"], ["北島 = Northern Isle"])]


def test_another_spelling_is_no_other_translation(tmp_path):
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    glossary_of(a, [("港", "harbor", "place")])
    glossary_of(b, [("港", "the harbour", "place")])
    assert competing(a, b) == []


def test_earlier_and_later_texts(glossary_path):
    with two_parts(glossary_path, Part(before="2024"), Part(since="2024")) as sides:
        comparison = Comparison(sides)
        assert (sides.a, sides.b) == ("before 2024", "since 2024")
        assert sorted(pairs(comparison.gone())) == [
            "北方領土 = Northern Territories", "飯倉 = Iikura", "飯倉公館 = Iikura Guest House",
        ]  # fmt: skip
        assert sorted(pairs(comparison.new())) == ["国土 = territory", "花見 = None"]
        assert comparison.counts()["unchanged"] == 2
        assert [rivals.term for rivals in comparison.competing()] == ["territory"]


@pytest.fixture
def two_publishers(tmp_path: Path, glossary_path: Path) -> Path:
    """The article of 2024 is another publisher's, which writes U.S. throughout."""
    path = Path(shutil.copy(glossary_path, tmp_path / "two.db"))
    with sqlite3.connect(path) as db:
        db.execute("update document set publisher = 'Hill News' where name = 'spring/flowers'")
        db.execute("update context set en = 'U.S.' where en = 'United States' and published >= '2024'")
    return path


def test_what_prevails_with_each_publisher(two_publishers):
    result = run("--publisher", "Example Times", "--publisher", "Hill News", "--db", two_publishers, "--json")
    found = json.loads(result.stdout)
    assert (found["a"], found["b"], found["counts"]["changed"]) == ("Example Times", "Hill News", 1)
    assert found["changed"][0]["fields"] == {"en": ["United States", "U.S."]}


def test_a_capital_letter_at_the_start_of_a_sentence_is_no_change(two_publishers):
    with sqlite3.connect(two_publishers) as db:
        db.execute("update context set en = 'TERRITORY' where en = 'territory' and published >= '2024'")
    with two_parts(two_publishers, Part("Example Times"), Part("Hill News")) as sides:
        assert [change.b["ja"] for change in Comparison(sides).changed()] == ["米国"]


def test_texts_without_a_date_are_on_neither_side_and_that_is_said(two_publishers):
    with sqlite3.connect(two_publishers) as db:
        number = db.execute("update context set published = null where published >= '2024'").rowcount
    result = run("--before", "2024", "--db", two_publishers)
    assert f"{number} mentions without a date, on neither side." in result.stderr
    assert "B  since 2024: 0 concepts" in result.stdout


def test_on_a_terminal(pair):
    a, b, ids = pair
    decided(b, ("prefer", ids["北島"], {"term": "Northern Isle"}), ("reject", ids["海猫"], {}))
    assert run(a, b).stdout == (
        f"A  {a}: 4 concepts\n"
        f"B  {b}: 3 concepts\n"
        "2 unchanged\n"
        "\nNew in B: 0\n"
        "\nGone from B: 1\n"
        "  海猫 = gull  (concept, 0 occurrences)\n"
        "\nChanged: 1\n"
        "  北島 = Northern Isle\n"
        "    English: North Isle → Northern Isle\n"
        "    + North Isle (admitted)\n"
        "    + Northern Isle (preferred)\n"
        "    − North Isle (preferred)\n"
        "    − Northern Isle (admitted)\n"
        "\nTranslated differently: 0\n"
    )
    assert "  … and 1 more (--limit)" in run(a, b, "--limit", "0").stdout


class Cells(HTMLParser):
    """The text of a page's cells, and its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        if tag in ("td", "th", "caption"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def test_html_and_json_have_everything(pair, tmp_path):
    a, b, _ = pair
    decided(b, ("add", None, {"ja": "<script>", "en": "a & b", "kind": "concept"}))
    page = tmp_path / "page.html"
    result = run(a, b, "--html", page, "--json")
    found = json.loads(result.stdout)
    assert [row["ja"] for row in found["new"]] == ["<script>"]
    assert found["counts"] == counts(a, b)
    parser = Cells()
    parser.feed(page.read_text(encoding="utf-8"))
    assert "script" not in parser.tags
    assert {"New in B: 1", "<script>", "a & b"} <= set(map(str.strip, parser.cells))


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["{a}"], 2, "give two glossaries (A B)"),
        (["{a}", "{b}", "--before", "2024"], 2, "give two glossaries (A B)"),
        ([], 2, "give two glossaries (A B), or --before DATE"),
        (["--publisher", "X"], 2, "or --publisher twice"),
        (["--before", "last year"], 2, "last year: write YYYY-MM-DD"),
        (["{a}", "{none}"], 1, "{none}: no glossary here"),
        (["--db", "{a}", "--publisher", "X", "--publisher", "Y"], 1, "{a}: no document is by “X”: none of them names"),
    ],
)
def test_errors_are_one_line(pair, tmp_path, arguments, code, message):
    places = {"a": str(pair[0]), "b": str(pair[1]), "none": str(tmp_path / "none.db")}
    result = run(*(argument.format(**places) for argument in arguments))
    assert result.exit_code == code
    assert message.format(**places) in result.stderr.splitlines()[-1]


def test_neither_glossary_is_written_to(pair):
    a, b, _ = pair
    before = {path: path.read_bytes() for path in a.parent.iterdir()}
    assert {a, b} <= before.keys()
    assert run(a, b).exit_code == 0
    assert {path: path.read_bytes() for path in a.parent.iterdir()} == before
