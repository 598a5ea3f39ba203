"""Definitions that a text gives itself, in appositions and copulas: genus and differentia (ISO 704), as they stand.

"Aegis Ashore, a land-based missile defense system, …" defines Aegis Ashore, and so does 地上配備型迎撃システム before
「イージス・アショア」. Precision goes before recall: what might tell of the sentence and not of the term is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..languages.tokens import Token
from ..records import Language, Span
from .definitions_en import english_definitions
from .definitions_ja import japanese_definitions

_LONGEST = 40
"""Tokens of a definition."""


def definition(tokens: Sequence[Token], term: tuple[int, int], kind: str, language: Language) -> Span | None:
    """The characters of the document that define the term at `term` (tokens of one bead), or None.

    The span is a noun phrase with what belongs to it, article included, without the marks around it.
    """
    find = japanese_definitions if language == "ja" else english_definitions
    for first, last in find(tokens, term, kind):
        if 0 < last - first <= _LONGEST:
            return tokens[first].start, tokens[last - 1].end
    return None
