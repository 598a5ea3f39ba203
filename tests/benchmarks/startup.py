"""How long commands take to start, as multiples of what Python and Click alone take. Usage: startup.py [--runs N] DB

Yardsticks: `python -c 'import click'` for --help (at most 1.5 times), `python -c 'import click, sqlite3'` for lookup
and stats (at most 2 times). Each figure is the fastest of N runs, taken in turns so that all meet the same machine.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

SCRIPT = "import sys; from glossary.cli import main; sys.exit(main())"
CLICK, CLICK_AND_SQLITE = "import click", "import click, sqlite3"


def command(*arguments: str) -> list[str]:
    """The installed console script, or what such a script does where the package is not installed."""
    script = Path(sys.executable).with_name("glossary")
    return [str(script), *arguments] if script.exists() else [sys.executable, "-c", SCRIPT, *arguments]


def cases(db: str, term: str) -> list[tuple[str, list[str], str, float]]:
    """(name, command, yardstick, allowed multiple)."""
    return [
        ("glossary --help", command("--help"), CLICK, 1.5),
        ("glossary --version", command("--version"), CLICK, 1.5),
        ("glossary lookup", command("lookup", term, "--db", db), CLICK_AND_SQLITE, 2.0),
        ("glossary lookup --json", command("lookup", term, "--json", "--db", db), CLICK_AND_SQLITE, 2.0),
        ("glossary stats", command("stats", "--db", db), CLICK_AND_SQLITE, 2.0),
    ]


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return time.perf_counter() - start


def measure(commands: list[list[str]], runs: int) -> list[float]:
    """The fastest of `runs` runs of each command, in seconds."""
    rounds = [[seconds(arguments) for arguments in commands] for _ in range(runs)]
    return [min(times) for times in zip(*rounds, strict=True)]


def main() -> int:
    """Print the multiples; exit code 1 where one is above what is allowed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("db")
    parser.add_argument("--term", default="領土")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    chosen = cases(options.db, options.term)
    yardsticks = [CLICK, CLICK_AND_SQLITE]
    commands = [[sys.executable, "-c", code] for code in yardsticks] + [case[1] for case in chosen]
    times = measure(commands, options.runs)
    base = dict(zip(yardsticks, times, strict=False))
    for code, time_taken in base.items():
        print(f"{'python -c ' + repr(code):<36}{time_taken * 1000:7.1f} ms")
    late = 0
    for (name, _, yardstick, allowed), time_taken in zip(chosen, times[len(yardsticks) :], strict=True):
        ratio = time_taken / base[yardstick]
        late += ratio > allowed
        print(f"{name:<36}{time_taken * 1000:7.1f} ms{ratio:7.2f} times (at most {allowed})")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
