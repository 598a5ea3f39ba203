"""`glossary serve` as a process of its own, and the files it writes for `datasette FOLDER`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from glossary.cli import cli
from glossary.errors import GlossaryError
from glossary.resources import resource_dir
from glossary.store import open_glossary
from glossary.uses.serve import datasette_files, serve_glossary

SCRIPT = "import sys; from glossary.cli import main; sys.exit(main())"
SECONDS_TO_START = 30


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def address(glossary_path: Path) -> Iterator[str]:
    address = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-c", SCRIPT, "serve", "--db", str(glossary_path), "--port", address.rpartition(":")[2]]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(address, process)
        yield address
    finally:
        process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors
    assert "nothing was changed" not in errors


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/-/versions.json", timeout=5).close()
            return
        except OSError:
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer within {SECONDS_TO_START} seconds")


def test_pages_and_search_over_http(address: str) -> None:
    with urllib.request.urlopen(f"{address}/glossary/glossary") as response:
        page = response.read().decode("utf-8")
    assert "One row per concept" in page
    with urllib.request.urlopen(f"{address}/glossary/glossary.json?_shape=array&_search=iiku") as response:
        assert {row["ja"] for row in json.load(response)} == {"飯倉", "飯倉公館"}
    with urllib.request.urlopen(f"{address}/glossary/newest_terms") as response:
        assert "Newest terms" in response.read().decode("utf-8")


def test_an_unknown_page_is_not_found(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}/glossary/nonsense")


def test_a_port_in_use_is_one_line(glossary_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(GlossaryError, match=f"cannot listen on 127.0.0.1:{port} .*: choose another"):
            serve_glossary(glossary_path, port=port)


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["glossary.db", "用語集 2024.db"])
async def test_datasette_over_the_folder_finds_database_and_files(
    glossary_path: Path, tmp_path: Path, name: str
) -> None:
    shutil.copy(glossary_path, tmp_path / name)
    assert [path.name for path in datasette_files(tmp_path, tmp_path / name)] == ["metadata.yaml", "datasette.yaml"]
    datasette = Datasette([], config_dir=tmp_path)
    await datasette.invoke_startup()
    database = datasette.urls.database(tmp_path.joinpath(name).stem)
    page = await datasette.client.get(f"{database}/glossary?_search=iiku")
    assert page.status_code == 200
    assert "飯倉公館" in page.text
    assert "Northern" not in page.text
    assert (await datasette.client.get(f"{database}/newest_terms")).status_code == 200


def test_the_files_of_the_checkout_are_up_to_date(tmp_path: Path) -> None:
    open_glossary(tmp_path / "glossary.db", create=True).close()
    for path in datasette_files(tmp_path, tmp_path / "glossary.db"):
        kept = resource_dir("queries").parent / path.name
        assert kept.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), (
            "run `glossary serve --db db/glossary.db --write-config db`"
        )


def test_write_config_prints_what_it_wrote(glossary_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    result = CliRunner().invoke(cli, ["serve", "--db", str(glossary_path), "--write-config", str(folder)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [str(folder / "metadata.yaml"), str(folder / "datasette.yaml")]
    assert all(path.is_file() for path in map(Path, result.stdout.splitlines()))


@pytest.mark.parametrize("name", ["metadata.yaml", "datasette.yaml"])
def test_a_persons_own_files_are_not_overwritten(glossary_path: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("title: mine\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=f"{name}: this file was not written by glossary"):
        datasette_files(tmp_path, glossary_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    (tmp_path / name).unlink()
    assert datasette_files(tmp_path, glossary_path) == datasette_files(tmp_path, glossary_path)


def test_serving_does_not_write_to_the_database(glossary_path: Path, address: str) -> None:
    before = glossary_path.read_bytes()
    urllib.request.urlopen(f"{address}/glossary/contexts?_search=territory").close()
    assert glossary_path.read_bytes() == before
