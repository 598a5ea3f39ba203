"""Where the terms of a bitext stand: every mention, linked across the languages or on one side only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..languages.tokens import Token
from ..records import Bitext, Context, Segment, Span
from .spans import LONGEST

_HIRAGANA = re.compile("[ぁ-んー]+")
_AFTER_NOUNS = ("が", "は", "を", "も")

Links = Mapping[tuple[str, str], Mapping[int, Sequence[tuple[Span, Span, float]]]]
"""(Japanese, English) strings → bead → (place, place, score) of the pairs found there."""


class Mention(NamedTuple):
    """A place of a string in one bead of a document."""

    bead: int
    span: Span


def mentions(beads: Sequence[Sequence[Token]], text: str, wanted: set[str]) -> dict[str, list[Mention]]:
    """Every place of the wanted strings that begins and ends with a token; those inside a longer one left out."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for number, tokens in enumerate(beads):
        covered: list[Span] = []
        places = []
        for first in range(len(tokens)):
            for last in range(first, min(first + LONGEST, len(tokens))):
                span = tokens[first].start, tokens[last].end
                if text[slice(*span)] in wanted and not _inside_a_word(tokens, first, last + 1):
                    places.append(span)
        for span in sorted(places, key=lambda place: (place[0] - place[1], place)):
            if not any(start <= span[0] and span[1] <= end for start, end in covered):
                found[text[slice(*span)]].append(Mention(number, span))
                covered.append(span)
    return found


def _inside_a_word(tokens: Sequence[Token], first: int, last: int) -> bool:
    """True of あんな in あんなに: hiragana that is grammar here, not the name or noun that was paired.

    A noun is what the tagger takes for one (さくらが) or what a particle follows that only nouns have (あんなは).
    """
    if not all(_HIRAGANA.fullmatch(token.surface) for token in tokens[first:last]):
        return False
    if all(token.pos.startswith(("名詞", "接頭辞", "接尾辞-名詞")) for token in tokens[first:last]):
        return False
    return last == len(tokens) or tokens[last].surface not in _AFTER_NOUNS


def contexts(
    members: Sequence[tuple[str, str]],
    linked: Links,
    ja_mentions: Mapping[str, Sequence[Mention]],
    en_mentions: Mapping[str, Sequence[Mention]],
    segments: Sequence[Segment],
    bitext: Bitext,
) -> list[Context]:
    """The mentions of one concept, whose pairs of strings are `members`: linked ones first choose, then single ones."""
    used_ja: set[Span] = set()
    used_en: set[Span] = set()
    rows: list[tuple[int, Span | None, Span | None]] = []
    # The best pair first, whichever spelling it has: The Misty Pier must not lose its place to Misty Pier.
    links = sorted(
        (-score, bead, ja, en)
        for strings in members
        for bead, of_bead in linked[strings].items()
        for ja, en, score in of_bead
    )
    for _, bead, ja, en in links:
        if ja not in used_ja and en not in used_en:
            used_ja.add(ja)
            used_en.add(en)
            rows.append((bead, ja, en))
    for string in sorted({ja for ja, _ in members}):
        rows += [(bead, span, None) for bead, span in ja_mentions.get(string, ()) if span not in used_ja]
    for string in sorted({en for _, en in members}):
        rows += [(bead, None, span) for bead, span in en_mentions.get(string, ()) if span not in used_en]
    ids = bitext.ja.document_id, bitext.en.document_id
    return [
        Context(bitext.name, *ids, ja, en, segments[bead].ja, segments[bead].en)
        for bead, ja, en in sorted(set(rows), key=lambda row: (row[0], row[1] or (0, 0), row[2] or (0, 0)))
    ]
