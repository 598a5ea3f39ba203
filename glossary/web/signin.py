"""Signing in without a password, once, by an address that only whoever started the server knows.

Datasette's own `--root` would do, but root of Datasette 1.0 may also change tables, past all decisions.
"""

from __future__ import annotations

import secrets
from typing import Any

from datasette import Response

from glossary.web.links import Links
from glossary.web.messages import Messages, preferred_language
from glossary.web.visit import render

PATH = "/-/glossary-sign-in"

_offers: dict[str, str] = {}
"""token: name of the actor."""


def offer_sign_in(actor: str) -> str:
    """An address (without host) that signs in as `actor` whoever opens it first, in a server of this process."""
    token = secrets.token_urlsafe(32)
    _offers[token] = actor
    return f"{PATH}?token={token}"


async def sign_in(request: Any, datasette: Any) -> Any:
    actor = _offers.pop(request.args.get("token") or "", None) if request.method == "GET" else None
    if actor is None and not request.actor:
        text = Messages(preferred_language(request))("sign_in_used")
        return await render(datasette, request, "message.html", None, status=403, message=text)
    response = Response.redirect(Links(datasette, None).start())
    if actor is not None:
        response.set_cookie("ds_actor", datasette.sign({"a": {"id": actor}}, "actor"), httponly=True, samesite="lax")
    return response
