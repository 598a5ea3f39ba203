"""The glossary of the sample articles, built once for all tests of a run, and the command line as users run it."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLES = CHECKOUT / "db" / "samples"
_SCRIPT = "import sys; from glossary.cli import main; sys.exit(main())"
_SHIM = f"""#!/bin/sh
exec '{sys.executable}' -c '{_SCRIPT}' "$@"
"""


def environment() -> dict[str, str]:
    """Of a process that runs the glossary of this checkout, whatever is installed."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GLOSSARY_")}
    known = variables.get("PYTHONPATH")
    variables["PYTHONPATH"] = os.pathsep.join([str(CHECKOUT), *([known] if known else [])])
    return variables


def command(*arguments: str | Path) -> list[str]:
    """`glossary ARGUMENTS...`, for subprocess."""
    return [sys.executable, "-c", _SCRIPT, *map(str, arguments)]


def glossary(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `glossary ARGUMENTS...` in `folder`; output as text."""
    return subprocess.run(
        command(*arguments), cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False
    )


def bash(script: str, folder: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A script of a document, run in `folder`; it ends with its first failure. `variables`: of the environment."""
    return subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", script],
        cwd=folder,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copy_samples(names: list[str], folder: Path) -> Path:
    """A folder with the sample articles of these names, both sides."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        for path in SAMPLES.glob(f"{name}.*.txt"):
            shutil.copy(path, folder)
    return folder


@cache
def clone() -> Path:
    """A folder as a user has it after cloning and installing, with `db/glossary.db` built from the samples.

    `glossary`, `.venv/bin/glossary` and `python3` run this checkout's code; see `path_of_clone`.
    """
    folder = Path(tempfile.mkdtemp(prefix="glossary-clone-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    for name in ("samples", "queries"):
        shutil.copytree(CHECKOUT / "db" / name, folder / "db" / name)
    shim = folder / ".venv" / "bin" / "glossary"
    shim.parent.mkdir(parents=True)
    shim.write_text(_SHIM, encoding="utf-8")
    shim.chmod(0o755)
    built = glossary("build", "db/samples", folder=folder)
    assert built.returncode == 0, built.stderr
    return folder


def sample_glossary() -> Path:
    """The database; not to be changed."""
    return clone() / "db" / "glossary.db"
