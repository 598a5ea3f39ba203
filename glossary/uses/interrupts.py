"""Ctrl-C inside of Python functions that SQLite calls: it would come out as an error of SQL, the reason forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
_heard = False


def heard(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """`function`, for SQLite to call within `interruptible`."""

    @wraps(function)
    def hearing(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
        try:
            return function(*arguments, **named)
        except KeyboardInterrupt:
            global _heard
            _heard = True
            raise

    return hearing


@contextmanager
def interruptible() -> Iterator[None]:
    """Raises KeyboardInterrupt where a statement failed since a function that it called was interrupted."""
    global _heard
    _heard = False
    try:
        yield
    except sqlite3.OperationalError as error:
        if _heard:
            raise KeyboardInterrupt from error
        raise
