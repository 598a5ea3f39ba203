"""Entries of `lookup` as a person reads them, on a terminal or in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from glossary.uses.lookup import Row, best_contexts, entry_of, in_style
from glossary.uses.terminal import Style, filled, highlighted_lines, printable

if TYPE_CHECKING:
    from glossary.languages.style import HouseStyle
    from glossary.layers import Stack

_MISSING = "—"


def matches_text(stack: Stack, found: list[Row], style: Style, house: HouseStyle, *, contexts: int = 3) -> str:
    """The result of `find_in_layers`: exact matches (or the only match) in full, the others one to a line."""
    full = [row for row in found if row["match"] == "exact" or len(found) == 1]
    others = [row for row in found if row not in full]
    parts = [entry_text(entry_of(stack, row, brief=True, style=house), style, contexts=contexts) for row in full]
    if others:
        title = "Other matches" if full else "No exact match; similar"
        lines = [concept_line(in_style(stack, row, house), style) for row in others]
        parts.append("\n".join([f"{title}:", *(f"  {line}" for line in lines)]))
    return "\n\n".join(parts)


def entry_text(found: Row, style: Style, *, contexts: int = 3) -> str:
    """A brief entry over several lines: terms, facts, contexts, reasons, competing translations."""
    return "\n".join(_entry_lines(found, style, contexts))


def concept_line(concept: Row, style: Style) -> str:
    """A concept on one line: both terms, reading, kind and confidence."""
    facts = [concept["kind"], _confidence(concept["confidence"]), concept.get("layer")]
    return _heading(concept, style, bold=False) + "  (" + ", ".join(fact for fact in facts if fact) + ")"


def _entry_lines(found: Row, style: Style, contexts: int) -> Iterator[str]:
    concept = found["concept"]
    yield _heading(concept, style, bold=True)
    yield from filled([*_facts(concept), *filter(None, [found.get("layer")])], style, indent="  ")
    yield from _other_terms(found, style)
    for language in ("ja", "en"):
        if concept[f"definition_{language}"]:
            source = f" ({concept['definition_source']})" if concept["definition_source"] else ""
            yield from filled([concept[f"definition_{language}"] + source], style, indent="  ")
    for note in (concept["usage_note"], concept["subject"] and f"Subject: {concept['subject']}"):
        if note:
            yield from filled([note], style, indent="  ")
    for context in best_contexts(found["contexts"], contexts):
        yield ""
        yield from _context_lines(context, style)
    yield from _reasons(found["evidence"], style)
    yield from _related(found, style)


def _heading(concept: Row, style: Style, *, bold: bool) -> str:
    heading = f"{printable(concept['ja'] or _MISSING)} = {printable(concept['en'] or _MISSING)}"
    return style.opening + heading + style.closing if bold and style.coloured else heading


def _facts(concept: Row) -> list[str]:
    reading = "  ".join(filter(None, (concept["reading"], concept["romaji"])))
    status = concept["status"] if concept["status"] != "candidate" else None
    origin = f"from {'a ' if concept['origin'] in ('bitext', 'document', 'lexicon') else 'the '}{concept['origin']}"
    identity = f"id {concept['concept_id']}"
    facts = (reading, concept["kind"], _confidence(concept["confidence"]), status, origin, _counts(concept), identity)
    return [fact for fact in facts if fact]


def _confidence(confidence: float | None) -> str:
    return "" if confidence is None else f"confidence {confidence:.2f}"


def _counts(concept: Row) -> str:
    occurrences, documents = concept["occurrences"] or 0, concept["documents"] or 0
    return f"{counted(occurrences, 'occurrence')} in {counted(documents, 'document')}"


def counted(number: int, noun: str) -> str:
    """`number` with its noun: "1 concept", "1,200 concepts"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _other_terms(found: Row, style: Style) -> Iterator[str]:
    shown = {found["concept"]["ja"], found["concept"]["en"]}
    others = [_term(term) for term in found["terms"] if term["term"] not in shown]
    if others:
        yield from filled(["Also: " + others[0], *others[1:]], style, indent="  ")


def _term(term: Row) -> str:
    notes = [term["form"]] if term["form"] != "full" else []
    if term["status"] in ("deprecated", "forbidden"):
        notes.append(term["status"])
    if term["region"]:
        notes.append(term["region"])
    return term["term"] + (f" ({', '.join(notes)})" if notes else "")


def _context_lines(context: Row, style: Style) -> Iterator[str]:
    source = [context["document"], context["publisher"], context["published"]]
    yield from filled([part for part in source if part], style, indent="  ")
    for language in ("ja", "en"):
        sentence = context[f"{language}_sentence"]
        if sentence:
            yield from highlighted_lines(sentence, _term_span(context, language), style, indent="    ")


def _term_span(context: Row, language: str) -> tuple[int, int] | None:
    """Where the term stands in its sentence."""
    start, end, origin = (context[f"{language}_{part}"] for part in ("start", "end", "sentence_start"))
    return None if start is None else (start - origin, end - origin)


def _reasons(reasons: list[Row], style: Style) -> Iterator[str]:
    if not reasons:
        return
    first = reasons[0]
    score = sum(reason["weight"] for reason in reasons)
    yield ""
    yield from filled(
        [f"Why {first['ja']} = {first['en']} in {first['document']} (score {score:+.2f})"], style, indent="  "
    )
    for reason in reasons:
        lines = list(filled([reason["detail"] or reason["kind"]], style, indent=" " * 11))
        yield f"    {reason['weight']:+.2f}".ljust(11) + lines[0].lstrip() if lines else f"    {reason['weight']:+.2f}"
        yield from lines[1:]


def _related(found: Row, style: Style) -> Iterator[str]:
    lines = [("Competes with", concept_line(other, style)) for other in found["competing"]]
    for relation in found["relations"]:
        other = _heading(relation, style, bold=False) if relation["ja"] or relation["en"] else relation["other_id"]
        lines.append((relation["relation"].replace("_", " ").capitalize(), other))
    if lines:
        yield ""
    for label, other in lines:
        yield from filled([f"{label}: {printable(other)}"], style, indent="  ")
