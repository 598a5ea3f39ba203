"""Files that fsspec opens: s3://, gs://, memory://, zip://…::…; with an account's own means of signing in.

Pages of the web (http, https) are fetched by `fetch.py` and need no further library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

_ADDRESS = re.compile(r"(?!https?://)[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")
"""A drive's letter (C:) is no protocol."""
_WITH_WILDCARDS = re.compile(r"[*?\[]")


def is_remote(path: object) -> bool:
    """A string such as s3://bucket/folder or simplecache::s3://bucket/file; a `Path` never is one."""
    return isinstance(path, str) and _ADDRESS.match(path) is not None


def remote_files(address: str) -> tuple[list[tuple[str, str]], bool]:
    """([(address of a file, its name within the folder)], whether `address` is a folder or has wildcards).

    Raises GlossaryError where fsspec or what it needs for this protocol is missing, and for what is not there.
    """
    with _explained(address):
        system, path = _opened_system(address)
        pattern = _WITH_WILDCARDS.search(path) is not None
        if not pattern and system.isfile(path):
            return [(address, path.rpartition("/")[2])], False
        found = sorted(system.glob(path) if pattern else system.find(path))
        if not found:
            raise FileNotFoundError(address)
        top = re.split(r"[*?\[]", path)[0].rpartition("/")[0] if pattern else path.rstrip("/")
        base = len(top) + 1 if top else 0
        return [(_address(address, path, file), file[base:].lstrip("/")) for file in found], True


@contextmanager
def opened(address: str) -> Iterator[BinaryIO]:
    """The file, to be read. Errors while it is open become GlossaryErrors that name it."""
    with _explained(address):
        system, path = _opened_system(address)
        with system.open(path, "rb") as file:
            yield file


def read_remote(address: str, limits: Limits = LIMITS) -> bytes:
    """The bytes of the file. Raises GlossaryError if they are more than `limits.file`."""
    with opened(address) as file:
        data = file.read(limits.file + 1)
    if len(data) > limits.file:
        raise GlossaryError(f"{address} is larger than {limits.file / 1e6:,.0f} MB: split it")
    return data


def _opened_system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise GlossaryError(f"{address} needs the extra: pip install 'glossary[dask]' (it brings fsspec)") from None
    return url_to_fs(address)


def _address(given: str, path: str, file: str) -> str:
    """The address of `file`, found where `given`, which has `path` in its file system, leads."""
    head, chained, rest = given.partition("::")
    if "://" not in head:  # simplecache::s3://bucket
        return head + chained + _address(rest, path, file)
    protocol = head.partition("://")[0]
    return f"{protocol}://{file}{chained}{rest}"


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """File systems raise errors of any kind."""
    try:
        yield
    except GlossaryError:
        raise
    except ImportError as error:
        raise GlossaryError(f"{address} needs another package ({_line(error)})") from None
    except FileNotFoundError:
        raise GlossaryError(f"{address} does not exist: check the address") from None
    except PermissionError as error:
        raise GlossaryError(f"{address} may not be read ({_line(error)}): sign in to it first") from None
    except Exception as error:
        raise GlossaryError(f"{address} cannot be read ({_line(error)}): check the address and the network") from None


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
