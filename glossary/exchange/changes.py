"""What an entry says otherwise than the glossary: as payloads of decisions (see `glossary.decisions.actions`).

What an entry does not say stays as it is; applying the changes and comparing again gives none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..languages.kana import is_kana, romanize, to_katakana
from ..records import KINDS, Language
from .entry import SIDES, Entry, EntryTerm
from .targets import How, Known, KnownTerm
from .text import one_line

_ACTIONS = {"preferred": "prefer", "admitted": "admit", "deprecated": "deprecate", "forbidden": "forbid"}
_COLUMNS = {
    "subject": "subject",
    "part_of_speech": "part-of-speech",
    "usage_note": "note",
    "collection": "collection",
}
_LIMITS = ("region", "valid_from", "valid_to")
_NAMES = ("person", "place", "organization", "facility", "event", "product", "work", "law")


class Change(NamedTuple):
    action: str
    after: dict[str, Any]
    before: dict[str, Any]


def changes(known: Known, entry: Entry, how: How | None) -> Iterator[Change]:
    """Decisions that make the concept as the entry has it; `how` it was found, None if it is new.

    `known` is changed on the way. Its status (approve, reject) is the caller's to compare.
    """
    for side in SIDES:
        yield from _terms(known, entry, side, how)
    yield from _columns(known, entry)
    yield from _definitions(known, entry)


def founding(known: Known, entry: Entry) -> Change:
    """The decision that makes a new concept, with kind and reading."""
    row = known.row
    after = {name: row[name] for name in ("ja", "en") if row[name]}
    if entry.kind in KINDS:
        after["kind"] = entry.kind
    else:
        row["kind"] = "concept"
    first = next((term for term in entry.of("ja") if one_line(term.term) == row["ja"]), None)
    if first is not None and (said := reading_of(first, row["kind"])):
        after |= said
        known.terms["ja"][row["ja"]].reading, known.terms["ja"][row["ja"]].romaji = said["reading"], said["romaji"]
    return Change("add", after, {})


def reading_of(term: EntryTerm, kind: str | None, known: KnownTerm | None = None) -> dict[str, str]:
    """Reading and romaji of a Japanese term as decisions have them; empty if it has no reading in kana."""
    reading = to_katakana(one_line(term.reading)).replace(" ", "")
    if not reading or not is_kana(reading):
        return {}
    romaji = one_line(term.romaji)
    if not romaji and known is not None and known.reading == reading and known.romaji:
        romaji = known.romaji
    if not romaji:
        plain = romanize(reading)
        romaji = plain[:1].upper() + plain[1:] if kind in _NAMES else plain
    return {"reading": reading, "romaji": romaji}


def _terms(known: Known, entry: Entry, side: Language, how: How | None) -> Iterator[Change]:
    terms = {text: term for term in reversed(entry.of(side)) if (text := one_line(term.term))}
    terms = dict(reversed(terms.items()))
    there = known.terms[side]
    yield from _edits(known, terms, side, how)
    fresh = set()
    for text, term in terms.items():
        if text not in there:
            fresh.add(text)
            yield _addition(known, text, term, side)
    yield from _preference(known, terms, fresh, side)
    for text, term in terms.items():
        yield from _term(there[text], term, side, known.row["kind"])


def _edits(known: Known, terms: dict[str, EntryTerm], side: Language, how: How | None) -> Iterator[Change]:
    """Terms that were corrected: those whose id the file names, and the preferred one of a concept with an id."""
    there = known.terms[side]
    by_id = {term.term_id: text for text, term in there.items() if term.term_id}
    top = next((text for text, term in terms.items() if term.usable), None)
    preferred = one_line(known.row[side])
    for text, term in terms.items():
        old = by_id.get(term.term_id or "")
        if old is None and how == "id" and text == top:
            old = preferred
        if text in there or not old or old in terms or old not in there:
            continue
        moved = there.pop(old)
        yield Change("edit", {"language": side, "old": moved.term, "new": text}, {"term": moved.term})
        moved.term, moved.term_id, moved.reading, moved.romaji = text, None, None, None
        there[text] = moved
        if old == preferred:
            known.row[side] = text


def _addition(known: Known, text: str, term: EntryTerm, side: Language) -> Change:
    before = {"terms": [other.term for other in known.terms[side].values()]}
    limits = {name: value for name in _LIMITS if (value := one_line(getattr(term, name)))}
    after: dict[str, Any] = {"term": text, "language": side} | limits
    if term.form:
        after["form"] = term.form
    said = reading_of(term, known.row["kind"]) if side == "ja" else {}
    known.terms[side][text] = KnownTerm(text, "admitted", **said, **limits)
    return Change("add", after | said, before)


def _preference(known: Known, terms: dict[str, EntryTerm], fresh: set[str], side: Language) -> Iterator[Change]:
    """The first term that the file prefers; or its first term, if it has no status and the glossary did not have it."""
    wanted = next((text for text, term in terms.items() if term.status == "preferred"), None)
    if wanted is None:
        first = next((text for text, term in terms.items() if term.usable), None)
        wanted = first if first in fresh and terms[first].status is None else None
    there = known.terms[side]
    if wanted is None or there[wanted].status == "preferred":
        return
    old = known.row[side]
    yield Change("prefer", _named(there[wanted], side), {"status": there[wanted].status} if old else {})
    for term in there.values():
        if term.status == "preferred":
            term.status = "admitted"
    there[wanted].status, known.row[side] = "preferred", there[wanted].term


def _term(there: KnownTerm, term: EntryTerm, side: Language, kind: str | None) -> Iterator[Change]:
    """Status, limits and reading of a term that both have."""
    limits = {
        name: value for name in _LIMITS if (value := one_line(getattr(term, name))) and value != there.limits[name]
    }
    status = there.status
    if term.status in ("deprecated", "forbidden") or (term.status == "admitted" and status != "preferred"):
        status = term.status
    if status != there.status or limits:
        before = {"status": there.status} | {name: there.limits[name] for name in limits if there.limits[name]}
        yield Change(_ACTIONS[status], _named(there, side) | limits, before)
        there.status = status
        there.limits |= limits
    said = reading_of(term, kind, there) if side == "ja" else {}
    if said and (said["reading"], said["romaji"]) != (there.reading, there.romaji):
        before = {name: value for name, value in (("reading", there.reading), ("romaji", there.romaji)) if value}
        yield Change("reading", {"term": there.term} | said, before)
        there.reading, there.romaji = said["reading"], said["romaji"]


def _named(term: KnownTerm, side: Language) -> dict[str, Any]:
    return {"language": side, "term": term.term}


def _columns(known: Known, entry: Entry) -> Iterator[Change]:
    if entry.kind in KINDS and entry.kind != known.row["kind"]:
        yield Change("kind", {"kind": entry.kind}, {"kind": known.row["kind"]})
    for column, action in _COLUMNS.items():
        value = (getattr(entry, column) or "").strip()
        if one_line(value) and one_line(value) != one_line(known.row[column]):
            yield Change(action, {column: value}, {column: known.row[column]} if known.row[column] else {})


def _definitions(known: Known, entry: Entry) -> Iterator[Change]:
    source = one_line(entry.definition_source)
    given = {side: text for side in SIDES if (text := one_line(getattr(entry, f"definition_{side}")))}
    changed = [side for side, text in given.items() if text != one_line(known.row[f"definition_{side}"])]
    if source and not changed and source != one_line(known.row["definition_source"]):
        changed = list(given)[-1:]
    for side in changed:
        said = {"language": side, "definition": given[side]} | ({"source": source} if source else {})
        old = {"definition": known.row[f"definition_{side}"], "source": known.row["definition_source"]}
        yield Change("define", said, {name: value for name, value in old.items() if value})
