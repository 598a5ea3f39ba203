"""What a terminal gets: colour and line breaks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from glossary.uses.terminal import text_width

pty = pytest.importorskip("pty")

SCRIPT = "import sys; from glossary.cli import main; sys.exit(main())"


def on_terminal(*arguments: str, **environment: str) -> str:
    """What the command writes to a terminal."""
    terminal, end = pty.openpty()
    command = [sys.executable, "-c", SCRIPT, *arguments]
    process = subprocess.Popen(command, stdout=end, stderr=end, env=os.environ | environment)
    os.close(end)
    written = b""
    try:
        while chunk := os.read(terminal, 65536):
            written += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(terminal)
    assert process.wait(timeout=20) == 0
    return written.decode("utf-8").replace("\r\n", "\n")


def test_terms_are_coloured_and_lines_fit(glossary_path: Path) -> None:
    text = on_terminal("lookup", "米国", "--db", str(glossary_path), COLUMNS="40", NO_COLOR="")
    assert "\x1b[1;36m米国\x1b[0m" not in text
    text = on_terminal("lookup", "米国", "--db", str(glossary_path), COLUMNS="40")
    assert "\x1b[1;36m米国 = United States\x1b[0m\n" in text
    assert "    \x1b[1;36m米国\x1b[0mの" in text
    lines = re.sub(r"\x1b\[[\d;]*m", "", text).split("\n")
    assert max(map(text_width, lines)) <= 40
    assert len(lines) > 15


def test_no_colour_where_a_person_wants_none(glossary_path: Path) -> None:
    text = on_terminal("lookup", "米国", "--db", str(glossary_path), NO_COLOR="1")
    assert text.startswith("米国 = United States\n")
    assert "**米国**" in text
    assert "\x1b" not in text
