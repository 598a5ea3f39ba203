"""OmegaT glossaries: source, target and comment, tab-separated (https://omegat.sourceforge.io/manual-standard/en/).

Name the file `glossary.txt`: OmegaT reads .txt and .utf8 as UTF-8, .tab and .tsv in the system's encoding. Tabs and
line ends cannot be escaped; lines that begin with # are comments. OmegaT shows the comment to the translator beside the
term: it has what helps to write it, and the id, last, by which an edited file comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ..entry import Entry
from ..labels import joined, labelled
from ..pairs import Line, gathered, oriented, pairs
from ..registry import About, Hints
from ..streams import lines, text_out
from ..text import one_line

_LEAVE_OUT = ("kind", "source")
"""What helps no translator."""
_USUAL = "candidate"
"""The status of a concept with an id, in a file of ours, of which no status is told."""


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A line a pair; deprecated and forbidden terms are left out, since OmegaT would propose them."""
    with text_out(out) as text:
        text.write(f"# {about.source}\t{about.target}\n")
        for notice in about.notices:
            text.write(f"# {one_line(notice)}\n")
        for entry in entries:
            for pair in pairs(entry, about, comments=True):
                source, target = one_line(pair.source.term), one_line(pair.target.term)
                if pair.entry is not None:
                    usual = ("status",) if entry.status == _USUAL else ()
                    comment = labelled(entry, pair.source, pair.target, leave_out=(*_LEAVE_OUT, *usual))
                else:
                    assert pair.added is not None
                    comment = joined(
                        labelled(None, pair.added, leave_out=_LEAVE_OUT),
                        f"id: {entry.concept_id}" if entry.concept_id else "",
                    )
                text.write(f"{source}\t{target}\t{comment}\n" if comment else f"{source}\t{target}\n")


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of a glossary of OmegaT's, or of any tab-separated file of two or three columns."""
    declared = _declared(path)
    direction = hints.direction or declared
    rows = (line.split("\t") for _, line in lines(path) if line.strip() and not line.startswith("#"))
    found = gathered(Line(ja, en, "\t".join(row[2:])) for ja, en, row in oriented(rows, direction))
    return map(_with_usual_status, found) if declared else found


def _with_usual_status(entry: Entry) -> Entry:
    return replace(entry, status=_USUAL) if entry.concept_id and entry.status is None else entry


def _declared(path: Path) -> str | None:
    """The direction that our first line says."""
    first = next((line for _, line in lines(path)), "")
    return {"# ja\ten": "ja-en", "# en\tja": "en-ja"}.get(first)
