"""What all groups and commands share: errors as one line, commands that are imported when they are called, options."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from glossary.errors import GlossaryError, with_path

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from glossary.layers import Layer
    from glossary.settings.reading import Settings


_DATABASE = "glossary.database"
"""Where a context keeps the path of the database that the command was given."""
SETTINGS_FILE = "glossary.settings_file"
"""Where a context keeps the settings file that the command line or the environment names."""
_SETTINGS = "glossary.settings"
"""Where a context keeps the settings once they are read."""
_INTERRUPTED = {"build": "Interrupted; nothing was changed: start it again, and it goes on"}
"""What to say after Ctrl-C, by command."""
_ELSE_INTERRUPTED = "Interrupted; nothing was changed."


class GlossaryGroup(click.Group):
    """A group whose commands report what a person can mend as one line on standard error, with exit code 1.

    Commands can be registered without importing them (`lazily`), so that the others and the help start at once.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.homes: dict[str, tuple[str, str]] = {}
        """Name of a command: ("module:attribute", its one line of help)."""

    def lazily(self, name: str, home: str, short_help: str) -> None:
        """Register the command `name`, which `home` ("module:attribute") has, with its line in the list of commands."""
        self.homes[name] = (home, short_help)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.homes})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.homes and cmd_name not in self.commands:
            module, attribute = self.homes[cmd_name][0].split(":")
            self.add_command(getattr(import_module(module), attribute), cmd_name)
        return super().get_command(ctx, cmd_name)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands that begin so, without importing them, and options."""
        from click.shell_completion import CompletionItem

        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [CompletionItem(name, help=self._short_help(name)) for name in names] + click.Command.shell_complete(
            self, ctx, incomplete
        )

    def _short_help(self, name: str) -> str:
        return self.homes[name][1] if name in self.homes else self.commands[name].get_short_help_str(90)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        helps = {name: self._short_help(name) for name in self.list_commands(ctx)}
        with formatter.section("Commands"):
            formatter.write_dl(list(helps.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.ClickException(_INTERRUPTED.get(ctx.invoked_subcommand or "", _ELSE_INTERRUPTED)) from None
        except Exception as error:
            message = _message_for_people(error) or _damage_behind(ctx)
            if message is None:
                raise
            raise click.ClickException(_on_one_line(message)) from error


def _on_one_line(message: str) -> str:
    """Line ends become spaces; other white space stays, since names of files may have any."""
    lines = message.splitlines()
    return lines[0] if len(lines) == 1 else " ".join(filter(None, (line.strip() for line in lines)))


def _message_for_people(error: Exception) -> str | None:
    """What to say of an error that comes from the outside world; None where it is a fault of the program."""
    if isinstance(error, GlossaryError):
        return str(error)
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        place = f"{error.filename}: " if error.filename is not None else ""
        return f"{place}{error.strerror or error}"
    sqlite3 = sys.modules.get("sqlite3")
    if sqlite3 is not None and isinstance(error, (sqlite3.DatabaseError, UnicodeDecodeError)):
        from glossary.store.connection import says_damaged

        if says_damaged(error):
            return f"the database is damaged ({error}): restore a backup, or run `glossary doctor --repair`"
        return f"the database cannot be used: {error}" if isinstance(error, sqlite3.DatabaseError) else None
    return None


def _damage_behind(ctx: click.Context) -> str | None:
    """What to say of an unforeseen error where the file is damaged, and rows with it are not what they must be."""
    path = ctx.meta.get(_DATABASE)
    if path is None or not path.exists():
        return None
    from glossary.store.connection import damage_in

    try:
        return damage_in(path)
    except GlossaryError:
        return None


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--db`, passed on as `db_path`."""
    return click.option(
        "db_path",
        "--db",
        type=click.Path(dir_okay=False),
        callback=_as_database,
        envvar="GLOSSARY_DB",
        default=_default_database,
        help="The glossary. Default: what the settings say, db/glossary.db in a checkout, else glossary.db here.",
    )(command)


def _as_database(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    context.meta[_DATABASE] = path = as_path(context, parameter, value)
    return path


def as_path(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    """A callback for options that name files; pathlib takes as long to import as half of Click."""
    from pathlib import Path

    return None if value is None else Path(value)


def _default_database() -> str:
    from glossary.resources import default_database

    return str(settings_in_force().database or default_database())


def settings_in_force() -> Settings:
    """The settings of this run, read when they are first asked for. Raises GlossaryError for a bad file."""
    from glossary.settings.reading import Settings, read_settings

    context = click.get_current_context(silent=True)
    if context is None or context.resilient_parsing:  # a shell asks for completions
        return Settings()
    if _SETTINGS not in context.meta:
        context.meta[_SETTINGS] = read_settings(context.meta.get(SETTINGS_FILE))
    return context.meta[_SETTINGS]


def layers_in_force(db_path: Path) -> tuple[Layer, ...]:
    """The glossaries to read: those of the settings laid over each other, or the one that the command was given."""
    from glossary.layers import Layer, as_layers

    source = click.get_current_context().get_parameter_source("db_path")
    laid = settings_in_force()["glossary"] if source == click.core.ParameterSource.DEFAULT else ()
    return as_layers([Layer(path, name) for path, name in laid] or db_path)


def actor_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--actor`, the person who decides."""
    return click.option(
        "--actor", envvar="GLOSSARY_ACTOR", default=_user, help="Who decides. Default: the name you are logged in by."
    )(command)


def _user() -> str:
    import getpass

    if actor := settings_in_force()["actor"]:
        return actor
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise GlossaryError("--actor: the system does not know your name: give it") from None


_SKIPPED_SHOWN = 50
"""Skipped files that are named, each in a line."""


def echo_skipped(skipped: Sequence[tuple[Path, str]]) -> None:
    """Files that were not read and why, on standard error; of very many the rest by kinds of file."""
    for path, reason in skipped[:_SKIPPED_SHOWN]:
        click.echo(f"Skipped {_with_subject(path, reason)}", err=True)
    rest = Counter(path.suffix or "no ending" for path, _ in skipped[_SKIPPED_SHOWN:])
    if rest:
        kinds = ", ".join(f"{number:,} {ending}" for ending, number in rest.most_common(5))
        click.echo(f"Skipped {rest.total():,} more files ({kinds})", err=True)


def _with_subject(path: Path, reason: str) -> str:
    """The file and why, as one sentence; some reasons begin with the file as their subject ("a.docx is damaged")."""
    said = reason.removeprefix(f"{path} ")
    return f"{path}: it {said}" if said != reason else with_path(path, reason)


def echo_json(value: Any) -> None:
    """Print as indented JSON."""
    import json

    click.echo(json_for_stdout(json.dumps(value, ensure_ascii=False, indent=2)))


def json_for_stdout(text: str) -> str:
    """JSON as the standard output can hold it: where its encoding (CP932, ASCII) lacks a character, all as \\uXXXX."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        import json

        return "".join(c if c.isascii() else json.dumps(c)[1:-1] for c in text)
    return text


def echo_file(text: str) -> None:
    """Print what is a file in UTF-8 by its format, whatever the console speaks."""
    click.echo(text.encode("utf-8", "replace"), nl=False)
