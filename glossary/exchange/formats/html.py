"""A page to read and to print, in one file, with ruby for the readings. Export only."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import BinaryIO

from ...records import Language
from ..entry import Entry, EntryContext, EntryTerm
from ..registry import About
from ..streams import text_out
from ..text import one_line

_STYLE = (
    "body{font-family:sans-serif;margin:2em auto;max-width:70em;line-height:1.6}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #ccc;padding:.4em;text-align:left;vertical-align:top}thead th{position:sticky;top:0;"
    "background:#fff}small{color:#555}del{color:#a00}tr{break-inside:avoid}"
)


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A row a concept with its terms, what is said of it, and a context."""
    title = _text(about.title)
    with text_out(out) as text:
        text.write(
            f'<!DOCTYPE html>\n<html lang="{about.source}">\n<head><meta charset="utf-8">'
            f"<title>{title}</title>"
            f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
            f"<body>\n<h1>{title}</h1>\n"
            '<table>\n<thead><tr><th scope="col">日本語</th><th scope="col">English</th><th scope="col">Note</th></tr>'
            "</thead>\n<tbody>\n"
        )
        for entry in entries:
            note = "<br>".join(_text(part) for part in _said(entry)) + "".join(map(_context, entry.contexts))
            identifier = f' id="{_text(entry.concept_id)}"' if entry.concept_id else ""
            text.write(
                f'<tr{identifier}><td lang="ja">{_terms(entry, "ja")}</td><td lang="en">{_terms(entry, "en")}</td>'
                f"<td>{note}</td></tr>\n"
            )
        notices = "".join(f"<p><small>{_text(notice)}</small></p>\n" for notice in about.notices)
        text.write(f"</tbody>\n</table>\n{notices}</body>\n</html>\n")


def _terms(entry: Entry, side: Language) -> str:
    return "<br>".join(_term(term) for term in entry.of(side) if one_line(term.term))


def _term(term: EntryTerm) -> str:
    shown = _text(term.term)
    if one_line(term.reading) and one_line(term.reading) != one_line(term.term):
        shown = f"<ruby>{shown}<rp>（</rp><rt>{_text(term.reading)}</rt><rp>）</rp></ruby>"
    if not term.usable:
        shown = f"<del>{shown}</del>"
    return shown + (f" <small>{_text(term.region)}</small>" if term.region else "")


def _said(entry: Entry) -> list[str]:
    fields = (entry.kind, entry.subject, entry.definition_ja, entry.definition_en, entry.usage_note)
    return [field for field in fields if one_line(field)]  # type: ignore[misc]


def _context(context: EntryContext) -> str:
    sentences = ((side, one_line(getattr(context, f"{side}_sentence"))) for side in ("ja", "en"))
    shown = "".join(f'<p lang="{side}">{_text(sentence)}</p>' for side, sentence in sentences if sentence)
    return f"<blockquote>{shown}<small>{_text(context.document)}</small></blockquote>" if shown else ""


def _text(text: str | None) -> str:
    return html.escape(one_line(text))
