"""`lookup` and `stats` as people run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossary import __version__
from glossary.cli import cli
from glossary.store.columns import COLUMNS
from glossary.uses.lookup import ENTRY_KEYS

SCRIPT = "import sys; from glossary.cli import main; sys.exit(main())"


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(cli, arguments)


def test_version() -> None:
    assert run("--version").stdout == f"glossary, version {__version__}\n"


def test_help_names_every_command() -> None:
    for option in ("--help", "-h"):
        text = run(option).stdout
        assert [name for name in (*cli.commands, *cli.homes) if f"\n  {name} " not in text] == []


def test_lookup_prints_the_exact_match_in_full_and_the_others_in_a_list(glossary_path: Path) -> None:
    result = run("lookup", "領土", "--db", str(glossary_path))
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == (
        "領土 = territory\n"
        "  リョウド  ryōdo · concept · confidence 0.74 · from a bitext · 2 occurrences in 2 documents · id territory\n"
        "\n"
        "  spring/flowers · Example Times · 2024-04-02\n"
        "    米の大使館は**領土**の図を示した。\n"
        "    The U.S. embassy showed a map of the **territory**.\n"
        "\n"
        "  talks · Example Times · 2023-02-07\n"
        "    **領土**をめぐる話し合いは続く。\n"
        "    The dispute over **territory** goes on.\n"
        "\n"
        "  Why 領土 = territory in spring/flowers (score +2.00)\n"
        "    +2.00  JMdict: 領土 = territory\n"
        "    +0.25  the links of the words lie inside the pair\n"
        "    -0.25  how rare true pairs are among candidates\n"
        "\n"
        "  Competes with: 国土 = territory  (concept, confidence 0.62)\n"
        "\n"
        "Other matches:\n"
        "  北方領土 = Northern Territories  (place, confidence 0.92)\n"
    )


@pytest.mark.parametrize(
    ("term", "exact"),
    [
        ("北方領土", ["北方領土"]),
        ("ホッポウリョウド", ["北方領土"]),
        ("ほっぽうりょうど", ["北方領土"]),
        ("hoppo ryodo", ["北方領土"]),
        ("Hoppō Ryōdo", ["北方領土"]),
        ("northern territories", ["北方領土"]),
        ("ＴＥＲＲＩＴＯＲＹ", ["国土", "領土"]),
        ("u.s.", ["米国"]),
        ("米", ["米国"]),
        ("北方", []),
        ("いいくら", ["飯倉"]),
    ],
)
def test_exact_matches(glossary_path: Path, term: str, exact: list[str]) -> None:
    entries = json.loads(run("lookup", term, "--json", "--db", str(glossary_path)).stdout)
    assert entries
    assert sorted(entry["concept"]["ja"] for entry in entries if entry["match"] == "exact") == exact


def test_lookup_json_has_everything(glossary_path: Path) -> None:
    entries = json.loads(run("lookup", "北方領土", "--json", "--db", str(glossary_path)).stdout)
    assert [tuple(entry) for entry in entries] == [ENTRY_KEYS]
    (entry,) = entries
    assert list(entry["concept"]) == list(COLUMNS["glossary"])
    assert [term["term"] for term in entry["terms"]] == ["北方領土", "Northern Territories"]
    assert [list(context)[: len(COLUMNS["contexts"])] for context in entry["contexts"]] == [list(COLUMNS["contexts"])]
    assert sum(reason["weight"] for reason in entry["evidence"]) == pytest.approx(3.5)
    assert entry["competing"] == entry["relations"] == []


def test_other_terms_are_listed(glossary_path: Path) -> None:
    text = run("lookup", "米国", "--db", str(glossary_path)).stdout
    assert "  Also: 米 (short) · U.S. (acronym)\n" in text


def test_one_sided_term(glossary_path: Path) -> None:
    text = run("lookup", "hanami", "--db", str(glossary_path)).stdout
    assert text.startswith(
        "花見 = —\n  ハナミ  hanami · concept · from a document · 1 occurrence in 1 document · id hanami\n"
    )
    assert "confidence" not in text


def test_partial_matches_alone_are_a_list(glossary_path: Path) -> None:
    text = run("lookup", "リョウ", "--db", str(glossary_path)).stdout
    assert text.startswith("No exact match; similar:\n  ")
    assert len(text.splitlines()) == 3


def test_a_single_partial_match_is_printed_in_full(glossary_path: Path) -> None:
    assert "Why 北方領土 = Northern Territories" in run("lookup", "北方", "--db", str(glossary_path)).stdout


def test_limit(glossary_path: Path) -> None:
    assert len(json.loads(run("lookup", "リョウ", "--limit", "1", "--json", "--db", str(glossary_path)).stdout)) == 1


@pytest.mark.parametrize("contexts", [0, 1, 2])
def test_number_of_contexts(glossary_path: Path, contexts: int) -> None:
    text = run("lookup", "領土", "--contexts", str(contexts), "--db", str(glossary_path)).stdout
    assert text.count("Example Times") == contexts


@pytest.mark.parametrize(
    "term", ["存在しない語", "zzzz", "", " ", '"', "'; drop table concept", "%", "*", "\ud800", "あ" * 5000]
)
def test_nothing_found(glossary_path: Path, term: str) -> None:
    result = run("lookup", term, "--db", str(glossary_path))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("No concept matches ")
    assert result.stderr.count("\n") == 1


def test_nothing_found_as_json_is_an_empty_list(glossary_path: Path) -> None:
    result = run("lookup", "zzzz", "--json", "--db", str(glossary_path))
    assert (result.exit_code, result.stdout) == (1, "[]\n")


def test_a_term_may_start_with_a_hyphen(glossary_path: Path) -> None:
    assert run("lookup", "--db", str(glossary_path), "--", "-zzzz").stderr.startswith("No concept matches")


def test_database_from_the_environment(glossary_path: Path) -> None:
    assert run("lookup", "領土", GLOSSARY_DB=str(glossary_path)).exit_code == 0


def test_stats(glossary_path: Path) -> None:
    lines = run("stats", "--db", str(glossary_path)).stdout.splitlines()
    assert lines[:6] == [
        "Documents             4  2 ja, 2 en",
        "Bitexts               2",
        "Segments              9",
        "Concepts              7  concept 3, place 3, facility 1",
        "  by origin              bitext 6, document 1",
        "  by status              candidate 7",
    ]
    assert "Pairs below           1  confidence below 0.40; 1 mention in the view candidates" in lines
    assert "Lexicons       JMdict 2020" in lines


def test_stats_json(glossary_path: Path) -> None:
    found = json.loads(run("stats", "--json", "--db", str(glossary_path)).stdout)
    assert found["documents"] == {"ja": 2, "en": 2}
    assert found["kinds"] == {"concept": 3, "place": 3, "facility": 1}
    assert found["threshold"] == 0.4
    assert (found["pairs_shown"], found["pairs_below_threshold"]) == (9, 1)
    assert sum(found["confidence"].values()) == 6
    assert found["last_build"]["command"] == "build articles"
    assert found["lexicons"] == ["JMdict 2020"]


def test_stats_of_an_empty_glossary(tmp_path: Path) -> None:
    from glossary.store import open_glossary

    path = tmp_path / "empty.db"
    open_glossary(path, create=True).close()
    result = run("stats", "--db", str(path))
    assert result.exit_code == 0
    assert "Not built yet" in result.stdout


@pytest.mark.parametrize("command", [["lookup", "領土"], ["lookup", "領土", "--json"], ["stats"], ["--help"]])
def test_nothing_heavy_is_imported(glossary_path: Path, command: list[str]) -> None:
    code = (
        "import sys; from glossary.cli import cli; cli(standalone_mode=False);"
        "heavy = {'sqlite_utils', 'datasette', 'numpy', 'fugashi', 'yaml', 'jamdict_data'} & set(sys.modules);"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    environment = os.environ | {"GLOSSARY_DB": str(glossary_path)}
    result = subprocess.run([sys.executable, "-c", code, *command], env=environment, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_closed_pipe_is_quiet(glossary_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        command = [sys.executable, "-c", SCRIPT, "lookup", "領土", "--json", "--db", str(glossary_path)]
        result = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(write_end)
    assert result.stderr == ""


def test_a_console_without_japanese_does_not_fail(glossary_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", SCRIPT, "lookup", "領土", "--db", str(glossary_path)]
    result = subprocess.run(command, env=environment, capture_output=True)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.startswith(rb"\u9818\u571f = territory")
