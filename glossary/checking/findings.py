"""What a check finds: rules, severities, findings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from ..records import Span

Severity = Literal["info", "warning", "error"]
LEVELS: tuple[Severity, ...] = ("info", "warning", "error")
"""From the least to the gravest."""
DEFAULT_LEVEL: Severity = "warning"

RULES = {
    "term": "A term is not translated as the glossary says.",
    "unfounded-term": "A term of the glossary stands in the English for which the Japanese has nothing.",
    "forbidden-term": "A term that the glossary forbids or deprecates is used.",
    "inconsistent-term": "One Japanese term has several translations.",
    "wrong-name": "A name stands where the Japanese has another.",
    "name-spelling": "A name is spelled in two ways, or otherwise than in the glossary.",
    "number": "A number or date differs.",
    "number-left-out": "A number stands on one side only.",
    "untranslated": "Japanese is left in the English text.",
}
"""Name of each rule: what it finds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. Spans are (start, end), characters of the repaired texts; None where a side has nothing."""

    rule: str
    severity: Severity
    message: str
    """A sentence that says what is wrong and what was expected."""
    ja: Span | None = None
    en: Span | None = None
    ja_text: str | None = None
    en_text: str | None = None
    suggestion: str | None = None
    """What the English should say, where that is known."""
    concept_id: str | None = None
    ja_line: int | None = None
    """From 1."""
    en_line: int | None = None
    en_column: int | None = None
    layer: str | None = None
    """Which of several glossaries has the concept; None where there is one."""

    @property
    def fingerprint(self) -> str:
        """The same for the same finding when the text around it changes: rule and the two strings."""
        parts = (self.rule, self.ja_text or "", self.en_text or "")
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def at_least(self, level: Severity) -> bool:
        """Whether it is as grave as `level` or graver."""
        return LEVELS.index(self.severity) >= LEVELS.index(level)
