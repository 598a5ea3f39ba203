"""docs/reference, made from the program: `python tests/reference_pages.py` writes it, test_reference.py compares."""

from __future__ import annotations

import inspect
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
from sample_glossary import CHECKOUT

FOLDER = CHECKOUT / "docs" / "reference"
HEAD = "<!-- Made by `python tests/reference_pages.py` from the program; do not edit. -->\n"


def pages() -> dict[str, str]:
    """File name → content of every page."""
    found = {
        "commands.md": commands(),
        "views.md": views(),
        "python.md": python(),
        "settings.md": settings(),
        "formats.md": formats(),
    }
    return {name: f"{HEAD}\n{content.rstrip()}\n" for name, content in found.items()}


def commands() -> str:
    """Every command and group with its arguments and options, as click knows them."""
    from glossary.cli import cli

    parts = ["# Commands\n"]
    for path, context in _walk("glossary", cli, None):
        command = context.command
        usage = " ".join(command.collect_usage_pieces(context))
        parts.append(f"## `{path}`\n\n```text\n{path} {usage}\n```\n\n{_prose(command.help or '')}\n")
        flags = [
            parameter
            for parameter in command.get_params(context)
            if isinstance(parameter, click.Option) and parameter.name != "help"
        ]
        options = [record for flag in flags if (record := flag.get_help_record(context))]
        if options:
            rows = [f"| `{_cell(names)}` | {_cell(text)} |" for names, text in options]
            parts.append("\n".join(["| option | does |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _walk(path: str, command: click.Command, above: click.Context | None) -> Iterator[tuple[str, click.Context]]:
    """With the settings a real call has: click remembers the help option of a command's first context for good."""
    context = click.Context(command, parent=above, info_name=path, **command.context_settings)
    yield path, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _walk(f"{path} {name}", below, context)


def views() -> str:
    """The public views with their columns, as an empty glossary has them, and what Datasette says of each."""
    from glossary.store import open_glossary
    from glossary.store.columns import COLUMNS, VIEWS

    parts = [
        "# SQL views\n",
        "What these promise: [architecture](../architecture.md) and the README's section on SQL.\n",
    ]
    memory = _empty_glossary(open_glossary)
    for view in VIEWS:
        names = [row[1] for row in memory.execute(f"pragma table_info({view})")]
        rows = [f"| `{name}` | {_cell(COLUMNS[view][name])} |" for name in names]
        parts.append(f"## `{view}`\n\n{VIEWS[view]}\n")
        parts.append("\n".join(["| column | holds |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _empty_glossary(open_glossary) -> sqlite3.Connection:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        open_glossary(path, create=True).close()
        with sqlite3.connect(path) as db:
            copy = sqlite3.connect(":memory:")
            db.backup(copy)
        db.close()
    return copy


def python() -> str:
    """What `glossary.api` has: signatures and docstrings."""
    from glossary import api
    from glossary.checking.check import CheckReport
    from glossary.matching import Match
    from glossary.uses.annotate import Annotation

    parts = ["# Python\n", f"{_prose(inspect.getdoc(api) or '')}\n"]
    for name in api.__all__:
        parts += _class(f"glossary.api.{name}", getattr(api, name))
    parts.append("# What they return\n")
    for one in (Annotation, Match, CheckReport):
        parts += _class(f"{one.__module__}.{one.__name__}", one)
    return "\n".join(parts)


def _class(title: str, one: type) -> list[str]:
    name = one.__name__
    parts = [f"## `{title}`\n", f"```python\n{name}{_signature(one)}\n```\n", f"{_prose(inspect.getdoc(one) or '')}\n"]
    for method, value in vars(one).items():
        special = method.startswith("_") and method not in ("__len__", "__iter__")
        function = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        if special or not inspect.isfunction(function) or not function.__doc__:
            continue
        shown = f"{name}.{method}{_signature(function)}"
        parts += [
            f"### `{name}.{method}`\n",
            f"```python\n{shown}\n```\n",
            f"{_prose(inspect.getdoc(function) or '')}\n",
        ]
    return parts


def _signature(thing) -> str:
    text = re.sub(r"ForwardRef\(([^()]*)\)", r"\1", str(inspect.signature(thing)).replace("'", ""))
    return re.sub(r"\((self|cls)(, )?", "(", text, count=1)


def settings() -> str:
    """The keys of glossary.toml, with the example of each."""
    from glossary.settings.keys import KEYS

    parts = [
        "# Settings\n",
        "Keys of `glossary.toml`; where it lies and what comes first: [settings](../settings.md).\n",
    ]
    for key in KEYS:
        default = f"Default: `{key.default}`." if key.default else "No default."
        parts.append(f"## `{key.name}`\n\n{key.about} {default}\n\n```toml\n{key.example}\n```\n")
    return "\n".join(parts)


def formats() -> str:
    """What is read, exchanged and consulted, by the registries."""
    from glossary.documents.readers import READERS
    from glossary.exchange.registry import FORMATS
    from glossary.lexicons.formats.detect import FORMATS as LEXICONS

    rows = [
        f"| `{one.name}` | {one.title} | {' '.join(one.endings)} | {'yes' if one.writes else 'no'} |"
        f" {'yes' if one.reads else 'no'} |"
        for one in FORMATS.values()
    ]
    return "\n".join(
        [
            "# Formats\n",
            "More can be added: [extending](../extending.md).\n",
            "## Documents that `build` reads\n",
            " ".join(f"`{ending}`" for ending in sorted(READERS)) + "\n",
            "What is kept and lost: [formats](../formats.md).\n",
            "## Formats of `export` and `import`\n",
            "| format | what it is | endings | export | import |",
            "|---|---|---|---|---|",
            *rows,
            "\nWhat is kept and lost: [exchange](../exchange.md).\n",
            "## Formats of `lexicon add`\n",
            "| format | priority unless given |",
            "|---|---|",
            *(f"| `{name}` | {priority} |" for name, priority in LEXICONS.items()),
            "\nWhat they are: [lexicons](../lexicons.md).",
        ]
    )


def _prose(text: str) -> str:
    """A docstring as Markdown: examples fenced, click's marks gone."""
    lines: list[str] = []
    fenced = False
    for line in inspect.cleandoc(text.replace("\b", "")).splitlines():
        starts = line.startswith(">>>")
        if starts and not fenced:
            lines += ["```pycon"]
            fenced = True
        elif fenced and not line.strip():
            lines += ["```"]
            fenced = False
        lines.append(line)
    return "\n".join(lines + (["```"] if fenced else []))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write all pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in pages().items():
        (FOLDER / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
