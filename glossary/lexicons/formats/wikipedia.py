"""Wikipedia's interlanguage links: the dumps langlinks.sql and page.sql of the Japanese or the English Wikipedia.

https://www.mediawiki.org/wiki/Manual:Langlinks_table, .../Manual:Page_table: a link leads from a page's number to a
title of the other Wikipedia. Both files are MySQL INSERT statements, several gigabytes for the English Wikipedia.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ...errors import GlossaryError
from .files import open_text
from .record import About, Record, Records, Sense

_TUPLE = re.compile(r"\((?:[^'()]|'(?:[^'\\]|\\.|'')*')*\)")
_VALUE = re.compile(r"'((?:[^'\\]|\\.|'')*)'|([^,'()\s]+)")
_ESCAPE = re.compile(r"\\(.)|''")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_COLUMN = re.compile(r"\s*`(\w+)`\s")
_WIKI = re.compile(r"(ja|en)wiki-(\d{8}|latest)")
_DISAMBIGUATION = re.compile(r"\s*[(（][^()（）]*[)）]$")
_LICENCE = "CC BY-SA 4.0, Wikipedia (https://foundation.wikimedia.org/wiki/Terms_of_Use)"


def page_dump_beside(langlinks: Path) -> Path:
    """The page dump of a langlinks dump: the same name with `page`. Raises GlossaryError if it is not there."""
    found = langlinks.with_name(langlinks.name.replace("langlinks", "page"))
    for path in (found, found.with_suffix("") if found.suffix == ".gz" else found.with_name(found.name + ".gz")):
        if path != langlinks and path.exists():
            return path
    raise GlossaryError(f"{langlinks}: the page dump {found.name} does not lie beside it: name it with --pages")


def read(langlinks: Path, pages: Path, about: About) -> Records:
    """Titles of articles linked between the Japanese and the English Wikipedia, without "(disambiguation)".

    Links wait in a temporary SQLite table while pages go by. Raises GlossaryError if a file is not the dump it should
    be.
    """
    about.name, about.licence = "Wikipedia", _LICENCE
    if match := _WIKI.search(langlinks.name):
        about.version = match[2]
    waiting = sqlite3.connect("")  # a temporary file, which SQLite removes
    try:
        waiting.execute("create table link (page integer, language text, title text)")
        links = rows(langlinks, "langlinks", ("ll_from", "ll_lang", "ll_title"))
        waiting.executemany("insert into link values (?, ?, ?)", (row for row in links if row[1] in ("ja", "en")))
        waiting.execute("create index link_page on link (page)")
        languages = {language for (language,) in waiting.execute("select distinct language from link")}
        if len(languages) != 1:
            what = "no links to" if not languages else "links to both"
            raise GlossaryError(f"{langlinks}: has {what} the English and Japanese Wikipedia: give jawiki or enwiki")
        to_english = languages == {"en"}
        for number, title in _articles(pages):
            for (other,) in waiting.execute("select title from link where page = ?", [number]):
                ja, en = (title, other) if to_english else (other, title)
                if record := _record(ja, en):
                    yield record
    finally:
        waiting.close()


def _articles(pages: Path) -> Iterator[tuple[str, str]]:
    columns = ("page_id", "page_namespace", "page_title", "page_is_redirect")
    for number, namespace, title, redirect in rows(pages, "page", columns):
        if namespace == "0" and redirect == "0":
            yield number, title


def _record(ja: str, en: str) -> Record | None:
    ja, en = (_DISAMBIGUATION.sub("", title.replace("_", " ")).strip() for title in (ja, en))
    if not ja or not en or "#" in ja or "#" in en:
        return None
    return Record((ja,), (), (Sense((en,)),))


def rows(path: Path, table: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`columns` of every row of a MySQL dump of `table`, as text, one INSERT line in memory at a time.

    The order of columns is read from CREATE TABLE. Raises GlossaryError if the dump is not of that table.
    """
    order: list[str] = []
    inserts = f"INSERT INTO `{table}` VALUES "
    creating = found = False
    # Titles are bytes to MySQL, cut at 255: the last character of one may be broken.
    with open_text(path, "utf-8") as file:
        file.reconfigure(errors="replace")
        for line in file:
            if line.startswith(f"CREATE TABLE `{table}`"):
                creating = True
            elif creating:
                creating = not line.startswith(")")
                if match := _COLUMN.match(line):
                    order.append(match[1])
            elif line.startswith(inserts):
                found = True
                try:
                    places = [order.index(column) for column in columns]
                except ValueError:
                    raise GlossaryError(f"{path}: the table {table} lacks one of {', '.join(columns)}") from None
                for match in _TUPLE.finditer(line, len(inserts)):
                    values = [_unescaped(value) for value in _VALUE.finditer(match[0])]
                    if len(values) == len(order):
                        yield tuple(values[place] for place in places)
    if not found:
        raise GlossaryError(f"{path}: holds no rows of the table {table}: give the dump named {table}.sql")


def _unescaped(match: re.Match[str]) -> str:
    text = match[1]
    if text is None:
        return match[2]
    if "\\" not in text and "'" not in text:
        return text
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m[1], m[1]) if m[1] else "'", text)
