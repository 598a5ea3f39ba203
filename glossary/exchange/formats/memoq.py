"""memoQ's CSV of term bases: semicolons, UTF-8 with byte order mark, memoQ's own column names.

https://docs.memoq.com/current/api-docs/wsapi/memoqservices/tbservice.importexport.csv.html. The columns of an entry
come first, then for each language its definition and, term by term, the term, Term_Info and Term_Example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from ...errors import GlossaryError
from ...lexicons.formats.delimited import csv_rows
from ...records import Language
from ..entry import Entry, EntryTerm, in_order
from ..labels import labelled, parted
from ..registry import About, Hints
from ..streams import csv_writer, text_out
from ..text import guarded, one_line, unguarded

_ENTRY = (
    "Entry_ID", "Entry_Subject", "Entry_Domain", "Entry_ClientID", "Entry_ProjectID", "Entry_Created", "Entry_Creator",
    "Entry_LastModified", "Entry_Modifier", "Entry_Note",
)  # fmt: skip
_LANGUAGES: dict[str, Language] = {"Japanese": "ja", "English": "en"}
_MATCHING = {"ja": "CasePermissive;Exact", "en": "CasePermissive;HalfPrefix"}
_DEPRECATED, _EXAMPLE = "deprecated", "example: "
_OWN_COLUMNS = ("subject", "collection", "definition_ja", "definition_en")


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A row an entry; forbidden and deprecated terms are marked Forbidden, with the difference in the note."""
    out.write(b"\xef\xbb\xbf")
    names = list(_ENTRY)
    for language, side in _LANGUAGES.items():
        names += [f"{language}_Def", *[language, "Term_Info", "Term_Example"] * about.most_terms[side]]
    with text_out(out) as text:
        row = csv_writer(text, ";")
        row(names)
        for entry in entries:
            row([guarded(cell) for cell in _cells(entry, about)])


def _cells(entry: Entry, about: About) -> list[str]:
    note = labelled(entry, leave_out=(*_OWN_COLUMNS, "concept_id"))
    fields = [
        entry.concept_id, entry.subject, None, entry.collection, None, entry.created, None, entry.modified,
        entry.modified_by, note,
    ]  # fmt: skip
    cells = [one_line(field) for field in fields]
    for side in _LANGUAGES.values():
        cells.append(one_line(entry.definition_ja if side == "ja" else entry.definition_en))
        terms = [term for term in entry.of(side) if one_line(term.term)]
        for number in range(about.most_terms[side]):
            cells += _term(terms[number], entry, number) if number < len(terms) else ["", "", ""]
    return cells


def _term(term: EntryTerm, entry: Entry, number: int) -> list[str]:
    """Term, how to match it, and an example with what else is said of the term."""
    info = _MATCHING[term.language] + ("" if term.usable else ";Forbidden")
    said = labelled(None, term)
    if term.status == "deprecated":
        said = " | ".join(filter(None, (said, _DEPRECATED)))
    context = entry.contexts[0] if entry.contexts and number == 0 else None
    sentence = context and (context.ja_sentence if term.language == "ja" else context.en_sentence)
    return [
        one_line(term.term),
        info,
        " | ".join(filter(None, (said, _EXAMPLE + one_line(sentence) if sentence else ""))),
    ]


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of a memoQ export in Japanese and English, of any region; other languages are passed over.

    Raises GlossaryError if the first row does not name its columns.
    """
    rows = csv_rows(path)
    _, header = next(rows, (1, []))
    names = [name.strip() for name in header]
    languages = {place: language for place, name in enumerate(names) if (language := _language(name))}
    if set(languages.values()) != {"ja", "en"}:
        raise GlossaryError(
            f"{path}, line 1: no columns Japanese and English: export with field headers, or --format table"
        )
    for _, row in rows:
        cells = [one_line(unguarded(cell)) for cell in row] + [""] * (len(names) - len(row))
        yield _entry(dict(zip(names, cells, strict=False)), names, cells, languages)


def _language(name: str) -> Language | None:
    """`Japanese`, `English (United States)`: columns of terms."""
    return _LANGUAGES.get(name.partition(" (")[0].partition("_")[0]) if not name.endswith("_Def") else None


def _entry(named: dict[str, str], names: list[str], cells: list[str], languages: dict[int, Language]) -> Entry:
    said = parted(named.get("Entry_Note"))
    fields: dict[str, Any] = said.concept | {
        name: value
        for name, column in (("concept_id", "Entry_ID"), ("subject", "Entry_Subject"), ("collection", "Entry_ClientID"))
        if (value := named.get(column))
    }
    for name, cell in zip(names, cells, strict=False):
        language = _LANGUAGES.get(name.partition(" (")[0].partition("_")[0])
        if language and name.endswith("_Def") and cell:
            fields.setdefault(f"definition_{language}", cell)
    terms: list[EntryTerm] = []
    for place, language in languages.items():
        if text := cells[place]:
            info, example = (
                cells[place + step] if len(names) > place + step and names[place + step] == name else ""
                for step, name in ((1, "Term_Info"), (2, "Term_Example"))
            )
            terms.append(
                _read_term(language, text, info, example, first=not any(t.language == language for t in terms))
            )
    return in_order(Entry(tuple(terms), **fields))


def _read_term(language: Language, text: str, info: str, example: str, *, first: bool) -> EntryTerm:
    about = parted(re.split(rf"(?:^| \| ){_EXAMPLE}", example, maxsplit=1)[0])
    status = "preferred" if first else "admitted"
    if "Forbidden" in info:
        status = "deprecated" if about.concept.get("usage_note") == _DEPRECATED else "forbidden"
    term = EntryTerm(language, text, status)
    return replace(term, **(about.ja if language == "ja" else about.en))  # type: ignore[arg-type]
