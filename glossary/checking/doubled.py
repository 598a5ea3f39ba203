"""A name that stands twice in a row where names are listed: one of them should be another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..languages.tokens import Token
from .evidence import Evidence
from .findings import Finding

_BETWEEN = frozenset((",", "and", "or", "&", "、"))
_LONGEST = 4


def check_doubled_names(evidence: Evidence) -> Iterator[Finding]:
    """A list of names that has one twice: "Rome and Rome"."""
    for bead in evidence.beads:
        for first, last in _doubled(bead.en):
            text = " ".join(token.surface for token in bead.en[first:last])
            span = (bead.en[first].start, bead.en[last - 1].end)
            message = f"{text} stands twice in a row: one should be another name"
            yield Finding("wrong-name", "warning", message, bead.ja_span, span, None, text)


def _doubled(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    surfaces = [token.surface for token in tokens]
    for k, surface in enumerate(surfaces):
        if surface.casefold() not in _BETWEEN:
            continue
        for size in range(_LONGEST, 0, -1):
            after = surfaces[k + 1 : k + 1 + size]
            if k >= size and len(after) == size and surfaces[k - size : k] == after and _is_name(after):
                yield k + 1, k + 1 + size
                break


def _is_name(surfaces: Sequence[str]) -> bool:
    return all(surface[0].isupper() and len(surface) > 2 for surface in surfaces)
