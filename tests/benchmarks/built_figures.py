"""Figures of a real build with the weights in the package. Usage: built_figures.py FOLDER GOLD [--group NAME …]

The bitexts of FOLDER that have annotated pairs in GOLD are built into a glossary of their own, and the pairs that it
shows are compared with the annotated ones. That the weights have not seen these documents is for the caller to know.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from crossvalidate import figures

from glossary.build import build
from glossary.training.gold import GoldKey, gold_tiers, normalize_en, normalize_ja, read_gold, score_pairs


def shown_pairs(paths: list[Path]) -> set[GoldKey]:
    """Every pair that a glossary of these files shows, by document."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "glossary.db"
        build(paths, database)
        with closing(sqlite3.connect(database)) as db:
            rows = db.execute("select distinct document, ja, en from contexts where ja is not null and en is not null")
            return {(document, normalize_ja(ja), normalize_en(en)) for document, ja, en in rows}


def main() -> int:
    """Print the figures of all documents and of each group."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="bitexts, NAME.ja.txt and NAME.en.txt")
    parser.add_argument("gold", type=Path, help="annotated pairs, JSON Lines")
    parser.add_argument("--group", action="append", default=[], help="also of documents whose names begin so")
    options = parser.parse_args()
    gold = gold_tiers(read_gold(options.gold))
    names = sorted({document for document, _, _ in gold})
    found = shown_pairs([options.folder / f"{name}.{side}.txt" for name in names for side in ("ja", "en")])
    for group in ("", *options.group):
        own = {key: tier for key, tier in gold.items() if key[0].startswith(group)}
        documents = sum(name.startswith(group) for name in names)
        scores = score_pairs(own, [key for key in found if key[0].startswith(group)])
        print(f"{group or 'all'} ({documents} documents, {len(own):,} pairs): {figures(scores)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
