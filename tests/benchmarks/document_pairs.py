"""How well bitexts are found by content. Usage: document_pairs.py FOLDER [--seeds N] [--missing SHARE] [--part SHARE]

The texts of a folder of bitexts (NAME.ja.EXT, NAME.en.EXT) are copied to files whose names say nothing, some of them
without their counterpart; with --lying-names every name says something wrong. --part takes a share of the bitexts.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from glossary.documents.folder import read_paths
from glossary.lexicons.knowledge import embedded
from glossary.pairing.decide import find_bitexts
from glossary.records import Bitext


def disguise(bitexts: Sequence[Bitext], folder: Path, rng: random.Random, missing: float, lying: bool) -> set:
    """Write the texts under other names; {(Japanese file, English file)} of those whose two sides are there."""
    orphans = set(rng.sample(range(len(bitexts)), round(missing * len(bitexts))))
    sides = [
        (n, d) for n, b in enumerate(bitexts) for d in ((rng.choice((b.ja, b.en)),) if n in orphans else (b.ja, b.en))
    ]
    rng.shuffle(sides)
    where: dict[tuple[int, str], str] = {}
    counts = {"ja": 0, "en": 0}
    for place, (number, document) in enumerate(sides):
        counts[document.language] += 1
        name = f"n{counts[document.language]}.{document.language}.txt" if lying else f"text{place:04}.txt"
        (folder / name).write_text(document.text, encoding="utf-8")
        where[number, document.language] = name
    return {(where[n, "ja"], where[n, "en"]) for n in range(len(bitexts)) if n not in orphans}


def main() -> None:
    """One line for each seed and the sum of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--missing", type=float, default=0.3, help="share of articles without counterpart")
    parser.add_argument("--part", type=float, default=1.0, help="share of the bitexts that is used")
    parser.add_argument("--lying-names", action="store_true")
    options = parser.parse_args()
    bitexts = read_paths([options.folder]).bitexts
    right = made = there = 0
    for seed in range(options.seeds):
        rng = random.Random(seed)
        chosen = rng.sample(bitexts, max(1, round(options.part * len(bitexts))))
        with tempfile.TemporaryDirectory() as name:
            truth = disguise(chosen, Path(name), rng, options.missing, options.lying_names)
            collection = read_paths([name])
            started = time.monotonic()
            found = find_bitexts(collection, embedded()).collection.bitexts
            seconds = time.monotonic() - started
        pairs = {(Path(b.ja.path).name, Path(b.en.path).name) for b in found}
        for wrong in sorted(pairs - truth):
            print("  wrong:", *wrong, *next(b.reasons for b in found if Path(b.ja.path).name == wrong[0]))
        right, made, there = right + len(pairs & truth), made + len(pairs), there + len(truth)
        print(f"seed {seed}: {len(pairs & truth)} right of {len(pairs)}, {len(truth)} there  ({seconds:.1f} s)")
    print(f"precision {right / max(1, made):.3f}  recall {right / max(1, there):.3f}")


if __name__ == "__main__":
    main()
