"""What a check found, in a line that says what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    """Which check: file, schema, index, references, documents, offsets, evidence, counts, search, orphans, journal,
    state."""
    message: str
    """What is wrong."""
    advice: str
    """What to do about it."""
    repairable: bool = False
    """True where `repair` mends it."""

    def __str__(self) -> str:
        return f"{self.check}: {self.message}: {self.advice}"


REPAIR = "`glossary doctor --repair` mends it"
REFRESH = "`glossary build PATH… --refresh` with the folders it was built from finds it anew"


def counted(number: int, noun: str) -> str:
    """`1 row`, `2,000 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
