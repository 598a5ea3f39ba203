"""Datasette over a glossary: started here, or prepared as files for people who run `datasette` themselves."""

from __future__ import annotations

import ipaddress
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


def datasette_files(folder: Path, db_path: Path, *, reviewer: str | None = None) -> list[Path]:
    """Write the metadata and configuration for the glossary `db_path` into `folder` (made if missing).

    `reviewer`: id of the actor who may decide on its concepts; nobody may if None.
    Datasette 0.65 reads metadata.yaml alone, 1.0 both. Where the database lies in the same folder, `datasette FOLDER`
    finds all three. Returns the paths. Raises GlossaryError where `db_path` is not a glossary, or where one of the
    files is there already and not from us.
    """
    internal = _internal_tables(db_path)
    contents = {
        folder / METADATA_FILE: metadata(db_path.stem, internal),
        folder / CONFIG_FILE: configuration(db_path.stem, internal),
    }
    if reviewer is not None:
        # Datasette 1.0 reads permissions from its configuration, 0.65 knows metadata alone.
        permitted = contents[folder / (CONFIG_FILE if _takes_config_file() else METADATA_FILE)]
        permitted["databases"][db_path.stem]["permissions"] = {"glossary-review": {"id": reviewer}}
    for path in contents:
        _check_replaceable(path)
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in contents.items():
        path.write_text(_MARK + _yaml(content), encoding="utf-8")
    return list(contents)


def serve_glossary(
    db_path: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    reviewer: str | None = None,
) -> None:
    """Run Datasette over `db_path` until it is interrupted.

    On an address of this machine alone, `reviewer` (None: nobody) may decide on concepts: an address that signs in
    under this name, once, is printed. Raises GlossaryError where `db_path` is not a glossary or where `host` and
    `port` cannot be listened on.
    """
    reviewer = reviewer if _is_local(host) else None
    with TemporaryDirectory(prefix="glossary-") as folder:
        metadata_path, config_path = datasette_files(Path(folder), db_path, reviewer=reviewer)
        port = _free_port(host, port)
        from datasette.cli import cli as datasette

        arguments = ["serve", str(db_path), "--host", host, "--port", str(port), "--metadata", str(metadata_path)]
        arguments += ["--config", str(config_path)] if _takes_config_file() else []
        if reviewer is not None:
            _offer_sign_in(host, port, reviewer, open_browser)
        elif open_browser:
            arguments += ["--open"]
        datasette.main(arguments, prog_name="datasette", standalone_mode=False)


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _offer_sign_in(host: str, port: int, reviewer: str, open_browser: bool) -> None:
    from threading import Thread

    from glossary.web.signin import offer_sign_in

    address = f"http://{f'[{host}]' if ':' in host else host}:{port}{offer_sign_in(reviewer)}"
    print(f"To review as {reviewer}, open this address (it works once):\n{address}", flush=True)
    if open_browser:
        Thread(target=_open_when_there, args=(host, port, address), daemon=True).start()


def _open_when_there(host: str, port: int, address: str) -> None:
    """Datasette itself opens a browser before it listens, which would use the address up in vain."""
    import time
    import webbrowser

    for _ in range(100):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            continue
        webbrowser.open(address)
        return


def _takes_config_file() -> bool:
    """True from Datasette 1.0 on: before, `--config` was a name and value."""
    from datasette import __version__

    return int(__version__.split(".")[0]) >= 1


def _internal_tables(db_path: Path) -> list[str]:
    """What Datasette need not list: every table, since people read the views."""
    with open_for_reading(db_path) as db:
        return [name for (name,) in db.execute("select name from sqlite_master where type = 'table' order by name")]


def _free_port(host: str, port: int) -> int:
    """`port`, or, if that is 0, one that is free."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family) as server:
            return int(server.getsockname()[1])
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
