"""A score told as reasons: the ranker's exact attribution, gathered by kind of evidence, each in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..records import Evidence
from .anchors import Anchor
from .pairfeatures import FEATURES, KINDS_OF_EVIDENCE, NAMES

_INDEX = {name: k for k, name in enumerate(NAMES)}
_OF_KIND = {kind: [k for k, (_, of) in enumerate(FEATURES) if of == kind] for kind in KINDS_OF_EVIDENCE}
_DIGITS = 6


def explain(
    features: np.ndarray,
    contributions: np.ndarray,
    base: float,
    score: float,
    anchors: Sequence[Anchor],
) -> tuple[Evidence, ...]:
    """One reason for each kind of evidence; with the base their weights add up to `score`.

    `features`, `contributions`: one number for each feature of `pairfeatures.FEATURES`. `anchors`: those inside of the
    pair.
    """
    value = {name: float(features[k]) for name, k in _INDEX.items()}
    details = {
        "alignment": _alignment(value),
        "dictionary": _anchored(anchors, "dictionary", "no lexicon knows this pair or parts of it"),
        "transliteration": _anchored(anchors, "transliteration", "the sounds do not correspond"),
        "span": _span(value),
        "cooccurrence": _counts(value),
    }
    sources = {"dictionary": _sources(anchors, "dictionary"), "transliteration": _sources(anchors, "transliteration")}
    reasons = [Evidence("base", round(base, _DIGITS), "what any two candidate strings of aligned sentences start from")]
    for kind in KINDS_OF_EVIDENCE:
        weight = round(float(contributions[_OF_KIND[kind]].sum()), _DIGITS)
        reasons.append(Evidence(kind, weight, details[kind], sources.get(kind)))
    rest = round(score - sum(reason.weight for reason in reasons), _DIGITS)  # what rounding left over
    first = reasons[0]
    reasons[0] = Evidence(first.kind, round(first.weight + rest, _DIGITS), first.detail)
    return tuple(reasons)


def _percent(share: float) -> str:
    return f"{round(100 * min(max(share, 0.0), 1.0))}%"


def _alignment(value: dict[str, float]) -> str:
    text = f"{_percent(value['link_jaccard'])} of the word links that touch either term stay inside the pair"
    if value["rank_en"] > 0:
        better = int(value["rank_en"])
        text += f"; {better} other English string{' fits' if better == 1 else 's fit'} the links better"
    elif value["gap_en"] > 0.15:
        text += "; no other English string comes near"
    return text


def _anchored(anchors: Sequence[Anchor], kind: str, otherwise: str) -> str:
    kinds = ("transliteration", "same") if kind == "transliteration" else (kind,)
    found = sorted((a for a in anchors if a.kind in kinds), key=lambda a: (a.ja[0] - a.ja[1], -a.strength, a))
    details = list(dict.fromkeys(anchor.detail for anchor in found))[:4]
    return "; ".join(details) if details else otherwise


def _sources(anchors: Sequence[Anchor], kind: str) -> str | None:
    found = dict.fromkeys(anchor.source for anchor in anchors if anchor.kind == kind)
    return ", ".join(sorted(found)) or None


def _span(value: dict[str, float]) -> str:
    return (
        f"the Japanese looks like one whole term by {_percent(value['ja_term'])}, "
        f"the English by {_percent(value['en_term'])}"
    )


def _counts(value: dict[str, float]) -> str:
    return (
        f"in this document {int(value['ja_count'])} and {int(value['en_count'])} times, "
        f"in the same sentences by {_percent(value['together'])}"
    )
