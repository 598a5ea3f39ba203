"""How long a build takes, as a multiple of plain fugashi on the same Japanese text. Usage: fugashi_ratio.py FOLDER

Plain fugashi: one process, every line tagged and every word's lemma read; best of five, in this run. The build is
that of an empty database, in this process, model state and storing included, the imports not.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fugashi

from glossary.build import build
from glossary.documents.folder import read_paths

RUNS = 5


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain_fugashi(tagger: fugashi.Tagger, lines: list[str]) -> None:
    """The yardstick."""
    for line in lines:
        for word in tagger(line):
            word.feature.lemma  # noqa: B018 - features are read lazily: reading is what is timed


def main() -> None:
    """Print both times and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="what `glossary build` reads")
    parser.add_argument("--runs", type=int, default=1, help="builds, of which the fastest counts")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    texts = [document.text for document in read_paths([options.folder]).documents if document.language == "ja"]
    lines = [line for text in texts for line in text.splitlines()]
    tagger = fugashi.Tagger()
    yardstick = min(seconds(lambda: plain_fugashi(tagger, lines)) for _ in range(RUNS))
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{run}.db" for run in range(options.runs)]
        time_taken = min(seconds(lambda path=path: build([options.folder], path, jobs=options.jobs)) for path in paths)
    print(f"{len(texts)} Japanese texts, {sum(map(len, texts)):,} characters")
    print(f"plain fugashi {yardstick:8.3f} s, best of {RUNS}")
    print(f"build         {time_taken:8.3f} s, best of {options.runs}, {options.jobs} process(es)")
    print(f"ratio         {time_taken / yardstick:8.1f}")


if __name__ == "__main__":
    main()
