"""A short run of tests/benchmarks/torture.py."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_nothing_is_lost_when_processes_are_killed(tmp_path):
    from torture import torture

    figures = torture(12, seed=7, every=12, folder=tmp_path)
    assert figures.rounds == 12
    assert figures.aimed_at > 3
    assert figures.decisions > 3
    assert figures.rebuilt == 1
