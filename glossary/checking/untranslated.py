"""Japanese that is left in the English text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .evidence import Evidence
from .findings import Finding

_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々〆ヶｦ-ﾝ][ぁ-ゖァ-ヺー一-鿿々〆ヶｦ-ﾝ・、。「」『』（）！？\s]*")
_IN_BRACKETS = re.compile(r"[(（\[［]\s*$")
_LEAST = 2
"""Characters; a single one may be spoken of (the letter の)."""


def check_untranslated(evidence: Evidence) -> Iterator[Finding]:
    """Runs of Japanese in the English. In brackets after a translation it is an explanation: information only."""
    text = evidence.bitext.en.text
    for match in _JAPANESE.finditer(text):
        found = match.group().strip()
        if len(found) < _LEAST or any(a <= match.start() < b for a, b in evidence.bitext.en.furniture):
            continue
        explained = bool(_IN_BRACKETS.search(text[: match.start()]))
        span = (match.start(), match.start() + len(found))
        yield Finding(
            "untranslated",
            "info" if explained else "error",
            f"{found[:40]} is left in Japanese",
            None,
            span,
            None,
            found,
        )
