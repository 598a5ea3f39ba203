"""The forms in which the spellings of one term meet when a lexicon is asked."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LEADING = re.compile(r"^(?:to be|to|the|an|a)\s+", re.IGNORECASE)
_MIDDLE_DOTS = str.maketrans("", "", "・·‧•")
"""After NFKC, which makes ･ a ・."""


def clean_gloss(gloss: str) -> str:
    """A gloss without remarks in brackets, article and infinitive mark: "the Northern Territories" → same, no the."""
    plain = " ".join(_BRACKETS.sub(" ", gloss).split()) if "(" in gloss or "[" in gloss else " ".join(gloss.split())
    return _LEADING.sub("", plain).strip(" ;,.")


def english_key(text: str) -> str:
    """Where English spellings meet: no case, article, infinitive mark or bracketed remark; straight apostrophes."""
    cleaned = clean_gloss(unicodedata.normalize("NFKC", text).replace("’", "'"))
    return cleaned.casefold() or " ".join(text.split()).casefold()


def japanese_key(text: str) -> str:
    """Where Japanese spellings meet: NFKC (widths) and no middle dots: イージス・アショア → イージスアショア."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_MIDDLE_DOTS) or text


@lru_cache(maxsize=50_000)
def english_spellings(text: str) -> tuple[str, ...]:
    """How a case-sensitive dictionary may write `text`: with or without article or "to", in lower case, capitalized."""
    plain = _LEADING.sub("", text.strip())
    lower = plain.lower()
    capitals = " ".join(word[:1].upper() + word[1:] for word in plain.split())
    forms = [text, plain, lower, plain.capitalize(), capitals, plain.upper()]
    forms += [article + form for form in (plain, lower) for article in ("to ", "the ", "The ", "a ", "an ")]
    return tuple(dict.fromkeys(form for form in forms if form))
