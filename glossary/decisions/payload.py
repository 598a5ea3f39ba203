"""From what a person says to the selector, the `before` and the payload of a decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlite_utils import Database

from ..errors import GlossaryError
from ..identity import concept_id as id_of_pair
from ..identity import normalized, split_id
from ..languages.kana import is_kana, romanize, to_katakana
from ..records import KINDS
from . import table
from .actions import Action
from .mentions import describe_mention
from .targets import make_selector, number_of, pairs_of

_NAMES = ("person", "place", "organization", "facility", "event", "product", "work", "law")
_BASE = ("ja", "en", "reading", "romaji", "kind", "origin", "definition_ja", "definition_en", "definition_source")
_LIMITS = ("region", "valid_from", "valid_to")

Row = dict[str, Any]

NO_SUCH_CONCEPT = "{id}: no such concept: look it up with `glossary lookup TERM`"


class Made(NamedTuple):
    selector: Row
    before: Row
    after: Row


def make_payload(db: Database, action: Action, concept: int | None, given: Row, target: str | None) -> Made:
    """Selector, before and payload (`after`) of an action. `concept`: `concept.id`; `target`: the id that was given.

    Raises GlossaryError where what is given does not fit what is there.
    """
    if action.name == "undo":
        return _undo(db, str(target))
    if concept is None:
        return _found(db, given)
    maker = _MAKERS.get(action.name, _column)
    before, after = maker(db, concept, given, action)
    return Made(make_selector(db, concept, _scope(action, after)), before, after)


def _scope(action: Action, after: Row) -> str:
    return "document" if action.name == "reject" and after.get("document") else action.scope


def _undo(db: Database, decision_id: str) -> Made:
    decision = table.by_id(db, decision_id)
    if decision is None:
        raise GlossaryError("{id}: no such decision: see `glossary decisions list`", id=decision_id)
    if decision.state == "undone":
        raise GlossaryError("{id}: undone already: to bring it into force again, undo what undid it", id=decision_id)
    return Made(decision.selector | {"scope": "decision"}, decision.after, {"decision_id": decision_id})


def _found(db: Database, given: Row) -> Made:
    """A concept that was missed."""
    if given.get("term"):
        raise GlossaryError("add --term: say to which concept: usage: decide add CONCEPT_ID --term TERM")
    ja, en = (_clean(given[side]) if given.get(side) else None for side in ("ja", "en"))
    if not ja and not en:
        raise GlossaryError("add: give --ja and --en of the concept, or CONCEPT_ID and --term")
    concept_id = id_of_pair(ja, en)
    number = number_of(db, concept_id)
    if number is not None and _row(db, number)["status"] == "approved":
        raise GlossaryError(
            "{id}: {ja} = {en} is there already, and approved", id=concept_id, ja=ja or "…", en=en or "…"
        )
    reading = {"romaji": given["romaji"]} if given.get("romaji") else {}
    if given.get("reading"):
        reading = _reading(given["reading"], given.get("romaji"), given.get("kind", "concept"))
    after = {"ja": ja, "en": en, "kind": given.get("kind"), **reading, **_limits(given)}
    selector = {
        "concept_id": concept_id, "ja": ja and normalized(ja), "en": en and normalized(en), "sense": None,
        "scope": "concept", "texts": [ja, en],
    }  # fmt: skip
    return Made(selector, {}, {name: value for name, value in after.items() if value})


def _approve(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    row = _row(db, concept)
    chosen = {field for (field,) in db.conn.execute("select field from choice where concept = ?", [concept])}
    terms = [
        {name: term[name] for name in ("language", "term", "reading", "romaji", "form", "source")}
        for term in _terms(db, concept)
    ]
    read = any(term["chosen_reading"] and term["term"] == row["ja"] for term in _terms(db, concept))
    pinned = [n for n in ("ja", "en", "kind") if row[n] and n not in chosen]
    pinned += ["reading"] if row["reading"] and row["ja"] and not read else []
    after = {"concept": {name: row[name] for name in _BASE}, "pinned": pinned, "terms": terms}
    pairs = _visible_pairs(db, concept, row["status"])
    return {"status": row["status"]}, after | ({"pairs": pairs} if pairs else {})


def _visible_pairs(db: Database, concept: int, status: str) -> list[list[str]]:
    """The pairs the person saw: those not rejected. Of a rejected concept, all: to approve it is to take that back."""
    rejected = db.conn.execute("select id from pairing where concept = ? and rejected = 1", [concept])
    refused = {number for (number,) in rejected}
    found = list(pairs_of(db, [concept]))
    live = {pair for number, _, pair in found if number not in refused}
    return sorted(map(list, live or {pair for _, _, pair in found}))


def _reject(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    row = _row(db, concept)
    pairs = {pair for _, _, pair in pairs_of(db, [concept])}
    wanted = pairs
    if "ja" in given or "en" in given:
        sides = [given.get(side) and normalized(given[side]) for side in ("ja", "en")]
        wanted = {p for p in pairs if all(s is None or s == t for s, t in zip(sides, p, strict=True))}
        if not wanted:
            ja, en = (given.get(side, "…") for side in ("ja", "en"))
            raise GlossaryError("{id}: has no pair {ja} = {en}", id=row["concept_id"], ja=ja, en=en)
    elif not pairs and row["ja"] and row["en"]:
        wanted = pairs = {(normalized(row["ja"]), normalized(row["en"]))}
    after: Row = {"pairs": sorted(map(list, wanted)), "whole": int(wanted == pairs)}
    if "document" in given:
        _check_document(db, row["concept_id"], concept, given["document"])
        after["document"] = given["document"]
    return {"status": row["status"]}, after


def _check_document(db: Database, concept_id: str, concept: int, document: str) -> None:
    found = db.conn.execute(
        "select 1 from context join unit on unit.id = context.unit where context.concept = ? and unit.name = ? limit 1",
        [concept, document],
    )
    if found.fetchone() is None:
        raise GlossaryError(
            "{document}: {id} is in no document of this name: see the view contexts", document=document, id=concept_id
        )


def _term_status(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    term = _term(db, concept, given["term"], given.get("language"))
    after = {"language": term["language"], "term": term["term"], **_limits(given)}
    return {name: term[name] for name in ("status", *_LIMITS) if term[name]}, after


def _edit(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    term = _term(db, concept, given["term"], given.get("language"))
    new = _clean(given["value"])
    if new == term["term"]:
        raise GlossaryError("edit: {term} is the term already", term=new)
    return {"term": term["term"]}, {"language": term["language"], "old": term["term"], "new": new}


def _add_term(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    if "term" not in given or "ja" in given or "en" in given or "kind" in given:
        raise GlossaryError("add: with CONCEPT_ID give --term; for a new concept give --ja and --en alone")
    text = _clean(given["term"])
    language = given.get("language") or _language(text)
    after = {"term": text, "language": language, "form": given.get("form"), **_limits(given)}
    if given.get("reading"):
        after |= _reading(given["reading"], given.get("romaji"), _row(db, concept)["kind"])
    there = [t["term"] for t in _terms(db, concept) if t["language"] == language]
    return {"terms": there}, {name: value for name, value in after.items() if value}


def _read(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    row = _row(db, concept)
    if not given.get("term") and not row["ja"]:
        raise GlossaryError("{id}: has no Japanese term to give a reading", id=row["concept_id"])
    term = _term(db, concept, given.get("term") or row["ja"], "ja")
    after = {"term": term["term"], **_reading(given["value"], given.get("romaji"), row["kind"], term)}
    return {"reading": term["reading"], "romaji": term["romaji"]}, after


def _reading(kana: str, romaji: str | None, kind: str, known: Row | None = None) -> Row:
    reading = to_katakana(_clean(kana)).replace(" ", "")
    if not is_kana(reading):
        raise GlossaryError("{text}: a reading is written in kana alone", text=kana)
    if not romaji and known and known["reading"] == reading and known["romaji"]:
        romaji = known["romaji"]
    plain = romanize(reading)
    return {"reading": reading, "romaji": romaji or (plain[:1].upper() + plain[1:] if kind in _NAMES else plain)}


def _kind(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    if given["value"] not in KINDS:
        raise GlossaryError("{text}: no such kind: one of {known}", text=given["value"], known=", ".join(KINDS))
    return {"kind": _row(db, concept)["kind"]}, {"kind": given["value"]}


def _column(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    column = action.payload[0].name
    value = given["value"].strip()
    return {column: _row(db, concept)[column]}, {column: value} if value else {}


def _define(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    row = _row(db, concept)
    before = {"definition": row.get(f"definition_{given['language']}"), "source": row["definition_source"]}
    after = {"language": given["language"], "definition": _clean(given["value"])}
    return before, after | ({"source": given["source"]} if given.get("source") else {})


def _merge(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    from .engine import current_id

    found = current_id(db, given["value"])
    other = number_of(db, found) if found else None
    if other is None:
        raise GlossaryError(NO_SUCH_CONCEPT, id=given["value"])
    if other == concept:
        raise GlossaryError("{id}: a concept cannot be merged with itself", id=given["value"])
    return {}, {"other": make_selector(db, other, "concept")}


def _split(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    row = _row(db, concept)
    chosen = [_term(db, concept, text, None) for text in given["terms"]]
    named = sorted({(term["language"], term["term"]) for term in chosen})
    everything = {(term["language"], term["term"]) for term in _terms(db, concept)}
    if set(named) == everything:
        raise GlossaryError("{id}: these are all its terms: leave it at least one", id=row["concept_id"])
    after = {
        "terms": [{"language": language, "term": text} for language, text in named],
        "new_id": split_id(row["concept_id"], named),
    }
    return {}, after


def _not_here(db: Database, concept: int, given: Row, action: Action) -> tuple[Row, Row]:
    text = str(given["value"])
    described = (
        describe_mention(db, concept, int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
    )
    if described is None:
        concept_id = _row(db, concept)["concept_id"]
        raise GlossaryError(
            "{text}: {id} has no such context: give the id of a row of the view contexts", text=text, id=concept_id
        )
    return {}, {name: value for name, value in described.items() if value is not None}


_MAKERS: dict[str, Callable[[Database, int, Row, Action], tuple[Row, Row]]] = {
    "approve": _approve,
    "reject": _reject,
    "prefer": _term_status,
    "admit": _term_status,
    "deprecate": _term_status,
    "forbid": _term_status,
    "edit": _edit,
    "add": _add_term,
    "reading": _read,
    "kind": _kind,
    "define": _define,
    "merge": _merge,
    "split": _split,
    "not-here": _not_here,
}


def _row(db: Database, concept: int) -> Row:
    return next(iter(db.query("select * from concept where id = ?", [concept])))


def _terms(db: Database, concept: int) -> list[Row]:
    return list(db.query("select * from term where concept = ? order by language, term", [concept]))


def _term(db: Database, concept: int, text: str, language: str | None) -> Row:
    """The term of the concept that is `text`, or, if none is, the only one that differs in width or case alone."""
    terms = [term for term in _terms(db, concept) if language in (None, term["language"])]
    exact = [term for term in terms if term["term"] == text]
    alike = exact or [term for term in terms if normalized(term["term"]) == normalized(text)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise GlossaryError(
            "{text}: several terms are written so: say which with --language or its exact spelling", text=text
        )
    there = ", ".join(term["term"] for term in terms) or "none"
    raise GlossaryError("{text}: not a term of the concept (it has {terms}): `add` it first", text=text, terms=there)


def _language(text: str) -> str:
    return "ja" if any("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or c == "々" for c in text) else "en"


def _limits(given: Row) -> Row:
    return {name: given[name] for name in _LIMITS if given.get(name)}


def _clean(text: str) -> str:
    return " ".join(text.split())
