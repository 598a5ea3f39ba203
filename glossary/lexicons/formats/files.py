"""Opening what a person names: .gz or plain, in the encoding it turns out to have, with errors that name the file."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ...errors import GlossaryError

_ENCODINGS = ("utf-8", "euc_jp", "cp932", "euc_jis_2004")
_BLOCK = 1 << 20
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"SQLite format 3", b"7z\xbc\xaf", b"Rar!")
"""What zip files (.docx, .xlsx, .ods), files of older Office programs, PDF, databases and archives begin with."""


@contextmanager
def open_binary(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked if it is gzip. Raises GlossaryError if it cannot be read or is damaged."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if packed:
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield io.BufferedReader(unpacked, _BLOCK)
            else:
                yield raw
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise GlossaryError(f"{path}: the gzip file is damaged ({error}): download it again") from error
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror or error}") from error


@contextmanager
def open_text(path: Path, encoding: str | None = None) -> Iterator[io.TextIOWrapper]:
    """The text of a file (line ends as they are), in `encoding` or the one that `find_encoding` finds.

    Raises GlossaryError, also while it is read, where the bytes do not obey it.
    """
    encoding = encoding or find_encoding(path)
    with open_binary(path) as binary:
        try:
            yield io.TextIOWrapper(binary, encoding=encoding, newline="")
        except UnicodeDecodeError as error:
            raise GlossaryError(
                f"{path}: not all of it is {encoding} ({error.reason}): save it as UTF-8 and try again"
            ) from error


def is_no_text(start: bytes) -> bool:
    """True for the first bytes (16 at least) of a document, workbook, database or archive."""
    return start.startswith(_NO_TEXT)


def find_encoding(path: Path) -> str:
    """The first encoding that the whole file obeys: a byte order mark's, UTF-8, EUC-JP, CP932 (Shift_JIS).

    Raises GlossaryError with the first byte that is not UTF-8 if it obeys none, and for a file that is no text.
    """
    with open_binary(path) as file:
        start = file.read(16)
    if is_no_text(start):
        raise GlossaryError(
            f"{path}: is no text file, but a document, a workbook or an archive: save its terms as CSV or TSV"
        )
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    place = 0
    for encoding in _ENCODINGS:
        bad = _first_bad_byte(path, encoding)
        if bad is None:
            return encoding
        place = place or bad
    raise GlossaryError(f"{path}: in no known encoding (byte {place} is not UTF-8): save it as UTF-8 and try again")


def _first_bad_byte(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with open_binary(path) as file:
        while block := file.read(_BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                return done + error.start
            done += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return done
    return None


def digest(paths: tuple[Path, ...]) -> str:
    """SHA-256 (hexadecimal) of the files' bytes one after another, as they lie on disk."""
    total = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    total.update(block)
        except IsADirectoryError:
            raise GlossaryError(f"{path}: this is a folder: name a file in it") from None
        except FileNotFoundError:
            raise GlossaryError(f"{path}: there is no such file: check the path") from None
        except OSError as error:
            raise GlossaryError(f"{path}: cannot be read: {error.strerror or error}") from error
    return total.hexdigest()
