"""What the fuzzing scripts found once, tried again; and a short run of them. See tests/benchmarks/fuzz.py."""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

import fuzz_http
import fuzz_imports
from fuzz import CORPUS, FINDINGS, PLAIN, corpus, in_child, mutated, search_complaint

from glossary.store import open_glossary

QUICK = (".txt", ".md", ".srt", ".vtt", ".csv", ".tsv", ".tmx", ".xlf", ".po", ".html", ".xlsx", ".docx")

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="reads each file in a forked process")


def files(*suffixes):
    """The findings whose names end in one of these; of none: documents."""
    others = (".query", ".import", ".request")
    found = sorted(FINDINGS.iterdir()) if FINDINGS.exists() else []
    return [path for path in found if (path.suffix in suffixes if suffixes else path.suffix not in others)]


@needs_fork
@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_files_that_were_read_badly_once(path):
    assert in_child([(path.suffix, path.read_bytes())]) == []


@pytest.mark.parametrize("path", files(".query"), ids=lambda path: path.name)
def test_searches_that_failed_once(path, made):
    db = open_glossary(made, readonly=True)
    assert search_complaint(db, path.read_bytes().decode("utf-8", "surrogatepass")) is None
    db.close()


@pytest.mark.parametrize("path", files(".import"), ids=lambda path: path.name)
def test_imports_that_failed_once(path, made):
    assert fuzz_imports.complaint(path.read_bytes(), path.name[path.name.index(".") :], made) is None


@pytest.mark.parametrize("path", files(".request"), ids=lambda path: path.name)
def test_requests_that_failed_once(path, tmp_path):
    assert asyncio.run(fuzz_http.ask([json.loads(path.read_text())], tmp_path)) == []


@pytest.mark.parametrize("name", fuzz_imports.names())
def test_changed_files_are_imported_or_refused(name, made):
    chance = random.Random(name)
    for data in fuzz_imports.corpus()[name] * 3:
        assert fuzz_imports.complaint(mutated(data, chance, [fuzz_imports.TABLE]), name, made) is None


def test_odd_requests_are_answered_and_write_nothing_without_permission(tmp_path):
    chance = random.Random(2)
    assert asyncio.run(fuzz_http.ask([fuzz_http.random_request(chance) for _ in range(150)], tmp_path)) == []


@needs_fork
@pytest.mark.parametrize("ending", QUICK)
def test_changed_files_are_read_or_refused(ending):
    chance = random.Random(ending)
    sources = corpus(CORPUS)[ending]
    tasks = [(ending, mutated(chance.choice(sources), chance, list(PLAIN.values()))) for _ in range(12)]
    assert in_child(tasks) == []


@needs_fork
def test_a_crash_and_a_hang_are_findings(monkeypatch):
    import fuzz

    monkeypatch.setattr("fuzz.SECONDS", 0.3)
    for action, words in ((lambda *_: os._exit(3), "crashed"), (lambda *_: __import__("time").sleep(5), "took more")):
        ((_, _, said),) = fuzz.in_child([(".txt", b"a")], action)
        assert words in said
