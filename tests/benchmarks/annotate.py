"""Matching terms against a large synthetic glossary. Usage: annotate.py FOLDER [--terms N] [--keep FILE]

The glossary is made of words of the texts themselves, two to four a term, so that nearly every word of a text begins
some term: harder than any real one. Measured in one run, in processor time, as ratios:

- start-up: opening the glossary and its index (already made), against opening the database and reading one row;
- Japanese: tokens and matches of all texts, against plain fugashi (each line tagged, each word's lemma read);
- English: matches of all texts, against splitting each line at white space;
- peak memory of a process that opens the glossary and matches all texts (MiB).
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fugashi

from glossary.documents.folder import read_paths
from glossary.languages import english, japanese
from glossary.matching import Matcher
from glossary.records import Document, Language
from glossary.store import open_glossary

RUNS = {"ja": 3, "en": 20}


def seconds(work: Callable[[], Any], runs: int) -> float:
    """Processor time of the fastest of `runs` runs: others may be at work on the machine."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def vocabulary(documents: list[Document]) -> tuple[list[str], list[str]]:
    """Nouns of the Japanese texts and words of the English ones."""
    ja = {
        token.surface
        for document in documents
        if document.language == "ja"
        for line in document.text.splitlines()
        for token in japanese.tokenize(line)
        if token.pos.startswith("名詞")
    }
    en = {
        token.surface
        for document in documents
        if document.language == "en"
        for token in english.tokenize(document.text)
        if token.surface.isalpha() and len(token.surface) > 2
    }
    return sorted(ja), sorted(en)


def make_glossary(path: Path, terms: int, documents: list[Document]) -> None:
    """`terms` terms in half as many concepts, all shown."""
    chance = random.Random(1)
    ja_words, en_words = vocabulary(documents)
    db = open_glossary(path, create=True)
    at = "2024-01-01T00:00:00Z"
    with db.conn:
        for number in range(terms // 2):
            ja = "".join(chance.choices(ja_words, k=chance.randint(2, 4)))
            en = " ".join(chance.choices(en_words, k=chance.randint(2, 4)))
            db.conn.execute(
                """insert into concept (id, concept_id, ja, en, kind, confidence, origin, created, modified,
                modified_by, shown) values (?, ?, ?, ?, 'concept', .9, 'user', ?, ?, 'benchmark', 1)""",
                [number + 1, f"c{number}", ja, en, at, at],
            )
            db.conn.executemany(
                """insert into term (term_id, concept, language, term, form, status)
                values (?, ?, ?, ?, 'full', 'preferred')""",
                [(f"{number}-ja", number + 1, "ja", ja), (f"{number}-en", number + 1, "en", en)],
            )
    db.close()


def open_database(path: Path) -> None:
    """The yardstick of start-up."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    db.execute("select * from glossary limit 1").fetchone()
    db.close()


def open_matcher(path: Path) -> None:
    matcher = Matcher(path)
    assert matcher.index is not None
    matcher.close()


def plain_fugashi(tagger: fugashi.Tagger, lines: list[str]) -> None:
    """The yardstick of Japanese."""
    for line in lines:
        for word in tagger(line):
            word.feature.lemma  # noqa: B018 - features are read lazily: reading is what is timed


def split_lines(lines: list[str]) -> None:
    """The yardstick of English."""
    for line in lines:
        for word in line.split():
            word  # noqa: B018 - as above


def peak_memory(path: Path, folder: Path) -> float:
    """MiB of a process of its own."""
    arguments = [sys.executable, __file__, str(folder), "--keep", str(path), "--only-match"]
    return float(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)


def match_all(path: Path, documents: list[Document]) -> int:
    """Number of matches in all documents."""
    with Matcher(path) as matcher:
        return sum(len(matcher.matches(document.text, document.language)) for document in documents)


def match_texts(matcher: Matcher, texts: list[str], language: Language) -> int:
    """Number of matches in these texts."""
    return sum(len(matcher.matches(text, language)) for text in texts)


def report(path: Path, folder: Path, documents: list[Document]) -> None:
    """Print all figures."""
    print(f"index made in       {seconds(lambda: open_matcher(path), 1):9.1f} s")
    database, index = seconds(lambda: open_database(path), 20), seconds(lambda: open_matcher(path), 20)
    print(f"start-up            {index / database:9.2f} times opening the database ({database * 1000:.2f} ms)")
    texts = {language: [d.text for d in documents if d.language == language] for language in ("ja", "en")}
    lines = {language: [line for text in found for line in text.splitlines()] for language, found in texts.items()}
    tagger = fugashi.Tagger()
    yardsticks = {
        "ja": ("plain fugashi", lambda: plain_fugashi(tagger, lines["ja"])),
        "en": ("splitting at white space", lambda: split_lines(lines["en"])),
    }
    with Matcher(path) as matcher:
        for language, (name, yardstick) in yardsticks.items():
            runs = RUNS[language]
            base = seconds(yardstick, runs)
            ours = seconds(lambda language=language: match_texts(matcher, texts[language], language), runs)
            found = match_texts(matcher, texts[language], language)
            size = sum(map(len, texts[language]))
            speed = f"{size / ours:,.0f} characters/s, {found:,} matches"
            print(f"{language} throughput       {base / ours:9.3f} of {name} ({speed})")
    print(f"peak memory         {peak_memory(path, folder):9.0f} MiB")


def main() -> None:
    """Make the glossary and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="texts to match, e.g. db/samples")
    parser.add_argument("--terms", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="keep the glossary here, and use it if it is there")
    parser.add_argument("--only-match", action="store_true", help="match all texts and print the peak memory (MiB)")
    options = parser.parse_args()
    documents = list(read_paths([options.folder]).documents)
    if options.only_match:
        match_all(options.keep, documents)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "large.db"
        if not path.exists():
            make_glossary(path, options.terms, documents)
        report(path, options.folder, documents)


if __name__ == "__main__":
    main()
