"""The start of a glossary: search, what is new, what waits for review, numbers."""

from __future__ import annotations

from typing import Any

from datasette import Forbidden, Response

from glossary.uses import front_page
from glossary.web import charts
from glossary.web.glossaries import glossaries
from glossary.web.links import Links
from glossary.web.pages import search
from glossary.web.registry import page
from glossary.web.visit import Visit, render


async def start(request: Any, datasette: Any) -> Any:
    """The only glossary's home, or a choice of those that are attached."""
    known = await glossaries(datasette, request.actor)
    if not known:
        raise Forbidden("There is no glossary here that you may see")
    if len(known) == 1:
        return Response.redirect(Links(datasette, known[0].name).home(request.args.get("q") or ""))
    return await render(datasette, request, "choice.html", None, choices=[Links(datasette, g.name) for g in known])


@page("", views=search.VIEWS)
async def home(visit: Visit) -> Any:
    if visit.query:
        results = await search.results(visit)
        return await visit.html("home.html", results=results, limit=search.LIMIT, panels=False)
    may_documents = await visit.may("documents")
    counted = await visit.read(front_page.figures) if may_documents else None
    return await visit.html(
        "home.html",
        panels=True,
        newest=await visit.read(front_page.newest_concepts),
        documents=await visit.read(front_page.newest_documents) if may_documents else [],
        waiting=await visit.read(front_page.waiting_for_review) if await visit.may("candidates", "evidence") else None,
        figures=counted,
        **(_drawn(visit, counted) if counted else {}),
    )


def _drawn(visit: Visit, counted: dict[str, Any]) -> dict[str, Any]:
    """The charts of the figures."""
    words = visit.messages.value
    return {
        "kinds": charts.bars((words("kind", kind), number) for kind, number in counted["kinds"]),
        "statuses": charts.bars((words("status", status), number) for status, number in counted["statuses"]),
        "publishers": charts.bars(counted["publishers"]),
        "months": charts.columns(charts.months(counted["months"])),
    }
