"""Taking in a glossary of another tool, or an edited export: what its entries say otherwise becomes decisions."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from ..decisions import table
from ..decisions.actions import ACTIONS
from ..decisions.engine import record
from ..decisions.journal import Entry as JournalEntry
from ..decisions.journal import write_journal
from ..decisions.payload import make_payload
from ..decisions.record import Decision, check_payload, check_selector, from_row, stamp, stamp_after
from ..decisions.targets import make_selector
from ..errors import GlossaryError
from ..identity import concept_id as id_of_pair
from ..identity import normalized
from ..store.connection import transaction
from ..uses.progress import Progress
from .changes import Change, changes, founding
from .entry import Entry
from .registry import Format, Hints
from .report import ImportReport, named
from .targets import Known, Target, find_target, founding_pair, known_concept, new_concept, own_id
from .text import one_line
from .understanding import Understood, understood

_BATCH = 5_000
"""Decisions that act together; more take more memory, fewer more time."""
_MOMENT = timedelta(microseconds=1)
_BELOW = "below the threshold here, which the file does not approve (--candidates approves them)"


class _DryRun(Exception):
    pass


def import_file(
    db: Database,
    path: Path,
    form: Format,
    *,
    actor: str,
    hints: Hints | None = None,
    candidates: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Make the glossary say what the file says, by decisions of `actor`, in one transaction.

    `candidates`: concepts that are not here and that the file calls candidates are added, too (as approved).
    `dry_run`: nothing is stored. Raises GlossaryError where the file cannot be read: then nothing is changed.
    """
    if not actor.strip():
        raise GlossaryError("--actor: a decision needs the name of the person who made it")
    found = form.reader()(path, hints or Hints())
    running = _Import(db, actor.strip(), f"import of {path.name}", candidates)
    try:
        with transaction(db):
            for number, entry in enumerate(found, 1):
                running.take(understood(entry))
                if progress is not None:
                    progress("reading", number, 0)
            running.act()
            if dry_run:
                raise _DryRun
            running.write_journal()
    except _DryRun:
        pass
    except BaseException:
        running.take_back()
        raise
    return running.report


class _Import:
    """Entries become decisions, which act in batches."""

    def __init__(self, db: Database, actor: str, note: str, candidates: bool) -> None:
        self.db, self.actor, self.note, self.candidates = db, actor, note, candidates
        self.report = ImportReport()
        (modified,) = db.conn.execute("select max(modified) from concept").fetchone()
        self.time = self.started = datetime.fromisoformat(stamp_after(table.latest(db), modified))
        self.waiting: list[Decision] = []
        self.touched: set[str] = set()
        """Ids and Japanese terms of concepts that decisions wait for."""
        self.journal: list[JournalEntry] = []

    def take(self, said: Understood) -> None:
        """Decide what an entry says."""
        entry = said.entry
        self.report.remark_kind(said)
        if len(self.waiting) >= _BATCH or self._waits_for(entry):
            self.act()
        target = find_target(self.db, entry)
        try:
            if target is None:
                self._new(said)
            else:
                self._known(said, target)
        except ValueError as error:
            self.report.leave_out(entry, "that cannot be stored", str(error))

    def _wait(self, entry: Entry, decisions: list[Decision]) -> None:
        self.waiting += decisions
        self.report.decisions.update(decision.action for decision in decisions)
        if decisions:
            self.touched |= _handles(entry) | {str(decisions[0].concept_id)}

    def _waits_for(self, entry: Entry) -> bool:
        if not self.waiting:
            return False
        if (name := own_id(entry)) is not None:
            return name in self.touched
        return not self.touched.isdisjoint(_handles(entry))

    def act(self) -> None:
        """Let the decisions that wait act."""
        waiting, self.waiting = self.waiting, []
        self.touched.clear()
        record(self.db, waiting)

    def write_journal(self) -> None:
        """Last before the commit, so that nothing stands there that is not stored."""
        cursor = self.db.conn.execute(
            """select decision_id, at, actor, action, concept_id, selector, before, after, note, 'in force'
            from decisions where at > ? order by at""",
            [stamp(self.started)],
        )
        while rows := cursor.fetchmany(_BATCH):
            if (entry := write_journal(self.db, [from_row(row) for row in rows])) is not None:
                self.journal.append(entry)

    def take_back(self) -> None:
        """Take out of the journal what is not stored."""
        if self.journal:
            JournalEntry(self.journal[0].path, self.journal[0].start, self.journal[-1].end).take_back()

    def _known(self, said: Understood, target: Target) -> None:
        known = known_concept(self.db, target.number)
        if known.row["concept_id"] in self.touched:
            self.act()
            known = known_concept(self.db, target.number)
        self.report.found[target.how] += 1
        there = {*known.terms["ja"], *known.terms["en"]}
        entry = said.sure(there)
        self.report.remark_doubts(said, there)
        was_rejected = known.row["status"] == "rejected"
        if was_rejected and entry.status not in ("approved", "rejected"):
            self.report.leave_out(entry, "rejected here", f"was rejected here ({known.row['concept_id']})")
            return
        below = known.row["status"] == "candidate" and not known.row["shown"]
        if below and self._is_wanted(said, target):
            entry = replace(entry, status="approved")
        decisions = self._judged(entry, target, known)
        number = len(decisions)
        if decisions and was_rejected:  # its terms come back with the approval
            self._wait(entry, decisions)
            self.act()
            known, decisions = known_concept(self.db, target.number), []
        if entry.status != "rejected":
            changed = list(changes(known, entry, target.how))
            selector = make_selector(self.db, target.number, "concept") if changed else {}
            decisions += self._decided(selector, changed)
        self._wait(entry, decisions)
        if decisions and target.how == "term":
            self.report.remark(f"found by its Japanese term alone: {named(entry)} ({known.row['concept_id']})")
        if number or decisions:
            self.report.changed += 1
        elif below and entry.status != "rejected":
            self.report.leave_out(entry, _BELOW)
        else:
            self.report.unchanged += 1

    def _is_wanted(self, said: Understood, target: Target) -> bool:
        """Whether the file wants a concept that is below the threshold to be shown.

        A list without statuses does; an entry with an id comes from a glossary, whose candidates nobody has approved.
        """
        if said.entry.status is None and said.unknown_status is None and target.how != "id":
            return True
        return self.candidates and said.entry.status != "rejected" and said.unknown_status is None

    def _judged(self, entry: Entry, target: Target, known: Known) -> list[Decision]:
        """The approval or rejection, if the file has one that the glossary has not."""
        action = {"approved": "approve", "rejected": "reject"}.get(entry.status or "")
        if action is None or entry.status == known.row["status"]:
            return []
        made = make_payload(self.db, ACTIONS[action], target.number, {}, None)
        check_selector(made.selector, action)
        return [self._decision(action, made.selector, made.after, made.before)]

    def _new(self, said: Understood) -> None:
        entry = said.sure()
        ja, en = founding_pair(said.entry)
        if entry.status == "rejected":
            self.report.leave_out(entry, "rejected there and not here")
            return
        if entry.status == "candidate" and not self.candidates:
            self.report.leave_out(entry, "candidates that nobody approved (--candidates takes them in)")
            return
        if said.unknown_status is not None or founding_pair(entry) != (ja, en):
            self.report.leave_out(
                said.entry, "with a status that is not known", "; ".join(doubt for _, doubt in said.doubts())
            )
            return
        if not ja and not en:
            self.report.leave_out(entry, "without a term that may be used")
            return
        concept_id = own_id(entry) or id_of_pair(ja, en)
        if concept_id in self.touched:  # another spelling of a pair that waits
            self.act()
            self.take(said)
            return
        self.report.remark_doubts(said)
        known = new_concept(concept_id, entry, ja, en)
        texts = [known.row[side] for side in ("ja", "en")]
        selector = {
            "concept_id": concept_id, "ja": ja and normalized(ja), "en": en and normalized(en), "sense": None,
            "texts": texts,
        }  # fmt: skip
        decisions = self._decided(selector, [founding(known, entry), *changes(known, entry, None)])
        self._wait(entry, decisions)
        self.report.added += 1

    def _decided(self, selector: dict[str, Any], said: list[Change]) -> list[Decision]:
        """Changes of one concept as decisions, whose selectors differ in scope alone.

        Raises ValueError where one is not as it must be.
        """
        if said:
            check_selector(selector)
        return [
            self._decision(
                change.action, selector | {"scope": ACTIONS[change.action].scope}, change.after, change.before
            )
            for change in said
        ]

    def _decision(
        self, action: str, selector: dict[str, Any], after: dict[str, Any], before: dict[str, Any]
    ) -> Decision:
        """Raises ValueError where the payload is not as it must be."""
        check_payload(action, after)
        self.time += _MOMENT
        return Decision(
            str(uuid.uuid4()), stamp(self.time), self.actor, action, selector["concept_id"], selector, before, after,
            self.note,
        )  # fmt: skip


def _handles(entry: Entry) -> set[str]:
    """By what another entry may mean the same concept."""
    return {one_line(term.term) for term in entry.of("ja")} | ({entry.concept_id} if entry.concept_id else set())
