"""Opening several glossaries to read, the highest first, and asking which concepts of the lower ones are hidden.

Everything here reads the databases through SQL alone, so that a lookup in several glossaries is as quick to start as
one in a single glossary.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import GlossaryError
from ..uses.reading import open_for_reading

if TYPE_CHECKING:
    from .precedence import Face, Pair

_BATCH = 5_000
_CONCEPTS_WITH = """select distinct concept.id, concept.kind, concept.en
    from json_each(?) as asked
    join search_key on search_key.key = asked.value
    join concept on concept.id = search_key.concept
    where concept.shown = 1"""
_TERMS_OF = "select concept, language, term from term where concept in (select value from json_each(?))"
# As decisions.replaying does: a rejection holds for its pairs, wherever they turn up, until one is approved or added.
_REJECTIONS = """select action, selector, after from decision
    where state <> 'undone' and action in ('reject', 'approve', 'add') order by at, decision_id"""


class Layer(NamedTuple):
    """One of several glossaries that lie over each other."""

    path: Path
    name: str
    """What answers say they come from."""


Glossaries = Layer | str | PathLike[str] | Sequence[Layer | str | PathLike[str]]
"""One glossary, or several, the highest first."""


def as_layers(given: Glossaries) -> tuple[Layer, ...]:
    """The layers of what a caller gives; one without a name is called like its file.

    Raises GlossaryError where there is none, or two have one name.
    """
    several: Sequence[Layer | str | PathLike[str]] = [given] if isinstance(given, (Layer, str, PathLike)) else given
    layers = tuple(one if isinstance(one, Layer) else Layer(Path(fspath(one)), Path(one).stem) for one in several)
    if not layers:
        raise GlossaryError("no glossary: give at least one")
    names = [layer.name for layer in layers]
    for name in names:
        if names.count(name) > 1:
            raise GlossaryError(f"{name}: two glossaries that lie over each other have this name: give each its own")
    return layers


class Stack:
    """Open glossaries, the highest first. Close it, or use it in a `with` statement.

    Raises GlossaryError as glossary.store.open_glossary does.
    """

    def __init__(self, given: Glossaries) -> None:
        self.layers = as_layers(given)
        self._open = ExitStack()
        self._rejected: dict[int, frozenset[Pair]] = {}
        try:
            self.connections = [self._open.enter_context(open_for_reading(layer.path)) for layer in self.layers]
        except BaseException:
            self._open.close()
            raise

    def __enter__(self) -> Stack:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all databases."""
        self._open.close()

    def __len__(self) -> int:
        return len(self.layers)

    def hidden(self, number: int, concepts: Sequence[tuple[Face, Pair | None]]) -> list[bool]:
        """Which of these concepts (face, normalized preferred pair) of layer `number` a higher one hides or rejects."""
        from .precedence import is_refused, takes_place

        verdicts = [False] * len(concepts)
        for upper in range(number):
            open_ones = [k for k, hidden in enumerate(verdicts) if not hidden]
            for start in range(0, len(open_ones), _BATCH):
                batch = open_ones[start : start + _BATCH]
                above = self._faces_with(upper, {term for k in batch for term in concepts[k][0].ja})
                rejected = self.rejected(upper)
                for k in batch:
                    lower, preferred = concepts[k]
                    rivals = {id(found): found for term in lower.ja for found in above.get(term, ())}
                    verdicts[k] = is_refused(lower, preferred, rejected) or any(
                        takes_place(rival, lower) for rival in rivals.values()
                    )
        return verdicts

    def rejected(self, number: int) -> frozenset[Pair]:
        """The pairs that people rejected in layer `number`, wherever they turn up."""
        if number not in self._rejected:
            self._rejected[number] = frozenset(_rejected_pairs(self.connections[number]))
        return self._rejected[number]

    def _faces_with(self, number: int, terms: Iterable[str]) -> dict[str, list[Face]]:
        """The faces of the shown concepts of a layer that have one of these Japanese terms (normalized), by term."""
        db = self.connections[number]
        rows = list(db.execute(_CONCEPTS_WITH, [json.dumps(sorted(terms), ensure_ascii=False)]))
        found: dict[str, list[Face]] = {}
        for one in faces(db, rows):
            for term in one.ja:
                found.setdefault(term, []).append(one)
        return found


def faces(db: sqlite3.Connection, concepts: Sequence[tuple[int, str, str | None]]) -> Iterator[Face]:
    """The faces of concepts given as (`concept.id`, kind, preferred English term), in this order."""
    from .precedence import face

    terms: dict[int, list[tuple[str, str]]] = {}
    for concept, language, term in db.execute(_TERMS_OF, [json.dumps([number for number, _, _ in concepts])]):
        terms.setdefault(concept, []).append((language, term))
    for number, kind, english in concepts:
        yield face(kind, english, terms.get(number, ()))


def _rejected_pairs(db: sqlite3.Connection) -> set[Pair]:
    rejected: set[Pair] = set()
    for action, selector, after in db.execute(_REJECTIONS):
        said = json.loads(after)
        pairs = {(ja, en) for ja, en in said.get("pairs") or ()}
        if action == "reject" and not said.get("document"):
            rejected |= pairs
        elif action == "approve":
            rejected -= pairs
        elif action == "add" and said.get("ja") and said.get("en"):
            about = json.loads(selector)
            rejected.discard((about["ja"], about["en"]))
    return rejected
