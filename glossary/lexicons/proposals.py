"""Proposals for the other side of a term that stands in one language only.

What a lexicon has whole comes first; else the term is cut into parts that lexicons have, and their translations are put
together. Nothing is decided for the reader: every reading and every part comes with its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from .knowledge import Knowledge
from .renderings import Rendering

Language = Literal["ja", "en"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a term and what it was translated by."""

    text: str
    translation: str
    reading: str
    """Katakana of the Japanese side; empty where it is not known."""
    lexicon: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One possibility for the other side."""

    text: str
    reading: str
    """Katakana of the Japanese side (of the term itself, or of what is proposed); empty where it is not known."""
    parts: tuple[Part, ...]
    """One for a whole match, several for a composed proposal."""
    score: float
    """0..1, the product of the parts' weights and of the rules applied; docs/lexicons.md says how often it is right."""
    evidence: tuple[str, ...]
    """A sentence for each reason."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the lexicons that the parts come from."""
        return tuple(dict.fromkeys(part.lexicon for part in self.parts if part.lexicon))


def propose(term: str, language: Language, knowledge: Knowledge, limit: int = 5) -> list[Proposal]:
    """At most `limit` proposals for the other side of `term`, which is in `language`; the best first, none twice.

    Empty if the lexicons know neither the term nor its parts. Needs the tagger (fugashi) for Japanese terms.
    """
    term = " ".join(term.split())
    if not term or limit < 1:
        return []
    if language == "ja":
        from .proposals_from_japanese import from_japanese

        drafts = from_japanese(term, knowledge)
    else:
        from .proposals_from_english import from_english

        drafts = from_english(term, knowledge)
    best: dict[str, Draft] = {}
    for draft in drafts:
        key = draft.text.casefold()
        best[key] = best[key].agreeing(draft) if key in best else draft
    ranked = sorted(best.values(), key=lambda one: -one.score)
    return [draft.finished(language) for draft in ranked[:limit]]


def propose_all(
    terms: Iterable[str], language: Language, knowledge: Knowledge, limit: int = 5
) -> dict[str, list[Proposal]]:
    """`propose` for many terms, the lexicons asked for all parts at once; terms without a proposal are left out."""
    wanted = list(dict.fromkeys(terms))
    if language == "ja":
        from .proposals_from_japanese import parts_to_ask

        knowledge.prefetch(part for term in wanted for part in parts_to_ask(term))
    else:
        from .proposals_from_english import parts_to_ask

        knowledge.by_english(part for term in wanted for part in parts_to_ask(term))
    found = {term: propose(term, language, knowledge, limit) for term in wanted}
    return {term: proposals for term, proposals in found.items() if proposals}


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal in the making."""

    text: str
    score: float
    renderings: tuple[Rendering, ...]
    """In the order of the Japanese term."""
    remarks: tuple[str, ...] = ()

    def agreeing(self, other: Draft) -> Draft:
        """The better of two ways to the same text, with the reasons of the other if that is a whole entry too."""
        best, second = (self, other) if self.score >= other.score else (other, self)
        if len(second.renderings) > 1 or len(best.renderings) > 1:
            return best
        return replace(best, remarks=tuple(dict.fromkeys((*best.remarks, *second.renderings[0].evidence))))

    def finished(self, language: Language) -> Proposal:
        """As it is handed out."""
        parts = tuple(
            Part(*((r.ja, r.en) if language == "ja" else (r.en, r.ja)), r.reading, r.lexicon, r.evidence)
            for r in self.renderings
        )
        whole = all(part.reading for part in parts)
        reading = "".join(part.reading for part in parts) if whole else ""
        reasons = [reason for part in parts for reason in part.evidence]
        return Proposal(
            self.text, reading, parts, round(min(self.score, 1.0), 4), tuple(dict.fromkeys((*reasons, *self.remarks)))
        )
