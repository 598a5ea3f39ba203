"""A decision as a record, and as a line of JSON that is checked before anything believes it."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ..errors import GlossaryError, UnfitError
from ..records import KINDS
from .actions import ACTIONS, Field

FORMS = ("full", "abbreviation", "acronym", "short", "variant")
IN_FORCE, UNDONE, NOT_FOUND = "in force", "undone", "target not found"
LONGEST = 10_000
"""Characters of any one text in a decision."""

_as_json = json.JSONEncoder(ensure_ascii=False).encode
_NO_CHARACTERS = re.compile("[\0\ud800-\udfff]")
_FIELDS = {name: {one.name: one for one in action.payload} for name, action in ACTIONS.items()}
_COLUMNS = ("ja", "en", "reading", "romaji", "kind", "origin", "definition_ja", "definition_en", "definition_source")
_PINNED = ("ja", "en", "reading", "kind")


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing a person decided. `after` is the payload of the action (see `actions`)."""

    decision_id: str
    at: str
    """UTC, ISO 8601 with microseconds; later decisions have later times, also where the clock was set back."""
    actor: str
    action: str
    concept_id: str | None
    """The concept it is about in this database."""
    selector: dict[str, Any] = field(default_factory=dict)
    """concept_id, ja, en (normalized preferred terms at that time), texts (the same as written), sense, scope."""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    state: str = IN_FORCE

    def as_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)

    def line(self) -> str:
        """As one line of JSON, without line end."""
        # `asdict` copies deeply, which an import of thousands would wait for
        return _as_json({name: getattr(self, name) for name in self.__slots__})

    def row(self) -> list[Any]:
        """In the order of the columns of the table `decision`."""
        texts = (_as_json(value) if value else "{}" for value in (self.selector, self.before, self.after))
        return [self.decision_id, self.at, self.actor, self.action, self.concept_id, *texts, self.note, self.state]


def from_row(row: tuple[Any, ...]) -> Decision:
    """From a row of the table `decision`. Raises GlossaryError if the row is damaged."""
    decision_id, at, actor, action, concept_id, *texts, note, state = row
    try:
        selector, before, after = (json.loads(text) if text and text != "{}" else {} for text in texts)
    except ValueError as error:
        raise GlossaryError(
            f"decision {decision_id}: damaged in the database ({error}): run `glossary doctor --repair`"
        ) from error
    return Decision(decision_id, at, actor, action, concept_id, selector, before, after, note, state)


def from_line(line: str, where: str) -> Decision:
    """From a line of JSON, checked. Raises GlossaryError that begins with `where` ("FILE, line 3")."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise GlossaryError(f"{where}: not JSON ({error}): is this a file of decisions?") from error
    try:
        return _checked(value)
    except (ValueError, OverflowError) as error:
        raise GlossaryError(f"{where}: not a decision: {error}") from error


def _checked(value: Any) -> Decision:
    if not isinstance(value, dict):
        raise UnfitError("a JSON object is needed")
    missing = {"decision_id", "at", "actor", "action", "selector", "after"} - value.keys()
    if missing:
        raise ValueError(f"{', '.join(sorted(missing))} missing")
    decision_id = str(uuid.UUID(check_text(value["decision_id"], "decision_id")))
    for name in ("selector", "before", "after"):
        if not isinstance(value.get(name) if name != "before" else value.get(name) or {}, dict):
            raise ValueError(f"{name} is not a JSON object")
    for name in ("concept_id", "note"):
        if value.get(name) is not None:
            check_text(value[name], name)
    check_payload(check_text(value["action"], "action"), value["after"])
    check_selector(value["selector"], value["action"])
    state = value.get("state") or IN_FORCE
    _one_of(state, (IN_FORCE, UNDONE, NOT_FOUND), "state")
    return Decision(
        decision_id, _time(value["at"]), check_text(value["actor"], "actor"), value["action"], value.get("concept_id"),
        value["selector"], value.get("before") or {}, value["after"], value.get("note"), state,
    )  # fmt: skip


def check_selector(selector: Any, action: str = "") -> None:
    """Raises ValueError where a selector cannot be one."""
    if not isinstance(selector, dict):
        raise ValueError("selector is not a JSON object")
    if action != "undo":
        check_text(selector.get("concept_id"), "selector.concept_id")
    for name in ("ja", "en", "sense"):
        if selector.get(name) is not None:
            check_text(selector[name], f"selector.{name}")
    texts = selector.get("texts")
    if texts is not None and (
        not isinstance(texts, list) or len(texts) != 2 or any(t is not None and not isinstance(t, str) for t in texts)
    ):
        raise ValueError("selector.texts is not a Japanese and an English text")


def check_payload(action: str, after: Mapping[str, Any]) -> None:
    """Raises ValueError that says what is wrong with the payload of an action."""
    if action not in ACTIONS:
        raise ValueError(f"unknown action {action!r}: one of {', '.join(ACTIONS)}")
    fields = _FIELDS[action]
    if unknown := sorted(after.keys() - fields):
        raise ValueError(f"{action} has no {', '.join(unknown)}")
    for one in fields.values():
        if after.get(one.name) is not None:
            _check_field(one, after[one.name])
        elif one.required:
            raise UnfitError("{action} needs {name}", action=action, name=one.name)
    if action == "add":
        _check_add(after)
    if action == "split" and not after["terms"]:
        raise UnfitError("split needs a term")


def _check_add(after: Mapping[str, Any]) -> None:
    founding, further = bool(after.get("ja") or after.get("en")), bool(after.get("term"))
    if founding == further:
        raise UnfitError("add takes either ja and en, or term")
    if further and not after.get("language"):
        raise UnfitError("add needs the language of the term")


def _check_field(one: Field, value: Any) -> None:
    match one.type:
        case "text":
            check_text(value, one.name)
        case "language":
            _one_of(value, ("ja", "en"), one.name)
        case "kind":
            _one_of(value, KINDS, one.name)
        case "form":
            _one_of(value, FORMS, one.name)
        case "date":
            _check_date(check_text(value, one.name), one.name)
        case "number":
            if not isinstance(value, int) or not 0 <= value < 2**31:
                raise ValueError(f"{one.name} is not a number")
        case "texts":
            if not isinstance(value, list) or any(item not in _PINNED for item in value):
                raise ValueError(f"{one.name} names other things than {', '.join(_PINNED)}")
        case "terms":
            _check_terms(value, one.name)
        case "pairs":
            _check_pairs(value, one.name)
        case "object" if one.name == "other":
            check_selector(value)
        case "object":
            _check_columns(value, one.name)
        case _:
            raise AssertionError(one.type)


def _check_date(text: str, name: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise UnfitError("{name} is {value}, not a date (YYYY-MM-DD)", name=name, value=repr(text)) from error


def _check_columns(value: Any, name: str) -> None:
    if not isinstance(value, dict) or not value.keys() <= set(_COLUMNS):
        raise ValueError(f"{name} has other columns than {', '.join(_COLUMNS)}")
    for column, text in value.items():
        if text is not None:
            check_text(text, column)
    _one_of(value.get("kind"), KINDS, "kind")
    _one_of(value.get("origin"), ("bitext", "lexicon", "document", "user"), "origin")


def _check_terms(value: Any, name: str) -> None:
    if not isinstance(value, list) or not all(isinstance(term, dict) for term in value):
        raise ValueError(f"{name} is not a list of terms")
    for term in value:
        if not term.keys() <= {"language", "term", "reading", "romaji", "form", "source"}:
            raise ValueError(f"{name} has unknown fields")
        _one_of(term.get("language"), ("ja", "en"), "language")
        check_text(term.get("term"), "term")
        _one_of(term.get("form", "full"), FORMS, "form")
        for field_name in ("reading", "romaji", "source"):
            if term.get(field_name) is not None:
                check_text(term[field_name], field_name)


def _check_pairs(value: Any, name: str) -> None:
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise ValueError(f"{name} is not a list of pairs")
    for pair in value:
        for term in pair:
            check_text(term, name)


def _one_of(value: Any, allowed: tuple[str, ...], name: str) -> None:
    if value not in allowed:
        raise UnfitError(
            "{name} is {value}, not one of {known}", name=name, value=repr(value), known=", ".join(allowed)
        )


def check_text(value: Any, name: str) -> str:
    """`value`, if it is what one text of a decision may be; else raises ValueError that begins with `name`."""
    if not isinstance(value, str) or not value.strip():
        raise UnfitError("{name} is empty or no text", name=name)
    if len(value) > LONGEST:
        raise UnfitError("{name} is longer than {n} characters", name=name, n=LONGEST)
    check_characters(value, name)
    return value


def check_characters(value: str, name: str) -> None:
    """Raises ValueError, which begins with `name`, where a string has what the database cannot hold."""
    if _NO_CHARACTERS.search(value):
        raise UnfitError("{name} has characters that no text has (NUL or half a surrogate pair)", name=name)


def _time(value: Any) -> str:
    moment = datetime.fromisoformat(check_text(value, "at"))
    if moment.tzinfo is None:
        raise ValueError(f"at ({value}) names no time zone")
    if not 2000 <= moment.year < 3000:
        raise ValueError(f"at ({value}) is no time at which this can have been decided")
    return stamp(moment)


def stamp(moment: datetime) -> str:
    """A time as decisions write it: UTC, ISO 8601, always six decimals, so that text order is time order."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def stamp_after(*earlier: str | None) -> str:
    """The present time, or, where the clock was set back, the first moment after all these."""
    latest = max((datetime.fromisoformat(text) for text in earlier if text), default=datetime.min.replace(tzinfo=UTC))
    return stamp(max(datetime.now(UTC), latest + timedelta(microseconds=1)))


def time_order(text: str) -> str:
    """A key that orders times with and without decimals."""
    return text.removesuffix("Z")
