"""Entries as pairs of a source and a target term, for formats of one pair a line, and back.

The pair of the preferred terms comes first, with all that is said of the concept; then every further term beside the
preferred one of the other language. Lines that follow one another and name the same id are one entry again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice
from typing import NamedTuple

from ..records import Language
from .entry import Entry, EntryTerm, in_order
from .labels import parted
from .registry import About
from .text import is_japanese, one_line

_SAMPLE = 200
NO_PAIR = "without a term that may be used in both languages"


COMMENT = "beginning with #, which makes a line a comment"


class Pair(NamedTuple):
    source: EntryTerm
    target: EntryTerm
    entry: Entry | None
    """With the first pair only."""
    added: EntryTerm | None
    """The term that only this pair has; None for the first pair."""


class Line(NamedTuple):
    """What a line of a file says."""

    ja: str
    en: str
    comment: str
    status: str | None = None
    """Of the term that is new in this line (of the target, if both are; of both, if it is preferred)."""
    concept_status: str | None = None
    target: Language = "en"


def sides(about: About) -> tuple[Language, Language]:
    """Source and target language."""
    return ("ja", "en") if about.direction == "ja-en" else ("en", "ja")


def pairs(entry: Entry, about: About, *, flagged: bool = False, comments: bool = False) -> Iterator[Pair]:
    """The pairs of an entry; counted as left out if it has none. `flagged`: deprecated and forbidden terms too.

    `comments`: the format takes lines that begin with # for comments, so terms that do are left out.
    """
    source_side, target_side = sides(about)
    sources = _terms(entry, source_side, flagged)
    if comments and any(_is_comment(term) for term in sources):
        about.leave_out(COMMENT)
        # Without its preferred term, an entry would come back with another one preferred.
        sources = [] if _is_comment(sources[0]) else [term for term in sources if not _is_comment(term)]
        if not sources:
            return
    targets = _terms(entry, target_side, flagged)
    if not sources or not targets or not sources[0].usable:
        about.leave_out(NO_PAIR)
        return
    yield Pair(sources[0], targets[0], entry, None)
    for target in targets[1:]:
        yield Pair(sources[0], target, None, target)
    for source in sources[1:]:
        yield Pair(source, targets[0], None, source)


def _is_comment(term: EntryTerm) -> bool:
    return one_line(term.term).startswith("#")


def _terms(entry: Entry, language: Language, flagged: bool) -> list[EntryTerm]:
    terms = entry.of(language) if flagged else entry.usable(language)
    return [term for term in terms if one_line(term.term)]


def gathered(found: Iterable[Line]) -> Iterator[Entry]:
    """Entries of lines: those that follow one another and name the same id are one."""
    numbered = ((parted(line.comment), line) for line in found)
    alone = iter(range(1 << 62))
    for concept_id, group in groupby(numbered, key=lambda pair: pair[0].concept.get("concept_id") or next(alone)):
        fields: dict[str, str] = {}
        terms: dict[tuple[str, str], EntryTerm] = {}
        status = None
        for said, line in group:
            fields = said.concept | fields
            status = status or line.concept_status
            new = []
            for language, text, own in (("ja", line.ja, said.ja), ("en", line.en, said.en)):
                if text and (language, text) not in terms:
                    terms[language, text] = EntryTerm(language, text, **own)  # type: ignore[arg-type]
                    new.append((language, text))
            ours = isinstance(concept_id, str)
            _mark(terms, new, line, ours)
        if status:
            fields.setdefault("status", status)
        yield in_order(Entry(tuple(terms.values()), **fields))  # type: ignore[arg-type]


def _mark(terms: dict[tuple[str, str], EntryTerm], new: list[tuple[str, str]], line: Line, ours: bool) -> None:
    """Give the new terms their status; in a line of ours without one, the first of its language is preferred."""
    if line.status is not None and new:
        flagged = new if line.status == "preferred" else [p for p in new if p[0] == line.target] or new
        for place in flagged:
            terms[place] = replace(terms[place], status=line.status)
        new = [place for place in new if place not in flagged]
    if ours:
        for place in new:
            first = next(known for known in terms if known[0] == place[0])
            terms[place] = replace(terms[place], status="preferred" if place == first else "admitted")


def oriented(rows: Iterable[list[str]], direction: str | None) -> Iterator[tuple[str, str, list[str]]]:
    """(Japanese, English, row) of rows whose first two cells are source and target.

    Without `direction` the side on which more of the first 200 rows have kana or kanji is Japanese.
    """
    iterator = iter(rows)
    sample = list(islice(iterator, _SAMPLE))
    if direction is None:
        left, right = (sum(is_japanese(row[side]) for row in sample if len(row) > side) for side in (0, 1))
        direction = "en-ja" if right > left else "ja-en"
    for part in (sample, iterator):
        for row in part:
            first, second = (one_line(cell) for cell in [*row, "", ""][:2])
            ja, en = (first, second) if direction == "ja-en" else (second, first)
            if ja or en:
                yield ja, en, row
