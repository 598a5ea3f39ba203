"""Names that are spelled a letter otherwise than the glossary has them."""

from __future__ import annotations

from collections.abc import Iterator

from ..languages.english import fold
from ..languages.kana import fold_romaji
from ..languages.tokens import Token
from ..matching import Known
from .evidence import Bead, Evidence
from .findings import Finding, Severity
from .spelling import is_slip, is_word

_KINDS = frozenset(("person", "place", "organization", "facility"))
_LEAST_LETTERS = 4


def check_known_names(evidence: Evidence) -> Iterator[Finding]:
    """English names a slip away from what the glossary has for a Japanese one near by, which stands nowhere itself.

    A warning where a person approved the name, else information: a build may have learned it from another slip.
    Another romanization (Ono, Ohno) is no slip, a word of another known term is none either.
    """
    written = {fold(token.surface) for bead in evidence.beads for token in bead.en}
    seen: set[int] = set()
    for bead in evidence.beads:
        for match in bead.ja_matches:
            for known, _ in match.concepts:
                for token in _misspelled(evidence, bead, known, written):
                    if token.start not in seen:
                        seen.add(token.start)
                        yield _finding(token, known, match.text, (match.start, match.end))


def _misspelled(evidence: Evidence, bead: Bead, known: Known, written: set[str]) -> Iterator[Token]:
    if known.kind not in _KINDS:
        return
    words = {fold(word) for term in known.usable("en") for word in term.term.split() if word[0].isupper()}
    words = {word for word in words - written if len(word) >= _LEAST_LETTERS}
    if not words:
        return
    for near in evidence.near(bead):
        spans = [(found.start, found.end) for found in near.en_matches]
        for token in near.en:
            if any(start <= token.start < end for start, end in spans):
                continue
            if any(_is_misspelled(token.surface, word) for word in words):
                yield token


def _is_misspelled(surface: str, word: str) -> bool:
    return (
        surface[0].isupper()
        and len(surface) >= _LEAST_LETTERS
        and is_slip(fold(surface), word)
        and fold_romaji(surface) != fold_romaji(word)
        and not is_word(surface)
    )


def _finding(token: Token, known: Known, ja_text: str, ja: tuple[int, int]) -> Finding:
    wanted = known.en or known.usable("en")[0].term
    severity: Severity = "warning" if known.status == "approved" else "info"
    message = f"{token.surface}: the glossary has {wanted} for {ja_text}"
    span = (token.start, token.end)
    return Finding("name-spelling", severity, message, ja, span, ja_text, token.surface, wanted, known.concept_id)
