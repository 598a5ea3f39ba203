"""The table of actions: what each is called, takes, records and does. Command help and manual are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..errors import GlossaryError

Scope = Literal["concept", "pair", "term", "context", "decision", "document"]
FieldType = Literal["text", "language", "kind", "date", "form", "texts", "terms", "pairs", "object", "status", "number"]


@dataclass(frozen=True, slots=True)
class Argument:
    """What the person gives: `name` as the keyword of `decide`; on the command line VALUE for `value`, else --name."""

    name: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the payload, which is the JSON object `after` of a decision."""

    name: str
    type: FieldType
    meaning: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    scope: Scope
    """What it is about; noted in the selector."""
    arguments: tuple[Argument, ...]
    payload: tuple[Field, ...]
    does: str
    example: str
    """A command line after `glossary decide`; CONCEPT, OTHER, CONTEXT and DECISION stand for ids."""
    value: str = "VALUE"
    """What VALUE is called in the help."""
    needs_concept: bool = True


def _optional(*names: str) -> tuple[Argument, ...]:
    return tuple(Argument(name, required=False) for name in names)


_LANGUAGE = Field("language", "language", "language of the term")
_TERM = Field("term", "text", "the term")
_LIMITS = (
    Field("region", "text", "where the term is used (US, GB, …)", required=False),
    Field("valid_from", "date", "first date on which it was right", required=False),
    Field("valid_to", "date", "last date on which it was right", required=False),
)
_LIMIT_ARGUMENTS = _optional("region", "valid_from", "valid_to")


def _term_action(status: str, does: str, example: str) -> Action:
    name = {"preferred": "prefer", "admitted": "admit", "deprecated": "deprecate", "forbidden": "forbid"}[status]
    arguments = (Argument("term"), *_optional("language"), *_LIMIT_ARGUMENTS)
    return Action(name, "term", arguments, (_LANGUAGE, _TERM, *_LIMITS), does, f"{name} CONCEPT {example}")


def _column_action(name: str, column: str, meaning: str, value: str, example: str) -> Action:
    does = f"Give the concept {meaning}; an empty text takes it away."
    payload = (Field(column, "text", meaning, required=False),)
    return Action(name, "concept", (Argument("value"),), payload, does, f"{name} CONCEPT {example}", value)


ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action(
            "approve",
            "concept",
            (),
            (
                Field("concept", "object", "columns of the concept as the person saw them"),
                Field("pinned", "texts", "columns of `concept` that stay as they were from now on"),
                Field("terms", "terms", "its terms as the person saw them"),
                Field("pairs", "pairs", "its pairs (normalized), no longer rejected", required=False),
            ),
            "The concept is right as it is shown. Preferred terms, reading and kind stay so, and the concept stays"
            " though all its documents go.",
            "approve CONCEPT",
        ),
        Action(
            "reject",
            "pair",
            _optional("document", "ja", "en"),
            (
                Field("pairs", "pairs", "the pairs (normalized) that are wrong"),
                Field("whole", "number", "1 if these are all pairs of the concept, which is rejected with them"),
                Field("document", "text", "the one document in which they are wrong", required=False),
            ),
            "The pairs of the concept (or --ja --en alone) are wrong, everywhere or in one document. They do not come"
            " back; another pair that later texts show makes the concept a candidate again.",
            "reject CONCEPT",
        ),
        _term_action("preferred", "The term is the preferred one of its language.", "--term 'Northern Isles'"),
        _term_action("admitted", "The term may be used, but is not the preferred one.", "--term 'Northern Isles'"),
        _term_action("deprecated", "The term should not be used any more.", "--term 'Northern Isles' --region US"),
        _term_action("forbidden", "The term must not be used.", "--term 'Northern Isles'"),
        Action(
            "edit",
            "term",
            (Argument("term"), Argument("value"), *_optional("language")),
            (_LANGUAGE, Field("old", "text", "the term as found"), Field("new", "text", "the term as it should be")),
            "Put NEW in the place of a term, in this concept and for all its mentions; contexts still show what the"
            " text says.",
            "edit CONCEPT --term 'Northern Isles' 'the Northern Isles'",
            "NEW",
        ),
        Action(
            "add",
            "concept",
            _optional("ja", "en", "kind", "term", "language", "form", "reading", "romaji") + _LIMIT_ARGUMENTS,
            (
                Field("ja", "text", "Japanese term of a new concept", required=False),
                Field("en", "text", "English term of a new concept", required=False),
                Field("kind", "kind", "kind of a new concept", required=False),
                Field("term", "text", "further term of a concept that is there", required=False),
                Field("language", "language", "language of `term`", required=False),
                Field("form", "form", "form of `term`", required=False),
                Field("reading", "text", "reading of the Japanese term, katakana", required=False),
                Field("romaji", "text", "its romanization", required=False),
                *_LIMITS,
            ),
            "With --ja and --en a concept that was missed, approved from the start; with --term a term of the concept.",
            "add --ja 霧の岬 --en 'Cape Mist' --kind place",
            needs_concept=False,
        ),
        Action(
            "reading",
            "term",
            (Argument("value"), *_optional("term", "romaji")),
            (
                _TERM,
                Field("reading", "text", "katakana"),
                Field("romaji", "text", "modified Hepburn with macrons, names capitalized"),
            ),
            "How the Japanese term (the preferred one without --term) is read, in kana; --romaji where it is not as the"
            " rules would write it.",
            "reading CONCEPT ほくとう --romaji Hokutō",
            "KANA",
        ),
        Action(
            "kind",
            "concept",
            (Argument("value"),),
            (Field("kind", "kind", "the kind"),),
            "What the concept is: person, place, organization, facility, event, product, work, law, role or concept.",
            "kind CONCEPT place",
            "KIND",
        ),
        _column_action("subject", "subject", "a field of knowledge", "SUBJECT", "geography"),
        _column_action("part-of-speech", "part_of_speech", "a part of speech", "TEXT", "noun"),
        _column_action("collection", "collection", "a client, project or list it belongs to", "NAME", "atlas"),
        Action(
            "define",
            "concept",
            (Argument("value"), Argument("language"), *_optional("source")),
            (
                Field("language", "language", "language of the definition"),
                Field("definition", "text", "the definition"),
                Field("source", "text", "where it comes from", required=False),
            ),
            "Define the concept in one language.",
            "define CONCEPT --language en 'islands off the northern coast'",
            "TEXT",
        ),
        _column_action("note", "usage_note", "a note for people who use the terms", "TEXT", "'with the article'"),
        Action(
            "merge",
            "concept",
            (Argument("value"),),
            (Field("other", "object", "selector of the concept that is merged in"),),
            "Take another concept in: its terms, mentions and decisions; its id leads to this one from now on.",
            "merge CONCEPT OTHER",
            "OTHER_ID",
        ),
        Action(
            "split",
            "term",
            (Argument("terms"),),
            (
                Field("terms", "terms", "the terms (language, term) that leave"),
                Field("new_id", "text", "concept_id of the new concept"),
            ),
            "Make these terms (--term, several times) a concept of their own, with their mentions. Pairs go with their"
            " Japanese term, or, where none is named, with their English one.",
            "split CONCEPT --term 北島 --term 'Northern Isles'",
        ),
        Action(
            "not-here",
            "context",
            (Argument("value"),),
            (
                Field("document", "text", "name of the document"),
                Field("ja", "text", "Japanese term of the mention, normalized", required=False),
                Field("en", "text", "English term of the mention, normalized", required=False),
                Field("sentence", "text", "hash of the two sentences"),
                Field("number", "number", "which of the equal mentions in these sentences, from 0"),
            ),
            "One context (the `id` of its row) is not of this concept.",
            "not-here CONCEPT CONTEXT",
            "CONTEXT_ID",
        ),
        Action(
            "undo",
            "decision",
            (),
            (Field("decision_id", "text", "the decision that no longer holds"),),
            "Take a decision back; undoing an undo brings it into force again.",
            "undo DECISION",
        ),
    )
}
"""All actions, by name, in the order of the manual."""


def action_help() -> str:
    """The actions and their arguments, one paragraph each."""
    parts = []
    for action in ACTIONS.values():
        parts.append(f"{usage(action)}\n  {action.does}")
    return "\n\n".join(parts)


def usage(action: Action) -> str:
    """The command line of an action without `glossary decide`: `edit CONCEPT_ID NEW --term TERM [--language …]`."""
    first = "DECISION_ID" if action.name == "undo" else "CONCEPT_ID" if action.needs_concept else "[CONCEPT_ID]"
    words = [action.name, first]
    for argument in action.arguments:
        shown = action.value if argument.name == "value" else _option(argument.name)
        words.append(shown if argument.required else f"[{shown}]")
    return " ".join(words)


def _option(name: str) -> str:
    if name == "terms":
        return "--term TERM..."
    return f"--{name.replace('_', '-')} {name.upper()}"


def usage_error(action: Action, concept_id: str | None, given: Mapping[str, object]) -> GlossaryError | None:
    """What is wrong with the arguments that are given (by name), or None."""
    allowed = {argument.name for argument in action.arguments}
    if unknown := sorted(given.keys() - allowed):
        words = ", ".join(map(_word, unknown))
        return GlossaryError(
            "{action} takes no {names}: usage: decide {usage}", action=action.name, names=words, usage=usage(action)
        )
    missing = [argument.name for argument in action.arguments if argument.required and argument.name not in given]
    if concept_id is None and action.needs_concept:
        return GlossaryError("the id is missing: usage: decide {usage}", usage=usage(action))
    if missing:
        words = ", ".join(map(_word, missing))
        return GlossaryError("{names} missing: usage: decide {usage}", names=words, usage=usage(action))
    return None


def _word(name: str) -> str:
    return "VALUE" if name == "value" else f"--{'term' if name == 'terms' else name.replace('_', '-')}"


def manual() -> str:
    """The chapter on the actions, in Markdown."""
    parts = []
    for action in ACTIONS.values():
        rows = "\n".join(
            f"| `{f.name}` | {f.type} | {'yes' if f.required else 'no'} | {f.meaning} |" for f in action.payload
        )
        parts.append(
            f"### {action.name}\n\n`glossary decide {usage(action)}`\n\n{action.does}\n\n"
            f"| payload | type | always | meaning |\n|---|---|---|---|\n{rows}\n\n"
            f"```console\n$ glossary decide {action.example}\n```\n"
        )
    return "\n".join(parts)
