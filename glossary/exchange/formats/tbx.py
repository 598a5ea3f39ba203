"""TBX version 3 (ISO 30042:2019), style DCA; reads version 2 and the style DCT, too.

Written as TBX-Linguist where there are readings, which TBX-Basic does not allow, else as TBX-Basic
(https://www.tbxinfo.net/tbx-dialects/). What has no data category there is in notes (see `labels`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from xml.etree.ElementTree import Comment, Element

from ...errors import GlossaryError
from ...lexicons.formats.xmlstream import XML_LANG, elements, local, read_prolog, text_of
from ..entry import SIDES, Entry, EntryContext, EntryTerm, in_order
from ..labels import joined, labelled, parted
from ..registry import About, Hints
from ..streams import text_out
from ..text import one_line, xml_attribute, xml_text

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
PARTS_OF_SPEECH = ("adjective", "noun", "other", "verb", "adverb")
_FORMS = {
    "full": "fullForm",
    "abbreviation": "abbreviation",
    "acronym": "acronym",
    "short": "shortForm",
    "variant": "variant",
}
_STATUSES = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
FORBIDDEN = "forbidden"
"""Note of a term that is more than deprecated: TBX has no value for that."""
_READ_STATUSES = {
    "preferred": "preferred",
    "admitted": "admitted",
    "deprecated": "deprecated",
    "superseded": "deprecated",
    "obsolete": "deprecated",
    "standardizedterm": "preferred",
    "forbidden": "forbidden",
}
_READ_FORMS = {shown.casefold(): form for form, shown in _FORMS.items()} | {"initialism": "acronym"}
_NAME = re.compile(r"[\w.-]+", re.ASCII)
_LOOK_AHEAD = 1000


class Dialect(NamedTuple):
    """What the elements are called in a version of TBX."""

    concept: str
    language: str
    term: str
    reading: bool
    """True where readings have a data category."""


VERSION_3 = Dialect("conceptEntry", "langSec", "termSec", reading=True)
VERSION_2 = Dialect("termEntry", "langSet", "tig", reading=False)


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """All terms, with their status; the first context of each concept."""
    iterator = iter(entries)
    first = list(islice(iterator, _LOOK_AHEAD))
    readings = any(term.reading for entry in first for term in entry.terms)
    dialect = VERSION_3._replace(reading=readings)
    kind = "TBX-Linguist" if readings else "TBX-Basic"
    with text_out(out) as text:
        text.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<tbx type="{kind}" style="dca" xml:lang="{about.source}" '
            f'xmlns="{NAMESPACE}">\n<tbxHeader>{header(about)}</tbxHeader>\n<text><body>\n'
        )
        for entry in chain(first, iterator):
            text.write(concept(entry, dialect))
        text.write("</body></text>\n</tbx>\n")


def header(about: About) -> str:
    """The element fileDesc, with the licence notices."""
    lines = [f"{about.title}, {about.modified}".rstrip(", "), *about.notices]
    paragraphs = "".join(f"<p>{xml_text(line)}</p>" for line in lines)
    title = f"<titleStmt><title>{xml_text(about.title) or 'glossary'}</title></titleStmt>"
    return f"<fileDesc>{title}<sourceDesc>{paragraphs}</sourceDesc></fileDesc>"


def concept(entry: Entry, dialect: Dialect) -> str:
    """The element of a concept; empty if it has no term."""
    sections = "".join(_section(entry, side, dialect) for side in SIDES)
    if not sections:
        return ""
    proper_id = bool(entry.concept_id and _NAME.fullmatch(entry.concept_id))
    own = ["subject", "definition_ja", "definition_en", *(["concept_id"] if proper_id else [])]
    own += ["definition_source"] if entry.definition_ja or entry.definition_en else []
    own += ["collection", *(["part_of_speech"] if entry.part_of_speech in PARTS_OF_SPEECH else [])]
    note = labelled(entry, leave_out=own)
    subject = f'<descrip type="subjectField">{xml_text(entry.subject)}</descrip>' if one_line(entry.subject) else ""
    attribute = f" id={xml_attribute(f'c{entry.concept_id}')}" if proper_id else ""
    said = subject + (f"<note>{xml_text(note)}</note>" if note else "")
    return f"<{dialect.concept}{attribute}>{said}{sections}</{dialect.concept}>\n"


def _section(entry: Entry, side: Any, dialect: Dialect) -> str:
    terms = [term for term in entry.of(side) if one_line(term.term)]
    if not terms:
        return ""
    definition = one_line(entry.definition_ja if side == "ja" else entry.definition_en)
    said = ""
    if definition:
        source = one_line(entry.definition_source)
        admin = f'<admin type="source">{xml_text(source)}</admin>' if source else ""
        said = f'<descripGrp><descrip type="definition">{xml_text(definition)}</descrip>{admin}</descripGrp>'
    inner = "".join(_term(term, entry, dialect, number == 0) for number, term in enumerate(terms))
    return f'<{dialect.language} xml:lang="{side}">{said}{inner}</{dialect.language}>'


def _term(term: EntryTerm, entry: Entry, dialect: Dialect, first: bool) -> str:
    notes = [
        ("partOfSpeech", entry.part_of_speech if entry.part_of_speech in PARTS_OF_SPEECH else None),
        ("administrativeStatus", _STATUSES.get(term.status or "")),
        ("termType", _FORMS.get(term.form or "")),
        ("geographicalUsage", term.region),
    ]
    parts = [f"<term>{xml_text(term.term)}</term>"]
    parts += [f'<termNote type="{kind}">{xml_text(value)}</termNote>' for kind, value in notes if one_line(value)]
    own = ["form", "region", "source", *(["reading"] if dialect.reading else [])]
    if dialect.reading and one_line(term.reading):
        parts.append(f'<adminGrp><admin type="reading">{xml_text(term.reading)}</admin></adminGrp>')
    for kind, value in (("source", term.source), ("customerSubset", entry.collection)):
        if one_line(value):
            parts.append(f'<admin type="{kind}">{xml_text(value)}</admin>')
    if context := _context(entry, term) if first else "":
        parts.append(context)
    if note := joined(FORBIDDEN if term.status == "forbidden" else "", labelled(None, term, leave_out=own)):
        parts.append(f"<note>{xml_text(note)}</note>")
    term_id = f" id={xml_attribute(f't{term.term_id}')}" if term.term_id and _NAME.fullmatch(term.term_id) else ""
    return f"<{dialect.term}{term_id}>{''.join(parts)}</{dialect.term}>"


def _context(entry: Entry, term: EntryTerm) -> str:
    context = entry.contexts[0] if entry.contexts else None
    if context is None:
        return ""
    sentence = context.ja_sentence if term.language == "ja" else context.en_sentence
    if not one_line(sentence):
        return ""
    source = f'<admin type="source">{xml_text(context.document)}</admin>' if one_line(context.document) else ""
    return f'<descripGrp><descrip type="context">{xml_text(sentence)}</descrip>{source}</descripGrp>'


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of a TBX file of any version with terms in Japanese or English; other languages are passed over.

    Raises GlossaryError if the file is broken or is no TBX.
    """
    root = read_prolog(path).root
    if root not in ("martif", "tbx"):
        raise GlossaryError(f"{path}: the root element is {root!r}, not martif (TBX 2) or tbx (TBX 3): check --format")
    for element in elements(path, ("termEntry", "conceptEntry")):
        if element.tag is not Comment and (entry := _entry(element)).terms:
            yield entry


def _entry(element: Element) -> Entry:
    fields: dict[str, Any] = {}
    terms: list[EntryTerm] = []
    sentences: dict[str, tuple[str, str]] = {}
    sections = [child for child in element if local(child.tag) in ("langSet", "langSec")]
    said = _said(child for child in element if child not in sections)
    _take(fields, said)
    for section in sections:
        language = (section.get(XML_LANG) or section.get("lang") or "").lower()[:2]
        if language not in SIDES:
            continue
        groups = [child for child in section if local(child.tag) in ("tig", "ntig", "termSec")]
        own = _said(child for child in section if child not in groups)
        if definition := own.get("definition"):
            fields.setdefault(f"definition_{language}", definition[0])
            for source in own.get("definition source", ()):
                fields.setdefault("definition_source", source)
        for group in groups:
            terms += _terms(group, language, fields, sentences)
    identifier = element.get("id") or ""
    if identifier.startswith("c") and len(identifier) > 1:
        fields.setdefault("concept_id", identifier[1:])
    return in_order(Entry(tuple(terms), contexts=_contexts(sentences), **fields))


def _take(fields: dict[str, Any], said: dict[str, list[str]]) -> None:
    """The fields of a concept that its own elements tell of."""
    for note in said.get("note", ()):
        about = parted(note).concept
        if known := fields.get("usage_note"):
            about["usage_note"] = f"{known} | {about['usage_note']}" if about.get("usage_note") else known
        fields |= about
    for name, kind in (("subject", "subjectField"), ("definition_en", "definition"), ("collection", "customerSubset")):
        if kind in said:
            fields.setdefault(name, said[kind][0])
    if "definition_en" in fields and "definition source" in said:
        fields.setdefault("definition_source", said["definition source"][0])


def _terms(
    group: Element, language: Any, fields: dict[str, Any], sentences: dict[str, tuple[str, str]]
) -> Iterator[EntryTerm]:
    said = _said(group)
    note = parted(joined(*said.get("note", ())))
    about: dict[str, Any] = dict(note.ja if language == "ja" else note.en)
    for name, kind in (("reading", "reading"), ("region", "geographicalUsage"), ("source", "source")):
        if kind in said and (name != "reading" or language == "ja"):
            about[name] = said[kind][0]
    if form := _READ_FORMS.get(said.get("termType", [""])[0].casefold()):
        about["form"] = form
    shown = said.get("administrativeStatus", [""])[0].casefold().removesuffix("-admn-sts").removesuffix("term")
    status = _READ_STATUSES.get(shown)
    if note.concept.get("usage_note") == FORBIDDEN:
        status = "forbidden"
    elif text := note.concept.get("usage_note"):
        fields.setdefault("usage_note", text)
    for name, kind in (("part_of_speech", "partOfSpeech"), ("collection", "customerSubset")):
        if kind in said:
            fields.setdefault(name, said[kind][0])
    if "context" in said:
        sentences.setdefault(language, (said["context"][0], said.get("context source", [""])[0]))
    identifier = group.get("id") or ""
    term_id = identifier[1:] if identifier.startswith("t") and len(identifier) > 1 else None
    for word in said.get("term", ()):
        yield replace(EntryTerm(language, word, status, **about), term_id=term_id)


def _said(children: Iterable[Element]) -> dict[str, list[str]]:
    """Texts by their type (style DCA) or the name of their element (DCT); sources of a descrip apart from others."""
    found: dict[str, list[str]] = {}
    for child in children:
        group = [inner for inner in child.iter() if inner is not child] if local(child.tag).endswith("Grp") else [child]
        main = ""
        for element in group:
            name = element.get("type") or local(element.tag)
            if name == "source" and main:
                name = f"{main} source"
            elif local(element.tag) in ("descrip", "definition", "context"):
                main = name
            if text := text_of(element):
                found.setdefault(name, []).append(text)
    return found


def _contexts(sentences: dict[str, tuple[str, str]]) -> tuple[EntryContext, ...]:
    if not sentences:
        return ()
    document = next((source for _, source in sentences.values() if source), "")
    texts = {f"{language}_sentence": sentence for language, (sentence, _) in sentences.items()}
    return (EntryContext(document, **texts),)  # type: ignore[arg-type]
