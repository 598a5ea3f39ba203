"""Applying decisions anew: back to what the builds found, then everything in force in the order it was decided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from . import moves, table
from .mentions import find_mention, reject_in_document
from .overlay import Overlay, absorb, apply, take_apart
from .overlay_rows import clear, write
from .reach import Reach, reach
from .record import IN_FORCE, NOT_FOUND, UNDONE, Decision
from .targets import PairKey, concept_with_pair, is_live, number_of
from .undone import undone_ids


def replay(db: Database, touched: Collection[int], made: Collection[Decision] = ()) -> set[int]:
    """Bring people's decisions to bear on these concepts (`concept.id`), within the caller's transaction.

    `made`: decisions that were just recorded; what they are about is looked at too.

    The caller has to recompute the concepts it returns, which are those touched and all that decisions link to them.
    The same decisions over the same texts give the same rows, whatever was there before.
    """
    if not table.any_at_all(db):
        return set(touched)
    within = reach(db, touched, made)
    if not within.decisions:
        return within.concepts
    return _Replay(db, within).run()


@dataclass
class _Replay:
    db: Database
    within: Reach
    concepts: set[int] = field(default_factory=set)
    overlays: dict[int, Overlay] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    """Concept: the one it was merged into."""
    made: dict[str, Decision] = field(default_factory=dict)
    """concept_id: the first decision in force that makes the concept where no text tells of it."""
    there: set[int] = field(default_factory=set)
    """Concepts made so."""
    split_off: set[str] = field(default_factory=set)
    """concept_ids that exist by a split alone."""
    rejected: set[PairKey] = field(default_factory=set)
    rejected_contexts: set[int] = field(default_factory=set)
    rejected_pairings: set[int] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    """concept_id: `concept.id`, of concepts that were looked up; none goes while decisions are replayed."""
    ids: dict[int, str] = field(default_factory=dict)
    """The other way round."""

    def run(self) -> set[int]:
        decisions = self.within.decisions
        self.concepts = set(self.within.concepts)
        self.concepts |= moves.send_home(self.db, self.concepts, decisions[-1].at)
        clear(self.db, self.concepts)
        self.split_off = {d.after["new_id"] for d in decisions if d.action == "split"}
        undone = undone_ids(decisions)
        for decision in decisions:
            if decision.decision_id not in undone and _makes(decision):
                self.made.setdefault(decision.selector["concept_id"], decision)
        known = {decision.decision_id: decision for decision in decisions}
        for decision in decisions:
            if decision.decision_id in undone:
                self._pass_over(decision)
            elif decision.action == "undo":
                self._undo(decision, known.get(decision.after["decision_id"]))
            else:
                self._decide(decision)
        write(self.db, self.concepts, self.overlays, self.rejected, self.rejected_pairings, self.rejected_contexts)
        self._write_aliases(decisions)
        return self.concepts

    def _pass_over(self, decision: Decision) -> None:
        table.settle(self.db, decision, UNDONE, decision.concept_id)
        if decision.action == "split":
            self.aliases[decision.after["new_id"]] = decision.selector["concept_id"]

    def _undo(self, decision: Decision, target: Decision | None) -> None:
        concept = self._find(target.selector) if target and target.action != "undo" else None
        if concept is not None:
            self._overlay(concept).stamp = (decision.at, decision.actor)
        table.settle(self.db, decision, IN_FORCE if target else NOT_FOUND, decision.concept_id)

    def _decide(self, decision: Decision) -> None:
        concept = self._find(decision.selector)
        if decision.action == "reject" and not decision.after.get("document"):
            # The pair is wrong wherever it turns up, also while the concept itself is not there.
            self.rejected |= {(ja, en) for ja, en in decision.after["pairs"]}
        hit = concept is not None and self._act(concept, decision)
        concept_id = self._concept_id(concept) if concept is not None else decision.selector["concept_id"]
        table.settle(self.db, decision, IN_FORCE if hit else NOT_FOUND, concept_id)

    def _act(self, concept: int, decision: Decision) -> bool:
        """Let a decision act on its concept; False if the part of it that it is about is not there."""
        after = decision.after
        hit = True
        match decision.action:
            case "approve":
                self.rejected -= {(ja, en) for ja, en in after.get("pairs") or []}
            case "add" if after.get("ja") and after.get("en"):
                self.rejected.discard((decision.selector["ja"], decision.selector["en"]))
            case "reject" if after.get("document"):
                pairings, contexts = reject_in_document(self.db, concept, after["document"], after["pairs"])
                self.rejected_pairings |= pairings
                self.rejected_contexts |= contexts
                hit = bool(pairings or contexts)
            case "not-here":
                context = find_mention(self.db, concept, after)
                self.rejected_contexts |= set() if context is None else {context}
                hit = context is not None
            case "merge":
                hit = self._merge(concept, decision)
            case "split":
                hit = self._split(concept, decision)
        apply(self._overlay(concept), decision)
        return hit

    def _merge(self, concept: int, decision: Decision) -> bool:
        other = self._find(decision.after["other"])
        if other is None or other == concept:
            return other is not None
        moves.merge(self.db, other, concept)
        absorb(self._overlay(concept), self.overlays.pop(other, Overlay()))
        self.merged[other] = concept
        self.aliases[decision.after["other"]["concept_id"]] = self._concept_id(concept)
        return True

    def _split(self, concept: int, decision: Decision) -> bool:
        new_id = decision.after["new_id"]
        kind, origin = self.db.conn.execute("select kind, origin from concept where id = ?", [concept]).fetchone()
        new = moves.ensure_concept(self.db, new_id, kind, origin, decision.at, decision.actor)
        self.concepts.add(new)
        terms = [(term["language"], term["term"]) for term in decision.after["terms"]]
        if not moves.split(self.db, concept, new, terms):
            self.aliases[new_id] = decision.selector["concept_id"]
            return False
        take_apart(self._overlay(concept), self._overlay(new), terms)
        apply(self._overlay(new), decision)
        return True

    def _find(self, selector: dict[str, Any]) -> int | None:
        """The concept a selector means: its own id, what that was merged into, else the concept with its pair.

        Where no text tells of it, it is made if people approved or added it, be it later.
        """
        concept_id = selector["concept_id"]
        number = self._number(concept_id)
        if number is not None:
            number = self._survivor(number)
        if number is None or not self._is_there(number):
            number = None if concept_id in self.split_off else concept_with_pair(self.db, selector)
            if number is None and concept_id in self.made:
                number = self._make(self.made[concept_id])
        if number is not None:
            self.concepts.add(number)
        return number

    def _number(self, concept_id: str) -> int | None:
        number = self.numbers.get(concept_id)
        if number is None and (number := number_of(self.db, concept_id)) is not None:
            self.numbers[concept_id] = number
        return number

    def _is_there(self, number: int) -> bool:
        return number in self.there or is_live(self.db, number)

    def _make(self, decision: Decision) -> int:
        """The concept of an approval or addition."""
        number = concept_with_pair(self.db, decision.selector)
        if number is None:
            base = decision.after.get("concept") or {"kind": decision.after.get("kind") or "concept", "origin": "user"}
            concept_id = decision.selector["concept_id"]
            number = moves.ensure_concept(
                self.db, concept_id, base["kind"], base["origin"], decision.at, decision.actor
            )
            number = self._survivor(number)
            self.there.add(number)
        return number

    def _survivor(self, number: int) -> int:
        while number in self.merged:
            number = self.merged[number]
        return number

    def _overlay(self, concept: int) -> Overlay:
        return self.overlays.setdefault(concept, Overlay())

    def _concept_id(self, concept: int) -> str:
        if concept not in self.ids:
            row = self.db.conn.execute("select concept_id from concept where id = ?", [concept]).fetchone()
            self.ids[concept] = str(row[0])
        return self.ids[concept]

    def _write_aliases(self, decisions: list[Decision]) -> None:
        owned = {d.after["new_id"] for d in decisions if d.action == "split"}
        owned |= {d.after["other"]["concept_id"] for d in decisions if d.action == "merge"}
        owned |= {self._concept_id(number) for number in self.concepts}
        self.db.conn.executemany("delete from alias where old_id = ?", [(old,) for old in owned])
        aliases = self.aliases | {
            self._concept_id(number): self._concept_id(self._survivor(number)) for number in self.merged
        }
        self.db.conn.executemany("insert or replace into alias (old_id, concept_id) values (?, ?)", aliases.items())


def _makes(decision: Decision) -> bool:
    return decision.action == "approve" or (decision.action == "add" and not decision.after.get("term"))
