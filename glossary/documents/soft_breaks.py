"""Line breaks and hyphens that a page of print put inside paragraphs; the PDF reader has marked them with U+2028."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from glossary.documents.edits import Edit

_BREAK = re.compile("[ \t]*\u2028[ \t]*")
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_HYPHEN_OR_DASH = re.compile("(?<=\\S)[-\u2010\u00ad/—–]$")
_HYPHENATED = re.compile("(?P<left>[A-Za-z]+)(?P<hyphen>[-\u2010\u00ad])\u2028(?P<right>[a-z]+)")
_WORD = re.compile("[A-Za-z]+(?:-[A-Za-z]+)*")


def soft_breaks(text: str) -> Iterator[Edit]:
    """The break goes; between two words that are not Japanese it becomes a space, after a hyphen nothing."""
    for match in _BREAK.finditer(text):
        before, after = text[: match.start()][-2:], text[match.end() : match.end() + 1]
        closed = (
            not before or not after or _WIDE.match(before[-1]) or _WIDE.match(after) or _HYPHEN_OR_DASH.search(before)
        )
        yield Edit(*match.span(), "" if closed else " ")


def line_end_hyphens(text: str) -> Iterator[Edit]:
    """The hyphen and the break inside a word that was divided at the end of a line go.

    A compound keeps its hyphen: where the text has it with its hyphen elsewhere, or where both parts are English
    words and the whole is none. To be made before `soft_breaks`.
    """
    matches = list(_HYPHENATED.finditer(text))
    if not matches:
        return
    words = {word.lower() for word in _WORD.findall(text)}
    for match in matches:
        left, right = match["left"].lower(), match["right"].lower()
        if match["hyphen"] == "\u00ad" or not _is_compound(left, right, words):
            yield Edit(match.start("hyphen"), match.start("right"), "")


def _is_compound(left: str, right: str, words: AbstractSet[str]) -> bool:
    """`words`: of the text, in small letters, with their hyphens."""
    from simplemma import is_known

    if f"{left}-{right}" in words:
        return True
    if left + right in words or is_known(left + right, lang="en"):
        return False
    return all(is_known(part, lang="en") for part in (left, right))
