"""Cards for Anki: text with file headers (https://docs.ankiweb.net/importing/text-files.html#file-headers).

The first column is the guid, so that a later import updates the cards instead of adding them. HTML is on: the term is
bold in its sentence.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ...errors import GlossaryError
from ..entry import Entry, EntryContext, EntryTerm, in_order
from ..labels import labelled, parted
from ..pairs import NO_PAIR
from ..registry import About, Hints
from ..streams import lines, text_out
from ..text import one_line

_COLUMNS = ("guid", "ja", "reading", "en", "note", "ja_sentence", "en_sentence", "tags")
_BREAK = "<br>"
_TAG = re.compile(r"</?(?:b|i|u|div|span|p)(?: [^>]*)?>")


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A card a concept; deprecated and forbidden terms are left out."""
    with text_out(out) as text:
        text.write(f"#separator:tab\n#html:true\n#guid column:1\n#tags column:{len(_COLUMNS)}\n")
        text.write("#columns:" + "\t".join(_COLUMNS) + "\n")
        for entry in entries:
            ja, en = ([term for term in entry.usable(side) if one_line(term.term)] for side in ("ja", "en"))
            if not ja or not en or not one_line(entry.concept_id):
                about.leave_out(NO_PAIR)
                continue
            text.write("\t".join(_cells(entry, ja, en, about)) + "\n")


def _cells(entry: Entry, ja: list[EntryTerm], en: list[EntryTerm], about: About) -> list[str]:
    context = entry.contexts[0] if entry.contexts else EntryContext("")
    note = labelled(entry, ja[0], en[0], leave_out=("reading", "kind", "concept_id"))
    return [
        _cell(entry.concept_id),
        _BREAK.join(_cell(term.term) for term in ja),
        _cell(ja[0].reading),
        _BREAK.join(_cell(term.term) for term in en),
        _cell(note),
        _sentence(context.ja_sentence, context.ja_start, context.ja),
        _sentence(context.en_sentence, context.en_start, context.en),
        " ".join(filter(None, ("glossary", f"kind::{one_line(entry.kind)}" if one_line(entry.kind) else ""))),
    ]


def _cell(text: str | None) -> str:
    return html.escape(one_line(text))


def _sentence(sentence: str | None, start: int | None, term: str | None) -> str:
    if not sentence or start is None or not term:
        return _cell(sentence)
    before, after = sentence[:start], sentence[start + len(term) :]
    return "".join((_raw(before), f"<b>{_raw(term)}</b>", _raw(after))).strip()


def _raw(text: str) -> str:
    return html.escape(re.sub(r"\s+", " ", text))


def read(path: Path, hints: Hints) -> Iterator[Entry]:
    """Entries of cards that we wrote or that Anki exported from them (notes in plain text, with guid and HTML).

    Raises GlossaryError if the headers do not say tab, guid and the columns.
    """
    guid, names = 0, list(_COLUMNS)
    shift = 0
    for number, line in lines(path):
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            if key == "separator" and value not in ("tab", "Tab"):
                raise GlossaryError(f"{path}, line {number}: separated by {value}: export the notes with tabs")
            if key in ("guid column", "notetype column", "deck column") and value.strip().isdecimal():
                guid = int(value) - 1 if key == "guid column" else guid
                shift += key != "guid column"
            continue
        cells = line.split("\t")
        if not line.strip():
            continue
        if len(cells) < 4 + shift:
            raise GlossaryError(f"{path}, line {number}: has {len(cells)} columns: cards of ours have {len(_COLUMNS)}")
        # Anki puts guid, note type and deck first, whatever their order was.
        own = [cells[guid], *cells[1 + shift :]]
        yield _entry(dict(zip(names, own, strict=False)))


def _entry(named: dict[str, str]) -> Entry:
    said = parted(_plain(named.get("note", "")))
    fields: dict[str, Any] = dict(said.concept)
    fields.setdefault("concept_id", named["guid"])
    kind = next((tag.partition("::")[2] for tag in named.get("tags", "").split() if tag.startswith("kind::")), None)
    if kind:
        fields.setdefault("kind", kind)
    terms = []
    for side, own in (("ja", said.ja), ("en", said.en)):
        for number, text in enumerate(filter(None, map(_plain, named[side].split(_BREAK)))):
            extra: dict[str, Any] = dict(own) if number == 0 else {}
            if side == "ja" and number == 0 and _plain(named["reading"]):
                extra.setdefault("reading", _plain(named["reading"]))
            terms.append(EntryTerm(side, text, "admitted" if number else "preferred", **extra))  # type: ignore[arg-type]
    return in_order(Entry(tuple(terms), **fields))


def _plain(cell: str) -> str:
    return one_line(html.unescape(_TAG.sub("", cell)))
