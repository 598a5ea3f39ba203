"""What a reviewer sends, as a form or as JSON, turned into an order; nothing that other sites sent, and no odd text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from glossary.decisions import ACTIONS
from glossary.decisions.record import check_text
from glossary.errors import UnfitError
from glossary.uses.deciding import Order, Target
from glossary.web.visit import Refused, is_json, media_type

LARGEST = 1_000_000
"""Bytes of one request."""

MOST = 200
"""Targets of one order."""

_FORM = "application/x-www-form-urlencoded"


def check_same_site(request: Any) -> None:
    """Refuse what a page of another site makes a browser send; Datasette 0.65 asks only requests with cookies.

    By Sec-Fetch-Site, which every browser of today sends, else by Origin (https://words.filippo.io/csrf/).
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise Refused(403, "review_other_site")
    elif origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused(403, "review_other_site")


async def read_order(request: Any) -> tuple[Order, dict[str, str]]:
    """The order that a request brings, and the other fields of a form. Raises Refused where there is none."""
    length = request.headers.get("content-length") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        raise Refused(413, "review_too_large")
    if not is_json(request) and media_type(request) != _FORM:
        raise Refused(415, "review_media_type")
    body = await request.post_body()
    try:
        if is_json(request):
            return _from_json(_loaded(body)), {}
        return _from_form(_fields(body))
    except UnfitError as error:
        raise Refused(400, "review_nonsense", reason=error) from error


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnfitError("not JSON ({reason})", reason=str(error)[:200]) from error


def _fields(body: bytes) -> dict[str, list[str]]:
    try:
        text = body.decode("utf-8")
        return parse_qs(text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise UnfitError("not a form ({reason})", reason=str(error)[:200]) from error


def _from_json(value: Any) -> Order:
    """{"action", "targets": [{"id", "modified"}], "note", "other": {"id", "modified"}, "arguments": {…}}."""
    if not isinstance(value, dict):
        raise UnfitError("a JSON object is needed")
    if unknown := value.keys() - {"action", "targets", "note", "other", "arguments"}:
        raise UnfitError("unknown: {names}", names=", ".join(sorted(unknown))[:200])
    targets, arguments = value.get("targets", []), value.get("arguments", {})
    if not isinstance(targets, list) or not isinstance(arguments, dict):
        raise UnfitError("targets is a list of objects, arguments an object")
    other = value.get("other")
    return _order(
        value.get("action"),
        [_json_target(target) for target in targets],
        arguments,
        value.get("note"),
        None if other is None else _json_target(other),
    )


def _json_target(value: Any) -> Target:
    if not isinstance(value, dict) or value.keys() != {"id", "modified"}:
        raise UnfitError("each target is an object of {names}, with `modified` as you saw it", names="id, modified")
    return Target(_text(value["id"], "id"), _text(value["modified"], "modified"))


def _from_form(fields: dict[str, list[str]]) -> tuple[Order, dict[str, str]]:
    """Fields: `action`, `target` (several; "ID MODIFIED"), `reason`, and the arguments of the action.

    `of` is a language and a term, `terms` (several) those that `split` takes out, `other` what is merged in
    ("ID MODIFIED" or an id alone), `kind` the kind.
    """
    one = {name: _text(values[-1].replace("\r\n", "\n"), name) for name, values in fields.items()}
    action, targets = one.get("action", ""), fields.get("target", [])
    allowed = {argument.name for argument in ACTIONS[action].arguments} if action in ACTIONS else set()
    arguments: dict[str, Any] = {n: one[n] for n in allowed & one.keys() if one[n].strip() or n == "value"}
    if "term" in allowed and one.get("of"):
        arguments["language"], _, arguments["term"] = one["of"].partition(" ")
    if "terms" in allowed:
        arguments["terms"] = [_text(term, "terms") for term in fields.get("terms", []) if term]
    if action == "kind":
        arguments["value"] = one.get("kind", "")
    made = [_form_target(target) for target in targets if target]
    other = None
    if action == "merge":
        # Of two that are ticked in the list, the second goes into the first.
        chosen = _form_target(one["other"]) if one.get("other", "").strip() else None
        if chosen is None and len(made) == 2:
            made, chosen = made[:1], made[1]
        if chosen is not None and chosen.seen:
            other = chosen
        elif chosen is not None:
            arguments["value"] = chosen.id
    return _order(action, made, arguments, one.get("reason"), other), one


def _form_target(text: str) -> Target:
    number, _, seen = text.strip().partition(" ")
    return Target(_text(number, "target"), _text(seen, "target"))


def _order(action: Any, targets: list[Target], arguments: dict[Any, Any], note: Any, other: Target | None) -> Order:
    if not action:
        raise Refused(400, "review_none_chosen")
    if not isinstance(action, str) or action not in ACTIONS:
        raise UnfitError("action: one of {known}", known=", ".join(ACTIONS))
    if len(targets) > MOST:
        raise UnfitError("at most {n} targets at once", n=MOST)
    if not targets and ACTIONS[action].needs_concept:
        raise Refused(400, "review_none_chosen")
    allowed = {argument.name for argument in ACTIONS[action].arguments}
    for name, value in arguments.items():
        if name not in allowed:
            raise UnfitError("{action} takes no {name}", action=action, name=str(name)[:100])
        for text in value if isinstance(value, list) and name == "terms" else [value]:
            _text(text, str(name))
    if action == "split" and not arguments.get("terms"):
        raise Refused(400, "review_no_terms")
    if action == "merge":
        if other is None and not arguments.get("value"):
            raise Refused(400, "review_merge_two")
        arguments = {"value": other.id if other else arguments["value"]}
    return Order(action, tuple(_unique(targets)), arguments, None if note is None else _text(note, "note"), other)


def _unique(targets: Iterable[Target]) -> list[Target]:
    return list({target.id: target for target in targets}.values())


def _text(value: Any, name: str) -> str:
    return "" if isinstance(value, str) and not value.strip() else check_text(value, name)
