"""XML one element at a time, in bounded memory, with no entity that could reach out or blow up."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from ...errors import GlossaryError
from .files import open_binary

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST_ENTITY = 500
"""Characters. JMdict's entities are names of parts of speech; the longest has about 80."""
_PROLOG = 1 << 16


class _RootReached(Exception):
    pass


class Prolog:
    """What stands before the root element: entities declared; and the root's name and attributes."""

    def __init__(self) -> None:
        self.root = ""
        self.attributes: dict[str, str] = {}
        self.entities: dict[str, str] = {}


def read_prolog(path: Path) -> Prolog:
    """Entities and root of an XML file.

    Raises GlossaryError for what is not XML, and for entities that name a file or address, contain entities or are
    long: without these, text can grow by a small factor only. Entities can be declared nowhere else than here.
    """
    prolog = Prolog()
    parser = expat.ParserCreate()

    def entity(name: str, parameter: bool, value: str | None, base: object, system: str | None, *_: object) -> None:
        if parameter or value is None or system is not None:
            raise GlossaryError(f"{path}: declares the external entity {name!r}: refused; remove its declaration")
        if "&" in value or "%" in value or len(value) > _LONGEST_ENTITY:
            raise GlossaryError(f"{path}: declares the entity {name!r}, which could grow: refused; write it out")
        prolog.entities[name] = value

    def start(name: str, attributes: dict[str, str]) -> None:
        prolog.root, prolog.attributes = local(name), attributes
        raise _RootReached

    parser.EntityDeclHandler = entity
    parser.StartElementHandler = start
    try:
        with open_binary(path) as file:
            while block := file.read(_PROLOG):
                parser.Parse(block, False)
            parser.Parse(b"", True)
    except _RootReached:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise _broken(path, error) from error
    return prolog


def elements(path: Path, names: tuple[str, ...]) -> Iterator[ET.Element]:
    """Complete elements with one of these local names, and comments (tag: ET.Comment), in the order of the file.

    An element is emptied after it was yielded. Raises GlossaryError with the line of the first error in the XML.
    Call `read_prolog` first: it refuses dangerous files.
    """
    ancestors: list[ET.Element] = []
    try:
        with open_binary(path) as file:
            for event, element in ET.iterparse(file, events=("start", "end", "comment")):
                if event == "comment":
                    yield element
                elif event == "start":
                    ancestors.append(element)
                else:
                    ancestors.pop()
                    if local(element.tag) in names:
                        yield element
                        element.clear()
                        if ancestors:
                            ancestors[-1].clear()
    except (ET.ParseError, ValueError, LookupError) as error:
        raise _broken(path, error) from error


def local(tag: object) -> str:
    """A tag without its namespace; empty for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: ET.Element) -> str:
    """All text inside an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def _broken(path: Path, error: Exception) -> GlossaryError:
    position = getattr(error, "position", None)
    lines = position[0] if position else getattr(error, "lineno", 1)
    reason = str(error).partition(":")[0]
    return GlossaryError(f"{path}, line {lines}: broken XML ({reason}): mend it or download the file again")
