"""Ranked pairs become concepts: variants of one pair under one id, every mention found, readings and romaji chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import permutations
from typing import NamedTuple

from ..identity import concept_id
from ..languages.kana import is_kana, romanize, to_katakana
from ..languages.tokens import Token
from ..records import Concept, Context, Pairing, Relation, Segment, Span, Term
from .candidates import BitextCandidates
from .ranking import RankedPair
from .spans import LONGEST

_NAME_KINDS = frozenset(("person", "place", "organization", "facility", "event", "product", "work"))
_SURE = 0.5
"""Confidence of pairs that relations are told of."""


class Mention(NamedTuple):
    """A place of a string in one bead of a document."""

    bead: int
    span: Span


def bitext_concepts(found: BitextCandidates, ranked: Sequence[RankedPair]) -> list[Concept]:
    """The concepts of one bitext: one pairing for each pair of strings, all their mentions as contexts."""
    bitext = found.aligned.bitext
    ja_text, en_text = bitext.ja.text, bitext.en.text
    best: dict[tuple[str, str], RankedPair] = {}
    linked: dict[tuple[str, str], dict[int, list[tuple[Span, Span, float]]]] = defaultdict(lambda: defaultdict(list))
    for pair in ranked:
        ja_span = _characters(found.beads[pair.bead].ja, pair.ja)
        en_span = _characters(found.beads[pair.bead].en, pair.en)
        strings = ja_text[slice(*ja_span)], en_text[slice(*en_span)]
        linked[strings][pair.bead].append((ja_span, en_span, pair.score))
        if strings not in best or pair.score > best[strings].score:
            best[strings] = pair
    grouped: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for strings in sorted(best):
        grouped[concept_id(*strings)].append(strings)
    ja_mentions = _mentions([bead.ja for bead in found.beads], ja_text, {ja for ja, _ in best})
    en_mentions = _mentions([bead.en for bead in found.beads], en_text, {en for _, en in best})
    segments = [bead.segment for bead in found.aligned.beads]
    concepts = []
    for identity, members in sorted(grouped.items()):
        pairings = [_pairing(bitext.name, strings, best[strings], found) for strings in members]
        contexts = _contexts(
            members,
            linked,
            ja_mentions,
            en_mentions,
            segments,
            bitext.ja.document_id,
            bitext.en.document_id,
            bitext.name,
        )
        top = max(pairings, key=lambda pairing: (pairing.score, pairing.ja, pairing.en))
        concepts.append(
            Concept(
                concept_id=identity,
                kind=top.kind,
                terms=_terms(pairings, top),
                confidence=top.confidence,
                origin="bitext",
                pairings=tuple(pairings),
                contexts=tuple(contexts),
            )
        )
    return concepts


def _characters(tokens: Sequence[Token], span: tuple[int, int]) -> Span:
    return tokens[span[0]].start, tokens[span[1] - 1].end


def _mentions(beads: Sequence[Sequence[Token]], text: str, wanted: set[str]) -> dict[str, list[Mention]]:
    """Every place of the wanted strings that begins and ends with a token; those inside a longer one left out."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for number, tokens in enumerate(beads):
        covered: list[Span] = []
        places = []
        for first in range(len(tokens)):
            for last in range(first, min(first + LONGEST, len(tokens))):
                span = tokens[first].start, tokens[last].end
                if text[slice(*span)] in wanted:
                    places.append(span)
        for span in sorted(places, key=lambda place: (place[0] - place[1], place)):
            if not any(start <= span[0] and span[1] <= end for start, end in covered):
                found[text[slice(*span)]].append(Mention(number, span))
                covered.append(span)
    return found


def _pairing(document: str, strings: tuple[str, str], pair: RankedPair, found: BitextCandidates) -> Pairing:
    reading = pair.reading or reading_of(found.beads[pair.bead].ja[slice(*pair.ja)])
    return Pairing(
        document=document,
        ja=strings[0],
        en=strings[1],
        score=pair.score,
        confidence=pair.confidence,
        evidence=pair.evidence,
        kind=pair.kind,
        kind_confidence=pair.kind_confidence,
        reading=reading,
        romaji=romaji_of(reading, pair.kind),
    )


def reading_of(tokens: Iterable[Token]) -> str | None:
    """The readings of the tokens in a row; None where one is not known."""
    parts = []
    for token in tokens:
        if is_kana(token.surface):
            parts.append(to_katakana(token.surface))
        elif token.reading:
            parts.append(token.reading)
        elif token.surface not in "・=＝-‐ 　":
            return None
    return "".join(parts).replace("・", "") or None


def romaji_of(reading: str | None, kind: str) -> str | None:
    """Modified Hepburn with macrons, names capitalized."""
    if not reading:
        return None
    text = romanize(reading)
    return text.capitalize() if kind in _NAME_KINDS else text


def _terms(pairings: Sequence[Pairing], top: Pairing) -> tuple[Term, ...]:
    terms: dict[tuple[str, str], Term] = {}
    for pairing in sorted(pairings, key=lambda p: (p is not top, -p.score, p.ja, p.en)):
        ja = Term("ja", pairing.ja, pairing.reading, pairing.romaji, source="bitext")
        en = Term("en", pairing.en, source="bitext")
        for term in (ja, en):
            terms.setdefault((term.language, term.term), term)
    return tuple(sorted(terms.values(), key=lambda term: term.language != "ja"))


def _contexts(
    members: Sequence[tuple[str, str]],
    linked: dict[tuple[str, str], dict[int, list[tuple[Span, Span, float]]]],
    ja_mentions: dict[str, list[Mention]],
    en_mentions: dict[str, list[Mention]],
    segments: Sequence[Segment],
    ja_document: str,
    en_document: str,
    document: str,
) -> list[Context]:
    """One row for each mention: linked ones first, then those on one side only."""
    used_ja: set[Span] = set()
    used_en: set[Span] = set()
    rows: list[tuple[int, Span | None, Span | None]] = []
    for strings in members:
        for bead, links in linked[strings].items():
            for ja, en, _ in sorted(links, key=lambda link: (-link[2], link)):
                if ja not in used_ja and en not in used_en:
                    used_ja.add(ja)
                    used_en.add(en)
                    rows.append((bead, ja, en))
    for string in sorted({ja for ja, _ in members}):
        rows += [(bead, span, None) for bead, span in ja_mentions.get(string, ()) if span not in used_ja]
    for string in sorted({en for _, en in members}):
        rows += [(bead, None, span) for bead, span in en_mentions.get(string, ()) if span not in used_en]
    return [
        Context(document, ja_document, en_document, ja, en, segments[bead].ja, segments[bead].en)
        for bead, ja, en in sorted(set(rows), key=lambda row: (row[0], row[1] or (0, 0), row[2] or (0, 0)))
    ]


def merge_concepts(concepts: Iterable[Concept]) -> list[Concept]:
    """Concepts of several documents with one id become one."""
    grouped: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        grouped[concept.concept_id].append(concept)
    merged = []
    for identity, members in sorted(grouped.items()):
        members.sort(
            key=lambda c: (
                -(c.confidence or 0.0),
                [p.document for p in c.pairings],
                [(t.language, t.term) for t in c.terms],
            )
        )
        first = members[0]
        terms = {(term.language, term.term): term for member in reversed(members) for term in member.terms}
        order = [(term.language, term.term) for member in members for term in member.terms]
        unique = list(dict.fromkeys(order))
        merged.append(
            Concept(
                concept_id=identity,
                kind=first.kind,
                terms=tuple(terms[key] for key in sorted(unique, key=lambda key: key[0] != "ja")),
                confidence=first.confidence,
                origin=first.origin,
                pairings=tuple(p for member in members for p in member.pairings),
                contexts=tuple(c for member in members for c in member.contexts),
                definition_ja=next((m.definition_ja for m in members if m.definition_ja), None),
                definition_en=next((m.definition_en for m in members if m.definition_en), None),
                definition_source=next((m.definition_source for m in members if m.definition_source), None),
            )
        )
    return merged


Known = dict[tuple[str, str], tuple[float, str]]
"""(language, term) → (confidence, concept_id) of the surest concept that has it in texts of both languages."""


def known_terms(concepts: Iterable[Concept], threshold: float) -> Known:
    """Terms of the pairs that bitexts show."""
    known: Known = {}
    for concept in concepts:
        for pairing in concept.pairings if concept.origin == "bitext" else ():
            if pairing.confidence >= threshold:
                for key in (("ja", pairing.ja), ("en", pairing.en)):
                    known[key] = max(known.get(key, (0.0, "")), (pairing.confidence, concept.concept_id))
    return known


def adopted(concept: Concept, known: Known) -> Concept:
    """A term out of a text in one language as a mention of the concept that bitexts have of it, if they have one."""
    if concept.origin == "bitext":
        return concept
    language = "ja" if concept.contexts[0].ja else "en"
    own = next(term for term in concept.terms if term.language == language)
    found = known.get((language, own.term))
    if found is None:
        return concept
    return replace(concept, concept_id=found[1], terms=(own,), confidence=None, origin="document", pairings=())


def competing(concepts: Sequence[Concept]) -> list[Relation]:
    """Concepts that give one string different translations, in pairs that are sure enough."""
    relations: dict[tuple[str, str, str], Relation] = {}
    for side, language in ((0, "Japanese"), (1, "English")):
        by_term: dict[str, list[Concept]] = defaultdict(list)
        for concept in concepts:
            strings = {(p.ja, p.en)[side] for p in concept.pairings if p.confidence >= _SURE}
            for string in sorted(strings):
                by_term[string].append(concept)
        for string, rivals in sorted(by_term.items()):
            for one, other in permutations(rivals, 2):
                key = (one.concept_id, "competes_with", other.concept_id)
                relations.setdefault(key, Relation(*key, f"both have the {language} term {string}"))
    return [relations[key] for key in sorted(relations)]
