"""What each kind of evidence brings to the pair ranker. Usage: ablation.py FOLDER GOLD [--folds N]

The ranker is cross-validated by document with all kinds of evidence, then without each of them in turn. Candidates
and labellers are the same every time, fitted without the fold; the figures compare with each other, and with those of
`crossvalidate.py --not-nested`.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from crossvalidate import figures

from glossary.terms.candidates import FIRST_FEATURES
from glossary.training.corpus import prepare
from glossary.training.gold import gold_tiers
from glossary.training.rankers import without_evidence
from glossary.training.validation import best_by_key, best_threshold, folds, look_twice, trained_labellers, unseen_rows


def main() -> None:
    """Print a line for each kind of evidence; progress goes to standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="bitexts, NAME.ja.txt and NAME.en.txt")
    parser.add_argument("gold", type=Path, help="annotated pairs, JSON Lines")
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    started = time.monotonic()

    def progress(message: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {message}", file=sys.stderr)

    corpus = prepare(options.folder, options.gold)
    gold = gold_tiers(corpus.gold)
    fold = folds([bitext.bitext.name for bitext in corpus.bitexts], options.folds)
    labeller = trained_labellers(corpus, fold, nested=False, progress=progress)
    rows = unseen_rows(corpus, labeller, fold)
    for kind in (None, *dict.fromkeys(of for _, of in FIRST_FEATURES)):
        progress(f"without {kind}" if kind else "with everything")
        validated = look_twice(without_evidence(rows, kind) if kind else rows, gold, fold, labeller)
        name = f"without {kind}" if kind else "everything"
        print(f"{name:24} {figures(best_threshold(gold, validated.best)[1])}", flush=True)
        if kind is None:
            first = best_by_key(rows.keys, validated.first)
            print(f"{'without rivals':24} {figures(best_threshold(gold, first)[1])}", flush=True)


if __name__ == "__main__":
    main()
