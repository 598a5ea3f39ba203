"""A bitext cut into sentences and tokens, its beads found: what word alignment and pairing work on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..languages import english, japanese
from ..languages.tokens import Token
from ..records import Bitext, Document, Segment, Span
from .matching import WordMatcher
from .sentences import align_sentences
from .words import Beadwords


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document's sentences with their tokens; lines that are the site's and not the article's are left out."""

    document: Document
    sentences: tuple[Span, ...]
    tokens: tuple[tuple[Token, ...], ...]


@dataclass(frozen=True, slots=True)
class AlignedBead:
    """Sentences that correspond, as one run of tokens on each side; one side may be empty."""

    ja: tuple[Token, ...]
    en: tuple[Token, ...]
    prior: np.ndarray
    """ja × en: likeness of the words before statistics."""
    segment: Segment


@dataclass(frozen=True, slots=True)
class AlignedBitext:
    """A bitext with its beads in order."""

    bitext: Bitext
    beads: tuple[AlignedBead, ...]

    def beadwords(self) -> list[Beadwords]:
        """What the word aligner reads of the beads."""
        return [
            Beadwords(tuple(t.lemma for t in bead.ja), tuple(t.lemma for t in bead.en), bead.prior)
            for bead in self.beads
        ]


def analyse(document: Document) -> Analysis:
    """Sentences and tokens of a document."""
    language = japanese if document.language == "ja" else english
    tokenize: Callable[[str, int], list[Token]] = language.tokenize
    sentences = [
        span
        for span in language.split_sentences(document.text)
        if not any(start <= span[0] and span[1] <= end for start, end in document.furniture)
    ]
    tokens = [tuple(tokenize(document.text[start:end], start)) for start, end in sentences]
    kept = [k for k, row in enumerate(tokens) if row]
    return Analysis(document, tuple(sentences[k] for k in kept), tuple(tokens[k] for k in kept))


def align_bitext(bitext: Bitext, ja: Analysis, en: Analysis, matcher: WordMatcher) -> AlignedBitext:
    """The beads of a bitext from the analyses of its two sides."""
    likeness = matcher.likeness(_flat(ja.tokens), _flat(en.tokens))
    beads = []
    for number, bead in enumerate(align_sentences(ja.tokens, en.tokens, likeness)):
        ja_tokens, en_tokens = _flat(ja.tokens[slice(*bead.ja)]), _flat(en.tokens[slice(*bead.en)])
        prior = likeness.table[np.ix_(likeness.rows(ja_tokens), likeness.columns(en_tokens))]
        segment = Segment(
            document=bitext.name,
            number=number,
            ja=_cover(ja.sentences[slice(*bead.ja)]),
            en=_cover(en.sentences[slice(*bead.en)]),
            score=round(bead.score, 4),
        )
        beads.append(AlignedBead(ja_tokens, en_tokens, prior, segment))
    return AlignedBitext(bitext, tuple(beads))


def _flat(rows: Sequence[Sequence[Token]]) -> tuple[Token, ...]:
    return tuple(token for row in rows for token in row)


def _cover(spans: Sequence[Span]) -> Span | None:
    return (spans[0][0], spans[-1][1]) if spans else None


def segmented_bitext(bitext: Bitext, matcher: WordMatcher) -> AlignedBitext:
    """The beads of a bilingual file, which brings its own segments."""
    ja_text, en_text = bitext.ja.text, bitext.en.text
    rows = [
        (
            tuple(japanese.tokenize(ja_text[slice(*ja)], ja[0])),
            tuple(english.tokenize(en_text[slice(*en)], en[0])),
        )
        for ja, en in bitext.segments
    ]
    likeness = matcher.likeness(_flat([ja for ja, _ in rows]), _flat([en for _, en in rows]))
    beads = []
    for number, ((ja, en), (ja_span, en_span)) in enumerate(zip(rows, bitext.segments, strict=True)):
        prior = likeness.table[np.ix_(likeness.rows(ja), likeness.columns(en))]
        beads.append(AlignedBead(ja, en, prior, Segment(bitext.name, number, ja_span, en_span, 0.0)))
    return AlignedBitext(bitext, tuple(beads))
