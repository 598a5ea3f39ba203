"""Terms that the glossary knows for something else: how likely a wrong one is, from what the two texts say of it.

A logistic regression (Cox 1958) on a few plain facts. Its weights were fitted on public news with wrong terms planted,
none of which the published rates are measured on (see docs/desk.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from ..alignment.matching import is_content_ja
from ..languages.english import FUNCTION_WORDS
from ..matching import Match
from ..matching.matcher import longest
from .evidence import SUPPORTED, Bead, Evidence, is_katakana
from .findings import Finding
from .names import is_title
from .spelling import is_word

WEIGHTS = {
    "bias": -2.14,
    "several": 1.57,
    "nowhere": 0.11,
    "as written": 0.40,
    "common word": -0.70,
    "capital": 1.65,
    "name": 0.67,
    "repeated": -1.70,
    "shared kanji": -0.81,
    "katakana": 0.43,
    "learned often": 0.27,
    "open noun": 1.23,
    "open term": 0.10,
}
"""Log-odds that a term is wrong, by fact."""
THRESHOLD = 0.8
"""Probability from which a term is reported."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A term of the English whose Japanese is nowhere in the text and that no word near by supports."""

    match: Match
    open_ja: str
    """The longest Japanese noun near by without counterpart; may be empty."""
    facts: dict[str, float]

    @property
    def probability(self) -> float:
        """That it is wrong, 0..1."""
        odds = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in self.facts.items())
        return 1 / (1 + math.exp(-odds))


def check_strangers(evidence: Evidence) -> Iterator[Finding]:
    """Terms that are something else in the glossary, where much speaks for a mistake."""
    for stranger in strangers(evidence):
        match = stranger.match
        if stranger.probability < THRESHOLD or (stranger.facts["several"] and stranger.facts["nowhere"]):
            continue
        message = f"{match.text} is {match.known.ja} in the glossary, which is not in the Japanese"
        if stranger.open_ja:
            message += f"; {stranger.open_ja} is there, which nothing translates"
        span = (match.start, match.end)
        yield Finding("unfounded-term", "warning", message, None, span, None, match.text, None, match.known.concept_id)


def strangers(evidence: Evidence) -> Iterator[Stranger]:
    """Terms that nothing near by supports, with the facts about each; common words in headlines are left out."""
    counts: dict[str, int] = {}
    for bead in evidence.beads:
        for token in bead.en:
            counts[token.lemma] = counts.get(token.lemma, 0) + 1
    for bead in evidence.beads:
        if bead.ja and bead.en:
            yield from _of_bead(evidence, bead, counts)


def _of_bead(evidence: Evidence, bead: Bead, counts: dict[str, int]) -> Iterator[Stranger]:
    near, anywhere = evidence.support_en(bead), evidence.support_en(bead, "anywhere")
    content = [token.surface[0].isalpha() and token.lemma not in FUNCTION_WORDS for token in bead.en]
    here = {c for other in evidence.near(bead) for token in other.ja for c in token.surface if not _is_kana(c)}
    in_title = is_title(bead.en)
    runs = _open_nouns(evidence, bead)
    open_ja = max((_text(bead, run) for run in runs), key=len, default="")
    for match in longest(bead.en_matches):
        words = [k for k in bead.tokens("en", (match.start, match.end)) if content[k]]
        terms = [term for known, _ in match.concepts for term in known.terms]
        ja = [term.term for term in terms if term.language == "ja" and not term.term.isascii()]
        if not words or not ja or any(near[k] >= SUPPORTED for k in words):
            continue
        common = is_word(match.text)
        if (in_title and common) or any(term in evidence.bitext.ja.text for term in ja):
            continue
        english = {term.term.casefold() for term in terms if term.language == "en"}
        facts = {
            "several": float(len(words) > 1),
            "nowhere": float(all(anywhere[k] < SUPPORTED for k in words)),
            "as written": float(match.text.casefold() in english),
            "common word": float(common),
            "capital": float(match.text[0].isupper()),
            "name": float(match.known.kind != "concept"),
            "repeated": math.log(counts[bead.en[words[-1]].lemma]),
            "shared kanji": float(any(c in here for term in ja for c in term)),
            "katakana": float(any(is_katakana(term) for term in ja)),
            "learned often": math.log1p(match.known.occurrences),
            "open noun": float(bool(open_ja)),
            "open term": float(_has_term(bead, runs)),
        }
        yield Stranger(match, open_ja, facts)


def _text(bead: Bead, run: tuple[int, int]) -> str:
    return "".join(token.surface for token in bead.ja[slice(*run)])


def _open_nouns(evidence: Evidence, bead: Bead) -> list[tuple[int, int]]:
    """Runs of Japanese nouns, two characters or more, that no English word near by translates."""
    runs: list[tuple[int, int]] = []
    for k, support in enumerate(evidence.support_ja(bead)):
        pos = bead.ja[k].pos
        if support >= SUPPORTED or not pos.startswith("名詞") or "数詞" in pos or not is_content_ja(bead.ja[k]):
            continue
        if runs and runs[-1][1] == k:
            runs[-1] = (runs[-1][0], k + 1)
        else:
            runs.append((k, k + 1))
    return [run for run in runs if len(_text(bead, run)) > 1]


def _has_term(bead: Bead, runs: list[tuple[int, int]]) -> bool:
    """Whether the glossary has a translation of one of them."""
    spans = [(bead.ja[first].start, bead.ja[last - 1].end) for first, last in runs]
    return any(
        match.known.en and start <= match.start and match.end <= end
        for match in bead.ja_matches
        for start, end in spans
    )


def _is_kana(character: str) -> bool:
    return "ぁ" <= character <= "ヿ"
