"""A comparison as terminal text, JSON and HTML, written as it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import islice

from glossary.uses.compare import Change, Comparison, Rivals
from glossary.uses.entries import counted
from glossary.uses.lookup import Row
from glossary.uses.terminal import Style, filled, printable

_MISSING = "—"
_LABELS = {"ja": "Japanese", "en": "English"}
_TITLES = {
    "new": "New in B",
    "gone": "Gone from B",
    "changed": "Changed",
    "competing": "Translated differently",
}

_NUMBER = ' class="number"'
_STYLE = """
:root{color-scheme:light dark;--line:#8886;--quiet:#666}
body{font:16px/1.6 system-ui,sans-serif;margin:0 auto;max-width:70rem;padding:1rem 1.5rem}
table{border-collapse:collapse;width:100%;margin-bottom:2rem}
th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
thead th{color:var(--quiet);font-weight:400;font-size:.85em}
caption{font-weight:600;text-align:left;padding-bottom:.3rem}
th.number,td.number{text-align:right}
small,.quiet{color:var(--quiet)}
del{color:#b3261e}ins{color:#1b6e3a;text-decoration:none}
@media (prefers-color-scheme:dark){:root{--quiet:#aaa}del{color:#f2b8b5}ins{color:#9fd8b0}}
@media print{body{max-width:none;padding:0;font-size:10pt}tr{break-inside:avoid}}
@page{size:A4;margin:18mm}
"""


def comparison_text(comparison: Comparison, style: Style, *, limit: int) -> str:
    """For people: what each side is, then at most `limit` rows of each kind of difference."""
    return "\n".join(_lines(comparison, style, limit))


def _lines(comparison: Comparison, style: Style, limit: int) -> Iterator[str]:
    counts = comparison.counts()
    for side in "ab":
        yield f"{side.upper()}  {printable(getattr(comparison.sides, side))}: {counted(counts[side], 'concept')}"
    yield f"{counts['unchanged']:,} unchanged"
    shown: dict[str, Iterable[list[str]]] = {
        "new": ([_concept(row)] for row in comparison.new()),
        "gone": ([_concept(row)] for row in comparison.gone()),
        "changed": map(_change, comparison.changed()),
        "competing": map(_rivals, comparison.competing()),
    }
    for section, items in shown.items():
        yield ""
        yield f"{_TITLES[section]}: {counts[section]:,}"
        for first, *details in islice(items, limit):
            yield from filled([first], style, indent="  ")
            for detail in details:
                yield from filled([detail], style, indent="    ")
        if counts[section] > limit:
            yield f"  … and {counts[section] - limit:,} more (--limit)"


def undated_note(comparison: Comparison) -> str | None:
    """What to say of mentions that a comparison of times leaves out; None where there are none."""
    number = comparison.sides.undated
    return f"{counted(number, 'mention')} without a date, on neither side." if number else None


def _pair(row: Row) -> str:
    return f"{row['ja'] or _MISSING} = {row['en'] or _MISSING}"


def _concept(row: Row) -> str:
    return f"{_pair(row)}  ({row['kind']}, {counted(row['occurrences'], 'occurrence')})"


def _change(change: Change) -> list[str]:
    lines = [_pair(change.b)]
    for name, (a, b) in change.fields.items():
        lines.append(f"{_field(name)}: {a or _MISSING} → {b or _MISSING}")
    for sign, terms in (("+", change.added), ("−", change.removed)):
        lines += [f"{sign} {term} ({status})" for _, term, status in terms]
    return lines


def _field(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " "))


def _rivals(rivals: Rivals) -> list[str]:
    return [rivals.term, *(f"{side.upper()}: {_translations(rivals, side)}" for side in "ab")]


def _translations(rivals: Rivals, side: str) -> str:
    other = "en" if rivals.language == "ja" else "ja"
    return ", ".join(f"{row[other]} ({row['occurrences']:,})" for row in getattr(rivals, side))


def write_json(comparison: Comparison, write: Callable[[str], object]) -> None:
    """One JSON object: `a`, `b` (names of the sides), `counts`, and the lists new, gone, changed, competing."""
    sides = comparison.sides
    head = {"a": sides.a, "b": sides.b, "undated": sides.undated, "counts": comparison.counts()}
    write("{\n" + "".join(f"  {json.dumps(name)}: {_json(value)},\n" for name, value in head.items()))
    lists = (
        comparison.new(),
        comparison.gone(),
        (change.as_dict() for change in comparison.changed()),
        (rivals.as_dict() for rivals in comparison.competing()),
    )
    for number, (name, items) in enumerate(zip(_TITLES, lists, strict=True)):
        write(f"  {json.dumps(name)}: [")
        for place, item in enumerate(items):
            write((",\n    " if place else "\n    ") + _json(item))
        write("]" + (",\n" if number < len(lists) - 1 else "\n"))
    write("}\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def write_html(comparison: Comparison, write: Callable[[str], object]) -> None:
    """One self-contained page without a script. Everything from texts and glossaries is escaped."""
    sides, counts = comparison.sides, comparison.counts()
    title = f"{_text(sides.a)} ↔ {_text(sides.b)}"
    write(
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f'<title>{title}</title><meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body>\n<h1>{title}</h1>\n<p>A: {_text(sides.a)}, {counted(counts['a'], 'concept')} · "
        f"B: {_text(sides.b)}, {counted(counts['b'], 'concept')} · {counts['unchanged']:,} unchanged</p>\n"
    )
    note = undated_note(comparison)
    if note:
        write(f'<p class="quiet">{_text(note)}</p>\n')
    concept = ("Japanese", "English", "Kind", "Occurrences")
    tables: tuple[tuple[str, tuple[str, ...], Iterable[str]], ...] = (
        ("new", concept, map(_concept_row, comparison.new())),
        ("gone", concept, map(_concept_row, comparison.gone())),
        ("changed", ("Japanese", "English", "What changed"), map(_change_row, comparison.changed())),
        ("competing", ("Term", "A", "B"), map(_rivals_row, comparison.competing())),
    )
    for name, head, html_rows in tables:
        cells = "".join(f'<th scope="col"{_NUMBER if cell == concept[-1] else ""}>{cell}</th>' for cell in head)
        write(
            f"<table>\n<caption>{_TITLES[name]}: {counts[name]:,}</caption>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n"
        )
        for row in html_rows:
            write(f"<tr>{row}</tr>\n")
        write("</tbody>\n</table>\n")
    write("</body>\n</html>\n")


def _concept_row(row: Row) -> str:
    return _pair_cells(row) + f"<td>{_text(row['kind'])}</td><td{_NUMBER}>{row['occurrences']:,}</td>"


def _pair_cells(row: Row) -> str:
    return "".join(f'<td lang="{side}">{_text(row[side])}</td>' for side in ("ja", "en"))


def _change_row(change: Change) -> str:
    said = [
        f"<small>{_field(name)}</small> <del>{_text(a)}</del> → <ins>{_text(b)}</ins>"
        for name, (a, b) in change.fields.items()
    ]
    for tag, terms in (("ins", change.added), ("del", change.removed)):
        for language, term, status in terms:
            said.append(f'<{tag} lang="{language}">{_text(term)}</{tag}> <small>{_text(status)}</small>')
    return _pair_cells(change.b) + f"<td>{'<br>'.join(said)}</td>"


def _rivals_row(rivals: Rivals) -> str:
    other = "en" if rivals.language == "ja" else "ja"
    sides = "".join(f'<td lang="{other}">{_text(_translations(rivals, side))}</td>' for side in "ab")
    return f'<td lang="{rivals.language}">{_text(rivals.term)}</td>{sides}'


def _text(text: str | None) -> str:
    return escape(printable(text or _MISSING))
