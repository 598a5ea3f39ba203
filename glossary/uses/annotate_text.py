"""An annotation as terminal text: the text with its terms marked, then the terms, then the likely new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .annotate import Annotation, NewTerm, notes, translations
from .entries import counted
from .terminal import Style, filled, printable


def annotation_text(annotation: Annotation, style: Style) -> str:
    """The text, each term marked and at its first mention followed by its translation; then two lists."""
    return "\n".join(_lines(annotation, style))


def _lines(annotation: Annotation, style: Style) -> Iterator[str]:
    yield from (line for part in _marked(annotation, style).split("\n") for line in [part.rstrip()])
    yield ""
    seen: dict[str, list] = {}
    for match in annotation.matches:
        seen.setdefault(match.known.concept_id, []).append(match)
    yield f"Known terms ({len(seen):,}):" if seen else "No known terms."
    for matches in seen.values():
        yield from _term_lines(annotation, matches, style)
    if annotation.new_terms:
        yield ""
        yield f"Likely new terms ({len(annotation.new_terms):,}):"
        for term in annotation.new_terms:
            yield from _new_lines(term, style)


def _marked(annotation: Annotation, style: Style) -> str:
    text = annotation.document.text
    shown, end = [], 0
    seen: set[str] = set()
    for match in annotation.matches:
        shown.append(_safe(text[end : match.start]) + style.opening + _safe(match.text) + style.closing)
        written = translations(match.known, annotation.target)
        if match.known.concept_id not in seen and written:
            shown.append(f" [{printable(written[0])}]" if annotation.target == "ja" else f"[{printable(written[0])}]")
        seen.add(match.known.concept_id)
        end = match.end
    return "".join([*shown, _safe(text[end:])])


def _safe(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def _term_lines(annotation: Annotation, matches: Sequence, style: Style) -> Iterator[str]:
    known = matches[0].known
    written = translations(known, annotation.target)
    source = known.preferred(annotation.document.language) or matches[0].text
    heading = f"{source} = {written[0] if written else '—'}"
    reading = "  ".join(filter(None, (known.reading, known.romaji)))
    facts = [heading, reading, known.kind, f"{len(matches)}×", known.layer]
    yield from filled([fact for fact in facts if fact], style, indent="  ")
    if len(written) > 1:
        yield from filled(["also: " + written[1], *written[2:]], style, indent="      ")
    rivals = [translations(other, annotation.target)[:1] for other, _ in matches[0].concepts[1:]]
    others = list(dict.fromkeys(rival[0] for rival in rivals if rival and rival[0] not in written))
    if others:
        yield from filled(["or, as another concept: " + others[0], *others[1:]], style, indent="      ")
    for note in notes(known, annotation.target):
        yield from filled([note], style, indent="      ")


def _new_lines(term: NewTerm, style: Style) -> Iterator[str]:
    facts = [term.text, term.reading, term.kind, counted(len(term.mentions), "mention")]
    yield from filled([fact for fact in facts if fact], style, indent="  ")
    for proposal in term.proposals:
        reading = f" ({proposal.reading})" if proposal.reading and proposal.reading != term.reading else ""
        sources = ", ".join(proposal.sources)
        yield from filled([f"{proposal.text}{reading}", f"{proposal.score:.2f}", sources], style, indent="      ? ")
