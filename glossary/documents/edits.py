"""Edits in sequence: each step's changes are folded into one log whose offsets count the newest text.

So a text may go through any number of steps, and the log still leads from the last text back to the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from glossary.records import Repair


class Edit(NamedTuple):
    """`text[start:end]` becomes `after`; `start < end`, characters of the text the step was given."""

    start: int
    end: int
    after: str


def apply_edits(text: str, log: Sequence[Repair], edits: Iterable[Edit], kind: str) -> tuple[str, tuple[Repair, ...]]:
    """`text` with `edits` (ascending, disjoint) made, and `log` (offsets in `text`) carried over to the new text.

    Where an edit touches a stretch that was repaired before, both become one repair of their union, of the kinds
    `first+second`; a repair that has come back to what stood there first leaves the log.
    """
    pieces: list[str] = []
    repairs: list[Repair] = []
    done = length = 0
    for start, end, old, new in _clusters(log, edits):
        pieces.append(text[done:start])
        length += start - done
        before = _replaced(text, start, end, ((r.start, r.end, r.before) for r in old))
        after = _replaced(text, start, end, new)
        if before != after:
            kinds = dict.fromkeys(k for r in old for k in r.kind.split("+"))
            if new:
                kinds[kind] = None
            repairs.append(Repair("+".join(kinds), length, length + len(after), before, after))
        pieces.append(after)
        length += len(after)
        done = end
    pieces.append(text[done:])
    return "".join(pieces), tuple(repairs)


def restore(text: str, repairs: Iterable[Repair]) -> str:
    """The text as it was before `repairs`, which count the characters of `text` and ascend."""
    return _replaced(text, 0, len(text), ((r.start, r.end, r.before) for r in repairs))


def carried(offsets: Iterable[int], repairs: Iterable[Repair]) -> list[int]:
    """Where the characters at `offsets` (ascending) of the text before `repairs` are in the text after them.

    An offset inside a stretch that was repaired becomes the end of that stretch.
    """
    moved: list[int] = []
    log = iter(repairs)
    repair = next(log, None)
    shift = 0  # of what follows the repairs that have been passed
    for offset in offsets:
        while repair is not None and repair.start - shift + len(repair.before) <= offset:
            shift += len(repair.after) - len(repair.before)
            repair = next(log, None)
        is_inside = repair is not None and repair.start - shift < offset
        moved.append(repair.end if repair is not None and is_inside else offset + shift)
    return moved


def _replaced(text: str, start: int, end: int, changes: Iterable[tuple[int, int, str]]) -> str:
    """`text[start:end]` with each of the stretches inside it exchanged for its string."""
    pieces: list[str] = []
    for left, right, other in changes:
        pieces += (text[start:left], other)
        start = right
    pieces.append(text[start:end])
    return "".join(pieces)


_Cluster = tuple[int, int, list[Repair], list[Edit]]


def _clusters(log: Sequence[Repair], edits: Iterable[Edit]) -> Iterator[_Cluster]:
    """Old repairs and new edits, grouped where they overlap; a removal at the edge of an edit stays by itself."""
    cluster: _Cluster | None = None
    items: list[Repair | Edit] = [*log, *edits]
    for item in sorted(items, key=lambda item: (item.start, item.end)):
        if cluster is None or item.start >= cluster[1]:
            if cluster is not None:
                yield cluster
            cluster = (item.start, item.end, [], [])
        else:
            cluster = (cluster[0], max(cluster[1], item.end), cluster[2], cluster[3])
        if isinstance(item, Repair):
            cluster[2].append(item)
        else:
            cluster[3].append(item)
    if cluster is not None:
        yield cluster
