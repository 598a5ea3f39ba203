"""EDICT, EDICT2 and ENAMDICT text (https://www.edrdg.org/jmdict/edict_doc.html): KANJI [KANA] /(n) gloss/gloss/."""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import GlossaryError
from .files import open_text
from .record import EDRDG, About, Record, Records, Sense

_LINE = re.compile(r"(?P<written>[^\[/]+?)\s*(?:\[(?P<kana>[^\]]*)\])?\s*/(?P<glosses>.*)/\s*$")
_MARKS = re.compile(r"\((?:[^()]*)\)")
_CODES = re.compile(r"\(([a-z0-9,\-:]+)\)\s*")
_SENSE_NUMBER = re.compile(r"\((\d+)\)\s*")
_DATE = re.compile(r"(?:Created|Date)\D{0,3}(\d{4}-\d\d-\d\d)", re.IGNORECASE)

# The names that JMdict gives to the codes that EDICT prints.
_PARTS = {
    "n": "noun (common) (futsuumeishi)",
    "n-pref": "noun, used as a prefix",
    "n-suf": "noun, used as a suffix",
    "pn": "pronoun",
    "adj-i": "adjective (keiyoushi)",
    "adj-na": "adjectival nouns or quasi-adjectives (keiyodoshi)",
    "adj-no": "nouns which may take the genitive case particle 'no'",
    "adj-pn": "pre-noun adjectival (rentaishi)",
    "adj-t": "'taru' adjective",
    "adj-f": "noun or verb acting prenominally",
    "adv": "adverb (fukushi)",
    "adv-to": "adverb taking the 'to' particle",
    "vs": "noun or participle which takes the aux. verb suru",
    "v1": "Ichidan verb",
    "vt": "transitive verb",
    "vi": "intransitive verb",
    "exp": "expressions (phrases, clauses, etc.)",
    "int": "interjection (kandoushi)",
    "pref": "prefix",
    "suf": "suffix",
    "ctr": "counter",
    "num": "numeric",
    "prt": "particle",
    "conj": "conjunction",
}
_NAMES = {
    "s": "surname",
    "p": "place",
    "u": "unclass",
    "g": "given",
    "f": "fem",
    "m": "masc",
    "h": "person",
    "pr": "product",
    "co": "company",
    "c": "company",
    "o": "organization",
    "st": "station",
    "wk": "work",
    "ev": "event",
}


def read(path: Path, about: About) -> Records:
    """Records of an EDICT, EDICT2 or ENAMDICT file. Raises GlossaryError with the line that is not in that form."""
    with open_text(path) as file:
        names = "enamdict" in path.name.lower() or "jmnedict" in path.name.lower()
        for number, line in enumerate(file, 1):
            if not line.strip() or line.startswith("#"):
                continue
            if number == 1 and (date := _DATE.search(line)):
                names = names or "ENAMDICT" in line or "JMnedict" in line
                about.version = date.group(1)
                about.name, about.licence = ("ENAMDICT" if names else "EDICT"), EDRDG
                continue
            match = _LINE.match(line)
            if match is None:
                raise GlossaryError(f"{path}, line {number}: not of the form KANJI [KANA] /gloss/: check --format")
            about.name, about.licence = about.name or ("ENAMDICT" if names else "EDICT"), EDRDG
            yield _record(match, _NAMES if names else _PARTS)


def _record(match: re.Match[str], codes: dict[str, str]) -> Record:
    glosses = [part for part in match["glosses"].split("/") if part and not part.startswith("EntL")]
    common = "(P)" in glosses or "(P)" in match["written"]
    written, kana = _forms(match["written"]), _forms(match["kana"] or "")
    return Record(
        written if kana else (), kana or written, tuple(_senses([g for g in glosses if g != "(P)"], codes)), common
    )


def _forms(text: str) -> tuple[str, ...]:
    forms = (_MARKS.sub("", form).strip() for form in text.split(";"))
    return tuple(dict.fromkeys(form for form in forms if form))


def _senses(glosses: list[str], codes: dict[str, str]) -> list[Sense]:
    """One sense for each (1), (2) …; the codes in brackets hold until others come."""
    senses: list[tuple[list[str], tuple[str, ...]]] = []
    kinds: tuple[str, ...] = ()
    for gloss in glosses:
        starts = not senses
        while match := _SENSE_NUMBER.match(gloss) or _CODES.match(gloss):
            found = tuple(codes[code] for code in match[1].split(",") if code in codes)
            if not found and not match[1].isdigit():
                break  # a remark, which belongs to the gloss
            starts = True
            kinds = found or kinds
            gloss = gloss[match.end() :]
        if starts:
            senses.append(([], kinds))
        if gloss:
            senses[-1][0].append(gloss)
    return [Sense(tuple(texts), found) for texts, found in senses if texts]
