"""The page of one document: a text, or two texts side by side."""

from __future__ import annotations

from typing import Any

from glossary.records import KINDS
from glossary.uses.document_page import LANGUAGES, VIEWS, document_data, document_page
from glossary.web.registry import page
from glossary.web.visit import NoSuchPage, Visit


@page(r"/document/(?P<name>.+)\.json", views=VIEWS)
async def document_json(visit: Visit) -> Any:
    found = await visit.read(document_data, visit.parts["name"])
    if found is None:
        raise NoSuchPage("no_such_document")
    return visit.json({"ok": True, "document": visit.parts["name"], **found})


@page("/document/(?P<name>.+)", views=VIEWS)
async def document(visit: Visit) -> Any:
    repairs = visit.request.args.get("show") == "repairs"
    name = visit.parts["name"]
    found = await visit.read(document_page, name, repairs=repairs)
    if found is None:
        raise NoSuchPage("no_such_document")
    languages = [language for language in LANGUAGES if language in found["documents"]]
    texts = [found["documents"][language] for language in languages]
    return await visit.html(
        "document.html",
        **found,
        name=name,
        names=list(dict.fromkeys(text["document"] for text in texts)),
        languages=languages,
        kinds=KINDS,
        show_repairs=repairs,
        repair_count=sum(len(text["repairs"]) for text in texts),
        publisher=next((text["publisher"] for text in texts if text["publisher"]), None),
        published=next((text["published"] for text in texts if text["published"]), None),
    )
