"""Names that are otherwise than the glossary has them: by a letter, or a person's given name by all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from ..languages.english import fold
from ..languages.kana import fold_romaji
from ..languages.tokens import Token
from ..matching import Known, Match
from .evidence import SUPPORTED, Bead, Evidence
from .findings import Finding, Severity
from .spelling import is_slip, is_word

_KINDS = frozenset(("person", "place", "organization", "facility"))
_LEAST_LETTERS = 4
_SURE = 0.9
"""Confidence from which the glossary is held to know a person's name."""
_SYLLABLES = re.compile("(?:(?:[kstnhmrgzdbpjf]|ch|sh|ts|[kgnhbpmr]?y|w)?[aiueo]|n(?![aiueoy])|[kstp](?=[kstpc]))+")
"""A romanized Japanese name in lower case, without macrons."""


def check_known_names(evidence: Evidence) -> Iterator[Finding]:
    """English names a slip away from what the glossary has for a Japanese one near by, which stands nowhere itself.

    A warning where a person approved the name, else information: a build may have learned it from another slip.
    Another romanization (Ono, Ohno) is no slip, a word of another known term is none either. Another given name beside
    the surname is a wrong name, whoever found the pair (see `_other_given_name`).
    """
    written = {fold(token.surface) for bead in evidence.beads for token in bead.en}
    seen: set[int] = set()
    for bead in evidence.beads:
        for match in bead.ja_matches:
            for known, _ in match.concepts:
                for given, surname in _other_given_names(evidence, bead, match, known):
                    if given.start not in seen:
                        seen.add(given.start)
                        yield _wrong_given_name(given, surname, known, match)
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


def _other_given_names(evidence: Evidence, bead: Bead, match: Match, known: Known) -> Iterator[tuple[Token, Token]]:
    """(Given name, surname) of the English near by where the glossary, which is sure, has another given name.

    Of persons with Japanese names alone, in full, whose own given name stands nowhere in the English. The other one is
    in the lexicons, and nothing else in the Japanese stands for it.
    """
    names = _parted(known)
    if known.kind != "person" or (known.confidence or 0) < _SURE or match.text != known.ja or names is None:
        return
    surname, given = names
    spelled = {fold_romaji(word) for term in known.usable("en") for word in term.term.split()}
    written = {fold_romaji(token.surface) for other in evidence.beads for token in other.en}
    if given in written or surname not in written:
        return
    for near in evidence.near(bead):
        for k, token in enumerate(near.en):
            beside = (
                [n for n in (k - 1, k + 1) if 0 <= n < len(near.en)] if fold_romaji(token.surface) == surname else []
            )
            for n in beside:
                other = near.en[n]
                if _is_given_name(evidence, other, spelled) and not _stands_for_another(evidence, near, n, bead, match):
                    yield other, token


def _parted(known: Known) -> tuple[str, str] | None:
    """Surname and given name, folded, of an English name whose two words are the reading of the Japanese one."""
    words = [fold_romaji(word) for word in (known.en or "").split()]
    if len(words) != 2 or not known.romaji:
        return None
    orders = ((words[0], words[1]), (words[1], words[0]))
    return next((names for names in orders if "".join(names) == fold_romaji(known.romaji)), None)


def _is_given_name(evidence: Evidence, token: Token, spelled: set[str]) -> bool:
    surface = token.surface
    return (
        len(surface) >= _LEAST_LETTERS
        and surface.istitle()
        and surface in evidence.en_known
        and _SYLLABLES.fullmatch(fold(surface)) is not None
        and fold_romaji(surface) not in spelled
        and not is_word(surface)
    )


def _stands_for_another(evidence: Evidence, near: Bead, n: int, bead: Bead, match: Match) -> bool:
    """Whether a word of the Japanese that is no part of the name may stand for an English one (token `n` of `near`)."""
    own = bead.ja_types[bead.tokens("ja", (match.start, match.end))]
    others = np.setdiff1d(np.concatenate([other.ja_types for other in evidence.beads]), own)
    return bool((evidence.table.table[others, near.en_types[n]] >= SUPPORTED).any())


def _wrong_given_name(given: Token, surname: Token, known: Known, match: Match) -> Finding:
    first, last = sorted((given, surname), key=lambda token: token.start)
    written = f"{first.surface} {last.surface}"
    message = f"{written}: the glossary has {known.en} for {match.text}"
    span, ja = (first.start, last.end), (match.start, match.end)
    return Finding("wrong-name", "warning", message, ja, span, match.text, written, known.en, known.concept_id)
