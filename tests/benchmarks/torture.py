"""Build, decide, kill and start again in random order; prove that nothing that was committed is lost.

Usage: torture.py [--rounds N] [--seed N] [--minutes N] [--every N] [--folder DIR]

Each round, a child process builds, refreshes, removes a document, decides, repairs or copies; most children are killed
(SIGKILL) at a random moment, many of them while they store. After each round: SQLite's integrity and foreign keys, the
offsets of every context, and that every decision whose call returned is in the table and in the journal. After every
N rounds and at the end: `glossary doctor` finds nothing, and the public views equal those of a new glossary into which
the same files are built in one go and the same decisions imported (without times, row numbers and builds).

The same seed makes the same files, steps and delays; what a kill hits depends on the machine.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from glossary.build import build
from glossary.decisions import decide, export_decisions, import_decisions, journal_path
from glossary.decisions.journal import read_journal
from glossary.doctor.content import check_offsets
from glossary.doctor.examine import examine, repair
from glossary.errors import GlossaryError
from glossary.store import open_glossary
from glossary.store.backup import back_up
from glossary.uses.removal import remove

SENTENCES = (
    ("花見の客が公園に集まった。", "People came to the park for cherry blossom viewing."),
    ("会議は金沢の旧県庁舎で開かれた。", "The meeting was held at the former prefectural office in Kanazawa."),
    ("灯台は岬の先に立つ。", "The lighthouse stands at the end of the cape."),
    ("首相は経済政策を発表した。", "The prime minister announced an economic policy."),
    ("北海道の漁師は嵐を恐れる。", "Fishermen in Hokkaido fear the storm."),
    ("大学の図書館は新しい。", "The library of the university is new."),
    ("国際宇宙ステーションから地球が見える。", "The Earth can be seen from the International Space Station."),
    ("市長は水族館を訪れた。", "The mayor visited the aquarium."),
)
NAMES = tuple(f"article{number}" for number in range(6))
VIEWS = ("glossary", "terms", "contexts", "candidates", "evidence", "documents", "bitexts", "segments", "relations",
         "decisions")  # fmt: skip
DATED = {"id", "passage", "created", "modified", "modified_by", "added"}
DECIDED_AT_ONCE = 4


@dataclass
class Figures:
    """What happened in a run."""

    rounds: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    """Of each kind, how many were begun."""
    aimed_at: int = 0
    """Children that were to be killed; some had ended by then."""
    killed: int = 0
    killed_while_storing: int = 0
    left_half_written: int = 0
    """Kills after which a rollback journal lay beside the database."""
    decisions: int = 0
    """Whose call returned."""
    rebuilt: int = 0
    """Comparisons with a build in one go."""
    seconds: float = 0.0

    def __str__(self) -> str:
        steps = ", ".join(f"{name} {number:,}" for name, number in sorted(self.steps.items()))
        return (
            f"{self.rounds:,} rounds in {self.seconds:,.0f} s ({steps}); {self.killed:,} killed, of them "
            f"{self.killed_while_storing:,} while they stored, {self.left_half_written:,} left a half-written file; "
            f"{self.decisions:,} decisions made, none lost; {self.rebuilt:,} comparisons with a build in one go: equal"
        )


class Torture:
    """A folder of articles and its glossary; `log` has the ids of the decisions whose call returned."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder, self.articles, self.path = folder, folder / "articles", folder / "glossary.db"
        self.log = folder / "made.log"
        self.articles.mkdir()
        self.log.touch()
        self.figures = Figures()
        self.usual: dict[str, float] = {}
        """Step: seconds it took when it was let be."""
        self._write_article(NAMES[0])
        build([self.articles], self.path)  # loads dictionaries and weights, which children then share

    def run(self, rounds: int, *, every: int, until: float = float("inf")) -> Figures:
        """Raises AssertionError as soon as anything is not as promised. `until`: time.monotonic() at which to stop."""
        began = time.monotonic()
        for number in range(1, rounds + 1):
            self._round()
            self.figures.rounds = number
            if number % every == 0:
                self._compare()
            if time.monotonic() > until:
                break
        if self.figures.rounds % every:
            self._compare()
        self.figures.seconds = time.monotonic() - began
        return self.figures

    def _round(self) -> None:
        step = self.chance.choice(["build", "build", "decide", "decide", "decide", "refresh", "remove", "other"])
        if step == "build":
            self._write_article(self.chance.choice(NAMES))
        seed = self.chance.randrange(1 << 30)
        self.figures.steps[step] += 1
        actions: dict[str, Callable[[int], None]] = {
            "build": lambda _: self._build(),
            "refresh": lambda _: self._build(refresh=True),
            "decide": self._decide,
            "remove": self._remove,
            "other": self._repair_or_copy,
        }
        self._in_child(step, lambda: actions[step](seed))
        self._prove()

    def _in_child(self, step: str, action: Callable[[], None]) -> None:
        """Run in a process of its own that is killed at a random moment, or, one time in four, let be."""
        spared = self.chance.random() < 0.25 or step not in self.usual
        while_storing = self.chance.random() < 0.6
        delay = self.chance.random()
        reading, self.writing = os.pipe()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _ended(action)
        os.close(self.writing)
        if spared:
            _, status = os.waitpid(child, 0)
            assert status == 0, f"{step} failed: see above"
            self.usual[step] = time.monotonic() - began
        else:
            usual = self.usual[step]
            stores = bool(select.select([reading], [], [], 2 * usual if while_storing else delay * usual)[0])
            if stores and while_storing:
                time.sleep(0.04 * delay)
            self._kill(child, stores)
        os.close(reading)

    def _kill(self, child: int, stores: bool) -> None:
        self.figures.aimed_at += 1
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            self.figures.killed += 1
            self.figures.killed_while_storing += stores
            self.figures.left_half_written += self.path.with_name(f"{self.path.name}-journal").exists()
        else:
            assert status == 0, "a step failed: see above"

    def _stores(self, step: str = "Storing", done: int = 0, total: int = 0) -> None:
        """Tell the parent that the child begins to write."""
        if step == "Storing":
            os.write(self.writing, b".")

    def _build(self, refresh: bool = False) -> None:
        build([self.articles], self.path, refresh=refresh, progress=self._stores)

    def _decide(self, seed: int) -> None:
        chance = random.Random(seed)
        with closing(open_glossary(self.path)) as db, self.log.open("a") as log:
            for number in range(DECIDED_AT_ONCE):
                ids = [row[0] for row in db.execute("select concept_id from glossary order by concept_id")]
                if number == DECIDED_AT_ONCE // 2:
                    self._stores()
                with suppress(GlossaryError):  # what does not suit the concept (two merged, say) is refused
                    log.write(f"{_decided(db, chance, ids)}\n")
                    log.flush()

    def _remove(self, seed: int) -> None:
        name = random.Random(seed).choice(NAMES)
        with closing(open_glossary(self.path)) as db:
            self._stores()
            with suppress(GlossaryError):  # not there
                remove(db, [name])

    def _repair_or_copy(self, seed: int) -> None:
        self._stores()
        if seed % 2:
            repair(self.path)
            return
        with closing(open_glossary(self.path, readonly=True)) as db:
            back_up(db, self.folder / f"copy-{seed}.db")

    def _write_article(self, name: str) -> None:
        chosen = self.chance.sample(SENTENCES, self.chance.randint(1, 3))
        for side, language in enumerate(("ja", "en")):
            text = "\n".join(pair[side] for pair in chosen) + "\n"
            (self.articles / f"{name}.{language}.txt").write_text(text, encoding="utf-8")

    def _prove(self) -> None:
        """Whatever was killed: the file is sound and holds what was committed."""
        with closing(open_glossary(self.path, readonly=True)) as db:
            assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert db.execute("pragma foreign_key_check").fetchall() == []
            assert list(check_offsets(db)) == []
            stored = {row[0] for row in db.execute("select decision_id from decision")}
        made = self.log.read_text().split()
        assert len(made) == len(set(made))
        assert stored.issuperset(made), "a decision that was made is lost"
        written, faults = read_journal(journal_path(self.path))
        assert written.keys() >= stored, "a stored decision is not in the journal"
        assert len(faults) <= 1, faults
        self.figures.decisions = len(made)

    def _compare(self) -> None:
        """The state equals that of a new glossary of the same files and decisions."""
        for copy in self.folder.glob("*copy-*"):
            copy.unlink()
        repair(self.path)  # a kill between journal and commit leaves a decision in the journal alone
        build([self.articles], self.path, refresh=True)
        findings = examine(self.path)
        assert not findings, "\n".join(map(str, findings))
        for kept in self.folder.glob("glossary.db.*-repair*"):
            kept.unlink()
        fresh = self.folder / "fresh" / "glossary.db"
        shutil.rmtree(fresh.parent, ignore_errors=True)
        fresh.parent.mkdir()
        build([self.articles], fresh)
        exported = self.folder / "decisions.jsonl"
        with closing(open_glossary(self.path, readonly=True)) as db, exported.open("w", encoding="utf-8") as stream:
            export_decisions(db, stream)
        if exported.stat().st_size:
            with closing(open_glossary(fresh)) as db:
                import_decisions(db, exported, actor="eve")
        here, there = content(self.path), content(fresh)
        for view in VIEWS:
            assert here[view] == there[view], (view, set(here[view]) ^ set(there[view]))
        self.figures.rebuilt += 1


def _ended(action: Callable[[], None]) -> None:
    """Do it and end the (child) process."""
    status = 1
    try:
        action()
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _decided(db, chance: random.Random, ids: list[str]) -> str:
    """The id of a decision of a random kind about a random concept."""
    concept = chance.choice(ids or ["none"])
    kind = chance.choice(["approve", "reject", "subject", "define", "kind", "add", "merge", "undo"])
    match kind:
        case "subject":
            return decide(db, kind, concept, value=chance.choice(["海", "空"]), actor="ann").decision_id
        case "define":
            words = {"value": f"a thing {chance.random()}", "language": "en"}
            return decide(db, kind, concept, **words, actor="bob").decision_id
        case "kind":
            return decide(db, kind, concept, value=chance.choice(["place", "law"]), actor="ann").decision_id
        case "add":
            number = chance.randrange(5)
            return decide(db, kind, ja=f"語{number}", en=f"word {number}", actor="bob").decision_id
        case "merge":
            return decide(db, kind, concept, value=chance.choice(ids or ["none"]), actor="ann").decision_id
        case "undo":
            made = [row[0] for row in db.execute("select decision_id from decision order by decision_id")]
            return decide(db, kind, chance.choice(made or ["none"]), actor="bob").decision_id
    return decide(db, kind, concept, actor="ann").decision_id


def content(path: Path) -> dict[str, list[str]]:
    """All public rows but times and numbers of rows."""
    with closing(open_glossary(path, readonly=True)) as db:
        return {
            view: sorted(
                repr({k: v for k, v in row.items() if k not in DATED}) for row in db.query(f"select * from {view}")
            )
            for view in VIEWS
        }


def torture(rounds: int, seed: int, *, every: int = 50, minutes: float = float("inf"), folder: Path | None = None):
    """Run it; the figures. Raises AssertionError as soon as anything is not as promised; then the folder stays."""
    place = Path(tempfile.mkdtemp(prefix="glossary-torture-", dir=folder))
    try:
        figures = Torture(place, seed).run(rounds, every=every, until=time.monotonic() + 60 * minutes)
    except BaseException:
        print(f"see {place}", file=sys.stderr)
        raise
    shutil.rmtree(place)
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so many minutes")
    parser.add_argument("--every", type=int, default=50, help="compare with a build in one go after so many rounds")
    parser.add_argument("--folder", type=Path, help="where to make the temporary folder")
    arguments = vars(parser.parse_args())
    print(torture(arguments.pop("rounds"), arguments.pop("seed"), **arguments))
