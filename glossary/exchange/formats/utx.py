"""UTX 1.11, the word lists of the Asia-Pacific Association for Machine Translation (https://www.aamt.info/english/utx/).

Tab-separated, UTF-8, CR LF. The first line says `#UTX 1.11; ja-JP/en-US; date; license: …`, the last line that begins
with # names the columns: src, tgt, src:pos, term status, … Columns named term:ja and term:en are read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ...errors import GlossaryError
from ..entry import STATUS_WORDS, Entry
from ..labels import escaped, joined, labelled
from ..pairs import Line, Pair, gathered, pairs, sides
from ..registry import About, Hints
from ..streams import lines, text_out
from ..text import guarded, one_line, unguarded

VERSION = "1.11"
_LOCALES = {"ja": "ja-JP", "en": "en-US"}
_LANGUAGES = re.compile(r"([a-z]{2})(?:-\w+)?\s*/\s*([a-z]{2})(?:-\w+)?", re.IGNORECASE)
_COLUMNS = ("src", "tgt", "src:pos", "term status", "src:comment", "customer", "concept ID")
_STATUSES = {"preferred": "approved", "admitted": "provisional", "deprecated": "non-standard", "forbidden": "forbidden"}
_OWN_COLUMNS = ("part_of_speech", "collection", "concept_id")


class Head:
    """What the first line says."""

    def __init__(self, line: str, path: Path) -> None:
        """Raises GlossaryError if it is no line of UTX or names other languages."""
        if not line.startswith("#UTX"):
            raise GlossaryError(f"{path}, line 1: a UTX file begins with #UTX: check --format")
        self.licence = self.date = ""
        for field in (field.strip() for field in line[1:].split(";")):
            key, _, value = field.partition(":")
            if key.strip().casefold() in ("license", "licence"):
                self.licence = value.strip()
            elif re.match(r"\d{4}-\d\d", field):
                self.date = field.split("T")[0]
        match = _LANGUAGES.search(line)
        self.source, self.target = (match[1].lower(), match[2].lower()) if match else ("ja", "en")
        if {self.source, self.target} != {"ja", "en"}:
            raise GlossaryError(
                f"{path}, line 1: its languages are {self.source}/{self.target}: only ja/en and en/ja can be used"
            )


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A line a pair, with the status of the term; forbidden and deprecated terms too."""
    source, target = (_LOCALES[side] for side in sides(about))
    with text_out(out) as text:
        head = [f"#UTX {VERSION}", f"{source}/{target}", about.modified]
        head += [f"license: {_licence(about)}"] if about.notices else []
        text.write("; ".join(part for part in head if part) + "\r\n")
        text.write("#" + "\t".join(_COLUMNS) + "\r\n")
        for entry in entries:
            for pair in pairs(entry, about, flagged=True, comments=True):
                text.write("\t".join(guarded(cell) or "-" for cell in _cells(pair, entry)) + "\r\n")


def _licence(about: About) -> str:
    """The notices without what parts the fields of the line: readers cut it at every semicolon and colon."""
    plain = (re.sub(r"https?://", "", one_line(notice)).replace(": ", ", ") for notice in about.notices)
    return " / ".join(re.sub("[;:]", ",", notice) for notice in plain)


def _cells(pair: Pair, entry: Entry) -> list[str]:
    if pair.entry is not None:
        comment = labelled(entry, pair.source, pair.target, leave_out=_OWN_COLUMNS)
        status = _STATUSES[pair.target.status or "preferred"] if not pair.target.usable else _first_status(entry)
        part_of_speech, collection = one_line(entry.part_of_speech), one_line(entry.collection)
    else:
        assert pair.added is not None
        comment, part_of_speech, collection = labelled(None, pair.added), "", ""
        status = _STATUSES[pair.added.status or "admitted"]
    terms = [one_line(pair.source.term), one_line(pair.target.term)]
    return [*terms, part_of_speech, status, comment, collection, one_line(entry.concept_id)]


def _first_status(entry: Entry) -> str:
    return {"approved": "approved", "candidate": "provisional"}.get(entry.status or "", "")


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of a UTX file between Japanese and English, either way. Raises GlossaryError with the faulty line."""
    return gathered(found for found in _lines(path) if found.ja or found.en)


def head_of(path: Path) -> Head:
    """The first line. Raises GlossaryError as `Head` does."""
    return Head(next((line for _, line in lines(path)), ""), path)


def _lines(path: Path) -> Iterator[Line]:
    columns: dict[str, int] | None = None
    head = None
    for number, line in lines(path):
        if number == 1:
            head = Head(line, path)
        elif line.startswith("#"):
            columns = _columns(line[1:].split("\t"), head) or columns
        elif line.strip():
            if columns is None:
                raise GlossaryError(f"{path}, line {number}: no line #src<TAB>tgt before the first term: add it")
            yield _line(line.split("\t"), columns, head)


def _columns(names: list[str], head: Head | None) -> dict[str, int] | None:
    """Place of each column by what it holds; None if the line does not name both terms."""
    place = {name.strip().casefold(): number for number, name in enumerate(names)}
    ja, en = ("src", "tgt") if head is None or head.source == "ja" else ("tgt", "src")
    if "src" not in place:
        ja, en = "term:ja", "term:en"
    if ja not in place or en not in place:
        return None
    names_of = {
        "ja": (ja,),
        "en": (en,),
        "pos": (f"{ja}:pos", "src:pos"),
        "status": ("term status", "status"),
        "reading": ("reading", f"{ja}:reading", "reading:ja"),
        "comment": ("src:comment", "comment"),
        "tgt comment": ("tgt:comment",),
        "customer": ("customer",),
        "id": ("concept id",),
    }
    return {
        what: place[found]
        for what, names in names_of.items()
        if (found := next((n for n in names if n in place), None))
    }


def _line(cells: list[str], columns: dict[str, int], head: Head | None) -> Line:
    def cell(what: str) -> str:
        place = columns.get(what, -1)
        text = cells[place].strip() if 0 <= place < len(cells) else ""
        return "" if text == "-" else one_line(unguarded(text))

    said = {
        "part of speech": cell("pos"),
        "collection": cell("customer"),
        "reading": cell("reading"),
        "id": cell("id"),
    }
    comments = [cell("comment"), cell("tgt comment")]
    comments += [escaped(f"{label}: {value}") for label, value in said.items() if value]
    shown = cell("status").casefold()
    concept_status = {"approved": "approved", "provisional": "candidate"}.get(shown)
    status = STATUS_WORDS.get(shown, shown or None) if concept_status is None else None
    return Line(
        cell("ja"), cell("en"), joined(*comments), status, concept_status,
        "en" if head is None or head.source == "ja" else "ja",
    )  # fmt: skip
