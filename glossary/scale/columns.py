"""Records as Parquet holds them: nested columns named like the fields, so that any reader of Parquet understands them.

A record becomes a struct, a tuple a list (a span is a list of two numbers), None null.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ..records import Bitext, Concept, Document, Segment
from .units import Result, Unit

_HAS_NONE = (Union, types.UnionType)


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A row of a dataset: a bitext, or a document without counterpart, with all that was found in it."""

    bitext: Bitext | None
    document: Document | None
    segments: tuple[Segment, ...] = ()
    concepts: tuple[Concept, ...] = ()

    @classmethod
    def of(cls, unit: Unit, result: Result) -> ScoredUnit:
        """The row of a unit and its result."""
        segments, concepts = tuple(result[0]), tuple(result[1])
        if isinstance(unit, Bitext):
            return cls(unit, None, segments, concepts)
        return cls(None, unit, segments, concepts)

    def scored(self) -> tuple[Unit, Result]:
        """The unit and its result. Raises ValueError for a row without unit."""
        unit = self.bitext or self.document
        if unit is None:
            raise ValueError("a row has neither a bitext nor a document")
        return unit, (list(self.segments), list(self.concepts))


def schema(record: type) -> Any:
    """The Arrow schema of a record class."""
    import pyarrow

    return pyarrow.schema(list(_arrow(record)))


def plain(value: Any) -> Any:
    """A record as dictionaries and lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _fields(type(value))}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def restored(kind: Any, raw: Any) -> Any:
    """The record of class `kind` that `plain` made dictionaries of. Raises KeyError or TypeError if it is none."""
    if raw is None:
        return None
    if get_origin(kind) in _HAS_NONE:
        return restored(_without_none(kind), raw)
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return tuple(raw) if item in (int, float, str) else tuple(restored(item, one) for one in raw)
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: restored(field, raw[name]) for name, field in _fields(kind).items()})
    return raw


@cache
def _fields(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _without_none(kind: Any) -> Any:
    (one,) = (option for option in get_args(kind) if option is not types.NoneType)
    return one


def _arrow(kind: Any) -> Any:
    """The Arrow type of a Python type."""
    import pyarrow

    if get_origin(kind) in _HAS_NONE:
        return _arrow(_without_none(kind))
    if get_origin(kind) is tuple:
        return pyarrow.list_(_arrow(get_args(kind)[0]))
    if is_dataclass(kind):
        return pyarrow.struct([(name, _arrow(field)) for name, field in _fields(kind).items()])  # type: ignore[arg-type]
    if kind is str or get_origin(kind) is Literal:
        return pyarrow.string()
    return {int: pyarrow.int64(), float: pyarrow.float64()}[kind]
