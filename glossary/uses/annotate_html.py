"""Annotations as one self-contained page: to keep beside the editor, to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ..languages.kana import is_kana
from ..matching import Match
from .annotate import Annotation, NewTerm, notes, translations
from .terminal import printable

_STYLE = """
:root{color-scheme:light dark;--line:#8886;--mark:#ffe9a8;--ink:#111;--quiet:#666}
body{font:16px/1.7 system-ui,sans-serif;margin:0 auto;max-width:80rem;padding:1rem 1.5rem}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2rem}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:var(--mark);color:var(--ink);border-radius:.2em}
mark:target,dt:target{outline:2px solid}
.gloss{color:var(--quiet);font-size:.8em}
a{color:inherit;text-decoration:none}
dl{margin:0}dt{font-weight:600;margin-top:.6em}dd{margin:0 0 0 1em}
small,.quiet{color:var(--quiet)}del{color:#b00}
@media (prefers-color-scheme:dark){:root{--quiet:#aaa}}
@media (max-width:50rem){main{display:block}}
@media print{body{max-width:none;padding:0;font-size:10.5pt}main{display:block}mark{background:none;
border-bottom:1px solid}dt,dd{break-inside:avoid}dt{break-after:avoid}}
@page{size:A4;margin:18mm}
"""


def annotation_page(annotations: Sequence[Annotation], title: str | None = None) -> str:
    """All annotations as one HTML page. Everything from texts and glossary is escaped; no script, nothing is loaded."""
    heading = title or (annotations[0].document.title or annotations[0].document.name if annotations else "Annotation")
    parts = [part for k, annotation in enumerate(annotations) for part in _document(annotation, f"d{k}")]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>{_text(heading)}</title>"
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def _document(annotation: Annotation, prefix: str) -> Iterator[str]:
    document = annotation.document
    yield f'<h1 lang="{document.language}">{_text(document.title or document.name)}</h1>'
    yield f'<main>\n<section class="text" lang="{document.language}">{_marked(annotation, prefix)}</section>'
    yield '<section>\n<h2>Known terms</h2>\n<dl lang="en">'
    seen: dict[str, list[Match]] = {}
    for match in annotation.matches:
        seen.setdefault(match.known.concept_id, []).append(match)
    for identity, matches in seen.items():
        yield from _term(annotation, identity, matches, prefix)
    yield "</dl>"
    if annotation.new_terms:
        yield "<h2>Likely new terms</h2>\n<dl>"
        for term in annotation.new_terms:
            yield from _new(annotation, term)
        yield "</dl>"
    yield "</section>\n</main>"


def _marked(annotation: Annotation, prefix: str) -> str:
    text = annotation.document.text
    shown, end = [], 0
    seen: set[str] = set()
    for match in annotation.matches:
        identity = match.known.concept_id
        written = translations(match.known, annotation.target)
        hint = _text("; ".join(filter(None, [match.known.reading, *written, *notes(match.known, annotation.target)])))
        first = identity not in seen
        anchor = f' id="{prefix}-{_text(identity)}-1"' if first else ""
        shown.append(escape(text[end : match.start]))
        link = f'<a href="#{prefix}-{_text(identity)}">{escape(match.text)}</a>'
        shown.append(f'<mark{anchor} title="{hint}">{link}</mark>')
        if first and written:
            shown.append(f'<span class="gloss" lang="{annotation.target}"> {_text(written[0])} </span>')
        seen.add(identity)
        end = match.end
    return "".join([*shown, escape(text[end:])])


def _term(annotation: Annotation, identity: str, matches: Sequence[Match], prefix: str) -> Iterator[str]:
    known = matches[0].known
    written = translations(known, annotation.target)
    source = known.preferred(annotation.document.language) or matches[0].text
    shown = {"ja": _ruby(known.ja or "", known.reading), "en": _text(known.en or "")}
    shown[annotation.document.language] = (
        _ruby(source, known.reading) if annotation.document.language == "ja" else _text(source)
    )
    place = f"{prefix}-{_text(identity)}"
    yield (
        f'<dt id="{place}"><a href="#{place}-1"><span lang="{annotation.document.language}">'
        f"{shown[annotation.document.language]}</span></a> = "
        f'<span lang="{annotation.target}">{shown[annotation.target] or "—"}</span></dt>'
    )
    facts = [known.romaji, known.kind, f"{len(matches)}×", known.layer]
    yield f'<dd class="quiet">{_text(" · ".join(fact for fact in facts if fact))}</dd>'
    if len(written) > 1:
        yield f'<dd lang="{annotation.target}"><small>also</small> {_text("; ".join(written[1:]))}</dd>'
    for note in notes(known, annotation.target):
        yield f"<dd>{_text(note)}</dd>"


def _new(annotation: Annotation, term: NewTerm) -> Iterator[str]:
    shown = _ruby(term.text, term.reading) if annotation.document.language == "ja" else _text(term.text)
    yield f'<dt><span lang="{annotation.document.language}">{shown}</span></dt>'
    yield f'<dd class="quiet">{_text(term.kind)} · {len(term.mentions)}×</dd>'
    for proposal in term.proposals:
        sources = f"{proposal.score:.2f} {', '.join(proposal.sources)}"
        yield f'<dd lang="{annotation.target}">{_text(proposal.text)}? <small>{_text(sources)}</small></dd>'


def _ruby(text: str, reading: str | None) -> str:
    if not reading or is_kana(text):
        return _text(text)
    return f"<ruby>{_text(text)}<rp>（</rp><rt>{_text(reading)}</rt><rp>）</rp></ruby>"


def _text(text: str) -> str:
    return escape(printable(text))
