"""Requests with odd parameters and bodies to the pages of a glossary, through Datasette's own client. See fuzz.py.

A request is a JSON object: `method`, `path`, `body` (Latin-1 for bytes), `type` (its content type), `who` (an actor's
id or null), `site` (Sec-Fetch-Site or null). In a body, TOKEN stands for the token of a form, SEENxlandx for the state
in which the concept land is seen. "mika" may review, "eve" may not.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import glossary
from glossary.decisions import ACTIONS, journal_path
from glossary.doctor.examine import examine

TESTS = Path(__file__).parent.parent
OURS = str(Path(glossary.__file__).parent)
ROOT = "/-/glossary"
HOME = f"{ROOT}/coast"
REVIEW = f"{HOME}/review"
NEW_GLOSSARY = 400
"""Requests to one glossary; then it is examined and the next begins with a new copy."""
ODD = (
    "", " ", "\0", "山猫", "浜", '"', "'", "%", "%00", "%ff", "~", "~2", "~2F", "~ZZ", "../x", "\\", "NEAR(a b)",
    "-a", "a" * 3000, "𠮷野家", "\ud800", "\u202e", "カ\u3099", "\ufeff", "nan", "inf", "-1", "1e999", "9" * 30, "0.5",
    "null", "[]", "{}", "<b>", "=1+1", "2024-02-30", "unsure", "sure", "newest", "place", "coast/開店 &c", "repairs",
    "concept",
)  # fmt: skip
CONCEPTS = ("beyond", "beach", "hostile", "land", "territory", "shop", "opened", "ship", "none")
PARAMETERS = ("q", "document", "kind", "low", "high", "since", "order", "after", "concept", "show", "token", "_shape")
PATHS = (
    ROOT, "/-/glossary-sign-in", HOME, f"{HOME}/search", f"{HOME}/search.json", REVIEW, f"{REVIEW}.json",
    f"{HOME}/concept/", f"{HOME}/concept/beyond.json", f"{HOME}/concept/opened", f"{HOME}/document/solo",
    f"{HOME}/document/", f"{ROOT}/",
)  # fmt: skip
ARGUMENTS = ("value", "term", "language", "region", "valid_from", "valid_to", "ja", "en", "kind", "form", "reading",
             "romaji", "source", "terms", "document")  # fmt: skip
VALUES = ("ja", "en", "place", "2024-01-05", "かな", "浜", "beach", "国土", "territory", "variant", "land", "US")


class Pages:
    """Datasette over a glossary of its own that is made anew from time to time."""

    def __init__(self, folder: Path) -> None:
        for part in ("web", "reliability"):
            sys.path.append(str(TESTS / part))
        import articles

        self.made = articles.build(_folder(folder / "made") / "coast.db")
        self.path = _folder(folder / "used") / "coast.db"

    async def open(self) -> None:
        from desk import Desk, open_desk

        for part in (self.made, journal_path(self.made)):
            shutil.copy(part, self.path.parent)
        for part in ("-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + part).unlink(missing_ok=True)
        datasette = (await open_desk(self.path)).datasette
        self.desks = {who: Desk(datasette, who) for who in ("mika", "eve", None)}
        self.token = ""
        page = await self.desks["mika"].page()
        if found := re.search(r'name="csrftoken" value="([^"]*)"', page.text):
            self.token = unescape(found[1])
        self.cookie = self.desks["mika"].cookies.get("ds_csrftoken", "")

    async def complaint(self, request: dict[str, Any]) -> str | None:
        """What is wrong with how the request is answered; None if nothing is."""
        desk = self.desks[request["who"]]
        headers = {"content-type": request["type"], "x-csrftoken": self.cookie}
        headers |= {"sec-fetch-site": request["site"]} if request["site"] else {}
        before = _state(self.path)
        cookies = desk.cookies | {"ds_csrftoken": self.cookie}
        began = time.monotonic()
        try:
            response = await desk.datasette.client.request(
                request["method"], request["path"], content=self._filled(request), headers=headers, cookies=cookies
            )
        except Exception:
            said = traceback.format_exc()
            return said if OURS in said else None  # what Datasette's own layers do not take never reaches us
        if response.status_code >= 500 and not (response.status_code == 503 and time.monotonic() - began > 0.9):
            return f"{response.status_code}: {response.text[-1500:]}"
        if _state(self.path) != before and not self._may_write(request, response.status_code):
            return f"written by {request['who']} with {request['method']}, answered {response.status_code}"
        return None

    def _filled(self, request: dict[str, Any]) -> bytes:
        """The body with the token of a form, and with concepts as they are now seen, where it asks for these."""
        body = request["body"].replace("csrftoken=TOKEN", "csrftoken=" + quote(self.token))
        with closing(sqlite3.connect(self.path)) as db:
            seen = dict(db.execute("select concept_id, modified from concept"))
        known = re.sub("SEENx([a-z]+)x", lambda found: quote(seen.get(found[1], "none"), safe=":"), body)
        return known.encode("latin-1")

    @staticmethod
    def _may_write(request: dict[str, Any], status: int) -> bool:
        """A reviewer's order that was not refused. (400: of several targets, some were decided on.)"""
        own = request["site"] in (None, "none", "same-origin")
        return request["who"] == "mika" and request["method"] == "POST" and own and status in (200, 302, 400)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _state(path: Path) -> bytes:
    """What changes with each write of a decision."""
    return path.read_bytes()[24:28] + str(journal_path(path).stat().st_size).encode()


def random_request(chance: random.Random) -> dict[str, Any]:
    method = chance.choice(["GET", "GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"])
    path = chance.choice(PATHS) if method != "POST" or chance.random() < 0.15 else REVIEW
    if path.endswith("/"):
        path += chance.choice([*CONCEPTS, *(_encoded(text, chance) for text in ODD)]) + chance.choice(
            ["", ".json", "/x"]
        )
    if chance.random() < (0.1 if method == "POST" else 0.7):
        pairs = [(chance.choice(PARAMETERS), _word(chance)) for _ in range(chance.choice([1, 1, 2, 4]))]
        path += "?" + "&".join(f"{name}={_encoded(value, chance)}" for name, value in pairs)
    body, kind = _body(chance) if method in ("POST", "PUT") else (b"", "text/html")
    return {
        "method": method,
        "path": path,
        "body": body.decode("latin-1"),
        "type": kind,
        "who": chance.choice(["mika", "mika", "mika", "eve", None]),
        "site": chance.choice([None, "same-origin", "same-origin", "cross-site", "none"]),
    }


def _encoded(text: str, chance: random.Random) -> str:
    """As it stands in an address; sometimes as nobody would write it."""
    if chance.random() < 0.1:
        return re.sub(r"[^!-~]|[#?&]", "", text) + chance.choice(["", "%", "%zz", "%80", "~"])
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _word(chance: random.Random) -> str:
    return chance.choice([*CONCEPTS, *ODD, *VALUES, chr(chance.randrange(0x110000)) * chance.choice([1, 3])])


def _body(chance: random.Random) -> tuple[bytes, str]:
    """A body and its content type: an order as a form or as JSON, odd in some places, then now and then damaged."""
    if chance.random() < 0.5:
        data, kind = _form(chance), "application/x-www-form-urlencoded"
    else:
        data, kind = _json(chance), "application/json"
    if chance.random() < 0.2:
        changed = bytearray(data)
        for _ in range(chance.choice([1, 3, 10])):
            place = chance.randrange(len(changed) + 1)
            changed[place : place + chance.choice([0, 1, 5])] = chance.choice(
                [b"\xff", b"%", b"&", b'"', b"\0", b"[" * 2000]
            )
        data = bytes(changed)
    if chance.random() < 0.1:
        kind = chance.choice(
            ["", "text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "é"]
        )
    return data, kind.encode("ascii", "ignore").decode()


def _target(chance: random.Random) -> tuple[str, str]:
    concept = chance.choice([*CONCEPTS, *CONCEPTS, _word(chance)])
    return concept, chance.choice([*[f"SEENx{concept}x"] * 4, "", _word(chance)])


def _arguments(chance: random.Random, action: str) -> dict[str, Any]:
    proper = [argument.name for argument in ACTIONS[action].arguments] if action in ACTIONS else []
    chosen = proper if chance.random() < 0.8 else [*proper, *chance.sample(ARGUMENTS, 2)]
    return {name: chance.choice([chance.choice(VALUES), chance.choice(VALUES), _word(chance)]) for name in chosen}


def _form(chance: random.Random) -> bytes:
    action = chance.choice([*ACTIONS, *ACTIONS, _word(chance)])
    fields: list[tuple[str, str]] = [("action", action), ("csrftoken", "TOKEN")]
    fields += [("target", " ".join(_target(chance))) for _ in range(chance.choice([0, 1, 1, 1, 2, 250]))]
    fields += _arguments(chance, action).items()
    for name in ("of", "other", "reason", "on", "next"):
        if chance.random() < 0.3:
            fields.append((name, chance.choice([_word(chance), "ja 浜", "en beach", "concept", "shop"])))
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in fields]).encode()


def _json(chance: random.Random) -> bytes:
    action = chance.choice([*ACTIONS, *ACTIONS, _word(chance)])
    odd: list[Any] = [None, 1, -1, 1e308, True, [], {}, [[]], "", "x", {"id": 1}, {"id": "shop", "modified": None}]
    order: dict[str, Any] = {
        "action": action,
        "targets": [
            dict(zip(("id", "modified"), _target(chance), strict=True)) for _ in range(chance.choice([0, 1, 1, 2]))
        ],
        "arguments": _arguments(chance, action),
        "note": chance.choice([None, _word(chance)]),
    }
    if chance.random() < 0.3:
        order["other"] = dict(zip(("id", "modified"), _target(chance), strict=True))
    if chance.random() < 0.3:
        order[chance.choice([*order, "other", "more"])] = chance.choice(odd)
    if chance.random() < 0.2 and isinstance(order["arguments"], dict):
        order["arguments"] = order["arguments"] | {chance.choice(ARGUMENTS): chance.choice(odd)}
    return json.dumps(order if chance.random() < 0.95 else chance.choice(odd)).encode()


async def ask(requests: list[dict[str, Any]], folder: Path) -> list[tuple[dict[str, Any], str]]:
    """The requests that are answered badly, and why; all are sent to one glossary, which is examined afterwards."""
    pages = Pages(folder)
    await pages.open()
    found = [(request, said) for request in requests if (said := await pages.complaint(request))]
    if findings := set(map(str, examine(pages.path))) - set(map(str, examine(pages.made))):
        found.append((requests[-1], "afterwards: " + " / ".join(sorted(findings))))
    return found


def fuzz(minutes: float, seed: int, keep: Any) -> tuple[int, int]:
    """(requests sent, kinds of findings). `keep(name, data, complaint)` keeps a finding; whether it was new."""
    chance, sent, kept = random.Random(seed), 0, 0
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        requests = [random_request(chance) for _ in range(NEW_GLOSSARY)]
        with tempfile.TemporaryDirectory(prefix="glossary-fuzz-") as folder:
            for request, said in asyncio.run(ask(requests, Path(folder))):
                kept += keep(".request", json.dumps(request, indent=1).encode(), said)
        sent += len(requests)
    return sent, kept
