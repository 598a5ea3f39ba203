"""The strings by which terms and texts meet: folded spellings, hashed to integers for the index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from ..languages import english
from ..records import Language, Span

HEAD = 2
"""Characters of a Japanese term by which it is first looked up."""
STEM = 4
"""Characters of a longer Japanese term by which it is looked up next."""
WORDS = 3
"""Of an English term, by which its length is looked up; shorter ones are looked up whole."""
MODULUS = 2_147_483_629
"""The largest prime below 2^31 - 1; English keys are hashed modulo it."""
ENGLISH = 1 << 32
"""Added to the hashes of English keys, which so are above all Japanese ones."""
LONGEST = 62
"""Characters of a Japanese term, words of an English one; longer ones are not looked for."""

_DROPPED = "・·゠= 　\t‐-–－,，'’.．"
_FOLDS: dict[int, str] = {ord(c): unicodedata.normalize("NFKC", c).casefold() for c in map(chr, range(0xFF01, 0xFF5F))}
_FOLDS |= {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_FOLDS |= {ord(c): "" for c in _DROPPED}
_LOAN_WORD = re.compile(r"[ァ-ヺー]{4,}$")
_VU = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))
_JOINING = frozenset("-‐‑–—/&")
_SHORTEST_PART = 3
"""Letters of the parts of an English compound that may be written as one word."""


class TermKeys(NamedTuple):
    """How one term is found: `key`, from its `heads`; `length` in characters (Japanese) or words (English)."""

    heads: tuple[str, ...]
    """Its beginning and, of one that is longer, a longer beginning, by which most look-ups are spared. None for a short
    English term, whose whole key is in the bitmap."""
    length: int
    key: str


def fold_japanese(text: str) -> str:
    """`text` in half width and lower case, without middle dots, spaces and hyphens: what two spellings share."""
    return text.translate(_FOLDS)


def hashed(language: Language, key: str) -> int:
    """The integer under which the index keeps a key; whoever finds one compares the keys themselves.

    Japanese: CRC-32. English: `remainder`, above all of those.
    """
    return crc32(key.encode("utf-8", "surrogatepass")) if language == "ja" else ENGLISH + remainder(key)


def remainder(key: str) -> int:
    """The bytes of an English key as a number, modulo `MODULUS`: that of a run follows from those of its words."""
    return int.from_bytes(key.encode("utf-8", "surrogatepass")) % MODULUS


def keys_of(language: Language, term: str) -> list[TermKeys]:
    """All ways in which a term is found in a text; none for a term of marks alone."""
    return list(_japanese(term) if language == "ja" else _english(term))


def _japanese(term: str) -> Iterable[TermKeys]:
    folded = fold_japanese(unicodedata.normalize("NFKC", term).replace("〜", "～"))
    if not folded or len(folded) > LONGEST:
        return
    for spelling in dict.fromkeys(_japanese_spellings(folded)):
        stem = (spelling[:STEM],) if len(spelling) >= STEM else ()
        yield TermKeys((spelling[:HEAD], *stem), len(spelling), spelling)


def _japanese_spellings(folded: str) -> Iterable[str]:
    """The long mark at the end of loan words is optional (JIS Z 8301), ヴ is also written with バ行."""
    yield folded
    if "ヴ" in folded:
        spelling = folded
        for old, new in _VU:
            spelling = spelling.replace(old, new)
        yield spelling
    if _LOAN_WORD.match(folded):
        yield folded[:-1] if folded.endswith("ー") else folded + "ー"


_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?![sS]\b)[^\W_]+)*(?:[.,]\d+)*|\$|€|£|%")


def word_spans(text: str) -> list[Span]:
    """(start, end) of the words of an English text; hyphens, possessives and punctuation are no words."""
    spans = [match.span() for match in _WORD.finditer(text)]
    if "'" in text or "’" in text:
        return [
            (start, end)
            for start, end in spans
            if end - start > 1 or text[start] not in "sS" or text[start - 1 : start] not in ("'", "’")
        ]
    return spans


def lemmas_of(text: str, spans: list[Span]) -> list[str]:
    """The folded lemmas of words, by which they are compared."""
    return [word_lemma(text[start:end]) for start, end in spans]


@lru_cache(maxsize=200_000)
def word_lemma(surface: str) -> str:
    """The folded lemma, dots of acronyms left out: U.S. → us, Islands → island."""
    return english.lemma(surface).replace(".", "").replace("'", "")


def _english(term: str) -> Iterable[TermKeys]:
    lemmas = lemmas_of(term, word_spans(term))
    while len(lemmas) > 1 and lemmas[0] in ("the", "a", "an"):
        lemmas.pop(0)
    if not lemmas or len(lemmas) > LONGEST:
        return
    heads = (" ".join(lemmas[:WORDS]),) if len(lemmas) >= WORDS else ()
    yield TermKeys(heads, len(lemmas), " ".join(lemmas))
    if len(lemmas) == 2 and all(map(may_join, lemmas)):
        yield TermKeys((), 1, "".join(lemmas))


@lru_cache(maxsize=200_000)
def may_join(lemma: str) -> bool:
    """True for a word that may also be written as one with its neighbour: web site, website."""
    return len(lemma) >= _SHORTEST_PART and lemma.isalpha() and lemma not in english.FUNCTION_WORDS


def joins(between: str) -> bool:
    """True where the text between two words does not part them: spaces, a line break, a hyphen, & and /."""
    return len(between) <= 3 and all(c.isspace() or c in _JOINING for c in between)
