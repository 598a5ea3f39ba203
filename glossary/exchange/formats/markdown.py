"""A Markdown table to read, to print or to put into a repository. Export only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

from ...records import Language
from ..entry import Entry
from ..registry import About
from ..streams import text_out
from ..text import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A row a concept: Japanese, reading, English, kind, what else is to be said. Forbidden terms are struck out."""
    with text_out(out) as text:
        text.write(f"# {_cell(about.title)}\n\n| 日本語 | 読み | English | kind | note |\n|---|---|---|---|---|\n")
        for entry in entries:
            first = entry.preferred("ja")
            cells = [
                _terms(entry, "ja"), _cell(first.reading if first else None), _terms(entry, "en"), _cell(entry.kind),
                "; ".join(_cell(part) for part in _said(entry)),
            ]  # fmt: skip
            text.write(f"| {' | '.join(cells)} |\n")
        if about.notices:
            text.write("\n" + "".join(f"- {_cell(notice)}\n" for notice in about.notices))


def _terms(entry: Entry, side: Language) -> str:
    shown = []
    for term in entry.of(side):
        text = _cell(term.term)
        if text:
            region = f" ({_cell(term.region)})" if term.region else ""
            shown.append((text if term.usable else f"~~{text}~~") + region)
    return "<br>".join(shown)


def _said(entry: Entry) -> list[str]:
    definitions = [entry.definition_ja, entry.definition_en]
    return [part for part in (*definitions, entry.subject, entry.usage_note) if one_line(part)]  # type: ignore[misc]


def _cell(text: str | None) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(text))
