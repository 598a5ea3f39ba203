"""Ctrl-C is Ctrl-C, also inside of a function that SQLite calls."""

from __future__ import annotations

import os
import signal
import sqlite3

import pytest

from glossary.uses.interrupts import heard, interruptible


def test_ctrl_c_in_a_function_is_told_as_such() -> None:
    db = sqlite3.connect(":memory:")
    db.create_function("press", 0, heard(lambda: os.kill(os.getpid(), signal.SIGINT)))
    with pytest.raises(KeyboardInterrupt), interruptible():
        db.execute("select press()").fetchone()


def test_a_fault_in_a_function_stays_an_error() -> None:
    db = sqlite3.connect(":memory:")
    db.create_function("fail", 0, heard(lambda: 1 / 0))
    with pytest.raises(sqlite3.OperationalError, match="user-defined function"), interruptible():
        db.execute("select fail()").fetchone()


def test_one_ctrl_c_does_not_make_later_errors_its_own() -> None:
    test_ctrl_c_in_a_function_is_told_as_such()
    test_a_fault_in_a_function_stays_an_error()
