"""From the stored rows of one concept to what its rows in the public views say. Pure functions, no database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Any, NamedTuple

from ..identity import spelling_key
from ..languages.spelling import region_of
from ..records import KINDS
from .grams import key

CANDIDATE_FLOOR = 0.05
"""Confidence below which a pair is not even a candidate."""

_FORMS = ("full", "acronym", "abbreviation", "short", "variant")
_ORIGINS = ("user", "bitext", "document", "lexicon")
_RANKS = {"admitted": 1, "deprecated": 2, "forbidden": 3}
_DEFINITION = ("definition_ja", "definition_en", "definition_source")

TermKey = tuple[str, str]
"""(language, term)"""


class Claim(NamedTuple):
    """What one unit says of the concept."""

    kind: str
    origin: str
    definition_ja: str | None
    definition_en: str | None
    definition_source: str | None


class TermClaim(NamedTuple):
    """What one unit says of a term."""

    language: str
    term: str
    reading: str | None
    romaji: str | None
    form: str
    source: str | None


class Pair(NamedTuple):
    id: int
    ja: str
    en: str
    confidence: float
    kind: str
    kind_confidence: float
    reading: str | None
    romaji: str | None
    rejected: int


class Mention(NamedTuple):
    id: int
    document: str
    pairing: int | None
    ja: str | None
    en: str | None
    published: str | None
    rejected: int
    shown: int | None


@dataclass
class Stored:
    """All rows that concern one concept."""

    row: dict[str, Any]
    claims: list[Claim] = field(default_factory=list)
    term_claims: list[TermClaim] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    terms: dict[TermKey, dict[str, Any]] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    """field: value, as a person chose it."""
    corrections: dict[TermKey, str] = field(default_factory=dict)
    """(language, term as found): the term as a person corrected it."""


class Summary(NamedTuple):
    columns: dict[str, Any]
    """Of the concept."""
    terms: dict[TermKey, dict[str, Any]]
    mentions_shown: list[int | None]
    """In the order of the stored mentions: 1 contexts, 0 candidates, None neither."""


def summarize(stored: Stored, threshold: float) -> Summary:
    """Which mentions are shown, the terms with their counts, and the columns of the concept.

    The preferred term of a language is its most frequent one among the shown mentions (ties: the one with the more
    confident pair, then the first by code points), its reading the one of its most confident pair. The kind has the
    largest sum of `kind_confidence` over the shown pairs. What a person chose goes before all of that.
    """
    if stored.corrections:
        stored = _corrected(stored)
    live = [pair for pair in stored.pairs if not pair.rejected]
    best = max((pair.confidence for pair in live), default=None)
    shown = _concept_shown(stored, best, threshold)
    mentions_shown = _mentions_shown(stored, shown, best, threshold)
    counted = [m for m, s in zip(stored.mentions, mentions_shown, strict=True) if s == int(shown)]
    visible = [pair for pair in live if _pair_shown(stored, pair, threshold)] or live
    terms = _terms(stored, visible, counted)
    columns = _described(stored, terms, visible) | stored.choices
    for (language, text), term in terms.items():
        old = stored.terms.get((language, text))
        preferred = text == columns[language]
        term["status"] = (old and old["chosen_status"]) or ("preferred" if preferred else "admitted")
        if old is None or not old["by_person"]:
            term["form"] = _form(term["form"], language, text, columns[language])
        term["region"] = (old and old["region"]) or (region_of(text) if language == "en" else None)
    columns |= {
        "confidence": best,
        "occurrences": len(counted),
        "documents": len({m.document for m in counted}),
        "first_seen": min((m.published for m in counted if m.published), default=None),
        "last_seen": max((m.published for m in counted if m.published), default=None),
        "shown": int(shown),
    }
    return Summary(columns, terms, mentions_shown)


def _corrected(stored: Stored) -> Stored:
    """With the corrected terms in place of those found. Readings belong to the spelling that was found: they go."""

    def new(language: str, text: str) -> str:
        return stored.corrections.get((language, text), text)

    def unread(row: Any, ja: str) -> Any:
        return row._replace(reading=None, romaji=None) if ("ja", ja) in stored.corrections else row

    return replace(
        stored,
        term_claims=[unread(c, c.term)._replace(term=new(c.language, c.term)) for c in stored.term_claims],
        pairs=[unread(p, p.ja)._replace(ja=new("ja", p.ja), en=new("en", p.en)) for p in stored.pairs],
        mentions=[m._replace(ja=m.ja and new("ja", m.ja), en=m.en and new("en", m.en)) for m in stored.mentions],
    )


def _concept_shown(stored: Stored, best: float | None, threshold: float) -> bool:
    status = stored.row["status"]
    if status != "candidate":
        return bool(status == "approved")
    if best is None:
        return not stored.pairs  # a term of one language is shown, one whose every pair was rejected is not
    return best >= threshold or _stands_in_text(stored)


def _pair_shown(stored: Stored, pair: Pair, threshold: float) -> bool:
    if pair.rejected:
        return False
    return stored.row["status"] == "approved" or pair.confidence >= threshold or _stands_in_text(stored)


def _stands_in_text(stored: Stored) -> bool:
    """True of terms out of texts in one language: whatever is proposed for the other side, the term itself is there."""
    return bool(stored.claims) and all(claim.origin in ("lexicon", "document") for claim in stored.claims)


def _mentions_shown(stored: Stored, shown: bool, best: float | None, threshold: float) -> list[int | None]:
    pairs = {pair.id: pair for pair in stored.pairs}

    def state(mention: Mention) -> int | None:
        if mention.rejected or stored.row["status"] == "rejected":
            return None
        if mention.pairing is None:
            return 1 if shown else 0 if best is not None and best >= CANDIDATE_FLOOR else None
        pair = pairs[mention.pairing]
        if pair.rejected:
            return None
        return 1 if _pair_shown(stored, pair, threshold) else 0 if pair.confidence >= CANDIDATE_FLOOR else None

    return [state(mention) for mention in stored.mentions]


def _terms(stored: Stored, visible: list[Pair], counted: list[Mention]) -> dict[TermKey, dict[str, Any]]:
    claims: defaultdict[TermKey, list[TermClaim]] = defaultdict(list)
    for claim in stored.term_claims:
        claims[claim.language, claim.term].append(claim)
    decided = {(language, text) for language in ("ja", "en") if (text := stored.choices.get(language))}
    # Without claims the concept stands only because a person decided about it: it keeps all it had.
    decided |= {p for p, old in stored.terms.items() if old["by_person"] or old["chosen_status"] or not stored.claims}
    places = decided | set(claims)
    counts = _count(places, counted)
    terms: dict[TermKey, dict[str, Any]] = {}
    for place in sorted(places - {p for p in _below(stored.pairs, visible) - decided if not counts[p]}):
        if place in claims:
            terms[place] = _claimed_term(place, claims[place], visible)
        elif place in stored.terms:
            terms[place] = {name: stored.terms[place][name] for name in ("reading", "romaji", "form", "source")}
        else:
            terms[place] = {"reading": None, "romaji": None, "form": "full", "source": None}
        if (old := stored.terms.get(place)) and old["chosen_reading"]:
            terms[place] |= {"reading": old["chosen_reading"], "romaji": old["chosen_romaji"]}
        terms[place]["occurrences"] = counts[place]
    return terms


def _form(claimed: str, language: str, text: str, preferred: str | None) -> str:
    """The form that texts claim, but another spelling of the preferred term is a variant, which itself is none."""
    if claimed not in ("full", "variant"):
        return claimed
    same = preferred is not None and spelling_key(language, text) == spelling_key(language, preferred)
    return "variant" if same and text != preferred else "full"


def _below(pairs: list[Pair], visible: list[Pair]) -> set[TermKey]:
    """Terms of pairs, but of none that is shown."""

    def terms(some: Iterable[Pair]) -> set[TermKey]:
        return {place for pair in some for place in (("ja", pair.ja), ("en", pair.en))}

    return terms(pairs) - terms(visible)


def _claimed_term(place: TermKey, claims: list[TermClaim], visible: list[Pair]) -> dict[str, Any]:
    language, text = place
    reading, romaji = _reading(text, claims, visible) if language == "ja" else (None, None)
    form = _most_frequent((c.form for c in claims), _FORMS)
    return {"reading": reading, "romaji": romaji, "form": form, "source": _most_frequent(c.source for c in claims)}


def _reading(ja: str, claims: list[TermClaim], visible: list[Pair]) -> tuple[str | None, str | None]:
    """Reading and romaji of the term: those of its most confident pair, else those most documents give."""
    paired = sorted((-p.confidence, p.reading, p.romaji or "") for p in visible if p.ja == ja and p.reading)
    if paired:
        return paired[0][1], paired[0][2] or None
    both = Counter((c.reading, c.romaji or "") for c in claims if c.reading)
    if not both:
        return None, None
    reading, romaji = min(both, key=lambda pair: (-both[pair], pair))
    return reading, romaji or None


def _count(places: set[TermKey], counted: list[Mention]) -> Counter[TermKey]:
    """How many mentions use each term; a form that is none of them counts for the one it differs from in case only."""
    alike = {(language, key(text)): (language, text) for language, text in sorted(places, reverse=True)}
    counts: Counter[TermKey] = Counter()
    surfaces = Counter((language, text) for m in counted for language, text in (("ja", m.ja), ("en", m.en)) if text)
    for (language, text), number in surfaces.items():
        place = (language, text) if (language, text) in places else alike.get((language, key(text)))
        if place is not None:
            counts[place] += number
    return counts


def _described(stored: Stored, terms: dict[TermKey, dict[str, Any]], visible: list[Pair]) -> dict[str, Any]:
    """Preferred terms, reading, kind, origin and definition; of a concept that nothing mentions, as they last were."""
    if not stored.claims:
        names = ("ja", "en", "reading", "romaji", "kind", "origin", *_DEFINITION)
        row = {name: stored.row[name] for name in names}
        term = terms.get(("ja", stored.choices.get("ja") or row["ja"]))
        return row | ({name: term[name] for name in ("reading", "romaji")} if term else {})
    ja = stored.choices.get("ja") or _preferred("ja", stored, terms, visible)
    definition = _definition(stored.claims)
    return {
        "ja": ja,
        "en": stored.choices.get("en") or _preferred("en", stored, terms, visible),
        "reading": terms["ja", ja]["reading"] if ja else None,
        "romaji": terms["ja", ja]["romaji"] if ja else None,
        "kind": _kind(stored.claims, visible),
        "origin": min((claim.origin for claim in stored.claims), key=_ORIGINS.index),
        **dict(zip(_DEFINITION, definition, strict=True)),
    }


def _preferred(language: str, stored: Stored, terms: dict[TermKey, dict[str, Any]], visible: list[Pair]) -> str | None:
    confidence: defaultdict[str, float] = defaultdict(float)
    for pair in visible:
        text = pair.ja if language == "ja" else pair.en
        confidence[text] = max(confidence[text], pair.confidence)
    texts = [text for of, text in terms if of == language]
    ranks = {t: _RANKS.get(old["chosen_status"], 0) for (of, t), old in stored.terms.items() if of == language}
    return min(
        texts,
        key=lambda text: (ranks.get(text, 0), -terms[language, text]["occurrences"], -confidence[text], text),
        default=None,
    )


def _kind(claims: list[Claim], visible: list[Pair]) -> str:
    weights: defaultdict[str, list[float]] = defaultdict(list)
    for pair in visible:
        weights[pair.kind].append(pair.kind_confidence)
    # fsum, since a plain sum depends on the order of the rows.
    sums = {kind: fsum(values) for kind, values in weights.items()}
    if any(sums.values()):
        return min(sums, key=lambda kind: (-sums[kind], KINDS.index(kind)))
    return _most_frequent((claim.kind for claim in claims), KINDS) or "concept"


def _definition(claims: list[Claim]) -> tuple[str | None, ...]:
    """The definition that most documents came with; its three columns stay together."""
    counts = Counter((c.definition_ja, c.definition_en, c.definition_source) for c in claims)
    counts.pop((None, None, None), None)
    return min(counts, key=lambda d: (-counts[d], [part or "" for part in d]), default=(None, None, None))


def _most_frequent(values: Iterable[str | None], order: tuple[str, ...] = ()) -> str | None:
    """The most frequent of the values that are not None; ties by `order`, then by text."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda v: (-counts[v], order.index(v) if v in order else len(order), v), default=None)
