"""A database on a network drive is warned of."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import pytest

from glossary.store.mounts import network_file_system, network_warning

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/ann/disk ext4 rw 0 0
//nas/our\\040share /mnt/our\\040share cifs rw 0 0
ann@far: /mnt/far fuse.sshfs rw 0 0
/dev/sdc1 /mnt/local ext4 rw 0 0
server:/x /mnt/local nfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", None),
        ("/tmp/glossary.db", None),
        ("/home/ann/glossary.db", "nfs4"),
        ("/home/ann/disk/glossary.db", None),
        ("/homes/glossary.db", None),
        ("/mnt/our share/glossary.db", "cifs"),
        ("/mnt/far/glossary.db", "fuse.sshfs"),
        ("/mnt/local/glossary.db", "nfs"),
    ],
)
def test_the_file_system_of_a_path(path, kind):
    assert network_file_system(PurePosixPath(path), MOUNTS) == kind


def test_the_warning_names_path_and_kind(monkeypatch, tmp_path):
    table = tmp_path / "mounts"
    table.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr("glossary.store.mounts._MOUNTS", table)
    warning = network_warning(tmp_path / "glossary.db")
    assert warning is not None
    assert warning.startswith(f"{tmp_path / 'glossary.db'} lies on a network drive (nfs4)")
    monkeypatch.setattr("glossary.store.mounts._MOUNTS", tmp_path / "none")
    assert network_warning(tmp_path / "glossary.db") is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/self/mounts")
def test_the_mount_table_of_this_machine_is_read():
    network_warning(Path.cwd() / "glossary.db")
    assert network_file_system(PurePosixPath("/proc/self"), Path("/proc/self/mounts").read_text()) is None
