"""What an import did, and what a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field

from ..records import KINDS
from .entry import Entry
from .targets import founding_pair
from .understanding import Understood

_REMARKS = 50


@dataclass
class ImportReport:
    """What an import did; entries are counted once each."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    found: Counter[str] = field(default_factory=Counter)
    """How the concepts were found that were there: by id, pair, term."""
    decisions: Counter[str] = field(default_factory=Counter)
    """By action."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Why: how many."""
    remarks: list[str] = field(default_factory=list)
    """What a person should look at, at most fifty."""
    unknown_kinds: set[str] = field(default_factory=set)

    def remark(self, text: str) -> None:
        if len(self.remarks) < _REMARKS:
            self.remarks.append(text)

    def leave_out(self, entry: Entry, reason: str, why: str = "") -> None:
        """Count an entry that is left out, and say why of this one."""
        self.left_out[reason] += 1
        if why:
            self.remark(f"left out: {named(entry)}: {why}")

    def remark_doubts(self, said: Understood, known: Container[str] = ()) -> None:
        """Say which statuses are not known; terms with one are left out, but for those that are `known`."""
        for term, doubt in said.doubts():
            left = "left as it is here" if term is None or term in known else "left out"
            self.remark(f"{named(said.entry)}: {doubt}: {left}")

    def remark_kind(self, said: Understood) -> None:
        """Say which kind is not known, once for each word: a whole column may hold it."""
        if (word := said.unknown_kind) is None or word in self.unknown_kinds:
            return
        self.unknown_kinds.add(word)
        taken = "taken for a part of speech" if said.entry.part_of_speech == word else "passed over"
        self.remark(f"{named(said.entry)}: kind {word} is none of {', '.join(KINDS)}: {taken}, wherever it stands")


def named(entry: Entry) -> str:
    """An entry as remarks call it: its pair, and where a table has it."""
    ja, en = founding_pair(entry)
    return f"{ja or '–'} = {en or '–'}" + (f", {entry.place}" if entry.place else "")
