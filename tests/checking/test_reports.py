"""Reports, and the command that prints them."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from desk_glossary import glossary_of

from glossary.checking.findings import RULES
from glossary.cli.desk import check_command

JA = "灯台守は海猫公園へ行った。\n橋は３本ある。\n"
RIGHT = "The lighthouse keeper went to Gull Park.\nThere are 3 bridges.\n"
WRONG = "The lighthouse keeper went to Gull Park.\nThere are 4 bridges & <more>.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    glossary_of(folder / "g.db", [("海猫公園", "Gull Park", "place"), ("灯台守", "lighthouse keeper", "role")])
    for name, text in (("a.ja.txt", JA), ("right.txt", RIGHT), ("wrong.txt", WRONG)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def check(folder: Path, english: str, *options: str) -> Result:
    files = [str(folder / "a.ja.txt"), str(folder / english)]
    return CliRunner().invoke(check_command, [*files, "--db", str(folder / "g.db"), *options])


def test_a_right_translation_ends_with_0_and_a_wrong_one_with_3(folder: Path) -> None:
    assert check(folder, "right.txt").exit_code == 0
    result = check(folder, "wrong.txt")
    assert result.exit_code == 3
    assert f"{folder / 'wrong.txt'}:2:11: warning: 4 where the Japanese has ３本 [number]" in result.output
    assert "0 errors, 1 warning" in result.output


def test_the_level_decides_what_counts(folder: Path) -> None:
    assert check(folder, "wrong.txt", "--level", "error").exit_code == 0


@pytest.mark.parametrize(
    ("level", "summary"),
    [
        ("info", "0 errors, 1 warning, 1 info"),
        ("warning", "0 errors, 1 warning, 1 info (not shown: --level info)"),
        ("error", "0 errors, 1 warning (not shown: --level warning), 1 info (not shown: --level info)"),
    ],
)
def test_the_summary_says_what_is_not_shown(folder: Path, level: str, summary: str) -> None:
    (folder / "more.txt").write_text(WRONG + "There were 17 of them.\n", encoding="utf-8")
    result = check(folder, "more.txt", "--level", level)
    assert result.output.splitlines()[-1] == summary
    assert result.output.count(": info: ") == (level == "info")


def test_json(folder: Path) -> None:
    (report,) = json.loads(check(folder, "wrong.txt", "--json").output)
    (finding,) = report["findings"]
    assert finding["rule"] == "number"
    assert WRONG[slice(*finding["en"])] == finding["en_text"] == "4"
    assert (finding["en_line"], finding["en_column"]) == (2, 11)


def test_sarif_names_every_rule_and_the_place(folder: Path) -> None:
    log = json.loads(check(folder, "wrong.txt", "--sarif").output)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(RULES)
    (result,) = run["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["ruleId"], result["level"], region["startLine"], region["startColumn"]) == (
        "number",
        "warning",
        2,
        11,
    )


def test_junit_has_a_case_for_each_rule_and_one_that_fails(folder: Path) -> None:
    suites = ElementTree.fromstring(check(folder, "wrong.txt", "--junit").output)
    (suite,) = suites
    assert [case.get("name") for case in suite] == list(RULES)
    assert [case.get("name") for case in suite if case.find("failure") is not None] == ["number"]


def test_only_one_form_at_a_time(folder: Path) -> None:
    assert check(folder, "wrong.txt", "--json", "--sarif").exit_code == 2


def test_the_output_of_one_run_is_that_of_the_next(folder: Path) -> None:
    assert check(folder, "wrong.txt", "--json").output == check(folder, "wrong.txt", "--json").output
