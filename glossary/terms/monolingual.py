"""Terms of a text in one language, with what the lexicons propose for the other side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from ..alignment.documents import Analysis
from ..identity import concept_id
from ..languages.tokens import Token
from ..lexicons.knowledge import Knowledge
from ..lexicons.proposals import Proposal, propose_all
from ..records import Concept, Context, Evidence, Language, Pairing, Span, Term
from .candidates import likely_spans
from .labelfeatures import LabelFeatures
from .model import Model
from .romaji import reading_of, romaji_of

_TERMHOOD = 0.4
"""Probability by the labeller from which a string is taken for a term, in at least one place."""
_LEAST_PROPOSAL = 0.03
"""Scores below which a proposal is a guess; composed ones of unknown compounds lie not far above."""
_PROPOSALS = 5


def document_concepts(analysis: Analysis, model: Model, features: LabelFeatures, knowledge: Knowledge) -> list[Concept]:
    """Terms of a document that has no counterpart, each with its mentions.

    The termhood of a string is the best probability that the labeller gives any mention of it. Where a lexicon knows
    an equivalent the concept gets it, with origin "lexicon"; otherwise the other side stays empty.
    """
    document = analysis.document
    language = document.language
    labeller = model.labellers[f"{language}_alone"]
    kinds = tuple(label[2:] for label in labeller.labels if label.startswith("B-"))
    votes: dict[str, np.ndarray] = {}
    termhood: dict[str, float] = defaultdict(float)
    mentions: dict[str, list[tuple[Span, Span]]] = defaultdict(list)
    tokens_of: dict[str, Sequence[Token]] = {}
    for sentence, tokens in zip(analysis.sentences, analysis.tokens, strict=True):
        rows = features.japanese(tokens, None) if language == "ja" else features.english(tokens, None)
        for (first, last), shares in sorted(likely_spans(labeller, rows).items()):
            probability = float(shares.sum())
            if probability < _TERMHOOD / 2:
                continue
            span = tokens[first].start, tokens[last - 1].end
            text = document.text[slice(*span)]
            votes[text] = votes.get(text, 0) + shares
            termhood[text] = max(termhood[text], probability)
            mentions[text].append((span, sentence))
            tokens_of.setdefault(text, tokens[first:last])
    found = sorted(text for text, probability in termhood.items() if probability >= _TERMHOOD)
    proposals = _proposals(found, language, knowledge)
    concepts = []
    for text in found:
        kind = kinds[int(votes[text].argmax())]
        contexts = tuple(
            Context(
                document.name,
                document.document_id if language == "ja" else None,
                document.document_id if language == "en" else None,
                span if language == "ja" else None,
                span if language == "en" else None,
                sentence if language == "ja" else None,
                sentence if language == "en" else None,
            )
            for span, sentence in mentions[text]
        )
        reading = reading_of(tokens_of[text]) if language == "ja" else None
        own = Term(language, text, reading, romaji_of(reading, kind, text, None, tokens_of[text]), source="document")
        pairing = _best_pairing(text, kind, document.name, proposals.get(text, []), model, language, reading)
        if pairing is None:
            ja, en = (text, None) if language == "ja" else (None, text)
            concepts.append(Concept(concept_id(ja, en), kind, (own,), None, "document", (), contexts))
        else:
            other = (
                Term("en", pairing.en, source="lexicon")
                if language == "ja"
                else Term("ja", pairing.ja, pairing.reading, pairing.romaji, source="lexicon")
            )
            terms = (own, other) if language == "ja" else (other, own)
            identity = concept_id(pairing.ja, pairing.en)
            concepts.append(Concept(identity, kind, terms, pairing.confidence, "lexicon", (pairing,), contexts))
    return concepts


def _proposals(terms: Sequence[str], language: Language, knowledge: Knowledge) -> dict[str, list[Proposal]]:
    return propose_all(list(terms), language, knowledge, _PROPOSALS)


def _best_pairing(
    text: str, kind: str, document: str, proposals: list[Proposal], model: Model, language: str, reading: str | None
) -> Pairing | None:
    """The proposal that the lexicons hold likeliest, on the same scale as pairs that were found in two texts."""
    if not proposals or proposals[0].score < _LEAST_PROPOSAL:
        return None
    best = proposals[0]
    curve = model.calibration
    confidence = float(np.clip(best.score, curve[0, 1], curve[-1, 1]))
    score = round(float(np.interp(confidence, curve[:, 1], curve[:, 0])), 6)
    confidence = round(float(np.interp(score, curve[:, 0], curve[:, 1])), 6)
    base = round(float(model.trees.base), 6)
    details = "; ".join(best.evidence)
    if len(proposals) > 1:
        details += "; other proposals: " + ", ".join(proposal.text for proposal in proposals[1:])
    sources = ", ".join(sorted({part.lexicon for part in best.parts}))
    evidence = (
        Evidence("base", base, "what any two candidate strings start from"),
        Evidence("dictionary", round(score - base, 6), details, sources or None),
    )
    ja, en = (text, best.text) if language == "ja" else (best.text, text)
    ja_reading = best.reading or (reading if language == "ja" else None)
    return Pairing(
        document, ja, en, score, confidence, evidence, kind, 0.5, ja_reading, romaji_of(ja_reading, kind, ja, en)
    )
