"""The public names of concepts and of normalized terms, the same in every database."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import lru_cache

_HYPHENS = str.maketrans(dict.fromkeys("-‐‑–", " "))
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?!\w)")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")


def normalized(term: str) -> str:
    """`term` without differences of width, case, accents, kana and spacing: the form in which terms are compared."""
    from .store.grams import key

    return " ".join(key(term).split())


def pair_text(ja: str, en: str) -> str:
    """A pair of terms, normalized, as one string: `["山猫", "wildcat"]`."""
    return json.dumps([normalized(ja), normalized(en)], ensure_ascii=False)


def concept_id(ja: str | None, en: str | None, sense: str = "") -> str:
    """The id of the concept founded by this pair of terms, one of which may be missing: 16 hexadecimal digits.

    Pairs whose terms are the same words in other spellings (see `spelling_key`) have one id.
    """
    pair = [ja and spelling_key("ja", ja), en and spelling_key("en", en), sense]
    return hashlib.sha256(json.dumps(pair, ensure_ascii=False).encode()).hexdigest()[:16]


@lru_cache(maxsize=100_000)
def spelling_key(language: str, term: str) -> str:
    """What the spellings of one word share, in `language` "ja" or "en": the form that ids are made of.

    Japanese: old and new kanji, middle dot, long vowel at the end, ヴ, okurigana. English: articles, hyphens,
    possessive, inflection, dots of acronyms, British and American: "the Northern Territories" → "northern territory".
    """
    return _folded_ja(term) if language == "ja" else _folded_en(term)


def _folded_ja(ja: str) -> str:
    from .languages.spelling import fold_japanese

    return normalized(fold_japanese(unicodedata.normalize("NFKC", ja)))


def _folded_en(en: str) -> str:
    from .languages.english import lemma
    from .languages.spelling import american

    text = normalized(_POSSESSIVE.sub("", en.translate(_HYPHENS)))
    words = _DOTTED.sub(lambda dotted: dotted.group().replace(".", ""), text).split()
    return " ".join(american(lemma(word)) for word in words if word not in ("the", "a", "an")) or normalized(en)


def split_id(origin: str, terms: list[tuple[str, str]]) -> str:
    """The id of what leaves the concept `origin` with these (language, term)."""
    named = [origin, "split", sorted([language, normalized(term)] for language, term in terms)]
    return hashlib.sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest()[:16]
