"""The words for statuses and kinds that people write in files, as this program has them, and what it does not know."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from ..records import KINDS
from .entry import CONCEPT_STATUS_WORDS, CONCEPT_STATUSES, STATUS_WORDS, STATUSES, Entry, EntryTerm, in_order
from .text import one_line


@dataclass(frozen=True, slots=True)
class Understood:
    """An entry in this program's words; what has a status or kind that it does not know is without one."""

    entry: Entry
    unknown_status: str | None = None
    """The concept's, as the file has it."""
    unknown_kind: str | None = None
    doubtful: tuple[tuple[EntryTerm, str], ...] = ()
    """Terms with unknown statuses, and these."""

    def sure(self, known: Container[str] = ()) -> Entry:
        """The entry without its doubtful terms, but for those that are `known` (each on one line)."""
        doubtful = {(term.language, term.term) for term, _ in self.doubtful if one_line(term.term) not in known}
        if not doubtful:
            return self.entry
        return replace(self.entry, terms=tuple(t for t in self.entry.terms if (t.language, t.term) not in doubtful))

    def doubts(self) -> Iterator[tuple[str | None, str]]:
        """(The term or, of the concept, None; what is not known, as a sentence)."""
        if self.unknown_status is not None:
            yield None, f"status {self.unknown_status} is none of {', '.join((*CONCEPT_STATUSES, *STATUSES))}"
        for term, word in self.doubtful:
            text = one_line(term.term)
            yield text, f"status {word} of {text} is none of {', '.join(STATUSES)}"


def understood(entry: Entry) -> Understood:
    """`entry` with statuses and kind as this program has them.

    A status of terms that stands for a whole concept is that of its English term, as in tables. What a foreign table
    calls a kind is as a rule a part of speech, and taken for one.
    """
    status = concept_status(entry.status)
    of_term = term_status(entry.status) if status is None else None
    terms = tuple(_with_status(term, term_status(term.status)) for term in entry.terms)
    if of_term in ("deprecated", "forbidden") and (first := entry.preferred("en")) is not None:
        terms = tuple(_with_status(t, of_term) if (t.language, t.term) == ("en", first.term) else t for t in terms)
    kind = next((known for known in KINDS if known == (entry.kind or "").casefold()), None)
    unknown_kind = one_line(entry.kind) or None if kind is None else None
    part_of_speech = entry.part_of_speech or (unknown_kind if entry.concept_id is None else None)
    return Understood(
        in_order(replace(entry, terms=terms, status=status, kind=kind, part_of_speech=part_of_speech)),
        one_line(entry.status) or None if status is None and of_term is None else None,
        unknown_kind,
        tuple((term, word) for term in entry.terms if (word := one_line(term.status)) and term_status(word) is None),
    )


def concept_status(word: str | None) -> str | None:
    """The status of a concept that a word means, in any case; None if it means none."""
    status = one_line(word).casefold()
    return status if status in CONCEPT_STATUSES else CONCEPT_STATUS_WORDS.get(status)


def term_status(word: str | None) -> str | None:
    """The status of a term that a word means, in any case; None if it means none."""
    status = one_line(word).casefold()
    return status if status in STATUSES else STATUS_WORDS.get(status)


def _with_status(term: EntryTerm, status: str | None) -> EntryTerm:
    return term if term.status == status else replace(term, status=status)
