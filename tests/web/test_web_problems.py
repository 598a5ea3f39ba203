"""Whatever cannot be decided is said in the language of the interface."""

from __future__ import annotations

import ast
import pickle
import re
import shutil
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import open_desk

from glossary import decisions, store
from glossary.errors import GlossaryError, UnfitError
from glossary.web import orders
from glossary.web.problems import IN_JAPANESE, in_words

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
HEADERS = {"accept-language": "ja"}
_DECISIONS, _STORE = Path(decisions.__file__).parent, Path(store.__file__).parent
RAISED_BY = [
    *(_DECISIONS / f"{name}.py" for name in ("actions", "engine", "payload")),
    Path(orders.__file__),
]
"""What runs when a form is sent, and raises nothing but what a person may read."""

ELSEWHERE = {
    _DECISIONS / "record.py": ("check_text", "check_characters", "_one_of", "_check_date", "_check_add"),
    _DECISIONS / "journal.py": ("write_journal",),
    _STORE / "connection.py": ("explained",),
}
"""Functions that run then, too, in modules that do other things besides."""


def templates() -> Iterator[tuple[str, str]]:
    """(where, template) of the errors that these make; of one that is no plain text, the template is ""."""
    for path in RAISED_BY:
        yield from made_in(ast.parse(path.read_text(encoding="utf-8")), path.name)
    for path, names in ELSEWHERE.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in names]
        assert len(functions) == len(names)
        for function in functions:
            yield from made_in(function, path.name)


def made_in(tree: ast.AST, where: str) -> Iterator[tuple[str, str]]:
    constants = {
        node.targets[0].id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Raise)
            and isinstance(node.exc, ast.Call)
            and ast.unparse(node.exc.func) == "ValueError"
        ):
            yield f"{where}:{node.lineno}", ""
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("GlossaryError", "UnfitError", "DamagedError"):
            first = node.args[0]
            value = constants.get(first.id, first.id) if isinstance(first, ast.Name) else getattr(first, "value", "")
            yield f"{where}:{node.lineno}", value if isinstance(value, str) else ""


def test_each_line_that_a_decision_can_raise_has_its_japanese() -> None:
    found = dict(templates())
    assert len(found) > 40
    from glossary.decisions.payload import NO_SUCH_CONCEPT

    known = IN_JAPANESE.keys() | {"NO_SUCH_CONCEPT"}
    assert NO_SUCH_CONCEPT in IN_JAPANESE
    assert {where: template for where, template in found.items() if template not in known} == {}
    assert IN_JAPANESE.keys() - set(found.values()) <= {NO_SUCH_CONCEPT, "{action} needs {name}", "split needs a term"}


@pytest.mark.parametrize("template", IN_JAPANESE)
def test_the_japanese_takes_no_value_that_the_english_has_not(template: str) -> None:
    def fields(text: str) -> set[str]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}

    assert fields(IN_JAPANESE[template]) <= fields(template)
    assert JAPANESE.search(IN_JAPANESE[template]) or template == "{action}: {problem}"


def test_an_error_in_an_error_is_put_into_words_too() -> None:
    inner = UnfitError("{name} is empty or no text", name="value")
    error = GlossaryError("{action}: {problem}", action="note", problem=inner)
    assert str(error) == "note: value is empty or no text"
    assert in_words(error, "ja", {"note": "注記を記入"}.__getitem__) == "注記を記入：値が空です"
    assert in_words(error, "en") == str(error)
    assert in_words(GlossaryError("{a}: not known"), "ja") == "{a}: not known"


SENT: dict[str, tuple[dict[str, Any], str]] = {
    # what is wrong: (fields of the form, part of what is said)
    "no kana": ({"action": "reading", "value": "beach"}, "かなだけで"),
    "no value": ({"action": "edit", "of": "en beach", "value": ""}, "空です"),
    "the same": ({"action": "edit", "of": "en beach", "value": "beach"}, "すでに「beach」"),
    "no such term": ({"action": "prefer", "of": "en sea"}, "語形ではありません"),
    "no such kind": ({"action": "kind", "kind": "animal"}, "種類はありません"),
    "itself": ({"action": "merge", "other": "beach x"}, ""),
    "no context": ({"action": "not-here", "value": "999999"}, "用例はありません"),
    "all its terms": ({"action": "split", "terms": ["ja 浜", "en beach"]}, ""),
    "too long": ({"action": "note", "value": "長" * 10_001}, "長すぎます"),
    "odd characters": ({"action": "note", "value": "a\0b"}, "使えない文字"),
    "nothing to add": ({"action": "add", "target": ""}, "入力してください"),
    "no such action": ({"action": "delete"}, "操作は"),
    "no such decision": ({"action": "undo", "target": "00000000-0000-0000-0000-000000000000"}, "判断はありません"),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("wrong", SENT)
async def test_what_a_form_cannot_do_is_said_in_japanese(pages_path: Path, tmp_path: Path, wrong: str) -> None:
    desk = await open_desk(Path(shutil.copy(pages_path, tmp_path / "coast.db")))
    fields, said = SENT[wrong]
    response = await desk.send({"target": await desk.target("beach"), **fields}, headers=HEADERS)
    assert response.status_code in (400, 409)
    message = re.search("<h1[^>]*>(.*?)</h1>", response.text, re.DOTALL)
    assert message is not None
    assert said in message[1]
    rest = re.sub(r"[A-Za-z-]*beach|[A-Z]{3,}|([a-z-]+, )+[a-z-]+|&#\d+;", "", message[1])
    assert JAPANESE.search(rest)
    assert not re.search(r"\b(is|the|no|of|has|missing|give)\b", rest)


@pytest.mark.asyncio
async def test_scripts_are_told_in_their_language_too(pages_path: Path, tmp_path: Path) -> None:
    desk = await open_desk(Path(shutil.copy(pages_path, tmp_path / "coast.db")))
    concept_id, modified = (await desk.target("beach")).split(" ", 1)
    order = {"action": "reading", "targets": [{"id": concept_id, "modified": modified}], "arguments": {"value": "x"}}
    answer = (await desk.send_json(order, headers=dict(HEADERS))).json()
    assert answer["problems"] == ["「x」：読みは、かなだけで入力してください"]
    answer = (await desk.send_json(order)).json()
    assert answer["problems"] == ["x: a reading is written in kana alone"]


def test_an_error_that_comes_from_another_process_keeps_its_words() -> None:
    error = pickle.loads(pickle.dumps(GlossaryError("{text}: a reading is written in kana alone", text="{x}")))
    assert str(error) == "{x}: a reading is written in kana alone"
    assert in_words(error, "ja") == "「{x}」：読みは、かなだけで入力してください"
