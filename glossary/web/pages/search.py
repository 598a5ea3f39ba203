"""Search: JSON for programs, a piece of a page for results as you type."""

from __future__ import annotations

from typing import Any

from glossary.uses.lookup import find_concepts
from glossary.web.registry import page
from glossary.web.visit import Visit

LIMIT = 30
"""Results of one search."""

VIEWS = ("glossary", "terms")


async def results(visit: Visit) -> list[dict[str, Any]]:
    """Concepts that match what is searched for, best first; at most LIMIT."""
    return await visit.read(find_concepts, visit.query, limit=LIMIT) if visit.query else []


@page(r"/search\.json", views=VIEWS)
async def search_json(visit: Visit) -> Any:
    """`results`: rows of `glossary` with `match` ("exact", "partial"), and `url` and `json` of their pages."""
    from glossary.web.links import Links

    links = Links(visit.datasette, visit.database.name)
    found = [
        {
            **row,
            "url": links.concept(row["concept_id"]),
            "json": links.concept(row["concept_id"], ".json"),
        }
        for row in await results(visit)
    ]
    return visit.json({"ok": True, "query": visit.query, "results": found})


@page("/search", views=VIEWS)
async def search(visit: Visit) -> Any:
    """The list of results alone."""
    return await visit.html("_results.html", results=await results(visit), limit=LIMIT)
