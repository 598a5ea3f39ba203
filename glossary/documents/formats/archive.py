"""ZIP archives as office documents and e-books use them: opened in memory, measured before anything is unpacked.

Nothing is ever written to disk and no archive inside an archive is opened, so names such as ../../x lead nowhere.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C|E\0N\0T)|\0<\0!\0(?:D\0O\0C|E\0N\0T)")


def open_archive(data: bytes, where: str, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The archive. Raises GlossaryError if it is none, is encrypted, or would unpack to more than `limits` allow.

    The sizes are those the archive declares, beyond which zipfile unpacks nothing.
    """
    if data.startswith(_OLD_OFFICE):
        raise GlossaryError(f"{where} is protected by a password or an old office file: save it anew without password")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise GlossaryError(f"{where} is damaged ({error}): open it in its program and save it anew") from None
    parts = archive.infolist()
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > limits.parts:
        raise GlossaryError(f"{where} has {len(parts):,} parts, more than {limits.parts:,}: split the document")
    if size > limits.unpacked:
        raise GlossaryError(f"{where} unpacks to {size:,} bytes, more than {limits.unpacked:,}: split the document")
    if size > limits.ratio_from and size > limits.ratio * min(packed, len(data)):
        raise GlossaryError(f"{where} unpacks to {size // max(1, min(packed, len(data)))} times its size: not opened")
    if any(part.flag_bits & 1 for part in parts):
        raise GlossaryError(f"{where} is encrypted: save it without password")
    return archive


def open_office(data: bytes, where: str, limits: Limits = LIMITS) -> BytesIO:
    """A .docx, .pptx or .xlsx, found safe to be given to a library. Raises GlossaryError if it is not.

    Its XML may declare no document type (ECMA-376 part 2, 9.1.4 forbids it), so that there are no entities.
    """
    archive = open_archive(data, where, limits)
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")) and _DECLARATION.search(read_part(archive, part.filename, where)):
            raise GlossaryError(f"{where} declares XML entities in {part.filename!r}, which no office program does")
    return BytesIO(data)


def read_part(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    """The bytes of one part. Raises GlossaryError if it is missing or damaged."""
    try:
        return archive.read(name)
    except KeyError:
        raise GlossaryError(f"{where} has no part {name!r}: it is damaged or of another kind") from None
    except Exception as error:  # zlib, lzma and zipfile each have their own
        raise GlossaryError(f"{where} is damaged in {name!r} ({error}): save it anew") from None
