"""Consoles that do not speak UTF-8: nothing fails, JSON stays JSON, files are UTF-8."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from desk_glossary import glossary_of
from sample_glossary import command, environment

ENCODINGS = [("cp932", "cp932"), ("ascii", "utf-8")]  # Click holds ASCII for a mistake, and writes UTF-8
TEXTS = {"a.ja.txt": "𠮷野家の灯台は café の隣。\n", "a.en.txt": "The 灯台 is next to the café 😀.\n"}
PLAIN = [
    ["lookup", "灯台"],
    ["annotate", "a.ja.txt", "--new", "0"],
    ["check", "a.ja.txt", "a.en.txt"],
    ["stats"],
    ["decisions", "list"],
    ["lookup", "存在しない語"],
    ["settings"],
]
JSON = [
    ["lookup", "灯台", "--json"],
    ["annotate", "a.ja.txt", "--json", "--new", "0"],
    ["check", "a.ja.txt", "a.en.txt", "--sarif"],
    ["compare", "g.db", "other.db", "--json"],
]
UTF8 = [
    ["annotate", "a.ja.txt", "--format", "html", "--new", "0"],
    ["check", "a.ja.txt", "a.en.txt", "--junit"],
    ["decisions", "export"],
    ["export", "-", "--format", "jsonl"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("consoles")
    glossary_of(folder / "g.db", [("灯台", "phare étoilé", "concept"), ("𠮷野家", "Yoshinoya", "organization")])
    glossary_of(folder / "other.db", [("灯台", "lighthouse", "concept")])
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def printed(folder: Path, encoding: str, arguments: list[str]) -> bytes:
    variables = environment() | {"PYTHONIOENCODING": encoding, "GLOSSARY_DB": "g.db"}
    done = subprocess.run(command(*arguments), cwd=folder, env=variables, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 1, 3)
    return done.stdout


@pytest.mark.parametrize(("encoding", "written"), ENCODINGS)
@pytest.mark.parametrize("arguments", PLAIN, ids=" ".join)
def test_text_is_in_the_encoding_of_the_console(
    folder: Path, encoding: str, written: str, arguments: list[str]
) -> None:
    printed(folder, encoding, arguments).decode(written)


@pytest.mark.parametrize(("encoding", "written"), ENCODINGS)
@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
def test_json_is_the_same_data_as_on_a_utf8_console(
    folder: Path, encoding: str, written: str, arguments: list[str]
) -> None:
    there = json.loads(printed(folder, encoding, arguments).decode(written))
    assert there == json.loads(printed(folder, "utf-8", arguments).decode("utf-8"))


@pytest.mark.parametrize("arguments", UTF8, ids=" ".join)
def test_files_are_utf8_whatever_the_console_speaks(folder: Path, arguments: list[str]) -> None:
    text = printed(folder, "cp932", arguments).decode("utf-8")
    assert "灯台" in text
