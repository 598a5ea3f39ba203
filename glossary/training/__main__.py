"""`python -m glossary.training FOLDER GOLD [--background PAIRS] …`: fit the shipped weights anew."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from ..lexicons.knowledge import embedded
from ..terms.model import WEIGHTS
from .background import background_table, read_pairs
from .corpus import prepare
from .fitting import fit
from .gold import gold_tiers
from .shippedrows import TRAINING_ROWS, sampled, save_rows
from .validation import cross_validate


def main() -> None:
    """Fit on annotated documents; prints the cross-validated figures of what is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="bitexts, NAME.ja.txt and NAME.en.txt")
    parser.add_argument("gold", type=Path, help="annotated pairs, JSON Lines")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument(
        "--background", type=Path, metavar="PAIRS",
        help="learn the word translations anew from these sentence pairs (gzipped TSV: Japanese, English)",
    )  # fmt: skip
    parser.add_argument("--source", default="annotated news", help="what the documents are, for the record")
    parser.add_argument("--nested", action="store_true", help="refit the labellers inside each fold too")
    arguments = parser.parse_args()
    started = time.monotonic()

    def progress(message: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {message}", file=sys.stderr)

    knowledge, table = embedded(), None
    if arguments.background:
        table = background_table(read_pairs(arguments.background), knowledge, progress)
    corpus = prepare(arguments.folder, arguments.gold, knowledge, table)
    progress(f"{len(corpus.bitexts)} bitexts prepared")
    validated = cross_validate(corpus, nested=arguments.nested, progress=progress)
    model = fit(corpus, validated, arguments.source)
    model.save(arguments.weights)
    save_rows(sampled(validated, set(gold_tiers(corpus.gold))), arguments.weights.with_name(TRAINING_ROWS.name))
    for name, figures in model.signature["cross_validated"].items():
        print(f"cross-validated, {name} threshold:", " ".join(f"{key} {value:.3f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
