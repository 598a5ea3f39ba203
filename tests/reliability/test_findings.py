"""What the fuzzing script found once, read again; and a short run of it. See tests/benchmarks/fuzz.py."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

from fuzz import CORPUS, FINDINGS, PLAIN, corpus, in_child, mutated, search_complaint

from glossary.store import open_glossary

QUICK = (".txt", ".md", ".srt", ".vtt", ".csv", ".tsv", ".tmx", ".xlf", ".po", ".html", ".xlsx", ".docx")

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="reads each file in a forked process")


def files():
    return sorted(FINDINGS.iterdir()) if FINDINGS.exists() else []


@needs_fork
@pytest.mark.parametrize("path", [p for p in files() if p.suffix != ".query"], ids=lambda path: path.name)
def test_files_that_were_read_badly_once(path):
    assert in_child([(path.suffix, path.read_bytes())]) == []


@pytest.mark.parametrize("path", [p for p in files() if p.suffix == ".query"], ids=lambda path: path.name)
def test_searches_that_failed_once(path, made):
    db = open_glossary(made, readonly=True)
    assert search_complaint(db, path.read_bytes().decode("utf-8", "surrogatepass")) is None
    db.close()


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
        monkeypatch.setattr("fuzz.complaint", action)
        ((_, _, said),) = fuzz.in_child([(".txt", b"a")])
        assert words in said
