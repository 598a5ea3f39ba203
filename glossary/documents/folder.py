"""A list of files and folders becomes documents and bitexts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary.documents.collect import collect
from glossary.documents.reading import Reading, document_id, read_parts
from glossary.errors import GlossaryError
from glossary.records import Bitext, Document

__all__ = ["Collection", "Progress", "document_id", "read_paths"]

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


def read_paths(
    paths: Iterable[Path | str], *, on_progress: Progress | None = None, min_score: float | None = None
) -> Collection:
    """The documents and bitexts of files and folders.

    `NAME.ja.EXT` and `NAME.en.EXT` in one folder are the two sides of a bitext, and so is a bilingual file. "-" is the
    standard input; a string that begins with http:// or https:// is fetched. A bad file inside a folder is skipped.
    Of a corpus of sentence pairs those are left out whose score is lower than `min_score`.
    Raises GlossaryError, so that nothing is built, for a path that is missing or a file named in `paths` that cannot
    be read, for a folder without any readable text, and for two folders that use the same names.
    """
    sources = collect(paths)
    skipped, notes = list(sources.skipped), []
    read: list[Reading] = []
    for number, source in enumerate(sources.files):
        if on_progress is not None:
            on_progress(number, len(sources.files), source.path)
        try:
            readings = list(read_parts(source, min_score))
        except GlossaryError as error:
            if source.explicit:
                raise
            skipped.append((source.path, str(error)))
            continue
        read += readings
        reading = readings[0]
        language = reading.documents[0].language
        if reading.bitext is None and source.tag not in (None, language):
            notes.append((source.path, f"named as {_LANGUAGES[source.tag]}, but is {_LANGUAGES[language]}"))
    if not read:
        raise GlossaryError(_nothing(skipped))
    kept = _mark_duplicates(_unique_names(read, skipped))
    documents = (document for reading in kept for document in reading.documents)
    return Collection(
        documents=tuple(sorted(documents, key=lambda document: (document.name, document.language))),
        bitexts=_pair(kept),
        skipped=tuple(sorted(skipped)),
        notes=tuple(sorted(notes)),
        ignored=sources.ignored,
    )


def _nothing(skipped: Sequence[tuple[Path, str]]) -> str:
    path, reason = sorted(skipped)[0]
    more = f" ({len(skipped) - 1} more files were no better)" if len(skipped) > 1 else ""
    return f"no file could be read; the first was {path}: {reason}{more}"


def _unique_names(read: Sequence[Reading], skipped: list[tuple[Path, str]]) -> list[Reading]:
    """One file for each name and language; a file whose language its name tells rightly goes first."""
    kept: dict[tuple[str, str], Reading] = {}
    for reading in sorted(read, key=lambda item: (item.source.tag != item.documents[0].language, item.source.where)):
        names = [(document.name, document.language) for document in reading.documents]
        rival = next((name for name in names if name in kept), None)
        if rival is None:
            kept |= dict.fromkeys(names, reading)
            continue
        first, second = kept[rival].source.where, reading.source.where
        rivals = f'"{rival[0]}" in {_LANGUAGES[rival[1]]}'
        if _gives_way(reading, kept[rival]):
            skipped.append((reading.source.path, f"{first} is {rivals} already"))
        else:
            raise GlossaryError(
                f"{first} and {second} would both be {rivals}: rename one, or build the folder above both"
            )
    return list({id(reading): reading for _, reading in sorted(kept.items())}.values())


def _gives_way(reading: Reading, first: Reading) -> bool:
    """The same once more, or a file of a folder beside another of the same name there."""
    ids = {document.document_id for document in first.documents}
    is_same = all(document.document_id in ids for document in reading.documents)
    return is_same or (first.source.place == reading.source.place and not reading.source.explicit)


def _mark_duplicates(readings: Sequence[Reading]) -> list[Reading]:
    first: dict[tuple[str, str], str] = {}
    documents = sorted((d for reading in readings for d in reading.documents), key=lambda d: (d.name, d.language))
    for document in documents:
        first.setdefault((document.language, document.text), document.document_id)
    return [_marked(reading, first) for reading in readings]


def _marked(reading: Reading, first: dict[tuple[str, str], str]) -> Reading:
    marked = {}
    for document in reading.documents:
        original = first[document.language, document.text]
        is_copy = original != document.document_id
        marked[document.language] = replace(document, duplicate_of=original) if is_copy else document
    bitext = reading.bitext and replace(reading.bitext, ja=marked["ja"], en=marked["en"])
    return replace(reading, documents=tuple(marked.values()), bitext=bitext)


def _pair(readings: Sequence[Reading]) -> tuple[Bitext, ...]:
    """The tagged documents of one name in one place, Japanese and English; and the bilingual files."""
    sides: dict[tuple[str, str], dict[str, Reading]] = {}
    bitexts = [reading.bitext for reading in readings if reading.bitext is not None]
    for reading in readings:
        if reading.source.tag is not None and reading.bitext is None:
            (document,) = reading.documents
            sides.setdefault((document.name, reading.source.place), {})[document.language] = reading
    for (name, _), side in sides.items():
        if len(side) == 2:
            ja, en = side["ja"], side["en"]
            reason = f"{ja.source.path.name} and {en.source.path.name} differ in their language tag only"
            bitexts.append(Bitext(name, ja.documents[0], en.documents[0], "name", confidence=1.0, reasons=(reason,)))
    return tuple(sorted(bitexts, key=lambda bitext: bitext.name))
