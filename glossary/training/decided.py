"""What people's decisions say of pairs: right or wrong, everywhere or in one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..decisions.record import Decision
from ..decisions.targets import PairKey
from ..decisions.undone import undone_ids
from ..identity import normalized


class _Said(NamedTuple):
    pair: PairKey
    right: bool
    document: str | None = None


@dataclass(frozen=True)
class Decided:
    """Verdicts on normalized pairs; what is said of one document goes before what is said of all."""

    everywhere: dict[PairKey, bool] = field(default_factory=dict)
    in_document: dict[tuple[str, PairKey], bool] = field(default_factory=dict)

    def of(self, document: str, pair: PairKey) -> bool | None:
        """True for right, False for wrong, None if nobody decided."""
        return self.in_document.get((document, pair), self.everywhere.get(pair))

    def pairs(self, document: str) -> set[PairKey]:
        """All pairs that may be spoken of in a document."""
        return self.everywhere.keys() | {pair for name, pair in self.in_document if name == document}

    @property
    def right(self) -> int:
        """How many verdicts say right."""
        return sum(self.everywhere.values()) + sum(self.in_document.values())

    def __len__(self) -> int:
        return len(self.everywhere) + len(self.in_document)


def decided_pairs(decisions: Iterable[Decision]) -> Decided:
    """Verdicts of the decisions in force; `decisions` in the order in which they were made, a later one holds.

    approve and add: right; reject: wrong; edit: the pair with the old term is wrong and stays so when the concept is
    approved afterwards, the one with the new term is right.
    """
    decisions = list(decisions)
    undone = undone_ids(decisions)
    decided, corrected = Decided(), set[PairKey]()
    for decision in decisions:
        if decision.decision_id in undone:
            continue
        for said in _verdicts(decision):
            if said.document is not None:
                decided.in_document[said.document, said.pair] = said.right
            elif not (decision.action == "approve" and said.pair in corrected):
                decided.everywhere[said.pair] = said.right
                if decision.action == "edit" and not said.right:
                    corrected.add(said.pair)
                elif said.right:
                    corrected.discard(said.pair)
    return decided


def _verdicts(decision: Decision) -> Iterator[_Said]:
    after, ja, en = decision.after, decision.selector.get("ja"), decision.selector.get("en")
    match decision.action:
        case "approve":
            pairs = after.get("pairs") or ([(ja, en)] if ja and en else [])
            yield from (_Said((first, second), True) for first, second in pairs)
        case "reject":
            yield from (_Said((first, second), False, after.get("document")) for first, second in after["pairs"])
        case "edit":
            old, new = (_with_term(ja, en, after["language"], after[which]) for which in ("old", "new"))
            if old and new and old != new:
                yield _Said(old, False)
            if new:
                yield _Said(new, True)
        case "add":
            pair = _with_term(ja, en, after["language"], after["term"]) if after.get("term") else _pair(ja, en)
            if pair:
                yield _Said(pair, True)


def _with_term(ja: str | None, en: str | None, language: str, term: str) -> PairKey | None:
    """The pair of a term with the other side of the concept."""
    return _pair(normalized(term), en) if language == "ja" else _pair(ja, normalized(term))


def _pair(ja: str | None, en: str | None) -> PairKey | None:
    return (ja, en) if ja and en else None
