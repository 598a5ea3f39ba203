"""Two builds at once, and builds and decisions while people read in Datasette: waiting, never a lost or doubled row."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

from glossaries import RUN, harvest
from harvests import Article

from glossary.decisions import decide
from glossary.doctor.examine import examine
from glossary.store import open_glossary, publish

CHECKOUT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "import sys; from glossary.cli import main; sys.exit(main())"]
BUILD = """
import sys
from pathlib import Path
from glossary.build import build
folder, database = map(Path, sys.argv[1:])

def step(name, done, total):
    if name == "Storing":
        print("ready", flush=True)
        sys.stdin.readline()

build([folder], database, progress=step)
"""
TEXTS = {
    "harbour": (
        "船は港に着いた。\n灯台は岬に立つ。\n",
        "The ship reached the harbour.\nThe lighthouse stands on the cape.\n",
    ),
    "school": (
        "学校の図書館は広い。\n校長は本を読む。\n",
        "The school library is large.\nThe principal reads a book.\n",
    ),
}


def test_two_builds_at_once_store_both(tmp_path):
    """Both have read and scored all before either stores."""
    database = tmp_path / "glossary.db"
    running = []
    for name, (ja, en) in TEXTS.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / f"{name}.ja.txt").write_text(ja, encoding="utf-8")
        (folder / f"{name}.en.txt").write_text(en, encoding="utf-8")
        command = [sys.executable, "-c", BUILD, str(folder), str(database)]
        pipe = subprocess.PIPE
        running.append(subprocess.Popen(command, cwd=CHECKOUT, stdin=pipe, stdout=pipe, stderr=pipe, text=True))
    for process in running:
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    with closing(open_glossary(database, readonly=True)) as db:
        names = [row[0] for row in db.execute("select document from documents order by document, language")]
        assert names == ["harbour", "harbour", "school", "school"]
        assert db.execute("select count(*) from builds").fetchall() == [(2,)]
    assert examine(database) == []
    assert not database.with_name("glossary.db.work").exists()


DECIDE = """
import sys
from glossary.decisions import decide
from glossary.store import open_glossary
db = open_glossary(sys.argv[1])
for number in range(40):
    decide(db, "subject", "c-cat", value=f"s{number}", actor="ann")
"""


def test_doctor_finds_nothing_where_others_decide_meanwhile(path):
    with subprocess.Popen([sys.executable, "-c", DECIDE, str(path)], cwd=CHECKOUT) as process:
        looked = 0
        while process.poll() is None:
            assert examine(path) == []
            looked += 1
    assert process.returncode == 0
    assert looked > 2
    assert examine(path) == []


@contextmanager
def served(path):
    """The address of a Datasette over the glossary."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    command = [*COMMAND, "serve", "--db", str(path), "--port", str(port)]
    process = subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/-/versions.json", timeout=5).close()
            break
        except OSError:
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.1)
    try:
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_builds_and_decisions_under_a_busy_datasette(path):
    failed, seen, done = [], [], threading.Event()

    def read(url):
        while not done.is_set():
            try:
                with urllib.request.urlopen(url, timeout=30) as response:
                    seen.append(len(json.load(response)["rows"]))
            except (OSError, ValueError, KeyError) as error:
                failed.append((url, error))
                return

    with served(path) as address:
        query = "select+*+from+contexts+order+by+ja_sentence"
        urls = [
            f"{address}/glossary.json?sql={query}&_shape=objects",
            f"{address}/glossary/glossary.json?_shape=objects",
        ]
        readers = [threading.Thread(target=read, args=[url]) for url in urls * 2]
        for reader in readers:
            reader.start()
        try:
            with closing(open_glossary(path)) as db:
                for number in range(15):
                    publish(db, harvest(Article(f"more/{number}", (("山猫", 3.0, "both"),))), **RUN)
                    decide(db, "subject", "c-cat", value=f"s{number}", actor="ann")
        finally:
            done.set()
            for reader in readers:
                reader.join()
    assert failed == []
    assert len(seen) > 4
    with closing(open_glossary(path)) as db:
        assert db.execute("select count(*) from documents where document like 'more/%'").fetchall() == [(30,)]
        assert db.execute("select count(*) from decisions where action = 'subject'").fetchall() == [(15,)]
    assert examine(path) == []
