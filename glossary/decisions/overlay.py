"""What people decided of one concept, laid over what the texts tell of it. No database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .record import Decision

TermKey = tuple[str, str]
"""(language, term)"""
_STATUSES = {"prefer": "preferred", "admit": "admitted", "deprecate": "deprecated", "forbid": "forbidden"}
_COLUMNS = {
    "subject": "subject",
    "part-of-speech": "part_of_speech",
    "collection": "collection",
    "note": "usage_note",
}
_LIMITS = ("region", "valid_from", "valid_to")


@dataclass
class TermOverlay:
    status: str | None = None
    reading: str | None = None
    romaji: str | None = None
    by_person: bool = False
    form: str = "full"
    limits: dict[str, str | None] = field(default_factory=dict)
    """region, valid_from, valid_to."""


@dataclass
class Overlay:
    status: str = "candidate"
    columns: dict[str, str | None] = field(default_factory=dict)
    """subject, part_of_speech, usage_note, collection."""
    choices: dict[str, str] = field(default_factory=dict)
    """ja, en, kind, definition_*: as a person chose them."""
    pins: dict[str, str] = field(default_factory=dict)
    """ja, en, kind: as they were when the concept was approved; what a person chose goes before them."""
    terms: dict[TermKey, TermOverlay] = field(default_factory=dict)
    corrections: dict[TermKey, str] = field(default_factory=dict)
    base: dict[str, Any] | None = None
    """Columns of the concept for the time that no text tells of it."""
    base_terms: list[dict[str, Any]] = field(default_factory=list)
    stamp: tuple[str, str] | None = None
    """Time and actor of the last decision."""

    def term(self, language: str, text: str) -> TermOverlay:
        return self.terms.setdefault((language, text), TermOverlay())

    def corrected(self, language: str, text: str) -> str:
        """The term that stands in the place of `text`, over any number of corrections."""
        seen = {text}
        while (new := self.corrections.get((language, text))) is not None and new not in seen:
            text = new
            seen.add(text)
        return text

    def chosen(self) -> dict[str, str]:
        """What the concept's columns are to be, whatever the texts say."""
        values = self.pins | self.choices
        return values | {side: self.corrected(side, values[side]) for side in ("ja", "en") if side in values}


def apply(overlay: Overlay, decision: Decision) -> None:
    """Let one decision act on the overlay of its target; what concerns several concepts or pairs is done elsewhere."""
    overlay.stamp = (decision.at, decision.actor)
    after = decision.after
    match decision.action:
        case "approve":
            _approve(overlay, after["concept"], after["pinned"], after["terms"])
        case "reject":
            if after["whole"] and not after.get("document"):
                overlay.status = "rejected"
        case "prefer" | "admit" | "deprecate" | "forbid":
            text = overlay.corrected(after["language"], after["term"])
            _set_status(overlay, after["language"], text, _STATUSES[decision.action])
            overlay.term(after["language"], text).limits |= _limits(after)
        case "edit":
            _correct(overlay, after["language"], after["old"], after["new"])
        case "add" if after.get("term"):
            _add_term(overlay, after["language"], after["term"], after)
        case "add":
            _found(overlay, after)
        case "reading":
            term = overlay.term("ja", overlay.corrected("ja", after["term"]))
            term.reading, term.romaji = after["reading"], after["romaji"]
        case "kind":
            overlay.choices["kind"] = after["kind"]
        case "define":
            overlay.choices[f"definition_{after['language']}"] = after["definition"]
            overlay.choices["definition_source"] = after.get("source") or decision.actor
        case "subject" | "part-of-speech" | "collection" | "note":
            column = _COLUMNS[decision.action]
            overlay.columns[column] = after.get(column)


def absorb(overlay: Overlay, other: Overlay) -> None:
    """Add what was decided of a concept that is merged in; what was decided of this one goes before it."""
    if overlay.status == "candidate":
        overlay.status = other.status
    overlay.columns = other.columns | overlay.columns
    for mine, theirs in ((overlay.choices, other.choices), (overlay.pins, other.pins)):
        for name, value in theirs.items():
            mine.setdefault(name, value)
    for (language, text), theirs_term in other.terms.items():
        if (language, text) not in overlay.terms:
            if theirs_term.status == "preferred" and overlay.chosen().get(language) != text:
                theirs_term.status = "admitted"
            overlay.terms[language, text] = theirs_term
    overlay.corrections = other.corrections | overlay.corrections
    if overlay.base is None:
        overlay.base = other.base
    known = {(term["language"], term["term"]) for term in overlay.base_terms}
    overlay.base_terms += [term for term in other.base_terms if (term["language"], term["term"]) not in known]


def take_apart(overlay: Overlay, new: Overlay, terms: list[TermKey]) -> None:
    """What was decided of terms that leave for a new concept goes with them."""
    for language, text in terms:
        if (language, text) in overlay.terms:
            new.terms[language, text] = overlay.terms.pop((language, text))
        for chosen in (overlay.choices, overlay.pins):
            if chosen.get(language) == text:
                del chosen[language]


def _approve(overlay: Overlay, columns: dict[str, Any], pinned: list[str], terms: list[dict[str, Any]]) -> None:
    overlay.status = "approved"
    overlay.pins = {name: columns[name] for name in pinned if name != "reading" and columns.get(name)}
    overlay.base, overlay.base_terms = dict(columns), list(terms)
    if "reading" in pinned and columns.get("ja") and columns.get("reading"):
        term = overlay.term("ja", overlay.corrected("ja", columns["ja"]))
        if term.reading is None:
            term.reading, term.romaji = columns["reading"], columns.get("romaji")


def _found(overlay: Overlay, after: dict[str, Any]) -> None:
    """A concept that a person adds."""
    overlay.status = "approved"
    overlay.base = {
        "kind": after.get("kind") or "concept",
        "origin": "user",
        "ja": after.get("ja"),
        "en": after.get("en"),
    }
    for side in ("ja", "en"):
        if after.get(side):
            _add_term(overlay, side, after[side], after)
            _set_status(overlay, side, after[side], "preferred")
    if after.get("kind"):
        overlay.choices["kind"] = after["kind"]


def _add_term(overlay: Overlay, language: str, text: str, after: dict[str, Any]) -> None:
    overlay.corrections.pop((language, text), None)
    term = overlay.term(language, text)
    term.by_person = True
    term.form = after.get("form") or "full"
    term.limits |= _limits(after)
    if language == "ja" and after.get("reading"):
        term.reading, term.romaji = after["reading"], after.get("romaji")


def _set_status(overlay: Overlay, language: str, text: str, status: str) -> None:
    if status == "preferred":
        for (other_language, _), other in overlay.terms.items():
            if other_language == language and other.status == "preferred":
                other.status = "admitted"
        overlay.choices[language] = text
    else:
        for chosen in (overlay.choices, overlay.pins):
            if language in chosen and overlay.corrected(language, chosen[language]) == text:
                del chosen[language]
    overlay.term(language, text).status = status


def _correct(overlay: Overlay, language: str, old: str, new: str) -> None:
    overlay.corrections.pop((language, new), None)
    overlay.corrections[language, old] = new
    moved = overlay.terms.pop((language, old), None) or TermOverlay()
    there = overlay.term(language, new)
    there.by_person = True
    there.status = there.status or moved.status
    there.form = moved.form
    there.limits = moved.limits | there.limits
    changed = {"term": new, "reading": None, "romaji": None}
    overlay.base_terms = [
        term | changed if (term["language"], term["term"]) == (language, old) else term for term in overlay.base_terms
    ]


def _limits(after: dict[str, Any]) -> dict[str, str | None]:
    return {name: after[name] for name in _LIMITS if after.get(name)}
