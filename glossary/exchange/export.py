"""Writing a glossary for another tool: to a temporary file that is moved into place when it is whole."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ..errors import GlossaryError
from ..records import Language
from ..uses.progress import Progress
from .entry import Entry
from .notices import licence_notices
from .registry import About, Format
from .selection import Selection, count_entries, entries, most_terms

LICENCE_SUFFIX = ".licences.txt"


def export_file(
    db: sqlite3.Connection,
    path: Path,
    form: Format,
    selection: Selection,
    *,
    direction: str = "ja-en",
    text: str | None = None,
    progress: Progress | None = None,
) -> About:
    """Write the selected concepts to `path` (`-` is standard output); what was written and what left out.

    `text`: in the source language; only concepts with a term that stands in it are taken.

    A format without a place for licence notices gets a file of them beside it (`FILE.licences.txt`). Raises
    GlossaryError where nothing can be as selected (see `Selection.check`) and where the file cannot be written.
    """
    selection.check()
    occurring = None if text is None else terms_in(db, text, "ja" if direction == "ja-en" else "en")
    if occurring is not None:
        selection = replace(selection, concept_ids=tuple(occurring))
    about = About(
        title="glossary" if str(path) == "-" else path.stem,
        direction=direction,
        notices=licence_notices(db),
        modified=_modified(db),
        most_terms=most_terms(db),
        occurring=occurring,
        ending=path.suffix.lower(),
    )
    found = entries(db, selection, contexts=form.contexts, everything=form.everything, best_first=form.best_first)
    counted = _counted(found, about, progress, count_entries(db, selection) if progress else 0)
    write = form.writer()
    if str(path) == "-":
        write(counted, sys.stdout.buffer, about)
        sys.stdout.buffer.flush()
        return about
    with replacing(path) as out:
        write(counted, out, about)
    if about.notices and not form.notices:
        with replacing(path.with_name(path.name + LICENCE_SUFFIX)) as out:
            out.write("".join(f"{notice}\n" for notice in about.notices).encode())
    return about


def terms_in(db: sqlite3.Connection, text: str, language: Language) -> dict[str, str]:
    """concept_id and term (as the glossary writes it) of what stands in a text, in its order."""
    from ..matching import Matcher

    path = Path(db.execute("pragma database_list").fetchone()[2])
    with Matcher(path) as matcher:
        found = matcher.matches(text, language)
    terms: dict[str, str] = {}
    for match in found:
        terms.setdefault(match.known.concept_id, match.term.term)
    return terms


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` at the end, with its permissions; on any error `path` stays as it was.

    Raises GlossaryError if it cannot be written.
    """
    name = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as error:
        _remove(name)
        raise GlossaryError(
            f"{path}: cannot be written ({error.strerror or error}): name a file in a folder that you may write to"
        ) from error
    except BaseException:
        _remove(name)
        raise


def _remove(name: str | None) -> None:
    if name is not None:
        with suppress(OSError):
            os.unlink(name)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _counted(found: Iterator[Entry], about: About, progress: Progress | None, total: int) -> Iterator[Entry]:
    for number, entry in enumerate(found, 1):
        about.written = number
        if progress is not None:
            progress("writing", number, total)
        yield entry


def _modified(db: sqlite3.Connection) -> str:
    return str(db.execute("select max(modified) from glossary").fetchone()[0] or "")
