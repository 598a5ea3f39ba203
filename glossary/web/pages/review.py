"""The review queue, and where every decision that is made in a browser or by a script is sent."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette import Response
from sqlite_utils import Database

from glossary.exchange.text import is_japanese
from glossary.records import KINDS
from glossary.store.connection import BUSY_TIMEOUT
from glossary.uses import review as work
from glossary.uses.concept_page import VIEWS, concept_page, current_concept_id
from glossary.uses.deciding import Order, Outcome, carry_out
from glossary.uses.lookup import Row, find_concepts, rows
from glossary.web.links import Links
from glossary.web.orders import check_same_site, read_order
from glossary.web.pages import concept
from glossary.web.permissions import actor_name
from glossary.web.registry import page
from glossary.web.visit import Refused, Visit, is_json

if TYPE_CHECKING:
    from glossary.decisions import Decision

AT_ONCE = 20
"""Concepts in the list."""

CONTEXTS = 3
"""Contexts of the concept that is looked at."""

MOST_SAID = 60
"""Characters of a term in the message about a decision."""


@page(r"/review(?:\.json)?", views=VIEWS, methods=("GET", "HEAD", "POST"))
async def review(visit: Visit) -> Any:
    if visit.request.method == "POST":
        check_same_site(visit.request)
    if not await visit.may_review():
        raise Refused(403, "review_forbidden")
    if visit.request.method == "POST":
        return await _decide(visit)
    arguments = {name: visit.request.args.get(name) or "" for name in visit.request.args}
    filters = work.read_filters(arguments)
    found = await visit.read(work.queue, filters, AT_ONCE + 1)
    after = filters.place(found[AT_ONCE - 1]) if len(found) > AT_ONCE else None
    if visit.request.path.endswith(".json"):
        shown = [{name: value for name, value in row.items() if name != "id"} for row in found[:AT_ONCE]]
        return visit.json({"ok": True, "concepts": shown, "after": after})
    return await _page(visit, filters, found[:AT_ONCE], after, arguments.get("concept", ""))


async def _page(visit: Visit, filters: work.Filters, queue: list[Row], after: str | None, chosen: str) -> Any:
    ids = [row["concept_id"] for row in queue]
    looked_at = await visit.read(concept_page, chosen, decisions=False) if chosen else None
    if looked_at is None and ids:
        chosen = ids[0]
        looked_at = await visit.read(concept_page, chosen, decisions=False)
    place = ids.index(chosen) if chosen in ids else -1
    mine = None if await visit.may("decisions") else actor_name(visit.request.actor)
    counted = await visit.read(work.count, filters)
    narrowed = bool(filters.asked().keys() - {"order"})
    return await visit.html(
        "review.html",
        queue=queue,
        filters=filters,
        asked=filters.asked(),
        here=filters.asked() | ({"after": visit.request.args.get("after")} if filters.after else {}),
        counted=min(counted, work.MOST_COUNTED) if narrowed else counted,
        more_than_counted=narrowed and counted > work.MOST_COUNTED,
        after=after,
        chosen=chosen if looked_at else "",
        next_id=ids[place + 1] if place + 1 < len(ids) else None,
        previous_id=ids[place - 1] if place > 0 else None,
        page=looked_at,
        shown=await visit.read(concept.contexts_shown, looked_at["contexts"][:CONTEXTS]) if looked_at else [],
        panel=await panel(visit, looked_at) if looked_at else None,
        kinds=KINDS,
        orders=list(work.ORDERS),
        latest=await visit.read(work.latest_decisions, mine),
        me=actor_name(visit.request.actor),
        adding=_added(visit.request.args.get("add")),
    )


def _added(text: str | None) -> dict[str, str] | None:
    """What the form for a missed concept starts from: the text, as the term of the language it is in."""
    if text is None:
        return None
    return {"ja" if is_japanese(text) else "en": text.strip()}


async def panel(visit: Visit, found: Row) -> dict[str, Any]:
    """What `_decide.html` shows of a `concept_page`."""
    row = found["concept"]
    return {
        "target": f"{row['concept_id']} {row['modified']}",
        "concept": row,
        "terms": found["terms"],
        "kinds": KINDS,
        "near": await visit.read(work.near, found),
    }


async def _decide(visit: Visit) -> Response:
    order, fields = await read_order(visit.request)
    if order.action == "merge" and order.other is None and not is_json(visit.request):
        order = replace(order, arguments={"value": await _other(visit, order)})
    outcome = await write(visit, order)
    if is_json(visit.request):
        return _as_json(visit, outcome)
    if outcome.changed:
        return await _changed_meanwhile(visit, outcome)
    if not outcome.decisions:
        raise Refused(400, "review_not_decided", reason=" · ".join(map(visit.messages.problem, outcome.problems)))
    text = await _what_was_done(visit, order.action, outcome.decisions)
    visit.datasette.add_message(visit.request, " · ".join([text, *map(visit.messages.problem, outcome.problems)]))
    return Response.redirect(await _address_afterwards(visit, outcome, fields))


async def _what_was_done(visit: Visit, action: str, decisions: list[Decision]) -> str:
    """The pair that was decided on, or of several the number. An edit is no approval, and says so."""
    done, made = visit.messages.value("done", action), decisions[-1]
    texts = made.selector.get("texts") or []
    if action == "edit" and (edited := await visit.read(_shown, made.concept_id)):
        if edited["status"] == "candidate":
            return visit.messages("review_edited")
        texts = [edited["ja"], edited["en"]]
    pair = " = ".join(_shortened(text) for text in texts if text)
    if len(decisions) > 1 or not pair:
        return visit.messages("review_done_several", done=done, n=len(decisions))
    return visit.messages("review_done", done=done, pair=pair)


def _shortened(text: str) -> str:
    """What is said travels in a cookie, which holds 4,096 bytes."""
    return text if len(text) <= MOST_SAID else text[: MOST_SAID - 1] + "…"


async def write(visit: Visit, order: Order) -> Outcome:
    """Carry out an order in Datasette's write thread of the glossary."""
    actor = actor_name(visit.request.actor)
    assert actor is not None  # or they may not review

    def run(connection: sqlite3.Connection) -> Outcome:
        connection.execute("pragma foreign_keys = on")
        connection.execute(f"pragma busy_timeout = {int(BUSY_TIMEOUT * 1000)}")
        return carry_out(Database(connection, execute_plugins=False), order, actor)

    # Datasette 1.0 would begin the transaction that the engine begins and ends itself, with the journal inside.
    before_1 = hasattr(visit.datasette, "permission_allowed")
    execute = (
        visit.database.execute_write_fn if before_1 else partial(visit.database.execute_write_fn, transaction=False)
    )
    return await execute(run)


async def _other(visit: Visit, order: Order) -> str:
    """The concept_id of what a person named by a term, or by its id, to be merged in."""
    text = order.arguments["value"].strip()
    own = {target.id for target in order.targets}
    if await visit.read(current_concept_id, text) is not None:
        return text
    found = await visit.read(find_concepts, text, limit=20)
    ids = [row["concept_id"] for row in found if row["match"] == "exact" and row["concept_id"] not in own]
    if not ids:
        raise Refused(400, "review_no_other", text=text[:200])
    if len(ids) > 1:
        raise Refused(400, "review_several", text=text[:200], ids=", ".join(ids))
    return str(ids[0])


def _as_json(visit: Visit, outcome: Outcome) -> Response:
    if outcome.changed:
        error = _what_changed(visit, outcome.changed[0])
        return visit.json({"ok": False, "status": 409, "error": error, "changed": outcome.changed}, status=409)
    made = [decision.as_dict() for decision in outcome.decisions]
    if outcome.problems:
        problems = [visit.messages.problem(problem) for problem in outcome.problems]
        error = visit.messages("review_not_decided", reason=" · ".join(problems))
        answer = {"ok": False, "status": 400, "error": error, "problems": problems, "decisions": made}
        return visit.json(answer, status=400)
    return visit.json({"ok": True, "decisions": made})


async def _changed_meanwhile(visit: Visit, outcome: Outcome) -> Response:
    texts = [_what_changed(visit, row) for row in outcome.changed]
    return await visit.html("changed.html", status=409, texts=texts, changed=outcome.changed)


def _what_changed(visit: Visit, row: dict[str, Any]) -> str:
    pair = " = ".join(text for text in (row["ja"], row["en"]) if text)
    at = row["modified"][:19].replace("T", " ")
    return visit.messages("review_changed", pair=pair, who=row["modified_by"], at=at)


async def _address_afterwards(visit: Visit, outcome: Outcome, fields: dict[str, str]) -> str:
    """Where a form leads: back to the document or the concept (if it still is) where it was, else on in the queue.

    There an edited concept is looked at once more: it still waits.
    """
    links = Links(visit.datasette, visit.database.name)
    concept_id = outcome.decisions[-1].concept_id
    if fields.get("on") == "concept" and concept_id and await visit.read(_shown, concept_id):
        return links.concept(concept_id)
    if fields.get("on") == "document" and fields.get("document"):
        return links.document(fields["document"])
    if concept_id and outcome.decisions[-1].action == "edit":
        fields = fields | {"next": concept_id}
    asked = {name: visit.request.args.get(name) or "" for name in visit.request.args if name != "concept"}
    return links.review(**asked | ({"concept": fields["next"]} if fields.get("next") else {}))


def _shown(db: sqlite3.Connection, concept_id: str) -> Row | None:
    found = rows(db, "select ja, en, status from glossary where concept_id = ?", [concept_id])
    return found[0] if found else None
