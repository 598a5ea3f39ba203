"""Commands on a disk that is really full (a small file system): one line, nothing lost, and afterwards all is well."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "on_full_disk.py"
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"]
ROOMS = (0, 8192, 40_960)
"""Bytes that are left: nothing, two pages, so many that a command gets to the middle of its work."""


def may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    probe = "d=$(mktemp -d) && mount -t tmpfs tmpfs $d && umount $d && rmdir $d"
    return subprocess.run([*UNSHARE, "sh", "-c", probe], capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def happened(made, tmp_path_factory):
    """Of each command and each room: what it said and left."""
    if not may_mount():
        pytest.skip("needs a system on which users may mount in a name space of their own")
    given = tmp_path_factory.mktemp("given")
    (given / "articles").mkdir()
    (given / "articles" / "tower.ja.txt").write_text("展望塔は金曜日に開業した。市長が祝辞を述べた。\n" * 40)
    (given / "articles" / "tower.en.txt").write_text("The lookout tower opened on Friday. The mayor spoke.\n" * 40)
    rows = "".join(f"語{n},word {n},{'説明' * 60}\n" for n in range(200))
    (given / "terms.csv").write_text(f"日本語,English,備考\n{rows}")
    (given / "theirs.jsonl").write_text(_theirs(made))
    disk = tmp_path_factory.mktemp("disk")
    command = [*UNSHARE, sys.executable, str(SCRIPT), str(disk), str(made.parent), str(given), *map(str, ROOMS)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def _theirs(made: Path) -> str:
    """A decision of another person, with a note that needs room."""
    line = made.with_name(f"{made.name}.decisions.jsonl").read_text(encoding="utf-8").splitlines()[0]
    other = json.loads(line) | {
        "decision_id": "01234567-89ab-4def-8123-456789abcdef",
        "action": "subject",
        "after": {"subject": "zoology"},
        "actor": "eve",
        "note": "長い説明。" * 1900,
    }
    return json.dumps(other, ensure_ascii=False) + "\n"


def test_commands_that_find_no_room_say_so_in_one_line(happened):
    refused = [one for one in happened if one["full"]["code"]]
    assert {one["command"] for one in refused} >= {"build", "decide", "import", "decisions", "export", "backup"}
    for one in refused:
        said = one["full"]["said"]
        assert one["full"]["odd"] is None, one
        assert (one["full"]["code"], said.count("\n")) == (1, 1), one
        assert "room" in said or "No space left" in said, one


def test_nothing_is_lost_and_nothing_half_written_stays(happened):
    for one in happened:
        assert one["sound"], one
        if one["full"]["code"]:
            assert one["same"], one
            allowed = {"glossary.db.work"} if one["command"] == "build" else set()
            assert set(one["left"]) <= allowed, one


def test_with_room_again_the_same_command_does_its_work(happened):
    for one in happened:
        assert one["again"] is None or one["again"]["code"] == 0, one
        assert one["found"] == [], one
