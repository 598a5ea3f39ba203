"""Checks of what the texts and the scores say: no such row can be derived from others, so nothing is repaired here."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from ..documents.reading import document_id
from ..store.settings import read_state
from .findings import REFRESH, Finding, counted

_TOLERANCE = 1e-6
"""Of the sum of the evidence against the score, as at publishing."""


def check_documents(db: Database) -> Iterator[Finding]:
    """Texts against the hash that is their id, and documents in which nothing was looked for."""
    changed = [
        name
        for identity, name, language, text, characters in db.conn.execute(
            "select document_id, name, language, text, characters from document order by name, language"
        )
        if document_id(name, language, text) != identity or characters != len(text)
    ]
    if changed:
        yield Finding(
            "documents",
            f"the text of {_named(changed, 'document')} is not the one that was read",
            "`glossary remove` it and build its file again",
        )
    alone = db.conn.execute(
        """select name from document where not exists
        (select 1 from unit where ja_document = document.id or en_document = document.id) order by name"""
    )
    if lost := [name for (name,) in alone]:
        yield Finding("documents", f"{_named(lost, 'document')} lost the other side and was not built alone", REFRESH)


def check_offsets(db: Database) -> Iterator[Finding]:
    """Every context: the text sliced by its offsets (code points) gives exactly the term and the sentence."""
    for side, language in (("ja", "Japanese"), ("en", "English")):
        number, first = db.conn.execute(f"""
            select count(*), min(context.id) from context join passage on passage.id = context.passage
                left join document on document.id = context.{side}_document
            where context.{side} is not substr(text, {side}_start + 1, {side}_end - {side}_start)
            or passage.{side} is not
                substr(text, {side}_sentence_start + 1, {side}_sentence_end - {side}_sentence_start)""").fetchone()
        if number:
            what = f"the {language} offsets of {counted(number, 'context')} (first: id {first}) do not give their text"
            yield Finding("offsets", what, REFRESH)
    beads = " or ".join(
        f"""(segment.{side}_start is not null and not (0 <= segment.{side}_start
        and segment.{side}_start < segment.{side}_end and segment.{side}_end <= ifnull({side}.characters, 0)))"""
        for side in ("ja", "en")
    )
    (number,) = db.conn.execute(f"""
        select count(*) from segment join unit on unit.id = segment.unit left join document as ja on ja.id = ja_document
            left join document as en on en.id = en_document where {beads}""").fetchone()
    if number:
        yield Finding("offsets", f"{counted(number, 'segment')} lie outside of their texts", REFRESH)


def check_evidence(db: Database) -> Iterator[Finding]:
    """The weights of the evidence of each pair add up to its score."""
    (number,) = db.conn.execute(
        """select count(*) from (select pairing.id from pairing left join reason on reason.pairing = pairing.id
        group by pairing.id having abs(ifnull(sum(weight), 0) - score) > ?)""",
        [_TOLERANCE],
    ).fetchone()
    if number:
        yield Finding("evidence", f"the evidence of {counted(number, 'pair')} does not add up to the score", REFRESH)


def check_state(db: Database) -> Iterator[Finding]:
    """The model state in force can be read."""
    from ..terms.state import ModelState

    state = read_state(db)
    if state is None:
        return
    try:
        ModelState.from_bytes(state[1])
    except ValueError as error:
        yield Finding("state", f"the model state {state[0]} cannot be read ({error})", REFRESH)


def _named(names: list[str], noun: str) -> str:
    distinct = list(dict.fromkeys(names))
    return f"{counted(len(distinct), noun)} ({', '.join(distinct[:3])}{', …' if len(distinct) > 3 else ''})"
