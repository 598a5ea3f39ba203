"""Which file systems a database should not lie on."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = re.compile(r"nfs\d?|cifs|smb\w*|afs|ncpfs|9p|fuse\.(?:sshfs|rclone|s3fs|gcsfuse|davfs2?|glusterfs)|davfs2?"
                      r"|glusterfs|ceph|lustre|beegfs|drvfs")  # fmt: skip


def network_file_system(path: PurePosixPath, mounts: str) -> str | None:
    """Type of the file system that an absolute path lies on, if it is one of the network; `mounts` as in /proc/mounts.

    The longest mount point above the path counts, of equal ones the last (it hides the others).
    """
    kind, longest = "", -1
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        # Blanks and the like are written as octal numbers.
        point = PurePosixPath(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1]))
        if (path == point or point in path.parents) and len(point.parts) >= longest:
            kind, longest = fields[2], len(point.parts)
    return kind if _NETWORK.fullmatch(kind) else None


def network_warning(path: Path) -> str | None:
    """A line of warning if the database at `path` lies on a network drive; None if not, or where nobody can tell."""
    try:
        kind = network_file_system(PurePosixPath(path.resolve()), _MOUNTS.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None
    if kind is None:
        return None
    return (
        f"{path} lies on a network drive ({kind}), whose locks SQLite cannot rely on: let one program at a time write"
        " to it, or keep it on a local disk"
    )
