"""The public names of concepts and of normalized terms, the same in every database."""

from __future__ import annotations

import hashlib
import json


def normalized(term: str) -> str:
    """`term` without differences of width, case, accents, kana and spacing: the form in which terms are compared."""
    from .store.grams import key

    return " ".join(key(term).split())


def pair_text(ja: str, en: str) -> str:
    """A pair of terms, normalized, as one string: `["山猫", "wildcat"]`."""
    return json.dumps([normalized(ja), normalized(en)], ensure_ascii=False)


def concept_id(ja: str | None, en: str | None, sense: str = "") -> str:
    """The id of the concept founded by this pair of terms, one of which may be missing: 16 hexadecimal digits."""
    pair = [ja and normalized(ja), en and _folded(en), sense]
    return hashlib.sha256(json.dumps(pair, ensure_ascii=False).encode()).hexdigest()[:16]


def _folded(en: str) -> str:
    """An English term without articles, hyphens and inflection: "the Northern Territories" → "northern territory"."""
    from .languages.english import lemma

    words = normalized(en.replace("-", " ").replace("’s", "").replace("'s", "")).split()
    return " ".join(lemma(word) for word in words if word not in ("the", "a", "an")) or normalized(en)


def split_id(origin: str, terms: list[tuple[str, str]]) -> str:
    """The id of what leaves the concept `origin` with these (language, term)."""
    named = [origin, "split", sorted([language, normalized(term)] for language, term in terms)]
    return hashlib.sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest()[:16]
