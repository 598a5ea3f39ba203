"""Doing things in processes of their own, with few rights or little room."""

from __future__ import annotations

import os
import pickle
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

NOBODY = 65534


def in_child(action: Callable[[], Any], *, unprivileged: bool = False, largest_file: int | None = None) -> Any:
    """The result of `action` in a forked process; what it raises is raised here.

    `unprivileged`: not as root, whom no permission stops. `largest_file`: in bytes; to write beyond it fails as on a
    full disk.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            if largest_file is not None:
                import resource

                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
            if unprivileged and os.geteuid() == 0:
                os.setuid(NOBODY)
            result = (True, action())
        except BaseException as error:
            result = (False, (type(error).__name__, str(error), traceback.format_exc()))
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(result, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        fine, value = pickle.load(pipe)
    os.waitpid(child, 0)
    if not fine:
        raise AssertionError(value[2])
    return value


def open_to_all(folder: Path) -> Path:
    """A folder that a process without rights can reach, too; the caller removes it."""
    import tempfile

    place = Path(tempfile.mkdtemp(prefix="glossary-rights-"))
    place.chmod(0o777)
    for file in folder.iterdir():
        shutil.copy(file, place)
        (place / file.name).chmod(0o666)
    return place
