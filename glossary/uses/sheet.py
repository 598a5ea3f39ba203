"""An interpreter's sheet: the terms of chosen texts, documents or kinds in two columns, to print and take along."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from glossary.errors import GlossaryError
from glossary.exchange.entry import Entry, EntryContext
from glossary.exchange.selection import Selection, entries
from glossary.records import KINDS, Language
from glossary.uses.terminal import printable

ORDERS = ("kind", "appearance", "reading", "english")
ENDINGS = (".html", ".htm", ".docx")

_HEADINGS = {
    "person": "People", "place": "Places", "organization": "Organizations", "facility": "Facilities",
    "event": "Events", "product": "Products", "work": "Works", "law": "Laws", "role": "Roles", "concept": "Terms",
}  # fmt: skip

# Where in its document, as a share of the text: the two languages of a document go along with each other.
_PLACES = """
with place as (
    select contexts.concept_id, contexts.document, contexts.published,
        min(coalesce(1.0 * ja_start / nullif(ja_text.characters, 0), 1.0 * en_start / en_text.characters)) as share
    from contexts
    left join documents as ja_text on ja_text.document_id = contexts.ja_document_id
    left join documents as en_text on en_text.document_id = contexts.en_document_id
    where :documents is null or exists (
        select 1 from json_each(:documents) where contexts.document glob value
    )
    group by contexts.concept_id, contexts.document
)
select concept_id, document from place order by published is null, published, document, share, concept_id
"""


@dataclass(frozen=True, slots=True)
class Section:
    """Some entries of a sheet under a heading; "" where there is none."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be printed."""

    title: str
    sections: tuple[Section, ...]
    about: str
    """One line: how many terms, when made."""
    left_out: int = 0
    """Concepts that lack a term in one language."""

    def __len__(self) -> int:
        return sum(len(section.entries) for section in self.sections)


def make_sheet(
    db: sqlite3.Connection,
    selection: Selection,
    *,
    texts: Sequence[Path | str] = (),
    order: str | None = None,
    contexts: int = 0,
    untranslated: bool = False,
    title: str | None = None,
) -> Sheet:
    """The sheet of the concepts that the selection takes and that, if there are `texts`, stand in one of them.

    `texts`: files of any format that a build reads. `order`: one of ORDERS; by appearance where texts are given, else
    by kind. `contexts`: sentences of each concept, from the chosen documents. `untranslated`: with concepts that lack a
    term in one language. Raises GlossaryError for files that cannot be read and where nothing is left.
    """
    order = order or ("appearance" if texts else "kind")
    places = _places_in_texts(db, texts) if texts else {}
    if texts:
        selection = replace(selection, concept_ids=tuple(places))
    elif order == "appearance":
        places = _places_in_documents(db, selection.documents)
    # Of a few documents alone contexts are chosen from all there are.
    wanted = None if contexts and selection.documents else contexts
    found = [_with_contexts(entry, selection, contexts) for entry in entries(db, selection, contexts=wanted)]
    usable = [entry for entry in found if untranslated or (entry.preferred("ja") and entry.preferred("en"))]
    if not usable:
        raise _nothing_found(db, selection, texts)
    sections = _sections(usable, order, places)
    number = f"{len(usable):,} term" + ("s" if len(usable) != 1 else "")
    return Sheet(
        title or _title(selection, texts), sections, f"{number} · {date.today().isoformat()}", len(found) - len(usable)
    )


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write to an .html or .docx file, which takes the place of `path` when it is whole.

    Raises GlossaryError for other endings, where it cannot be written, and without the library that DOCX needs.
    """
    from glossary.exchange.export import replacing

    check_ending(path)
    if path.suffix.lower() == ".docx":
        from glossary.uses.sheet_docx import sheet_docx

        content = sheet_docx(sheet, path)
    else:
        from glossary.uses.sheet_html import sheet_html

        content = sheet_html(sheet).encode()
    with replacing(path) as out:
        out.write(content)


def mention(context: EntryContext, language: Language) -> tuple[str, str | None, int | None]:
    """The sentence of one side ("" if there is none), the term in it, and where it begins there (characters)."""
    sentence, term, start = (getattr(context, f"{language}{part}") for part in ("_sentence", "", "_start"))
    return sentence or "", term, start


def check_ending(path: Path) -> None:
    """Raise GlossaryError for a file that a sheet cannot be written to."""
    if path.suffix.lower() not in ENDINGS:
        raise GlossaryError(f"{path}: a sheet is written as {', '.join(ENDINGS)}: choose one of these endings")


def _places_in_texts(db: sqlite3.Connection, texts: Sequence[Path | str]) -> dict[str, str]:
    """concept_id: the title of the text that it first stands in, in order of appearance."""
    from glossary.uses.annotate import annotate_paths

    database = Path(db.execute("pragma database_list").fetchone()[2])
    places: dict[str, str] = {}
    for annotation in annotate_paths(texts, database, new_terms=False):
        for match in annotation.matches:
            for known, _ in match.concepts[:1]:
                places.setdefault(known.concept_id, annotation.document.title or annotation.document.name)
    return places


def _places_in_documents(db: sqlite3.Connection, documents: Sequence[str]) -> dict[str, str]:
    import json

    parameters = {"documents": json.dumps(documents, ensure_ascii=False) if documents else None}
    places: dict[str, str] = {}
    for concept_id, document in db.execute(_PLACES, parameters):
        places.setdefault(concept_id, document)
    return places


def _with_contexts(entry: Entry, selection: Selection, contexts: int) -> Entry:
    """With at most so many contexts, of different sentences and of the chosen documents only."""
    from fnmatch import fnmatchcase

    chosen: dict[tuple[str | None, str | None], Any] = {}
    for context in entry.contexts:
        if not selection.documents or any(fnmatchcase(context.document, name) for name in selection.documents):
            chosen.setdefault((context.ja_sentence, context.en_sentence), context)
    return replace(entry, contexts=tuple(chosen.values())[:contexts])


def _sections(found: list[Entry], order: str, places: dict[str, str]) -> tuple[Section, ...]:
    if order == "kind":
        return _grouped(found, lambda entry: _HEADINGS.get(entry.kind or "", "Terms"), _HEADINGS.values())
    if order == "appearance":
        rank = {concept_id: number for number, concept_id in enumerate(places)}
        found = sorted(found, key=lambda entry: rank.get(entry.concept_id or "", len(rank)))
        sections = _grouped(found, lambda entry: places.get(entry.concept_id or "", ""), dict.fromkeys(places.values()))
        return sections if len(sections) > 1 else (Section("", tuple(found)),)
    if order == "english":
        found = sorted(found, key=lambda entry: term.term.casefold() if (term := entry.preferred("en")) else "\uffff")
    return (Section("", tuple(found)),)


def _grouped(found: list[Entry], heading: Callable[[Entry], str], order: Iterable[str]) -> tuple[Section, ...]:
    groups: dict[str, list[Entry]] = {name: [] for name in order}
    for entry in found:
        groups.setdefault(heading(entry), []).append(entry)
    return tuple(Section(name, tuple(group)) for name, group in groups.items() if group)


def _title(selection: Selection, texts: Sequence[Path | str]) -> str:
    named = [Path(text).stem for text in texts] or list(selection.documents)
    named += [_HEADINGS.get(kind, kind) for kind in selection.kinds]
    return ", ".join(named) or "Glossary"


def _nothing_found(db: sqlite3.Connection, selection: Selection, texts: Sequence[Path | str]) -> GlossaryError:
    for name in selection.documents:
        if not db.execute("select 1 from documents where document glob ? limit 1", [name]).fetchone():
            some = [row[0] for row in db.execute("select distinct document from documents order by 1 limit 5")]
            return GlossaryError(
                f"No document is named “{printable(name)}”: the glossary has {', '.join(map(printable, some))} …"
            )
    for kind in selection.kinds:
        if kind not in KINDS:
            return GlossaryError(f"“{printable(kind)}” is no kind: kinds are {', '.join(KINDS)}")
    where = ", ".join(map(str, texts)) or "what was chosen"
    return GlossaryError(f"No term with a translation in {printable(where)}: choose more, or add --untranslated")
