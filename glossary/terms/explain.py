"""A score told as reasons: the ranker's exact attribution, gathered by kind of evidence, each in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..records import Evidence
from .anchors import Anchor
from .candidates import FIRST_FEATURES
from .rivals import RIVAL_FEATURES

_FEATURES = (*FIRST_FEATURES, *RIVAL_FEATURES)
_INDEX = {name: k for k, (name, _) in enumerate(_FEATURES)}
KINDS_OF_EVIDENCE = tuple(dict.fromkeys(kind for _, kind in _FEATURES))
_OF_KIND = {kind: [k for k, (_, of) in enumerate(_FEATURES) if of == kind] for kind in KINDS_OF_EVIDENCE}
_DIGITS = 6


def explain(
    features: np.ndarray,
    contributions: np.ndarray,
    base: float,
    score: float,
    anchors: Sequence[Anchor],
    usual: float,
) -> tuple[Evidence, ...]:
    """One reason for each kind of evidence; with the base their weights add up to `score`.

    `features`, `contributions`: one number for each feature of both looks, `candidates.FIRST_FEATURES` and
    `rivals.RIVAL_FEATURES`. `anchors`: those inside of the pair. `usual`: share of all
    candidate pairs that were annotated pairs.
    """
    value = {name: float(features[k]) for name, k in _INDEX.items()}
    details = {
        "alignment": _alignment(value),
        "dictionary": _anchored(anchors, "dictionary", "no lexicon knows this pair or parts of it"),
        "transliteration": _anchored(anchors, "transliteration", "the sounds do not correspond"),
        "span": _span(value),
        "cooccurrence": _counts(value),
        "document": _document(value),
        "precedent": _precedent(value, usual),
        "rivals": _rivals(value),
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
    """How much each side looks like a term, be it inside a longer one."""
    ja, en = (_percent(max(value[f"{side}_term"], value[f"{side}_inner"])) for side in ("ja", "en"))
    return f"the Japanese looks like one whole term by {ja}, the English by {en}"


def _counts(value: dict[str, float]) -> str:
    return (
        f"in this document {int(value['ja_count'])} and {int(value['en_count'])} times, "
        f"in the same sentences by {_percent(value['together'])}"
    )


def _document(value: dict[str, float]) -> str:
    beads = int(value["pair_beads"])
    text = f"the two stand together in {beads} pair{'' if beads == 1 else 's'} of sentences"
    other = [
        name for name, lead in (("English", value["lead_over_en"]), ("Japanese", value["lead_over_ja"])) if lead < 0
    ]
    if other:
        return f"{text}; in the whole document another {' and another '.join(other)} string fits better"
    return f"{text}, and in the whole document no other string fits either better"


def _precedent(value: dict[str, float], usual: float) -> str:
    built, heads = (value[f"precedent_{name}"] / usual for name in ("patterns", "heads"))
    return (
        f"in annotated documents, candidates built alike were terms {built:.1f} times as often as others, "
        f"those with the same last words {heads:.1f} times"
    )


def _rivals(value: dict[str, float]) -> str:
    """The strongest rival, if one scored better at the first look."""
    ahead = {
        "another English string for this Japanese term": max(value["behind_same_ja"], value["behind_rival_en"]),
        "another Japanese string for this English term": max(value["behind_same_en"], value["behind_rival_ja"]),
        "a longer pair that holds this one": value["behind_holding"],
        "a shorter pair inside of this one": value["behind_held"],
        "a pair that cuts across this one": max(value["behind_crossing_ja"], value["behind_crossing_en"]),
    }
    name, lead = max(ahead.items(), key=lambda item: item[1])
    return f"{name} has better evidence" if lead > 0 else "no rival for either term has better evidence"
