"""What every reader yields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

EDRDG = "CC BY-SA 4.0, © EDRDG (https://www.edrdg.org/edrdg/licence.html)"


class Sense(NamedTuple):
    """English equivalents that belong together, and their parts of speech or name types."""

    glosses: tuple[str, ...]
    kinds: tuple[str, ...] = ()


class Record(NamedTuple):
    """One entry of a lexicon."""

    written: tuple[str, ...]
    """Written forms, the usual one first; may be empty where `readings` are what is written."""
    readings: tuple[str, ...]
    """Kana as the lexicon writes them."""
    senses: tuple[Sense, ...]
    common: bool = False


@dataclass(slots=True)
class About:
    """What a file says of itself. Readers fill it in while they read; what is empty then gets a default."""

    name: str = ""
    version: str = ""
    licence: str = ""


Records = Iterator[Record]
