"""A page or file from the web, once and politely; only for what the user named by its address."""

from __future__ import annotations

import re
import time
from http.client import HTTPException
from typing import IO, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from glossary import __version__
from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

USER_AGENT = f"glossary/{__version__} (Japanese-English glossary builder; one page at the wish of its reader)"
_TIMEOUT = 30.0  # seconds, for the connection and each read; three times that for all
_CHUNK = 1 << 16
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Fetched(NamedTuple):
    data: bytes
    url: str
    """After redirections."""
    content_type: str
    """Media type in small letters, without parameters; empty if the server does not tell."""


def is_url(path: object) -> bool:
    """A string that begins with http:// or https://; a `Path` never is one."""
    return isinstance(path, str) and _ADDRESS.match(path) is not None


def fetch_url(url: str, *, timeout: float = _TIMEOUT, limits: Limits = LIMITS) -> Fetched:
    """What the server answers to one GET. At most 10 redirections, to http and https only.

    Raises GlossaryError for an address of another kind, an error or silence of the server, and an answer larger
    than `limits.file` bytes or slower than three times `timeout` seconds.
    """
    if not is_url(url) or not urlsplit(url).hostname:
        raise GlossaryError(f"{url} is no address that can be fetched: it must begin with http:// or https://")
    deadline = time.monotonic() + 3 * timeout
    request = Request(quote(url.partition("#")[0], safe="%/:=&?~+!$,;'@()*[]"), headers={"User-Agent": USER_AGENT})
    try:
        with _opener().open(request, timeout=timeout) as answer:
            data = _body(answer, url, deadline, limits)
            return Fetched(data, answer.geturl(), answer.headers.get_content_type() if answer.headers else "")
    except HTTPError as error:
        reason = " ".join(str(error.reason).split())
        raise GlossaryError(f"{url} answers {error.code} {reason}: check the address") from None
    except URLError as error:
        raise GlossaryError(f"{url} cannot be reached ({error.reason}): check the address and the network") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise GlossaryError(f"{url} cannot be fetched ({reason}): try again or save the page") from None


class _WebOnly(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> Request | None:
        if not is_url(newurl):
            raise URLError(f"redirected to {newurl.partition(':')[0]}:, which is not the web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _opener() -> OpenerDirector:
    """Knows no scheme but http and https."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, _WebOnly, HTTPDefaultErrorHandler, HTTPErrorProcessor):
        opener.add_handler(handler())
    return opener


def _body(answer: IO[bytes], url: str, deadline: float, limits: Limits) -> bytes:
    data = bytearray()
    while chunk := answer.read(_CHUNK):
        data += chunk
        if len(data) > limits.file:
            raise GlossaryError(f"{url} is larger than {limits.file / 1e6:,.0f} MB: save it and split it")
        if time.monotonic() > deadline:
            raise GlossaryError(f"{url} answers too slowly: save the page and build that")
    return bytes(data)
