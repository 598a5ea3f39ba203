"""One source becomes its document, or the two documents and the bitext of a bilingual file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from glossary.documents.collect import Source
from glossary.documents.edits import carried
from glossary.documents.extracted import Extracted, SegmentTexts
from glossary.documents.fetch import Fetched, fetch_url
from glossary.documents.formats.sentence_pairs import ROWS, pair_documents
from glossary.documents.furniture import find_furniture
from glossary.documents.headline import find_published, find_title
from glossary.documents.intake import read_standard_input
from glossary.documents.language import guess_language
from glossary.documents.readers import ending_of, extract, extract_bytes, reader_for
from glossary.documents.remote import is_remote, opened, read_remote
from glossary.documents.repair import repair
from glossary.documents.teasers import publisher
from glossary.errors import GlossaryError
from glossary.records import Bitext, Document, Language, Repair, Span

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/vtt": ".vtt",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}

_BLOCK = 1 << 20
"""Bytes of a large file in memory at a time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source gave."""

    source: Source
    documents: tuple[Document, ...]
    """One, or the Japanese and the English one."""
    bitext: Bitext | None = None


def read_source(source: Source) -> Reading:
    """The source, repaired. Raises GlossaryError for one that holds no Japanese or English text."""
    extracted, data = _extract(source)
    sha256 = hashlib.sha256(data).hexdigest()
    if extracted.segments:
        return _bilingual(source, extracted, sha256)
    text, repairs = repair(extracted.text, extracted.layout)
    if not text.strip():
        raise GlossaryError(f"{source.where} is empty: put text into it or leave it out")
    language = _language(text, extracted.language or source.tag, source.where)
    return Reading(source, (_document(source, extracted, sha256, language, text, repairs),))


def read_parts(source: Source, min_score: float | None = None) -> Iterator[Reading]:
    """As `read_source`; a corpus of sentence pairs is streamed into bitexts of some hundred pairs, NAME#0001 on.

    `min_score`: of its pairs, those with lower scores are left out.
    """
    ending = ending_of(source.path)
    if ending not in ROWS or source.is_standard_input or (source.url and not is_remote(source.url)):
        yield read_source(source)
        return
    sha256 = _sha256(source)
    name = source.name.removesuffix(".tsv")
    number = 0
    with _opened(source) as file:
        for number, part in enumerate(pair_documents(file, ending, source.where, min_score=min_score), 1):
            yield _bilingual(replace(source, name=f"{name}#{number:04}"), part, sha256)
    if not number:
        raise GlossaryError(f"{source.where} holds no sentence pairs: leave it out")


def _sha256(source: Source) -> str:
    digest = hashlib.sha256()
    with _opened(source) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    """The source's file, to be read as a stream."""
    if source.url:
        with opened(source.url) as remote:
            yield remote
        return
    try:
        file = source.path.open("rb")
    except OSError as error:
        raise GlossaryError(f"{source.where} cannot be read ({error.strerror}): check its permissions") from None
    with file:
        yield file


def document_id(name: str, language: Language, text: str) -> str:
    """16 hexadecimal digits of SHA-256 over name, language and repaired text."""
    return hashlib.sha256("\0".join((name, language, text)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _extract(source: Source) -> tuple[Extracted, bytes]:
    if source.is_standard_input:
        data = read_standard_input()
        return extract_bytes(data, ".txt", "standard input"), data
    if is_remote(source.url):
        data = read_remote(source.url)
        return extract_bytes(data, ending_of(source.path), source.url), data
    if source.url:
        fetched = fetch_url(source.url)
        return extract_bytes(fetched.data, _ending(fetched), source.url), fetched.data
    return extract(source.path)


def _ending(fetched: Fetched) -> str:
    """By what the server says it is; a type that says nothing, or nothing precise, leaves it to the address."""
    path = Path(fetched.url.partition("?")[0].partition("#")[0])
    by_type = _ENDINGS.get(fetched.content_type)
    if by_type is not None and by_type != ".txt":
        return by_type
    if reader_for(path) is not None:
        return ending_of(path)
    if by_type is None:
        what = fetched.content_type or "something unnamed"
        raise GlossaryError(f"{fetched.url} is {what}, which cannot be read: save its text and build that")
    return by_type


def _document(
    source: Source, extracted: Extracted, sha256: str, language: Language, text: str, repairs: tuple[Repair, ...]
) -> Document:
    furniture = find_furniture(text)
    is_bilingual = bool(extracted.segments)
    return Document(
        document_id=document_id(source.name, language, text),
        name=source.name,
        language=language,
        text=text,
        path=source.where,
        title=extracted.title or (None if is_bilingual else find_title(text, language, furniture)),
        publisher=extracted.publisher or publisher(text),
        published=extracted.published or (None if is_bilingual else find_published(text)),
        sha256=sha256,
        format=extracted.format,
        encoding=extracted.encoding,
        repairs=repairs,
        furniture=furniture,
    )


def _language(text: str, tag: Language | None, where: str) -> Language:
    """The evident language, else that of the tag, else the likely one."""
    guess = guess_language(text)
    if guess.sure and guess.language is not None:
        return guess.language
    language = None if guess.sure else tag or guess.language
    if language is None:
        raise GlossaryError(f"{where} is neither Japanese nor English: leave it out, or name it .ja or .en if it is")
    return language


def _bilingual(source: Source, extracted: Extracted, sha256: str) -> Reading:
    ja_text, ja_repairs, ja_spans = _side(extracted.segments, 0)
    en_text, en_repairs, en_spans = _side(extracted.segments, 1)
    ja = _document(source, extracted, sha256, "ja", ja_text, ja_repairs)
    en = _document(source, extracted, sha256, "en", en_text, en_repairs)
    aligned = tuple((a, b) for a, b in zip(ja_spans, en_spans, strict=True) if a and b)
    if not aligned:
        raise GlossaryError(f"{source.where} has no segment with both languages: translate it or split it")
    name = source.path.name or source.where
    count = f"{len(aligned):,} segment" + "s" * (len(aligned) != 1)
    bitext = Bitext(source.name, ja, en, "segments", 1.0, (f"{name} aligns {count} itself",), aligned)
    return Reading(source, (en, ja), bitext)


def _side(segments: Sequence[SegmentTexts], side: int) -> tuple[str, tuple[Repair, ...], list[Span | None]]:
    """(text, repairs, place of each segment or None): one language's segments, a line each, repaired together."""
    filled = [segment[side] for segment in segments if segment[side]]
    offsets: list[int] = []
    length = 0
    for text in filled:
        offsets += (length, length + len(text))
        length += len(text) + 1
    text, repairs = repair("\n".join(filled), "segments")
    moved = carried(offsets, repairs)
    places = iter(_stripped(text, start, end) for start, end in zip(moved[::2], moved[1::2], strict=True))
    return text, repairs, [next(places) if segment[side] else None for segment in segments]


def _stripped(text: str, start: int, end: int) -> Span | None:
    segment = text[start:end]
    left = start + len(segment) - len(segment.lstrip())
    right = end - (len(segment) - len(segment.rstrip()))
    return (left, right) if left < right else None
