"""Precision and recall of sentence beads. Usage: sentence_beads.py FOLDER TRUTH [--align-only]

FOLDER holds bitexts (NAME.ja.txt, NAME.en.txt), TRUTH (JSON Lines: doc, ja, en) their true segments. The view
`segments` of a real build is judged in three settings: the texts as they are; every sixth English sentence taken out;
that, and two neighbouring paragraphs of each English text swapped. --align-only aligns without building, in a tenth of
the time.

Beads whose two sides lie in the same true segment are merged first. A bead is right if its sides touch the same true
segments; a true segment is found if a right bead has it.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from glossary.alignment.documents import align_bitext, analyse
from glossary.alignment.matching import WordMatcher
from glossary.documents.folder import read_paths
from glossary.languages import english
from glossary.lexicons.knowledge import embedded
from glossary.records import Span
from glossary.store.connection import open_glossary

NONE = -1
LEAST_SHARED = 0.5
"""Of a bead's side or of a true segment, whichever is shorter: so much in common is touching."""
Bead = tuple[Span | None, Span | None]


class Labelled(NamedTuple):
    """A text and, for each of its characters, the true segment it belongs to (or NONE)."""

    text: str
    labels: tuple[int, ...]

    def joined(self, spans: Iterable[Span]) -> Labelled:
        """These stretches, one after the other."""
        spans = list(spans)
        return Labelled("".join(self.text[a:b] for a, b in spans), tuple(n for a, b in spans for n in self.labels[a:b]))


def labelled(text: str, segments: Sequence[str | None]) -> Labelled:
    """Each true segment looked up in the text, after the one before it if it stands there; only letters count."""
    plain, places = _letters(text)
    labels = [NONE] * len(text)
    start = 0
    for number, segment in enumerate(segments):
        wanted = _letters(segment or "")[0]
        at = plain.find(wanted, start) if wanted else NONE
        at = plain.find(wanted) if wanted and at < 0 else at
        if at >= 0:
            start = at + len(wanted)
            for place in places[at:start]:
                labels[place] = number
    return Labelled(text, tuple(labels))


def _letters(text: str) -> tuple[str, list[int]]:
    found = [
        (c, place)
        for place, character in enumerate(text)
        for c in unicodedata.normalize("NFKC", character).casefold()
        if c.isalnum()
    ]
    return "".join(c for c, _ in found), [place for _, place in found]


def as_they_are(text: Labelled, rng: random.Random) -> Labelled:
    """The text."""
    return text


def every_sixth_removed(text: Labelled, rng: random.Random) -> Labelled:
    """The text without its 6th, 12th, … sentence."""
    gone = english.split_sentences(text.text)[5::6]
    edges = [0, *(edge for span in gone for edge in span), len(text.text)]
    return text.joined(zip(edges[::2], edges[1::2], strict=True))


def removed_and_swapped(text: Labelled, rng: random.Random) -> Labelled:
    """That, and two neighbouring paragraphs, neither of them the headline, in each other's place."""
    text = every_sixth_removed(text, rng)
    paragraphs, start = [], 0
    for part in text.text.splitlines(keepends=True):
        if part.strip():
            paragraphs.append((start, start + len(part.rstrip("\n"))))
        start += len(part)
    if len(paragraphs) < 3:
        return text
    first = rng.randrange(1, len(paragraphs) - 1)
    (a, b), (c, d) = paragraphs[first], paragraphs[first + 1]
    return text.joined([(0, a), (c, d), (b, c), (a, b), (d, len(text.text))])


SETTINGS: tuple[Callable[[Labelled, random.Random], Labelled], ...] = (
    as_they_are,
    every_sixth_removed,
    removed_and_swapped,
)


def carried(text: Labelled, stored: str) -> tuple[int, ...]:
    """Labels for the characters of the text as it was stored, which repairs may have changed."""
    if stored == text.text:
        return text.labels
    letters, places = _letters(text.text)
    stored_letters, stored_places = _letters(stored)
    if letters != stored_letters:
        raise SystemExit(f"a text was changed by reading it again: {stored[:40]!r}")
    labels = [NONE] * len(stored)
    for place, there in zip(places, stored_places, strict=True):
        labels[there] = text.labels[place]
    return tuple(labels)


def touched(span: Span, labels: Sequence[int], sizes: Counter[int]) -> frozenset[int]:
    """The true segments that a bead's side has."""
    inside = Counter(n for n in labels[slice(*span)] if n != NONE)
    length = inside.total()
    return frozenset(n for n, shared in inside.items() if shared >= LEAST_SHARED * min(length, sizes[n]))


def judged(beads: Iterable[Bead], ja: Sequence[int], en: Sequence[int]) -> Counter[str]:
    """Numbers of one document: beads made and right, true segments there and found."""
    sizes = Counter(n for n in ja if n != NONE), Counter(n for n in en if n != NONE)
    made: set[tuple[frozenset[int], frozenset[int]]] = set()
    for left, right in beads:
        if left and right:
            sides = touched(left, ja, sizes[0]), touched(right, en, sizes[1])
            if any(sides):
                made.add(sides)
    good = [sides for sides in made if sides[0] == sides[1]]
    there = sizes[0].keys() & sizes[1].keys()
    found = {n for side, _ in good for n in side} & there
    return Counter(made=len(made), right=len(good), there=len(there), found=len(found))


def beads_of_build(folder: Path) -> dict[str, list[Bead]]:
    """(Japanese place, English place) of every row of `segments`, by document."""
    from glossary.build import build

    path = folder / "beads.db"
    build([folder], path)
    beads: dict[str, list[Bead]] = defaultdict(list)
    with open_glossary(path, readonly=True) as db:
        for name, a, b, c, d in db.execute(
            "select document, ja_start, ja_end, en_start, en_end from segments order by document, segment"
        ):
            beads[name].append((None if a is None else (a, b), None if c is None else (c, d)))
    return beads


def beads_of_aligner(folder: Path) -> dict[str, list[Bead]]:
    """The same without a build."""
    knowledge = embedded()
    analysed = [(b, analyse(b.ja), analyse(b.en)) for b in read_paths([folder]).bitexts]
    knowledge.prefetch(f for _, ja, _ in analysed for row in ja.tokens for t in row for f in (t.surface, t.lemma))
    matcher = WordMatcher(knowledge)
    return {
        b.name: [(bead.segment.ja, bead.segment.en) for bead in align_bitext(b, ja, en, matcher).beads]
        for b, ja, en in analysed
    }


def measured(folder: Path, truth: dict[str, list[tuple]], setting: Callable, align_only: bool) -> Counter[str]:
    """The numbers of all documents in one setting."""
    rng = random.Random(1)
    texts: dict[tuple[str, str], Labelled] = {}
    numbers: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for bitext in read_paths([folder]).bitexts:
            for side, document in enumerate((bitext.ja, bitext.en)):
                text = labelled(document.text, [pair[side] for pair in truth[bitext.name]])
                text = setting(text, rng) if side else text
                texts[bitext.name, document.language] = text
                (place / f"{bitext.name}.{document.language}.txt").write_text(text.text, encoding="utf-8")
        stored = {(d.name, d.language): d.text for d in read_paths([place]).documents}
        found = (beads_of_aligner if align_only else beads_of_build)(place)
    for document_name, beads in found.items():
        ja, en = (carried(texts[document_name, language], stored[document_name, language]) for language in ("ja", "en"))
        numbers += judged(beads, ja, en)
    return numbers


def main() -> None:
    """One line for each setting."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--align-only", action="store_true")
    options = parser.parse_args()
    truth: dict[str, list[tuple]] = defaultdict(list)
    for line in options.truth.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        truth[row["doc"]].append((row["ja"], row["en"]))
    for setting in SETTINGS:
        n = measured(options.folder, truth, setting, options.align_only)
        print(
            f"{setting.__name__:20}  precision {n['right'] / n['made']:.3f}  recall {n['found'] / n['there']:.3f}"
            f"  ({n['made']:,} beads, {n['there']:,} true segments)",
            flush=True,
        )


if __name__ == "__main__":
    main()
