"""Terms of the glossary: forbidden ones, ones that are not used, one that has several translations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..languages.english import FUNCTION_WORDS
from ..matching import Known, KnownTerm, Match
from ..matching.matcher import longest
from .evidence import SUPPORTED, Bead, Evidence
from .findings import Finding, Severity

_UNWANTED = ("forbidden", "deprecated")
_SHORTEST = 2
"""Characters of a Japanese term whose translation is asked for."""


def check_forbidden(evidence: Evidence) -> Iterator[Finding]:
    """English terms that the glossary forbids or deprecates, where the Japanese has the concept (or nothing known)."""
    for bead in evidence.beads:
        for match, known, term in _unwanted(evidence, bead):
            severity: Severity = "error" if term.status == "forbidden" else "warning"
            wanted = known.en if known.en != term.term else None
            message = f"{match.text} is {term.status}" + (f": write {wanted}" if wanted else "")
            yield Finding(
                "forbidden-term",
                severity,
                message,
                None,
                (match.start, match.end),
                known.ja,
                match.text,
                wanted,
                known.concept_id,
            )


def _unwanted(evidence: Evidence, bead: Bead) -> Iterator[tuple[Match, Known, KnownTerm]]:
    """Mentions of forbidden and deprecated terms in the English of a sentence, with their concept and term."""
    here = {known.concept_id for near in evidence.near(bead) for m in near.ja_matches for known, _ in m.concepts}
    for match in bead.en_matches:
        unwanted = [(known, term) for known, term in match.concepts if term.status in _UNWANTED]
        allowed = [known for known, term in match.concepts if term.status not in _UNWANTED]
        if not unwanted or any(known.concept_id in here for known in allowed):
            continue
        known, term = next((pair for pair in unwanted if pair[0].concept_id in here), unwanted[0])
        if not allowed or known.concept_id in here:
            yield match, known, term


def check_terms(evidence: Evidence) -> Iterator[Finding]:
    """Japanese terms of which no translation that the glossary has stands in the English near by.

    What a person approved is asked for once a text; later mentions may be dropped or become a pronoun, an office may
    stand for a person, a surname for the full name. What only a build found is information. Where a forbidden term of
    the concept stands near by, `check_forbidden` says it all.
    """
    met: dict[str, int] = defaultdict(int)
    absent: dict[str, tuple[Bead, Match, Known]] = {}
    for bead in evidence.beads:
        for match in bead.ja_matches:
            asked = [known for known, _ in match.concepts if known.usable("en")]
            if len(match.text) < _SHORTEST or not asked:
                continue
            key = match.text
            if _is_translated(evidence, bead, match):
                met[key] += 1
            else:
                absent.setdefault(key, (bead, match, asked[0]))
    for key, (bead, match, known) in absent.items():
        if met[key] == 0 and bead.en_span is not None and not _is_forbidden(evidence, bead, known):
            yield _not_used(bead, match, known)


def _is_forbidden(evidence: Evidence, bead: Bead, asked: Known) -> bool:
    """Whether `check_forbidden` finds a term of the concept in the English near by."""
    found = (known.concept_id for near in evidence.near(bead) for _, known, _ in _unwanted(evidence, near))
    return asked.concept_id in found


def _not_used(bead: Bead, match: Match, known: Known) -> Finding:
    wanted = known.en or known.usable("en")[0].term
    severity: Severity = "warning" if known.status == "approved" else "info"
    message = f"{match.text} is {wanted} in the glossary, which is not in the English"
    return Finding(
        "term", severity, message, (match.start, match.end), bead.en_span, match.text, None, wanted, known.concept_id
    )


def _is_translated(evidence: Evidence, bead: Bead, match: Match) -> bool:
    """Whether the English near by has a term of the concept or, for what nobody approved, any word that supports it."""
    concepts = {known.concept_id for known, _ in match.concepts}
    for near in evidence.near(bead):
        for found in near.en_matches:
            if any(known.concept_id in concepts and term.status not in _UNWANTED for known, term in found.concepts):
                return True
    if any(known.status == "approved" for known, _ in match.concepts):
        return match.known.kind == "person" and _has_part(evidence, bead, match)
    support = evidence.support_ja(bead)
    return any(support[k] >= SUPPORTED for k in bead.tokens("ja", (match.start, match.end)))


def _has_part(evidence: Evidence, bead: Bead, match: Match) -> bool:
    """A name that stands in part: the surname for the full name."""
    words = {
        word.casefold() for known, _ in match.concepts for term in known.usable("en") for word in term.term.split()
    }
    return any(token.surface.casefold() in words for near in evidence.near(bead) for token in near.en)


def check_unfounded(evidence: Evidence) -> Iterator[Finding]:
    """Terms of two words or more in the English of which no word is supported by anything in the Japanese.

    One word may well be a free rendering; measured on news, whole terms hardly ever are.
    """
    for bead in evidence.beads:
        if not bead.ja:
            continue
        anywhere = evidence.support_en(bead, "anywhere")
        for match in longest(bead.en_matches):
            words = [
                k
                for k in bead.tokens("en", (match.start, match.end))
                if bead.en[k].surface.isalpha() and bead.en[k].lemma not in FUNCTION_WORDS
            ]
            if len(words) > 1 and all(anywhere[k] < SUPPORTED for k in words):
                known = match.known
                message = f"{match.text} is {known.ja} in the glossary, which is not in the Japanese"
                span = (match.start, match.end)
                if known.ja is not None:
                    yield Finding(
                        "unfounded-term", "warning", message, None, span, None, match.text, None, known.concept_id
                    )


def check_consistency(evidence: Evidence) -> Iterator[Finding]:
    """A concept that is called by several English terms which are no forms of one another.

    Only one that a person approved is held to its preferred term; for others it is information.
    """
    used: dict[str, dict[str, Match]] = defaultdict(dict)
    concepts: dict[str, Known] = {}
    for bead in evidence.beads:
        here = {known.concept_id for near in evidence.near(bead) for m in near.ja_matches for known, _ in m.concepts}
        for match in bead.en_matches:
            for known, term in match.concepts:
                if known.concept_id in here and term.status not in _UNWANTED and term.form in ("full", "variant"):
                    used[known.concept_id].setdefault(term.term, match)
                    concepts[known.concept_id] = known
    for identity, terms in sorted(used.items()):
        known = concepts[identity]
        others = [term for term in terms if term != known.en and not _is_form(term, known.en or "")]
        if known.en in terms and others:
            match = terms[others[0]]
            severity: Severity = "warning" if known.status == "approved" else "info"
            message = (
                f"{known.ja or known.en} is {', '.join(sorted(terms))} in one text; the glossary prefers {known.en}"
            )
            yield Finding(
                "inconsistent-term",
                severity,
                message,
                None,
                (match.start, match.end),
                known.ja,
                match.text,
                known.en,
                identity,
            )


def _is_form(term: str, preferred: str) -> bool:
    """True for a part or an extension of the preferred term: the surname, the full name."""
    one, other = term.casefold(), preferred.casefold()
    return one in other or other in one
