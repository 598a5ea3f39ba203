"""SQL functions over Japanese and English text: glossary_reading, glossary_romaji, glossary_normalize.

    select glossary_reading('北方領土'), glossary_romaji('ホッポウリョウド'), glossary_normalize('Ｔｏ̄ｋｙｏ̄');

Datasette and sqlite-utils get them through their hook `prepare_connection`; any other connection through `register`.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlite_utils import hookimpl

_LONGEST = 10_000
"""Characters of an argument that are looked at."""


def reading(text: Any) -> str | None:
    """The katakana reading of Japanese text as the tagger reads it; what has no reading stays; null for null."""
    if text is None:
        return None
    from .languages.japanese import joint_reading, tokenize
    from .languages.kana import is_kana, to_katakana

    shown, end = [], 0
    text = str(text)[:_LONGEST]
    tokens = tokenize(text)
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        shown.append(text[end : token.start])
        spelled = token.surface if is_kana(token.surface) else token.reading or token.surface
        shown.append(joint_reading(token.surface, before, after) or to_katakana(spelled))
        end = token.end
    return "".join(shown) + text[end:]


def romaji(text: Any) -> str | None:
    """Modified Hepburn with macrons, lower case, of kana or of Japanese text by its reading; null for null."""
    if text is None:
        return None
    from .languages.japanese import tokenize
    from .languages.kana import is_kana, romanize
    from .terms.romaji import around_particles

    text = str(text)[:_LONGEST]
    heard = text if is_kana(text) else reading(text) or ""
    return " ".join(romanize(part) for part in around_particles(heard, tokenize(text)))


def normalize(text: Any) -> str | None:
    """The form in which terms are compared: no differences of width, case, accents, kana and spacing."""
    if text is None:
        return None
    from .identity import normalized

    return normalized(str(text)[:_LONGEST])


def register(connection: sqlite3.Connection) -> None:
    """Make the functions known to a connection."""
    for name, function in (
        ("glossary_reading", reading),
        ("glossary_romaji", romaji),
        ("glossary_normalize", normalize),
    ):
        connection.create_function(name, 1, function, deterministic=True)


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """sqlite-utils calls this for each database that it opens."""
    register(conn)
