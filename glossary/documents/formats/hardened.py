"""XML without its dangers: no entities of its own, nothing external, bounded depth, one element in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.entities import html5
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

_CHUNK = 1 << 16  # bytes
_XML = "http://www.w3.org/XML/1998/namespace}"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_EXPAT_KNOWS = ("utf-8", "utf8", "utf-16", "us-ascii", "iso-8859-1")


def elements(
    data: bytes, where: str, wanted: Collection[str], outer: Collection[str] = (), limits: Limits = LIMITS
) -> Iterator[Element]:
    """Each element named in `wanted` with all it holds, and each named in `outer` at its start, without content.

    Names are without namespace, xml:lang and xml:space keep their prefix. Raises GlossaryError for what is no
    well-formed XML, declares entities, or is nested deeper than `limits.depth`.
    """
    encoding, data = _readable(data, where)
    parser = expat.ParserCreate(encoding, namespace_separator="}")
    parser.buffer_text = True
    gathering = _Gathering(parser, where, frozenset(wanted), frozenset(outer), limits.depth)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.Parse(data[start : start + _CHUNK], False)
            yield from gathering.take()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise GlossaryError(f"{where} is no well-formed XML (line {error.lineno}: {what}): export it again") from None
    yield from gathering.take()


def _readable(data: bytes, where: str) -> tuple[str | None, bytes]:
    """Expat reads no Japanese encodings: those become UTF-8."""
    match = _DECLARED.match(data[:300])
    name = match[1].decode().lower() if match else "utf-8"
    if name in _EXPAT_KNOWS:
        return None, data
    codec = "cp932" if name in ("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j") else name
    try:
        return "utf-8", data.decode(codec).encode()
    except (LookupError, UnicodeError):
        raise GlossaryError(f"{where} is not in the encoding it declares ({name}): export it as UTF-8") from None


class _Gathering:
    """Expat's events become elements."""

    def __init__(
        self, parser: expat.XMLParserType, where: str, wanted: frozenset[str], outer: frozenset[str], depth: int
    ) -> None:
        self._parser, self._where, self._wanted, self._outer, self._deepest = parser, where, wanted, outer, depth
        self._ready: list[Element] = []
        self._builder: TreeBuilder | None = None
        self._depth = self._inside = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.SkippedEntityHandler = self._skipped
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def take(self) -> list[Element]:
        ready, self._ready = self._ready, []
        return ready

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._deepest:
            line = self._parser.CurrentLineNumber
            raise GlossaryError(
                f"{self._where} nests more than {self._deepest} elements (line {line}): export it again"
            )
        name = tag.rpartition("}")[2]
        plain = {
            key.replace(_XML, "xml:") if key.startswith(_XML) else key.rpartition("}")[2]: value
            for key, value in attributes.items()
        }
        if self._builder is None and name in self._wanted:
            self._builder = TreeBuilder()
        if self._builder is not None:
            self._inside += 1
            self._builder.start(name, plain)
        elif name in self._outer:
            self._ready.append(Element(name, plain))

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._builder is None:
            return
        self._builder.end(tag.rpartition("}")[2])
        self._inside -= 1
        if self._inside == 0:
            self._ready.append(self._builder.close())
            self._builder = None

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def _skipped(self, name: str, is_parameter: bool) -> None:
        """An entity of a DTD that was not read, such as HTML's &nbsp;."""
        if not is_parameter:
            self._text(html5.get(f"{name};", ""))

    def _refuse(self, *_: object) -> int:
        line = self._parser.CurrentLineNumber
        raise GlossaryError(f"{self._where} declares XML entities (line {line}): export it without them")
