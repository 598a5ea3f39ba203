"""Public sentence pairs, from which the shipped word translations are learned. Usage: public_pairs.py FILE REPOSITORIES

Writes FILE (gzipped TSV: Japanese, English). REPOSITORIES is a folder with clones of the git repositories of `SOURCES`
and those of public_texts.py. No sentence of an annotated document is among them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from public_texts import (
    SOURCES,
    SPLITS,
    Segments,
    Source,
    annotated,
    catalogue_segments,
    encyclopedia,
    file_at,
    unspaced,
)

EXAMPLES = Source("odashi/small_parallel_enja", "312408a11c5fbcbc09443bebb18121f7efdcd61e", "CC BY 2.0 FR")
"""50,000 everyday sentences of the Tanaka corpus."""
_ENCYCLOPEDIA_PAIRS = 150_000
"""Of 420,000: more would make the table one of Kyoto's history."""
_LONGEST = (160, 400)
"""Characters of a Japanese and of an English sentence."""


def files_at(clone: Path, source: Source, pattern: str) -> list[str]:
    """Paths that match, in an order that has nothing to do with what they hold."""
    command = ["git", "-C", str(clone), "ls-tree", "-r", "--name-only", source.commit]
    paths = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return sorted((p for p in paths if re.search(pattern, p)), key=lambda p: hashlib.sha256(p.encode()).digest())


def articles(repositories: Path, documents: set[str]) -> Iterator[tuple[str, str]]:
    """Sentences of the encyclopedia."""
    source, count = SOURCES["wiki"], 0
    clone = repositories / source.repository.split("/")[1]
    for path in files_at(clone, source, r"/[A-Z]{3}\d{5}\.xml$"):
        name = Path(path).stem
        if f"wiki.{name}" in documents:
            continue
        try:
            segments = encyclopedia(clone, source, name)
        except ParseError:  # a few files are damaged
            continue
        for pair in _fitting(segments):
            yield pair
            count += 1
            if count == _ENCYCLOPEDIA_PAIRS:
                return


def manuals(repositories: Path, documents: set[str]) -> Iterator[tuple[str, str]]:
    """Messages of the manual."""
    source = SOURCES["soft"]
    clone = repositories / source.repository.split("/")[1]
    for path in files_at(clone, source, r"\.po$"):
        if "soft." + path.removesuffix(".po").replace("/", "-", 1) not in documents:
            messages = catalogue_segments(file_at(clone, source, path))
            yield from _fitting([(unspaced(ja), en) for ja, en in messages])


def examples(repositories: Path) -> Iterator[tuple[str, str]]:
    """Everyday sentences; the spaces that a tokenizer put into the Japanese ones are taken out."""
    clone = repositories / EXAMPLES.repository.split("/")[1]
    ja, en = (file_at(clone, EXAMPLES, f"train.{side}").splitlines() for side in ("ja", "en"))
    yield from _fitting([(left.replace(" ", ""), right) for left, right in zip(ja, en, strict=True)])


def _fitting(segments: Segments) -> Iterator[tuple[str, str]]:
    for ja, en in segments:
        ja, en = " ".join(ja.split()), " ".join(en.split())
        if 3 < len(ja) < _LONGEST[0] and 2 < len(en) < _LONGEST[1]:
            yield ja, en


def main() -> None:
    """All pairs of the three sources."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("repositories", type=Path)
    options = parser.parse_args()
    documents = {row["doc"] for split in SPLITS for row in annotated(split)}
    with gzip.open(options.file, "wt", encoding="utf-8", newline="\n") as file:
        for pairs in (
            articles(options.repositories, documents),
            manuals(options.repositories, documents),
            examples(options.repositories),
        ):
            number = 0
            for ja, en in pairs:
                file.write(f"{ja}\t{en}\n")
                number += 1
            print(f"{number:,} sentence pairs")


if __name__ == "__main__":
    main()
