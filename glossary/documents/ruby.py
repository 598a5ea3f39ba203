"""Ruby: the base stays in the text, the reading moves into the log, from where it can be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from glossary.documents.edits import Edit
from glossary.records import Repair, Span

_ANNOTATION = re.compile("\ufff9(?P<base>[^\ufff9-\ufffb\n]*)\ufffa(?P<reading>[^\ufff9-\ufffb\n]*)\ufffb")


def ruby_annotations(text: str) -> Iterator[Edit]:
    """Base and reading between the interlinear annotation characters become the base alone."""
    for match in _ANNOTATION.finditer(text):
        yield Edit(*match.span(), match["base"])


def ruby_readings(text: str, repairs: Iterable[Repair]) -> Iterator[tuple[Span, str, str]]:
    """(place in the repaired text, base, reading) of each ruby, from a document's text and log."""
    for repair in repairs:
        if "ruby" not in repair.kind.split("+"):
            continue
        matches = list(_ANNOTATION.finditer(repair.before))
        if len(matches) == 1 and matches[0]["reading"]:
            yield (repair.start, repair.end), text[repair.start : repair.end], matches[0]["reading"]
