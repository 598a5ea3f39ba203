"""A sheet as one self-contained page that prints on A4."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from glossary.exchange.entry import SIDES, Entry, EntryContext, EntryTerm
from glossary.exchange.text import one_line
from glossary.records import Language
from glossary.uses.furigana import furigana
from glossary.uses.sheet import Section, Sheet, mention

_STYLE = """
:root{color-scheme:light dark;--line:#8888;--quiet:#666}
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:56rem;padding:1rem 1.5rem}
[lang=ja]{font-family:"Hiragino Sans","Yu Gothic","Noto Sans JP","Noto Sans CJK JP",IPAexGothic,IPAPGothic,sans-serif}
h1{font-size:1.5em;margin:0}
header p{margin:.2em 0 1em;color:var(--quiet)}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{padding:.3em .6em .3em 0;text-align:left;vertical-align:baseline;overflow-wrap:anywhere}
thead th{color:var(--quiet);font-weight:400;font-size:.85em;border-bottom:1px solid}
tbody.entry{border-bottom:1px solid var(--line);break-inside:avoid}
td[lang=ja]{line-height:1.7;padding-top:.5em}
tbody.heading{break-inside:avoid;break-after:avoid}
tbody.heading th{font-size:1.05em;padding-top:1em;border-bottom:1px solid}
.more,.note{color:var(--quiet);font-size:.87em}
.context td{color:var(--quiet);font-size:.87em;line-height:1.5;padding-top:0}
.context b{color:CanvasText;font-weight:600}
rt{font-size:.5em}
@page{size:A4;margin:16mm 15mm 18mm;@bottom-center{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
@media (prefers-color-scheme:dark) and (not print){:root{--quiet:#aaa}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:10.5pt}}
"""


def sheet_html(sheet: Sheet) -> str:
    """The page. Everything from texts and glossary is escaped; no script, nothing is loaded."""
    return "".join(_page(sheet))


def _page(sheet: Sheet) -> Iterator[str]:
    title = _text(sheet.title)
    yield (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n<body>\n'
        f"<header><h1>{title}</h1><p>{_text(sheet.about)}</p></header>\n"
        '<table>\n<thead><tr><th scope="col" lang="ja">日本語</th><th scope="col">English</th></tr></thead>\n'
    )
    for section in sheet.sections:
        yield from _section(section)
    yield "</table>\n</body>\n</html>\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        heading = _text(section.heading)
        yield f'<tbody class="heading"><tr><th colspan="2" scope="rowgroup">{heading}</th></tr></tbody>\n'
    for entry in section.entries:
        contexts = "".join(map(_context, entry.contexts))
        yield (
            f'<tbody class="entry"><tr><td lang="ja">{_terms(entry, "ja")}</td>'
            f'<td lang="en">{_terms(entry, "en")}{_note(entry)}</td></tr>{contexts}</tbody>\n'
        )


def _terms(entry: Entry, language: Language) -> str:
    terms = entry.usable(language)
    if not terms:
        return "—"
    others = "、".join(map(_term, terms[1:])) if language == "ja" else "; ".join(map(_term, terms[1:]))
    return _term(terms[0]) + (f' <span class="more">{others}</span>' if others else "")


def _term(term: EntryTerm) -> str:
    region = f" ({_text(term.region)})" if term.region else ""
    if term.language != "ja":
        return _text(term.term) + region
    parts = furigana(one_line(term.term), one_line(term.reading) or None)
    if not any(above for _, above in parts):
        return _text(term.term) + region
    return "<ruby>" + "".join(map(_ruby_part, parts)) + "</ruby>" + region


def _ruby_part(part: tuple[str, str | None]) -> str:
    base, above = part
    return _text(base) + (f"<rp>（</rp><rt>{_text(above)}</rt><rp>）</rp>" if above else "<rt></rt>")


def _note(entry: Entry) -> str:
    notes = filter(None, map(one_line, (entry.definition_en or entry.definition_ja, entry.usage_note)))
    return "".join(f'<div class="note">{_text(note)}</div>' for note in notes)


def _context(context: EntryContext) -> str:
    cells = (f'<td lang="{language}">{_sentence(context, language)}</td>' for language in SIDES)
    return f'<tr class="context">{"".join(cells)}</tr>'


def _sentence(context: EntryContext, language: Language) -> str:
    sentence, term, start = mention(context, language)
    if not sentence:
        return ""
    if term is None or start is None:
        return _text(sentence)
    before, after = sentence[:start], sentence[start + len(term) :]
    space = (" " if before[-1:].isspace() else "", " " if after[:1].isspace() else "")
    return f"{_text(before)}{space[0]}<b>{_text(term)}</b>{space[1]}{_text(after)}"


def _text(text: str | None) -> str:
    return escape(one_line(text))
