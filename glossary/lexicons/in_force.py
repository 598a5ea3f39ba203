"""The lexicons in force for a glossary: those added to it, then the embedded ones that none of them stands in for."""

from __future__ import annotations

from pathlib import Path

from .entry import Lexicon
from .jamdict import Jmdict, Jmnedict, Kanjidic, embedded_path
from .knowledge import Knowledge
from .registry import Listed, folder_of, glossary_at, is_there, registered


def listing(db_path: Path | None) -> list[Listed]:
    """The lexicons that the next build will ask, in that order: added ones, then embedded ones not stood in for."""
    added = added_lexicons(db_path)
    return [*added, *_embedded_listing({listed.name for listed in added})]


def added_lexicons(db_path: Path | None) -> list[Listed]:
    """The lexicons recorded in a glossary, by priority and then by name; none if there is no glossary yet."""
    if db_path is None or not is_there(db_path):
        return []
    with glossary_at(db_path, create=False, readonly=True) as db:
        return registered(db)


def knowledge_for(db_path: Path | None) -> Knowledge:
    """The lexicons in force for a glossary, in order of priority: added ones, then the embedded ones.

    A user's own JMdict or JMnedict (by name) stands in for the embedded one. Without jamdict-data and without added
    lexicons nothing is known, which is no error. Raises GlossaryError if the file of an added one is missing.
    """
    from .wordlist import WordList

    lexicons: list[Lexicon] = []
    added = added_lexicons(db_path)
    if db_path is not None:
        folder = folder_of(db_path)
        lexicons += [WordList(folder / one.file, one.name, one.version, one.licence, one.sha256) for one in added]
    path = embedded_path()
    if path is None:
        return Knowledge(lexicons)
    own = {one.name for one in added}
    lexicons += [lexicon(path) for lexicon in (Jmdict, Jmnedict) if lexicon.name not in own]
    return Knowledge(lexicons, Kanjidic(path))


def _embedded_listing(own: set[str]) -> list[Listed]:
    import sqlite3

    from .formats.files import digest

    path = embedded_path()
    if path is None:
        return []
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        counts = {
            lexicon: db.execute(f"select count(*) from {table}").fetchone()[0]
            for lexicon, table in ((Jmdict, "Entry"), (Jmnedict, "NEEntry"))
        }
    finally:
        db.close()
    sha256 = digest((path,))
    return [
        Listed(lexicon.name, lexicon.version, lexicon.licence, count, 100, sha256, "jamdict", str(path), embedded=True)
        for lexicon, count in counts.items()
        if lexicon.name not in own
    ]
