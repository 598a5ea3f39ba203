"""Findings that people have looked at and accepted, kept in a file beside the translation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ..errors import GlossaryError
from .findings import RULES, Finding

_HELP = "a line is RULE, a tab, the Japanese, a tab, the English (* stands for anything), or a fingerprint"
_FINGERPRINT = 12


@dataclass(frozen=True, slots=True)
class Suppressions:
    """Which findings to leave out."""

    fingerprints: frozenset[str] = frozenset()
    patterns: tuple[tuple[str, str, str], ...] = ()
    """(rule, Japanese, English), each with * and ? as in file names."""

    def covers(self, finding: Finding) -> bool:
        """Whether somebody has accepted this finding."""
        if finding.fingerprint in self.fingerprints:
            return True
        values = (finding.rule, finding.ja_text or "", finding.en_text or "")
        return any(all(map(fnmatchcase, values, pattern)) for pattern in self.patterns)


def read_suppressions(path: Path) -> Suppressions:
    """The suppressions of a file: fingerprints (as reports show them), or rule, Japanese and English between tabs.

    Empty lines and what follows # at the start of a line are comments. Raises GlossaryError for a line that is neither
    and for a file that cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise GlossaryError(f"{path}: the suppressions cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise GlossaryError(f"{path}: the suppressions are not in UTF-8: save the file as UTF-8") from error
    return suppressions_of(lines, lambda number: f"{path}, line {number}")


def suppressions_of(lines: Iterable[str], place: Callable[[int], str]) -> Suppressions:
    """The suppressions of such lines; `place(number)`, from 1, is what an error calls a line."""
    fingerprints, patterns = set(), []
    for number, line in enumerate(lines, 1):
        line = line.rstrip()
        if not line or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) == 1 and len(line) == _FINGERPRINT and all(c in "0123456789abcdef" for c in line):
            fingerprints.add(line)
            continue
        rule, ja, en = (*parts, *["*"] * (3 - len(parts)))[:3]
        if len(parts) > 3 or rule not in (*RULES, "*"):
            raise GlossaryError(f"{place(number)}: {line!r} is no suppression: {_HELP}")
        patterns.append((rule, ja or "*", en or "*"))
    return Suppressions(frozenset(fingerprints), tuple(patterns))


def joined(several: Iterable[Suppressions]) -> Suppressions:
    """All of them as one."""
    every = list(several)
    return Suppressions(
        frozenset().union(*(one.fingerprints for one in every)), tuple(p for one in every for p in one.patterns)
    )


def as_suppression(finding: Finding) -> str:
    """The line that keeps this finding quiet."""
    return "\t".join((finding.rule, finding.ja_text or "", finding.en_text or ""))
