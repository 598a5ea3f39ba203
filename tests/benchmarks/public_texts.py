"""The public texts whose terms are annotated in tests/annotations. Usage: public_texts.py FOLDER REPOSITORIES

Writes FOLDER/gold/NAME.ja.txt and NAME.en.txt for every annotated document that the shipped weights are trained on, and
those that they have never seen to FOLDER/heldout. The texts are other people's and are not kept
here: REPOSITORIES is a folder with clones of the git repositories of `SOURCES`, by their last name.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import polib


class Source(NamedTuple):
    """A repository with texts in both languages."""

    repository: str
    commit: str
    licence: str


SOURCES = {
    "ntrex": Source("MicrosoftTranslator/NTREX", "8561f6a622db9edad1217683e5c83daefd8bb2bf", "CC BY-SA 4.0"),
    "wiki": Source("venali/BilingualCorpus", "e5fcb65f2101efa7ab05ade551d97f6c5af6db7b", "CC BY-SA 3.0"),
    "soft": Source("python/python-docs-ja", "7eb90aaa6d3395bcfe01801ceb5e620eedf2356a", "PSF, CC0"),
}
"""By the beginning of the documents' names: news of 2018 translated into Japanese, articles of the Japanese Wikipedia
about Kyoto translated into English, and the manual of Python."""
ANNOTATIONS = Path(__file__).parent.parent / "annotations"
SPLITS = ("gold", "heldout")
"""Files of annotated pairs: what the shipped weights are trained on, and what they have never seen."""
_TOGETHER = 3
"""Segments that make up a paragraph, where the source has no paragraphs."""
_ENDS = "。！？?!」』）)"
_MESSAGES = 14
"""Messages of a catalogue that are taken: a page to read."""
_LONG_CATALOGUE = 40
"""Messages from which the first ten (headings) are passed over."""

Segments = list[tuple[str, str]]
"""(Japanese, English) in the order of the source."""


def file_at(clone: Path, source: Source, path: str) -> str:
    """A file as it was when it was annotated."""
    command = ["git", "-C", str(clone), "show", f"{source.commit}:{path}"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def news(clone: Path, source: Source, name: str) -> Segments:
    """A document of NTREX."""
    files = ("DOCUMENT_IDS.tsv", "NTREX-128/newstest2019-ref.jpn.txt", "NTREX-128/newstest2019-src.eng.txt")
    lines = [file_at(clone, source, path).split("\n") for path in files]
    rows = zip(*lines, strict=False)
    return [(ja.strip(), en.strip()) for document, ja, en in rows if document.split("\t")[0].strip() == name]


def encyclopedia(clone: Path, source: Source, name: str) -> Segments:
    """An article: its sentences with their checked translations."""
    root = ElementTree.fromstring(file_at(clone, source, f"wiki_corpus_2.01/{name[:3]}/{name}.xml"))
    segments = []
    for sentence in root.iter("sen"):
        ja = sentence.findtext("j") or ""
        en = next((e.text for e in sentence.findall("e") if e.get("type") == "check"), None)
        if len(ja) > 3 and en:
            segments.append((ja.strip(), en.strip()))
    return segments


def manual(clone: Path, source: Source, name: str) -> Segments:
    """A page of a manual, without its markup."""
    folder, page = name.split("-", 1)
    segments = catalogue_segments(file_at(clone, source, f"{folder}/{page}.po"))
    kept = [(unspaced(ja), en) for ja, en in segments if len(ja) > 15 and re.search("[ぁ-ん]", ja)]
    start = 0 if len(kept) < _LONG_CATALOGUE else 10
    return kept[start : start + _MESSAGES]


def catalogue_segments(text: str) -> Segments:
    """The translated messages of a gettext catalogue, without markup."""
    catalogue = polib.pofile("\n\n" + text, encoding="utf-8")
    messages = [entry for entry in catalogue if entry.msgstr and not entry.obsolete]
    return [(_plain(entry.msgstr), _plain(entry.msgid)) for entry in messages]


def unspaced(text: str) -> str:
    """Without the spaces that markup needs around Japanese."""
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text)


def _plain(text: str) -> str:
    """Without reStructuredText's roles, literals, links and emphasis."""
    text = re.sub(r":[a-zA-Z:]+:`!?~?\.?([^`<]*?)(?: <[^`]*>)?`", r"\1", text)
    text = re.sub(r"``([^`]*)``", r"\1", text)
    text = re.sub(r"`([^`<]*?) ?(<[^`]*>)?`_*", r"\1", text)
    text = re.sub(r"\*+([^*]+)\*+", r"\1", text).replace("::", ":").replace("\\ ", "")
    return re.sub(r"\s+", " ", text).strip()


READERS = {"ntrex": news, "wiki": encyclopedia, "soft": manual}


def paragraphs(segments: Segments, together: int) -> Iterator[Segments]:
    """Up to `together` segments each; one that does not end a sentence (a headline) stands alone."""
    paragraph: Segments = []
    for ja, en in segments:
        paragraph.append((ja, en))
        if len(paragraph) == together or ja[-1] not in _ENDS:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def write(folder: Path, name: str, segments: Segments) -> None:
    """Both texts of a document."""
    parts = list(paragraphs(segments, 1 if name.startswith("soft") else _TOGETHER))
    for side, language, space in ((0, "ja", ""), (1, "en", " ")):
        text = "\n\n".join(space.join(segment[side] for segment in part) for part in parts)
        (folder / f"{name}.{language}.txt").write_text(text + "\n", encoding="utf-8")


def annotated(split: str) -> list[dict[str, str]]:
    """The annotated pairs of a split, as they stand in its file."""
    text = (ANNOTATIONS / f"{split}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def write_split(folder: Path, repositories: Path, rows: list[dict[str, str]]) -> int:
    """The documents of these rows; returns how many rows have strings that their segment does not hold."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for document in sorted({row["doc"] for row in rows}):
        kind, name = document.split(".", 1)
        source = SOURCES[kind]
        segments = READERS[kind](repositories / source.repository.split("/")[1], source, name)
        write(folder, document, segments)
        for row in (row for row in rows if row["doc"] == document):
            ja, en = segments[int(row["seg"])]
            if (row["ja"] or "") not in ja or (row["en"] or "") not in en:
                print(f"{document}, segment {row['seg']}: {row['ja']} / {row['en']} does not stand there")
                wrong += 1
    return wrong


def main() -> None:
    """All documents; a row whose strings its segment does not hold is an error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("repositories", type=Path)
    options = parser.parse_args()
    wrong = sum(write_split(options.folder / split, options.repositories, annotated(split)) for split in SPLITS)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
