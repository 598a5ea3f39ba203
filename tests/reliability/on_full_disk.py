"""Run commands on a disk that is full: a file system of its own in a name space of its own, without root's rights.

Usage: unshare --user --map-root-user --mount python on_full_disk.py DISK GLOSSARY_FOLDER INPUT_FOLDER ROOM...

For each ROOM (bytes that are left) and each command: the glossary is copied to the disk, the disk filled, the command
run, room made and the command run again. Prints a JSON list of what happened.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

sys.path.append(str(Path(__file__).parent))

from public_rows import content

from glossary.cli import cli
from glossary.decisions import journal_path
from glossary.decisions.journal import read_journal
from glossary.doctor.examine import examine
from glossary.store import open_glossary

MEGABYTES = 6


def run(disk: Path, command: list[str], room: int) -> dict[str, object]:
    """What a command does on a disk with so much room, and then on one with enough."""
    path = disk / "glossary.db"
    before, listed = content(path), set(os.listdir(disk))
    filler = disk / "filler"
    _fill(filler, room)
    full = _invoke(path, command)
    left = set(os.listdir(disk)) - {"filler"}
    filler.unlink()
    same, sound = content(path) == before, _sound(path)
    again = _invoke(path, command) if full["code"] else None
    found = [str(finding) for finding in examine(path)]
    return {"full": full, "left": sorted(left - listed), "same": same, "sound": sound, "again": again, "found": found}


def _fill(filler: Path, room: int) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 16))
        except OSError:
            pass
        try:
            while True:
                file.write(bytes(1 << 12))
        except OSError:
            pass
        file.truncate(max(0, file.tell() - room))


def _invoke(path: Path, command: list[str]) -> dict[str, object]:
    result = CliRunner().invoke(cli, [*command, "--db", str(path)])
    odd = result.exception is not None and not isinstance(result.exception, SystemExit)
    return {"code": result.exit_code, "said": result.stderr, "odd": repr(result.exception) if odd else None}


def _sound(path: Path) -> bool:
    """Each decision is in the table and in the journal, or in neither."""
    with closing(open_glossary(path, readonly=True)) as db:
        stored = {row[0] for row in db.execute("select decision_id from decision")}
    written, faults = read_journal(journal_path(path))
    return stored == written.keys() and not faults


def main(disk: Path, made: Path, given: Path, rooms: list[int]) -> None:
    commands = [
        ["build", str(given / "articles")],
        ["decide", "subject", "c-cat", "zoology", "--actor", "ann", "--note", "長い説明。" * 1900],
        ["import", str(given / "terms.csv"), "--format", "table", "--actor", "ann"],
        ["decisions", "import", str(given / "theirs.jsonl"), "--actor", "ann"],
        ["export", str(disk / "terms.xlsx")],
        ["export", str(disk / "terms.tbx"), "--format", "tbx"],
        ["backup", str(disk / "copy.db")],
        ["remove", "news/cats"],
        ["precision", "0.9"],
        ["doctor", "--repair"],
    ]
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(disk)], check=True)
    happened = []
    for room in rooms:
        for command in commands:
            for file in disk.iterdir():
                file.unlink()
            for file in made.iterdir():
                shutil.copy(file, disk)
            happened.append({"room": room, "command": command[0], **run(disk, command, room)})
    print(json.dumps(happened))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), [int(room) for room in sys.argv[4:]])
