"""A list of files and folders becomes documents and bitexts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary.documents.collect import Source, collect
from glossary.documents.furniture import find_furniture
from glossary.documents.headline import find_published, find_title
from glossary.documents.language import guess_language
from glossary.documents.readers import extract
from glossary.documents.repair import repair
from glossary.documents.teasers import publisher
from glossary.errors import GlossaryError
from glossary.records import Bitext, Document, Language

Progress = Callable[[int, int, Path], None]
"""Called before each file is read: files done, files in all, the file."""

_LANGUAGES = {"ja": "Japanese", "en": "English"}


@dataclass(frozen=True, slots=True)
class Collection:
    """What was read."""

    documents: tuple[Document, ...] = ()
    """Sorted by name, then language; name and language together are unique."""
    bitexts: tuple[Bitext, ...] = ()
    skipped: tuple[tuple[Path, str], ...] = ()
    """(file, why): bad files inside folders."""
    notes: tuple[tuple[Path, str], ...] = ()
    """(file, remark): files that were read, but not as their name says."""
    ignored: int = 0
    """Files inside folders whose ending no reader knows, and README and the like."""


def read_paths(paths: Iterable[Path], *, on_progress: Progress | None = None) -> Collection:
    """The documents and bitexts of files and folders.

    `NAME.ja.EXT` and `NAME.en.EXT` in one folder are the two sides of a bitext. A bad file inside a folder is
    skipped. Raises GlossaryError, so that nothing is built, for a path that is missing or a file named in `paths`
    that cannot be read, for a folder without any readable text, and for two folders that use the same names.
    """
    sources = collect(paths)
    skipped, notes = list(sources.skipped), []
    read: list[tuple[Source, Document]] = []
    for number, source in enumerate(sources.files):
        if on_progress is not None:
            on_progress(number, len(sources.files), source.path)
        try:
            document = read_document(source)
        except GlossaryError as error:
            if source.explicit:
                raise
            skipped.append((source.path, str(error)))
            continue
        read.append((source, document))
        if source.tag not in (None, document.language):
            notes.append((source.path, f"named as {_LANGUAGES[source.tag]}, but is {_LANGUAGES[document.language]}"))
    if not read:
        raise GlossaryError(_nothing(skipped))
    kept = _mark_duplicates(_unique_names(read, skipped))
    return Collection(
        documents=tuple(document for _, document in kept),
        bitexts=_pair(kept),
        skipped=tuple(sorted(skipped)),
        notes=tuple(sorted(notes)),
        ignored=sources.ignored,
    )


def read_document(source: Source) -> Document:
    """One file, repaired. Raises GlossaryError for a file that holds no Japanese or English text."""
    extracted, data = extract(source.path)
    text, repairs = repair(extracted.text)
    if not text.strip():
        raise GlossaryError(f"{source.path} is empty: put text into it or leave it out")
    language = _language(text, extracted.language or source.tag, source.path)
    furniture = find_furniture(text)
    return Document(
        document_id=document_id(source.name, language, text),
        name=source.name,
        language=language,
        text=text,
        path=str(source.path),
        title=extracted.title or find_title(text, language, furniture),
        publisher=extracted.publisher or publisher(text),
        published=extracted.published or find_published(text),
        sha256=hashlib.sha256(data).hexdigest(),
        format=extracted.format,
        encoding=extracted.encoding,
        repairs=repairs,
        furniture=furniture,
    )


def document_id(name: str, language: Language, text: str) -> str:
    """16 hexadecimal digits of SHA-256 over name, language and repaired text."""
    return hashlib.sha256("\0".join((name, language, text)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _language(text: str, tag: Language | None, path: Path) -> Language:
    """The evident language, else that of the tag, else the likely one."""
    guess = guess_language(text)
    if guess.sure and guess.language is not None:
        return guess.language
    language = None if guess.sure else tag or guess.language
    if language is None:
        raise GlossaryError(f"{path} is neither Japanese nor English: leave it out, or name it .ja or .en if it is")
    return language


def _nothing(skipped: Sequence[tuple[Path, str]]) -> str:
    path, reason = sorted(skipped)[0]
    more = f" ({len(skipped) - 1} more files were no better)" if len(skipped) > 1 else ""
    return f"no file could be read; the first was {path}: {reason}{more}"


def _unique_names(
    read: Sequence[tuple[Source, Document]], skipped: list[tuple[Path, str]]
) -> list[tuple[Source, Document]]:
    """Sorted by name and language, one file each; a file whose language its name tells rightly goes first."""
    kept: dict[tuple[str, str], tuple[Source, Document]] = {}
    for source, document in sorted(read, key=lambda item: (item[0].tag != item[1].language, item[0].path)):
        first = kept.setdefault((document.name, document.language), (source, document))
        if first[0] is source:
            continue
        rivals = f'"{document.name}" in {_LANGUAGES[document.language]}'
        if first[1].document_id == document.document_id or (first[0].place == source.place and not source.explicit):
            skipped.append((source.path, f"{first[0].path} is {rivals} already"))
        else:
            raise GlossaryError(
                f"{first[0].path} and {source.path} would both be {rivals}: rename one, or build the folder above both"
            )
    return [kept[key] for key in sorted(kept)]


def _mark_duplicates(documents: Sequence[tuple[Source, Document]]) -> list[tuple[Source, Document]]:
    first: dict[tuple[str, str], str] = {}
    marked = []
    for source, document in documents:
        original = first.setdefault((document.language, document.text), document.document_id)
        if original != document.document_id:
            document = replace(document, duplicate_of=original)
        marked.append((source, document))
    return marked


def _pair(documents: Sequence[tuple[Source, Document]]) -> tuple[Bitext, ...]:
    """The tagged documents of one name in one place, Japanese and English."""
    sides: dict[tuple[str, str], dict[str, tuple[Source, Document]]] = {}
    for source, document in documents:
        if source.tag is not None:
            sides.setdefault((document.name, source.place), {})[document.language] = (source, document)
    bitexts = []
    for (name, _), side in sorted(sides.items()):
        if len(side) == 2:
            (ja_file, ja), (en_file, en) = side["ja"], side["en"]
            reason = f"{ja_file.path.name} and {en_file.path.name} differ in their language tag only"
            bitexts.append(Bitext(name, ja, en, method="name", confidence=1.0, reasons=(reason,)))
    return tuple(bitexts)
