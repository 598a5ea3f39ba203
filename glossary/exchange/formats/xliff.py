"""The glossary module of XLIFF 2 (http://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html).

A file with one unit, whose glossary has an entry for each source term: the term, its translations, a definition. What
else is said of them is in the attributes `source` (see `labels`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from ...errors import GlossaryError
from ...lexicons.formats.xmlstream import elements, local, read_prolog, text_of
from ..entry import Entry, EntryTerm, in_order
from ..labels import labelled, parted
from ..pairs import NO_PAIR, sides
from ..registry import About, Hints
from ..streams import text_out
from ..text import one_line, xml_attribute, xml_text

_CORE, _GLOSSARY = "urn:oasis:names:tc:xliff:document:2.0", "urn:oasis:names:tc:xliff:glossary:2.0"
_ID = re.compile(r"[\w.-]+", re.ASCII)
_FURTHER = "further term"
_PLACE = 'id="terms"'


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """An entry for each term of the source language that may be used; deprecated and forbidden terms are left out."""
    source, target = sides(about)
    with text_out(out) as text:
        text.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{_CORE}" xmlns:gls="{_GLOSSARY}" version="2.1" '
            f'srcLang="{source}" trgLang="{target}">\n<file id="glossary">\n'
        )
        if about.notices:
            text.write(
                "<notes>" + "".join(f"<note>{xml_text(notice)}</note>" for notice in about.notices) + "</notes>\n"
            )
        text.write(f"<unit {_PLACE}>\n")
        opened = False
        for entry in entries:
            sources = [term for term in entry.usable(source) if one_line(term.term)]
            targets = [term for term in entry.usable(target) if one_line(term.term)]
            if not sources or not targets:
                about.leave_out(NO_PAIR)
                continue
            if not opened:
                text.write("<gls:glossary>\n")
                opened = True
            for number, term in enumerate(sources):
                text.write(_entry(entry, number, term, targets if number == 0 else targets[:1], source))
        text.write("</gls:glossary>\n" if opened else "")
        text.write("<segment><source/></segment>\n</unit>\n</file>\n</xliff>\n")


def _entry(entry: Entry, number: int, term: EntryTerm, targets: list[EntryTerm], source: str) -> str:
    """The attribute `source` of a term says where it comes from: there the labelled fields stand."""
    proper = bool(entry.concept_id and _ID.fullmatch(entry.concept_id))
    own = ["definition_ja" if source == "ja" else "definition_en", *(["concept_id"] if proper else [])]
    concept_id = f"c{entry.concept_id}{f'.{number}' if number else ''}"
    identifier = f" id={xml_attribute(concept_id)}" if proper else ""
    said = labelled(entry, term, leave_out=own) if number == 0 else labelled(None, term)
    parts = [f"<gls:term{_source(said)}>{xml_text(term.term)}</gls:term>"]
    for translation in targets:
        about = labelled(None, translation) if number == 0 else ""
        parts.append(f"<gls:translation{_source(about)}>{xml_text(translation.term)}</gls:translation>")
    definition = one_line(entry.definition_ja if source == "ja" else entry.definition_en)
    if definition and number == 0:
        parts.append(f"<gls:definition>{xml_text(definition)}</gls:definition>")
    return f"<gls:glossEntry{identifier}>{''.join(parts)}</gls:glossEntry>\n"


def _source(said: str) -> str:
    return f" source={xml_attribute(said)}" if said else ""


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of the glossaries in an XLIFF 2 file between Japanese and English.

    Raises GlossaryError if the file is broken, is no XLIFF 2 or is between other languages.
    """
    prolog = read_prolog(path)
    if prolog.root != "xliff":
        raise GlossaryError(f"{path}: the root element is {prolog.root!r}, not xliff: check --format")
    source, target = (prolog.attributes.get(name, "").lower()[:2] for name in ("srcLang", "trgLang"))
    if {source, target} != {"ja", "en"}:
        raise GlossaryError(f"{path}: is from {source or '?'} to {target or '?'}, not between Japanese and English")
    last: Entry | None = None
    for element in elements(path, ("glossEntry",)):
        found = _read_entry(element, source, target)
        if last is not None and found.concept_id and found.concept_id == last.concept_id:
            known = {(term.language, term.term) for term in last.terms}
            more = tuple(term for term in found.terms if (term.language, term.term) not in known)
            last = in_order(_with(last, more))
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _with(entry: Entry, more: tuple[EntryTerm, ...]) -> Entry:
    return replace(entry, terms=(*entry.terms, *(replace(term, status="admitted") for term in more)))


def _read_entry(element: Element, source: str, target: str) -> Entry:
    fields: dict[str, Any] = {}
    terms: list[EntryTerm] = []
    identifier = element.get("id") or ""
    concept_id = identifier[1:].partition(".")[0] if identifier.startswith("c") else ""
    for child in element:
        name, text = local(child.tag), text_of(child)
        said = parted(child.get("source"))
        if name in ("term", "translation") and text:
            language: Any = source if name == "term" else target
            own = said.ja if language == "ja" else said.en
            status = None
            if concept_id:
                status = "admitted" if any(term.language == language for term in terms) else "preferred"
            terms.append(EntryTerm(language, text, status, **own))
            for field, value in said.concept.items():
                fields.setdefault(field, value)
        elif name == "definition" and text:
            fields.setdefault(f"definition_{source}", text)
    if concept_id:
        fields.setdefault("concept_id", concept_id)
    return in_order(Entry(tuple(terms), **fields))
