"""The commands `decide` and `decisions`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from glossary.decisions.actions import ACTIONS, action_help

from .base import GlossaryGroup, actor_option, database_option, echo_json

NOT_IMPORTED = 1


class _Decide(click.Command):
    """With the table of actions as the end of its help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Actions"):
            for paragraph in action_help().split("\n\n"):
                usage, does = paragraph.split("\n", 1)
                formatter.write_dl([(usage, "")])
                with formatter.indentation():
                    formatter.write_text(does)


@click.command("decide", cls=_Decide)
@click.argument("action", type=click.Choice(list(ACTIONS)), metavar="ACTION")
@click.argument("concept_id", required=False)
@click.argument("value", required=False)
@database_option
@click.option("terms", "--term", multiple=True, help="A term of the concept.")
@click.option("--language", type=click.Choice(["ja", "en"]), help="Language of the term or the definition.")
@click.option("--document", metavar="NAME", help="Reject in this document only.")
@click.option("--ja", help="Japanese term.")
@click.option("--en", help="English term.")
@click.option("--kind", help="Kind of a new concept.")
@click.option("--form", help="full, abbreviation, acronym, short or variant.")
@click.option("--reading", metavar="KANA", help="Reading of a new Japanese term.")
@click.option("--romaji", help="Romanization that goes with a reading.")
@click.option("--region", help="Where the term is used (US, GB, …).")
@click.option("--valid-from", metavar="DATE", help="First date on which the term was right.")
@click.option("--valid-to", metavar="DATE", help="Last date on which the term was right.")
@click.option("--source", help="Where a definition comes from.")
@actor_option
@click.option("--note", help="Why.")
@click.option(
    "--seen", metavar="STAMP", help="`modified` of the concept as you saw it; if it has changed, nothing is done."
)
@click.option("as_json", "--json", is_flag=True, help="Print the whole decision as JSON.")
def decide_command(
    action: str,
    concept_id: str | None,
    value: str | None,
    db_path: Path,
    terms: tuple[str, ...],
    actor: str,
    note: str | None,
    seen: str | None,
    as_json: bool,
    **arguments: Any,
) -> None:
    """Decide about a concept, one of its terms or contexts, or undo a decision; prints the id of the decision.

    Decisions are never lost: they hold over every later build, and can be undone.
    """
    given = {name: text for name, text in arguments.items() if text is not None}
    given |= _values(action, value, terms)
    _check_usage(action, concept_id, given)

    from glossary.decisions.engine import decide
    from glossary.decisions.telling import remarks, told
    from glossary.store.connection import open_glossary
    from glossary.uses.terminal import printable

    db = open_glossary(db_path)
    try:
        decision = decide(db, action, concept_id, actor=actor, note=note, seen=seen, **given)
        remarked = list(remarks(db, decision))
    finally:
        db.close()
    if as_json:
        echo_json(decision.as_dict())
    else:
        click.echo(decision.decision_id)
        click.echo(printable(told(decision)), err=True)
    for remark in remarked:
        click.echo(printable(remark), err=True)


def _values(action: str, value: str | None, terms: tuple[str, ...]) -> dict[str, Any]:
    """VALUE and --term as the arguments of the action."""
    given: dict[str, Any] = {} if value is None else {"value": value}
    if terms and any(argument.name == "terms" for argument in ACTIONS[action].arguments):
        return given | {"terms": terms}
    if len(terms) > 1:
        raise click.UsageError(f"{action} takes one --term")
    return given | ({"term": terms[0]} if terms else {})


def _check_usage(action: str, concept_id: str | None, given: dict[str, Any]) -> None:
    from glossary.decisions.actions import usage_error

    problem = usage_error(ACTIONS[action], concept_id, given)
    if problem:
        raise click.UsageError(str(problem))


@click.group("decisions", cls=GlossaryGroup)
def decisions_command() -> None:
    """List decisions, carry them to and from other databases."""


@decisions_command.command("list")
@database_option
@click.option("--concept", "concept_id", metavar="CONCEPT_ID", help="About this concept only.")
@click.option("--state", type=click.Choice(["in force", "undone", "target not found"]), help="In this state only.")
def list_decisions(db_path: Path, concept_id: str | None, state: str | None) -> None:
    """Decisions in the order in which they were made: time, actor, action, concept, state, id and what was said."""
    import json

    from glossary.uses.reading import open_for_reading
    from glossary.uses.terminal import printable

    columns = "at, actor, action, concept_id, state, decision_id, selector, after, note"
    with open_for_reading(db_path) as db:
        rows = db.execute(
            f"""select {columns} from decisions where ifnull(concept_id = :concept, 1) and ifnull(state = :state, 1)
            order by at, decision_id""",
            {"concept": concept_id, "state": state},
        )
        for at, actor, action, concept, state_now, decision_id, selector, after, note in rows:
            texts = " = ".join(text or "–" for text in json.loads(selector).get("texts") or [])
            short = {k: v for k, v in json.loads(after).items() if isinstance(v, str)}
            said = ", ".join(f"{name}: {text}" for name, text in short.items())
            parts = [at[:19], actor, action, concept or "–", state_now, decision_id, texts, said, note or ""]
            click.echo("  ".join(printable(part) for part in parts if part))


@decisions_command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), default="-")
@database_option
def export_file(file: Path, db_path: Path) -> None:
    """Write all decisions to FILE (without it to standard output) as JSON Lines."""
    from glossary.decisions.exchange import export_decisions
    from glossary.exchange.streams import text_out
    from glossary.store.connection import open_glossary

    db = open_glossary(db_path, readonly=True)
    try:
        if str(file) == "-":
            with text_out(sys.stdout.buffer) as stream:
                count = export_decisions(db, stream)
        else:
            with file.open("w", encoding="utf-8", newline="\n") as out:
                count = export_decisions(db, out)
    finally:
        db.close()
    click.echo(f"{count} decisions written.", err=True)


@decisions_command.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@database_option
@actor_option
@click.option("take", "--ours", flag_value="ours", help="In every conflict what was decided here holds.")
@click.option("take", "--theirs", flag_value="theirs", help="In every conflict what the file says holds.")
@click.option("take_ids", "--take", metavar="DECISION_ID", multiple=True, help="This decision of the file holds.")
def import_file(file: Path, db_path: Path, actor: str, take: Any, take_ids: tuple[str, ...]) -> None:
    """Add the decisions of FILE, an export or a journal.

    Where another person decided differently here, nothing is changed: both are listed, for you to choose with --take.
    """
    from glossary.decisions.exchange import import_decisions
    from glossary.store.connection import open_glossary
    from glossary.uses.terminal import printable

    db = open_glossary(db_path, create=True)
    try:
        report = import_decisions(db, file, actor=actor, take=take, take_ids=take_ids)
    finally:
        db.close()
    for conflict in report.conflicts:
        for side, decision in (("here", conflict.ours), ("file", conflict.theirs)):
            said = {name: text for name, text in decision.after.items() if isinstance(text, str)}
            words = [side, decision.decision_id, decision.at[:19], decision.actor, decision.action]
            texts = " = ".join(text or "–" for text in decision.selector.get("texts") or [])
            click.echo(printable("  ".join([*words, texts, ", ".join(said.values())]).rstrip()))
    click.echo(
        f"{report.added} decisions added, {report.known} known already, {report.not_found} whose target is not here, "
        f"{len(report.conflicts)} in conflict.",
        err=True,
    )
    for line in report.skipped:
        click.echo(f"Skipped {line}", err=True)
    if report.skipped or report.conflicts:
        sys.exit(NOT_IMPORTED)
