"""Copies and updated versions of one text, by the stretches of characters they share.

Containment of shingles (Broder 1997); candidates from a sample of the shingles' hashes (FracMinHash, Irber et al.
2022), of which those that many texts share are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from ..records import Document

_LENGTH = {"ja": 8, "en": 20}
"""Characters of a shingle: about four words; in a series of articles of one pattern the facts break them."""
_LEAST = 0.8
"""Share of the shorter text's shingles that the longer one has."""
_LEAST_SHINGLES = 40
_SAMPLED = 16
"""One hash in so many is looked up."""
_MOST_TEXTS = 50
_IGNORED = re.compile(r"[\W_]+")


def versions(documents: Sequence[Document], preference: Callable[[Document], tuple]) -> dict[str, tuple[str, float]]:
    """For each copy or other version: (document_id of the text that stands for it, share of text in common).

    Of several versions the one that sorts first by `preference` stands for all.
    """
    found: dict[str, tuple[str, float]] = {}
    for language in ("ja", "en"):
        ordered = sorted((d for d in documents if d.language == language), key=preference)
        found |= _versions(ordered, _LENGTH[language])
    return found


def _versions(ordered: Sequence[Document], length: int) -> dict[str, tuple[str, float]]:
    shingles = [_shingles(document, length) for document in ordered]
    index: dict[int, list[int]] = defaultdict(list)
    first_of: dict[str, int] = {}
    found: dict[str, tuple[str, float]] = {}
    for number, (document, own) in enumerate(zip(ordered, shingles, strict=True)):
        original = first_of.setdefault(document.text, number)
        best = (1.0, original) if original != number else (0.0, -1)
        sample = own[own % _SAMPLED == 0].tolist()
        if best[1] < 0 and len(own) >= _LEAST_SHINGLES:
            votes = Counter(n for h in sample for n in index[h] if len(index[h]) <= _MOST_TEXTS)
            for other, _ in votes.most_common(5):
                share = len(np.intersect1d(own, shingles[other], assume_unique=True))
                best = max(best, (share / min(len(own), len(shingles[other])), other))
        if best[0] >= _LEAST:
            found[document.document_id] = ordered[best[1]].document_id, best[0]
        else:
            for h in sample:
                index[h].append(number)
    return found


def _shingles(document: Document, length: int) -> np.ndarray:
    """Distinct hashes of all runs of `length` letters and digits, furniture left out; uint64, sorted."""
    kept, start = [], 0
    for begin, end in sorted(document.furniture):
        kept.append(document.text[start:begin])
        start = max(start, end)
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", " ".join([*kept, document.text[start:]])).casefold())
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - length + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[offset : offset + count]
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    return np.unique(hashes ^ (hashes >> np.uint64(32)))
