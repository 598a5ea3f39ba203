"""Adding lexicons to a glossary, and removing them.

Each lies in a file of its own in the folder `NAME.lexicons` beside `NAME.db`, so the glossary does not grow by what is
looked up and never shown. Which of them are in force, with version, licence, digest and priority, is written in the
glossary (table `settings`, key `lexicons`): that row is the one thing a change commits. A file no row names is rubbish
of a run that died, and is removed by the next change.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import GlossaryError
from .jamdict import Jmdict, Jmnedict
from .registry import Listed, folder_of, glossary_at, is_there, register, registered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_PROGRESS_EVERY = 10_000
_DIED_AFTER = 24 * 3600
"""Seconds without a write after which a half-written file belongs to a run that died."""


def add(
    db_path: Path,
    file: Path,
    *,
    pages: Path | None = None,
    name: str | None = None,
    priority: int | None = None,
    licence: str | None = None,
    version: str | None = None,
    form: str | None = None,
    progress: Callable[[int], None] = lambda count: None,
) -> tuple[Listed, str]:
    """Add a dictionary or word list; what became of it: "added", "replaced", "changed" (its description), "unchanged".

    A lexicon of the same name is replaced; the same file again changes at most what is said of it. `form`: a key of
    `formats.detect.priorities()`, found out if None. `progress` is told the records read so far. The glossary is made
    if there is none. Raises GlossaryError, and changes nothing, if the file cannot be read, is in no known format or
    is empty.
    """
    from .formats.detect import detect, priorities
    from .formats.files import digest

    form = form or detect(file)
    pages = _page_dump(file, pages) if form == "wikipedia" else None
    sha256 = digest((file, pages) if pages else (file,))
    said: dict[str, Any] = {"name": name, "version": version, "licence": licence, "priority": priority}
    said = {key: value for key, value in said.items() if value is not None}
    folder = folder_of(db_path)
    if is_there(db_path):
        with glossary_at(db_path, create=False) as db:
            same = next((old for old in registered(db) if old.sha256 == sha256 and old.format == form), None)
            if same is not None and (folder / same.file).exists():
                return _describe(db, same, said)
    temporary = _temporary(folder)
    try:
        about, count = _write(temporary, file, form, pages, progress)
        listed = Listed(
            name=said.get("name") or about.name,
            version=said.get("version") or about.version,
            licence=said.get("licence") or about.licence,
            entries=count,
            priority=said.get("priority", priorities()[form]),
            sha256=sha256,
            format=form,
            file="",
        )
        return _publish(db_path, temporary, listed)
    finally:
        temporary.unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()  # only if nothing is in it


def remove(db_path: Path, name: str) -> Listed:
    """Take a lexicon off. Raises GlossaryError if the glossary has none of that name."""
    with glossary_at(db_path, create=False) as db:
        from ..store.connection import transaction

        with transaction(db):
            known = registered(db)
            gone = next((old for old in known if old.name == name), None)
            if gone is None:
                raise GlossaryError(_not_found(name, known))
            register(db, [old for old in known if old is not gone])
        _tidy(db, db_path)
    return gone


def _page_dump(langlinks: Path, pages: Path | None) -> Path:
    from .formats.wikipedia import page_dump_beside

    return pages or page_dump_beside(langlinks)


def _write(
    temporary: Path, file: Path, form: str, pages: Path | None, progress: Callable[[int], None]
) -> tuple[Any, int]:
    from .formats.detect import records
    from .formats.record import About
    from .wordlist import write_word_list

    about = About()

    def counted() -> Iterator[Any]:
        for number, record in enumerate(records(file, form, pages, about), 1):
            if number % _PROGRESS_EVERY == 0:
                progress(number)
            yield record

    count = write_word_list(temporary, counted())
    if not count:
        raise GlossaryError(f"{file}: no entry with both a Japanese and an English side was found: check --format")
    return about, count


def _publish(db_path: Path, temporary: Path, listed: Listed) -> tuple[Listed, str]:
    """Move the finished file into place, then record it: the record is what counts."""
    from ..store.connection import transaction
    from ..store.settings import now

    listed = replace(listed, file=_file_name(listed), added=now())
    with glossary_at(db_path) as db:
        # Within the transaction no other run tidies away a file that is not recorded yet.
        with transaction(db):
            temporary.replace(folder_of(db_path) / listed.file)
            known = registered(db)
            others = [old for old in known if old.name != listed.name]
            register(db, [*others, listed])
        _tidy(db, db_path)
    return listed, "replaced" if len(others) < len(known) else "added"


def _describe(db: Database, same: Listed, said: dict[str, Any]) -> tuple[Listed, str]:
    """The file is there already: change what is said of it, if that is to change."""
    from ..store.connection import transaction

    described = replace(same, **said)
    if described == same:
        return same, "unchanged"
    with transaction(db):
        known = registered(db)
        if described.name != same.name and any(old.name == described.name for old in known):
            raise GlossaryError(
                f"{described.name}: another lexicon has this name, and the file is there already as {same.name!r}:"
                f" remove one of them first"
            )
        register(db, [described if old.name == same.name else old for old in known])
    return described, "changed"


def _tidy(db: Database, db_path: Path) -> None:
    """Remove files that no lexicon in force has. One that is open elsewhere (Windows) waits for the next change."""
    from ..store.connection import transaction

    folder = folder_of(db_path)
    with transaction(db):
        wanted = {listed.file for listed in registered(db)}
        died = time.time() - _DIED_AFTER
        for path in folder.glob("*"):
            half_written = path.suffix == ".part"
            with suppress(OSError):
                if path.name not in wanted and (not half_written or path.stat().st_mtime < died):
                    path.unlink()
        with suppress(OSError):
            folder.rmdir()  # only if nothing is in it


def _temporary(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder / f".adding-{uuid.uuid4().hex}.part"


def _file_name(listed: Listed) -> str:
    name = re.sub(r"[^\w-]+", "-", listed.name).strip("-")[:40]
    return f"{name or 'lexicon'}-{listed.sha256[:12]}.db"


def _not_found(name: str, known: Sequence[Listed]) -> str:
    if name in (Jmdict.name, Jmnedict.name):
        return f"{name}: the embedded dictionary cannot be removed: add your own under this name to stand in for it"
    names = ", ".join(listed.name for listed in known) or "none"
    return f"{name}: no such lexicon (added: {names}): see `glossary lexicon list`"
