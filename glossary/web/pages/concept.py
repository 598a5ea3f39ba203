"""The page of one concept, and the same as JSON."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from datasette import Response

from glossary.uses.concept_page import VIEWS, concept_page, current_concept_id, sentences_around
from glossary.uses.lookup import Row
from glossary.uses.marking import Piece, marked
from glossary.web import charts
from glossary.web.links import Links
from glossary.web.registry import page
from glossary.web.visit import NoSuchPage, Visit

AT_ONCE = 10
"""Contexts on a page; more come on demand."""


@page(r"/concept/(?P<concept_id>[^/]+?)\.json", views=VIEWS)
async def concept_json(visit: Visit) -> Any:
    found = await _find(visit, ".json")
    return found if isinstance(found, Response) else visit.json({"ok": True, **found})


@page("/concept/(?P<concept_id>[^/]+)", views=VIEWS)
async def concept(visit: Visit) -> Any:
    found = await _find(visit)
    if isinstance(found, Response):
        return found
    shown = found["contexts"][: AT_ONCE * _pages(visit)]
    months = charts.months((row["month"], row["mentions"]) for row in found["usage"]["months"])
    weights = [reason["weight"] for reason in found["evidence"]]
    from glossary.web.pages.review import panel  # which shows what this module makes

    return await visit.html(
        "concept.html",
        **found,
        panel=await panel(visit, found) if await visit.may_review() else None,
        shown=await visit.read(contexts_shown, shown),
        pages=_pages(visit),
        months=charts.columns(months),
        publishers=charts.bars((row["publisher"], row["mentions"]) for row in found["usage"]["publishers"][:10]),
        reasons=list(zip(found["evidence"], charts.bars(("", weight) for weight in weights), strict=True)),
        zero=charts.zero(weights),
        score=sum(weights),
        pair_confidence=_pair_confidence(found),
        rivals=_rivals(found),
    )


async def _find(visit: Visit, ending: str = "") -> Row | Response:
    """What the concept's page shows, or the way to the id under which it is found now."""
    concept_id = visit.parts["concept_id"]
    found = await visit.read(concept_page, concept_id, decisions=await visit.may("decisions"))
    if found is not None:
        return found
    current = await visit.read(current_concept_id, concept_id)
    if current is None or current == concept_id:
        raise NoSuchPage("no_such_concept")
    return Response.redirect(Links(visit.datasette, visit.database.name).concept(current, ending))


def _pages(visit: Visit) -> int:
    """How many times AT_ONCE contexts are asked for."""
    asked = visit.request.args.get("contexts") or "1"
    return int(asked) if re.fullmatch("[1-9][0-9]?", asked) else 1


def contexts_shown(db: sqlite3.Connection, contexts: list[Row]) -> list[Row]:
    """Contexts with `pieces` of their sentences and the sentences `around` them, by language."""
    return [
        context
        | {"pieces": {language: _pieces(context, language) for language in ("ja", "en")}}
        | {"around": {language: sentences_around(db, context, language) for language in ("ja", "en")}}
        for context in contexts
    ]


def _pieces(context: Row, language: str) -> list[Piece]:
    sentence, start, end = (context[f"{language}_{part}"] for part in ("sentence", "start", "end"))
    if not sentence:
        return []
    origin = context[f"{language}_sentence_start"]
    marks = [(start - origin, end - origin, True)] if start is not None else []
    return marked(sentence, (0, len(sentence)), marks)


def _pair_confidence(found: Row) -> float | None:
    """Of the pairing whose reasons are shown; None where none of its mentions is."""
    keys = ("document", "ja", "en")
    pair = [found["evidence"][0][key] for key in keys] if found["evidence"] else None
    return next((row["confidence"] for row in found["contexts"] if [row[key] for key in keys] == pair), None)


def _rivals(found: Row) -> list[tuple[Row, charts.Bar]]:
    """The concept among its competitors, with bars of their mentions; empty where it has none."""
    if not found["competing"]:
        return []
    rows = [found["concept"], *found["competing"]]
    return list(zip(rows, charts.bars(("", row["occurrences"]) for row in rows), strict=True))
