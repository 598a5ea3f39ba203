"""Pages from a server: one on this machine, polite, bounded, and nothing but http."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from glossary.documents.fetch import USER_AGENT, fetch_url, is_url
from glossary.documents.folder import read_paths
from glossary.documents.limits import Limits
from glossary.errors import GlossaryError

TEXT = "The harbor council approved a plan to rebuild the ferry pier on Tuesday."
release = threading.Event()


class Handler(BaseHTTPRequestHandler):
    agents: list[str | None] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        place = self.path.partition("?")[0]
        if place.startswith("/to/"):
            self.send_response(302)
            self.send_header(
                "Location",
                {"/to/page": "/page", "/to/file": "file:///etc/hosts", "/to/ftp": "ftp://x/y"}.get(place, place),
            )
            self.end_headers()
            return
        if place == "/slow":
            release.wait(5)
            return
        if place == "/missing":
            self.send_error(404)
            return
        kind = {"/image": "image/png", "/notes.txt": "application/octet-stream"}.get(place, "text/html; charset=utf-8")
        body = TEXT if place == "/notes.txt" else f"<html><title>Pier</title><body><p>{TEXT}</p></body></html>"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        release.set()
        running.shutdown()


@pytest.mark.parametrize("path", ["/page", "/to/page", "/page#part", "/頁?q=港"])
def test_a_page(server: str, path: str) -> None:
    Handler.agents.clear()
    fetched = fetch_url(server + path)
    assert TEXT in fetched.data.decode() and fetched.content_type == "text/html"
    assert set(Handler.agents) == {USER_AGENT}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/missing", "answers 404"),
        ("/to/file", "'file:///etc/hosts' is not allowed"),
        ("/to/ftp", "redirected to ftp:, which is not the web"),
        ("/to/itself", "answers 302"),
        ("/slow", "cannot be (reached|fetched)"),
    ],
)
def test_refusals(server: str, path: str, message: str) -> None:
    with pytest.raises(GlossaryError, match=message) as error:
        fetch_url(server + path, timeout=0.5)
    assert str(error.value).startswith(server + path) and "\n" not in str(error.value)


def test_a_limit(server: str) -> None:
    with pytest.raises(GlossaryError, match="larger than"):
        fetch_url(server + "/page", limits=Limits(file=20))


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://x/y", "http:///x", "/etc/hosts", "javascript:1"])
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(GlossaryError, match="is no address that can be fetched"):
        fetch_url(url)


def test_only_strings_are_addresses(tmp_path: Path) -> None:
    assert is_url("HTTPS://example.org") and not is_url(Path("https://example.org")) and not is_url("a/http://b")
    with pytest.raises(GlossaryError, match="does not exist"):
        read_paths([tmp_path / "http://127.0.0.1"])


def test_an_address_among_the_paths(server: str, tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    collection = read_paths([f"{server}/news/pier.html?page=2", f"{server}/notes.txt"])
    found = {(d.name, d.format, d.path, d.text) for d in collection.documents}
    assert found == {
        ("127.0.0.1/news/pier-page-2", "html", f"{server}/news/pier.html?page=2", TEXT),
        ("127.0.0.1/notes", "text", f"{server}/notes.txt", TEXT),
    }
    with pytest.raises(GlossaryError, match="is image/png, which cannot be read"):
        read_paths([f"{server}/image"])
