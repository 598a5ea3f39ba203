"""Datasette over a glossary: started here, or prepared as files for people who run `datasette` themselves."""

from __future__ import annotations

import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from glossary.errors import GlossaryError
from glossary.uses.datasette_config import configuration, metadata
from glossary.uses.reading import open_for_reading

METADATA_FILE = "metadata.yaml"
CONFIG_FILE = "datasette.yaml"

_MARK = "# Written by `glossary serve --write-config`; changes made here are lost when it runs again.\n"


def datasette_files(folder: Path, db_path: Path) -> list[Path]:
    """Write the metadata and configuration for the glossary `db_path` into `folder` (made if missing).

    Datasette 0.65 reads metadata.yaml alone, 1.0 both. Where the database lies in the same folder, `datasette FOLDER`
    finds all three. Returns the paths. Raises GlossaryError where `db_path` is not a glossary, or where one of the
    files is there already and not from us.
    """
    internal = _internal_tables(db_path)
    contents = {
        folder / METADATA_FILE: metadata(db_path.stem, internal),
        folder / CONFIG_FILE: configuration(db_path.stem, internal),
    }
    for path in contents:
        _check_replaceable(path)
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in contents.items():
        path.write_text(_MARK + _yaml(content), encoding="utf-8")
    return list(contents)


def serve_glossary(db_path: Path, *, host: str = "127.0.0.1", port: int = 8001, open_browser: bool = False) -> None:
    """Run Datasette over `db_path` until it is interrupted.

    Raises GlossaryError where `db_path` is not a glossary or where `host` and `port` cannot be listened on.
    """
    with TemporaryDirectory(prefix="glossary-") as folder:
        metadata_path, config_path = datasette_files(Path(folder), db_path)
        _check_port(host, port)
        from datasette.cli import cli as datasette

        arguments = ["serve", str(db_path), "--host", host, "--port", str(port), "--metadata", str(metadata_path)]
        arguments += ["--config", str(config_path)] if _takes_config_file() else []
        arguments += ["--open"] if open_browser else []
        datasette.main(arguments, prog_name="datasette", standalone_mode=False)


def _takes_config_file() -> bool:
    """True from Datasette 1.0 on: before, `--config` was a name and value."""
    from datasette import __version__

    return int(__version__.split(".")[0]) >= 1


def _internal_tables(db_path: Path) -> list[str]:
    """What Datasette need not list: every table, since people read the views."""
    with open_for_reading(db_path) as db:
        return [name for (name,) in db.execute("select name from sqlite_master where type = 'table' order by name")]


def _check_port(host: str, port: int) -> None:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family):
            pass
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise GlossaryError(
            f"cannot listen on {host}:{port} ({reason}): choose another with --port or --host."
        ) from error


def _check_replaceable(path: Path) -> None:
    if path.exists() and not path.read_bytes().startswith(_MARK.encode()):
        raise GlossaryError(f"{path}: this file was not written by glossary: move it away or name another folder.")


def _yaml(content: dict[str, Any]) -> str:
    """YAML that keeps the lines of SQL as they are."""
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def represent(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)

    Dumper.add_representer(str, represent)
    Dumper.ignore_aliases = lambda *_: True
    return yaml.dump(content, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120)
