"""Which files a build reads, and what they are called. Nothing is opened here but folders."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from glossary.documents.fetch import is_url
from glossary.documents.intake import STANDARD_INPUT
from glossary.documents.readers import reader_for
from glossary.documents.remote import is_remote, remote_files
from glossary.errors import GlossaryError
from glossary.records import Language

_TAG = re.compile(r"(?P<base>.+)\.(?P<tag>ja|jp|jpn|en|eng)", re.IGNORECASE | re.DOTALL)
_ABOUT_THE_FOLDER = re.compile(
    r"(?i:readme)(?:[._-].*)?|(?:LICEN[CS]E|CHANGELOG|CHANGES|CONTRIBUTING|NOTICE|AUTHORS|COPYING|CODE_OF_CONDUCT"
    r"|SECURITY|HISTORY|INSTALL|CONTRIBUTORS|CITATION|DATACARD|TODO)(?:[._-].*)?|requirements\.txt|robots\.txt",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read."""

    path: Path
    name: str
    """Relative to its folder, POSIX separators, without language tag and ending."""
    tag: Language | None
    place: str
    """The folder the two sides of a bitext share; empty for files given directly, which pair by name alone."""
    explicit: bool
    """Named by the user: a fault in it refuses the whole build."""
    url: str = ""
    """Where it is fetched from instead of `path`."""

    @property
    def where(self) -> str:
        """As messages and the database call it."""
        return self.url or str(self.path)

    @property
    def is_standard_input(self) -> bool:
        return self.explicit and str(self.path) == STANDARD_INPUT


@dataclass(slots=True)
class Sources:
    """The files found, and what was passed over."""

    files: list[Source] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    ignored: int = 0


def collect(paths: Iterable[Path | str]) -> Sources:
    """The files of `paths` (files and folders), each once, in an order that the file system has no say in.

    "-" is the standard input, a string that begins with http:// or https:// is fetched when it is read; one that fsspec
    understands (s3://…) is a file, a folder or a pattern there. Raises GlossaryError for a path that does not exist and
    for a folder without any readable text.
    """
    found = Sources()
    paths = list(dict.fromkeys(paths))
    if not paths:
        raise GlossaryError("no file and no folder given: name at least one")
    elsewhere = [path for path in paths if is_url(path) or str(path) == STANDARD_INPUT]
    found.files += [_elsewhere(str(path)) for path in dict.fromkeys(map(str, elsewhere))]
    remote = [str(path) for path in paths if is_remote(path) and not Path(path).exists()]
    for address in remote:
        _collect_remote(address, found)
    given = [Path(path) for path in paths if path not in elsewhere and path not in remote]
    for path in given:
        if not path.exists():
            raise GlossaryError(f"{path} does not exist: check the path")
    explicit = {path.resolve(): path for path in given if not path.is_dir()}
    seen: set[Path] = set()
    for folder in (path for path in given if path.is_dir()):
        _collect_folder(folder, found, seen, frozenset(explicit))
    for real, path in explicit.items():
        if real not in seen:
            seen.add(real)
            name, tag = split_name(path.name)
            found.files.append(Source(path, name, tag, "", True))
    return found


def _elsewhere(path: str) -> Source:
    if path == STANDARD_INPUT:
        return Source(Path(path), "standard-input", None, "", True)
    parts = urlsplit(path)
    query = re.sub(r"[^\w.-]+", "-", f"-{unquote(parts.query)}") if parts.query else ""
    base = f"{parts.hostname}/{unquote(parts.path).strip('/')}".rstrip("/")
    last = base.rpartition("/")[2]
    has_ending = reader_for(Path(last)) is not None
    name, tag = split_name(base) if has_ending and "/" in base else (base, None)
    return Source(Path(last), name + query, tag, "", True, path)


def _collect_remote(address: str, found: Sources) -> None:
    """The readable files there, as in a folder."""
    files, is_folder = remote_files(address)
    known = len(found.files)
    for url, inner in files:
        path = Path(inner)
        if is_folder and (_ABOUT_THE_FOLDER.fullmatch(path.name) or reader_for(path) is None):
            found.ignored += 1
            continue
        name, tag = split_name(inner)
        folder = url.partition("::")[0].rpartition("/")[0]
        found.files.append(Source(path, name, tag, folder if is_folder else "", not is_folder, url))
    if len(found.files) == known:
        raise GlossaryError(f"{address} holds no text that can be read: name another folder or pattern")


def split_name(name: str) -> tuple[str, Language | None]:
    """(name without language tag and ending, language of the tag): "a/b.JPN.txt" is ("a/b", "ja")."""
    folder, slash, base = name.rpartition("/")
    stem = Path(base).stem
    tag: Language | None = None
    if match := _TAG.fullmatch(stem):
        stem = match["base"]
        tag = "ja" if match["tag"].lower().startswith("j") else "en"
    whole = (folder + slash + stem).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", whole), tag


def _collect_folder(folder: Path, found: Sources, seen: set[Path], explicit: frozenset[Path]) -> None:
    known, readable = len(found.files), False
    for path in _walk(folder, folder, found, set()):
        if _ABOUT_THE_FOLDER.fullmatch(path.name) or reader_for(path) is None:
            found.ignored += path.resolve() not in explicit
            continue
        readable = True
        real = path.resolve()
        if real in seen:
            continue
        seen.add(real)
        name, tag = split_name(path.relative_to(folder).as_posix())
        found.files.append(Source(path, name, tag, str(path.parent.resolve()), real in explicit))
    if not readable and len(found.files) == known:
        raise GlossaryError(f"{folder} holds no text that can be read: put texts into it (.txt, .docx, .pdf, …)")


_NOT_OURS = (".", "~$")
"""Beginnings of names: hidden files, and what Word leaves beside a document that is open."""


def _walk(folder: Path, top: Path, found: Sources, entered: set[Path]) -> Iterator[Path]:
    """The files under `folder` in the order of their names; each real folder is entered once."""
    real = folder.resolve()
    if real in entered:
        return
    entered.add(real)
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        if folder == top:
            raise GlossaryError(f"{folder} cannot be read: check its permissions") from None
        found.skipped.append((folder, f"folder cannot be read ({(error.strerror or 'error').lower()})"))
        return
    for path in (folder / name for name in names if not name.startswith(_NOT_OURS) and name != "__MACOSX"):
        if path.is_dir():
            yield from _walk(path, top, found, entered)
        elif path.is_file():
            yield path
        elif path.is_symlink() and reader_for(path) is not None:
            found.skipped.append((path, "symbolic link to nothing"))
