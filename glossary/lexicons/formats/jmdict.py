"""JMdict and JMnedict in the EDRDG's XML (https://www.edrdg.org/jmdict/jmdict_dtd_h.html), plain or .gz."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Comment, Element

from ...errors import GlossaryError
from .record import EDRDG, About, Record, Records, Sense
from .xmlstream import XML_LANG, elements, read_prolog

_CREATED = re.compile(r"JM\w+\s+created:\s*([\d-]+)")


def read(path: Path, about: About) -> Records:
    """Records of a JMdict or JMnedict file. Raises GlossaryError if it is neither, or is broken."""
    prolog = read_prolog(path)
    if prolog.root not in ("JMdict", "JMnedict"):
        raise GlossaryError(f"{path}: the root element is {prolog.root!r}, not JMdict or JMnedict: check --format")
    about.name, about.licence = prolog.root, EDRDG
    # The texts of entities are what a reader of the XML sees; of name types the short codes are what is in use.
    codes = {text: code for code, text in prolog.entities.items()} if prolog.root == "JMnedict" else {}
    for element in elements(path, ("entry",)):
        if element.tag is Comment:
            if found := _CREATED.search(element.text or ""):
                about.version = found.group(1)
            continue
        yield _record(element, codes)


def _record(entry: Element, codes: dict[str, str]) -> Record:
    priorities = (*entry.iterfind("k_ele/ke_pri"), *entry.iterfind("r_ele/re_pri"))
    return Record(
        _texts(entry, "k_ele/keb"),
        _texts(entry, "r_ele/reb"),
        (*_senses(entry), *_names(entry, codes)),
        bool(priorities),
    )


def _senses(entry: Element) -> list[Sense]:
    found = []
    kinds: tuple[str, ...] = ()
    for sense in entry.iterfind("sense"):
        # "pos ... applies to the following senses until one has its own": the DTD's words.
        kinds = _texts(sense, "pos") or kinds
        glosses = tuple(g.text for g in sense.iterfind("gloss") if g.text and g.get(XML_LANG, "eng") == "eng")
        if glosses:
            found.append(Sense(glosses, kinds))
    return found


def _names(entry: Element, codes: dict[str, str]) -> list[Sense]:
    return [
        Sense(
            tuple(d.text for d in trans.iterfind("trans_det") if d.text and d.get(XML_LANG, "eng") == "eng"),
            tuple(codes.get(kind, kind) for kind in _texts(trans, "name_type")),
        )
        for trans in entry.iterfind("trans")
    ]


def _texts(element: Element, path: str) -> tuple[str, ...]:
    return tuple(found.text for found in element.iterfind(path) if found.text)
