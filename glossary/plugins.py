"""What other packages add, by entry points: a group for each registry, with errors that name the package.

A group's registry is beside what it registers: `documents.readers`, `lexicons.formats.detect`, `exchange.registry`,
`terms.evidence`.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from .errors import GlossaryError

_T = TypeVar("_T")


def extensions(group: str, wanted: type[_T]) -> tuple[_T, ...]:
    """What the entry points of `group` load, in the order of their names.

    Raises GlossaryError for one that cannot be loaded or loads something else than a `wanted`.
    """
    found = _loaded(group, tuple(sys.path))
    for point, loaded in found:
        if not isinstance(loaded, wanted):
            raise GlossaryError(
                f"{point.value}: the entry point {point.name} of {_package(point)} is not a"
                f" {wanted.__module__}.{wanted.__name__}: mend or uninstall that package"
            )
    return tuple(loaded for _, loaded in found if isinstance(loaded, wanted))


@cache
def _loaded(group: str, path: tuple[str, ...]) -> tuple[tuple[EntryPoint, object], ...]:
    points = sorted(entry_points(group=group), key=lambda point: (point.name, point.value))
    return tuple((point, _load(point)) for point in points)


def _load(point: EntryPoint) -> object:
    try:
        return point.load()
    except Exception as error:  # whatever the module of another package does
        raise GlossaryError(
            f"{point.value}: the entry point {point.name} of {_package(point)} cannot be loaded"
            f" ({type(error).__name__}: {error}): mend or uninstall that package"
        ) from error


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "another package"
