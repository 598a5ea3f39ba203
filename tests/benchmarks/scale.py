"""Time and memory of a build by size and by number of workers. Usage: scale.py [--pairs 1000 10000] [--ways 1 2 dask]

The input is the sentence pairs of db/samples, multiplied: in every copy some of the annotated terms are replaced, on
both sides, by invented words. Which word is drawn by a Pitman–Yor process (Pitman & Yor 1997; Teh 2006), so that the
vocabulary grows as a power of the text (Heaps' law), as it does in a real corpus. Each build runs in a process of its
own, into an empty database. Processor time counts all processes; "2 idle" is the wall time that two idle cores would
need at least: the processor time of the parent plus half of that of its workers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).resolve().parents[2] / "db" / "samples"
DISCOUNT, CONCENTRATION = 0.6, 20.0
"""The number of different words grows as n ** DISCOUNT."""
REPLACED = 0.5
"""Of the annotated terms."""
_ROMAJI = (
    "a i u e o ka ki ku ke ko sa su se so ta te to na ni nu ne no ha hi he ho ma mi mu me mo ya yu yo ra ri ru re ro wa"
)
_KANA = dict(
    zip(
        "アイウエオカキクケコサスセソタテトナニヌネノハヒヘホマミムメモヤユヨラリルレロワ",
        _ROMAJI.split(),
        strict=True,
    )
)


class Words:
    """Invented words, Japanese and English, drawn with the preference for frequent ones that texts have."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._drawn: list[int] = []
        self._counts: list[int] = []
        self._words: list[tuple[str, str]] = []

    def draw(self) -> tuple[str, str]:
        n, kinds = len(self._drawn), len(self._words)
        if self._chance.random() < (CONCENTRATION + DISCOUNT * kinds) / (CONCENTRATION + n):
            kana = self._chance.choices(list(_KANA), k=self._chance.randint(3, 5))
            self._words.append(("".join(kana), "".join(_KANA[c] for c in kana).capitalize()))
            self._counts.append(0)
            number = kinds
        else:
            number = self._chance.choice(self._drawn)
            while self._chance.random() < DISCOUNT / self._counts[number]:
                number = self._chance.choice(self._drawn)
        self._drawn.append(number)
        self._counts[number] += 1
        return self._words[number]


def multiplied(pairs: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """So many sentence pairs."""
    chance = random.Random(seed)
    words = Words(chance)
    terms = defaultdict(list)
    for line in (SAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["ja"] and row["en"]:
            terms[row["doc"], row["seg"]].append((row["ja"], row["en"]))
    rows = [json.loads(line) for line in (SAMPLES / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["ja"] and row["en"] and terms[row["doc"], row["seg"]]]
    for number in range(pairs):
        row = rows[number % len(rows)]
        ja, en = row["ja"], row["en"]
        found = terms[row["doc"], row["seg"]]
        chosen = [pair for pair in found if chance.random() < REPLACED] or [chance.choice(found)]
        for ja_term, en_term in sorted(chosen, key=lambda pair: -len(pair[0])):
            if ja_term in ja and en_term in en:
                new_ja, new_en = words.draw()
                ja, en = ja.replace(ja_term, new_ja, 1), en.replace(en_term, new_en, 1)
        yield ja, en


def write(pairs: int, path: Path) -> tuple[int, int]:
    """The corpus as .tsv.gz; (Japanese characters, distinct English words)."""
    characters, words = 0, set()
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for ja, en in multiplied(pairs):
            file.write(f"{ja}\t{en}\n")
            characters += len(ja)
            words |= set(en.split())
    return characters, len(words)


class Cost(NamedTuple):
    """Seconds, and megabytes of the largest process."""

    wall: float
    parent: float
    workers: float
    memory: float
    fugashi: float
    """Processor time of plain fugashi on the Japanese side."""


def measure(corpus: Path, way: str) -> Cost:
    """One build in a new process."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(corpus), way], capture_output=True, text=True, check=True
    )
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def one(corpus: Path, way: str) -> None:
    """Build, and print what it cost."""
    from fugashi_ratio import plain_fugashi

    from glossary.build import build

    with tempfile.TemporaryDirectory() as folder:
        options = {"jobs": 2, "scheduler": "local"} if way == "dask" else {"jobs": int(way)}
        start, cpu = time.perf_counter(), time.process_time()
        build([corpus], Path(folder) / "g.db", **options)
        wall, parent = time.perf_counter() - start, time.process_time() - cpu
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    import fugashi

    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        lines = [line.partition("\t")[0] for line in file]
    tagger = fugashi.Tagger()
    cpu = time.process_time()
    plain_fugashi(tagger, lines)
    yardstick = time.process_time() - cpu
    memory = max(own.ru_maxrss, workers.ru_maxrss) / 1024
    print(json.dumps([wall, parent, workers.ru_utime + workers.ru_stime, memory, yardstick]))


def main() -> None:
    """Print a line for each size and way."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument(
        "--ways", nargs="+", default=["1", "2"], help="numbers of processes; dask: a local cluster of 2"
    )
    parser.add_argument("--one", nargs=2, metavar=("CORPUS", "WAY"), help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, metavar="FILE.tsv.gz", help="only write the corpus of the first size")
    options = parser.parse_args()
    if options.one:
        one(Path(options.one[0]), options.one[1])
        return
    if options.write:
        print(*write(options.pairs[0], options.write))
        return
    print("   pairs  way   wall s  processor s (parent + workers)  2 idle s  ms/pair  x fugashi   MB")
    with tempfile.TemporaryDirectory() as folder:
        for pairs in options.pairs:
            corpus = Path(folder) / f"{pairs}.tsv.gz"
            characters, vocabulary = write(pairs, corpus)
            print(f"{pairs:8,}  {characters:,} Japanese characters, {vocabulary:,} English word forms")
            for way in options.ways:
                cost = measure(corpus, way)
                total = cost.parent + cost.workers
                idle = cost.parent + cost.workers / 2
                print(
                    f"{pairs:8,}  {way:4} {cost.wall:7.1f} {total:12.1f} ({cost.parent:.1f} + {cost.workers:.1f})"
                    f" {idle:9.1f} {1000 * total / pairs:8.1f} {total / cost.fugashi:8.1f} {cost.memory:8.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
