"""jmdict-simplified (https://github.com/scriptin/jmdict-simplified): JMdict and JMnedict as one JSON object.

The object ends in "words", a list of hundreds of thousands of entries, so it is decoded one entry at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from ...errors import GlossaryError
from .files import open_text
from .record import EDRDG, About, Record, Records, Sense

_BLOCK = 1 << 20
_LONGEST = 1 << 24
"""Characters of one value; what is longer is an error that made the rest of the file look like one."""


class _Scanner:
    """JSON values out of a stream; holds one block and an unfinished value."""

    def __init__(self, file: TextIO, path: Path) -> None:
        self._file, self._path = file, path
        self._buffer, self._at, self._line = "", 0, 1
        self._decoder = json.JSONDecoder()

    def _refill(self) -> bool:
        block = self._file.read(max(_BLOCK, len(self._buffer) - self._at))
        self._line += self._buffer.count("\n", 0, self._at)
        self._buffer, self._at = self._buffer[self._at :] + block, 0
        return bool(block)

    def mark(self) -> str:
        """The next character that is not white space, taken."""
        while True:
            while self._at < len(self._buffer):
                char = self._buffer[self._at]
                self._at += 1
                if not char.isspace():
                    return char
            if not self._refill():
                raise self.broken("it ends too early")

    def back(self) -> None:
        """Give the last mark back."""
        self._at -= 1

    def value(self) -> Any:
        """The next value, decoded."""
        self.mark()
        self.back()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if len(self._buffer) - self._at > _LONGEST or not self._refill():
                    raise self.broken(error.msg, error.pos) from error
                continue
            if end == len(self._buffer) and self._refill():  # a number may go on
                continue
            self._at = end
            return value

    def broken(self, reason: str, at: int | None = None) -> GlossaryError:
        line = self._line + self._buffer.count("\n", 0, self._at if at is None else at)
        return GlossaryError(f"{self._path}, line {line}: broken JSON ({reason}): download the file again")


def read(path: Path, about: About) -> Records:
    """Records of a jmdict-simplified file (jmdict-*.json, jmnedict-*.json). Raises GlossaryError if it is none."""
    with open_text(path) as file:
        head: dict[str, Any] = {}
        seen = False
        for key, word in _members(_Scanner(file, path)):
            if key != "words":
                head[key] = word
                continue
            if not seen:
                seen = True
                about.version = str(head.get("dictDate") or head.get("version") or "")
                about.licence = EDRDG
                about.name = "JMnedict" if isinstance(word, dict) and "translation" in word else "JMdict"
            try:
                yield _record(word, head.get("tags") or {})
            except (KeyError, TypeError, AttributeError) as error:
                raise GlossaryError(f"{path}: an entry is not as jmdict-simplified writes it ({error!r})") from error
        if not seen:
            raise GlossaryError(f'{path}: has no list "words": not a jmdict-simplified file; check --format')


def _members(scanner: _Scanner) -> Iterator[tuple[str, Any]]:
    """Members of the object; those of the list "words" one by one."""
    if scanner.mark() != "{":
        raise scanner.broken("it does not begin with {")
    while True:
        key = scanner.value()
        if scanner.mark() != ":":
            raise scanner.broken("a colon is missing")
        if key == "words" and scanner.mark() == "[":
            yield from (("words", word) for word in _items(scanner))
        else:
            if key == "words":
                scanner.back()
            yield key, scanner.value()
        following = scanner.mark()
        if following == "}":
            return
        if following != ",":
            raise scanner.broken("a comma is missing")


def _items(scanner: _Scanner) -> Iterator[Any]:
    if scanner.mark() == "]":
        return
    scanner.back()
    while True:
        yield scanner.value()
        following = scanner.mark()
        if following == "]":
            return
        if following != ",":
            raise scanner.broken("a comma is missing")


def _record(word: dict[str, Any], tags: dict[str, str]) -> Record:
    senses = [
        Sense(_english(sense["gloss"]), tuple(tags.get(code, code) for code in sense.get("partOfSpeech", ())))
        for sense in word.get("sense", ())
    ]
    senses += [
        Sense(_english(name["translation"]), tuple(name.get("type", ()))) for name in word.get("translation", ())
    ]
    forms = (*word["kanji"], *word["kana"])
    return Record(
        tuple(form["text"] for form in word["kanji"]),
        tuple(form["text"] for form in word["kana"]),
        tuple(sense for sense in senses if sense.glosses),
        any(form.get("common") for form in forms),
    )


def _english(glosses: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(gloss["text"] for gloss in glosses if gloss.get("lang", "eng") == "eng" and gloss.get("text"))
