"""Give changed files to every reader and importer, random strings to the search, odd requests to the pages.

Usage: fuzz.py [--minutes N] [--seed N] [--only ENDING ...] [--corpus DIR] [--findings DIR]

Nothing may escape. Of the minutes a half go to readers, a quarter to importers (fuzz_imports.py), a fifth to requests
(fuzz_http.py), the rest to searches, in rounds of ten minutes; each round has a seed of its own.

A reader may give a text or raise GlossaryError, in one line and within ten seconds; the text then goes through repairs,
recognition of language, title and furniture, and through sentences and tokens. Each file is read in a child process, so
that a crash or a hang is a finding, too. Findings are kept in tests/reliability/findings, named by a hash, and
tests/reliability/test_findings.py reads them again in every run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import random
import re
import select
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from glossary.alignment.documents import analyse
from glossary.documents.collect import Source
from glossary.documents.readers import READERS
from glossary.documents.reading import read_source
from glossary.errors import GlossaryError
from glossary.records import Document

TESTS = Path(__file__).parent.parent
CORPUS = TESTS / "documents" / "files"
FINDINGS = TESTS / "reliability" / "findings"
SECONDS = 10
"""A reader may take for a small file."""
BATCH = 40
"""Files that one child process reads."""
ROUND = 10
"""Minutes."""
Keep = Callable[[str, bytes, str], bool]
"""Keep a finding: its name, data and complaint; whether its kind was new."""
SPECIAL = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B", b"\x1b(B", b"<", b">", b"&#0;", b"&amp;", b"]]>", b"\xed\xa0\x80",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"\xf0\x9f\x91\xa9", b"\xe3\x82\xab\xe3\x82\x99", b"\xe2\x80\xae", b'"', b"'",
    b"\r", b"\n\n", b"-->", b"00:00:00,000 --> 00:00:01,000", b"msgid", b"PK\x03\x04", b"%PDF-1.4", b"endobj",
    b"stream", b"9999999999", b"-1", b"%s", b"\xe5\x8d\x97" * 50, b"\x00" * 64,
)  # fmt: skip
PLAIN = {
    ".txt": "花見の客が公園に集まった。\nPeople came to the park.\n".encode(),
    ".md": "# 花見\n\n*客*が[公園](a.html)に集まった。\n".encode(),
    ".srt": "1\n00:00:01,000 --> 00:00:02,000\n花見の客\n\n2\n00:00:03,000 --> 00:00:04,500\n公園\n".encode(),
    ".vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 客>花見の客</v>\n".encode(),
    ".csv": "ja,en\n花見,cherry blossom viewing\n公園,park\n".encode(),
    ".tsv": "Japanese\tEnglish\n花見\tcherry blossom viewing\n".encode("utf-16"),
}


def corpus(folder: Path) -> dict[str, list[bytes]]:
    """Ending: the files to begin with."""
    found: dict[str, list[bytes]] = {ending: [] for ending in READERS}
    for path in sorted(folder.iterdir()):
        if path.suffix in found:
            found[path.suffix].append(path.read_bytes())
    for ending, data in PLAIN.items():
        found[ending].append(data)
    for ending, other in ((".htm", ".html"), (".xhtml", ".html"), (".xliff", ".xlf"), (".sdlxliff", ".xlf")):
        found[ending] += found[other]
    return {ending: files for ending, files in found.items() if files}


def mutated(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """The file with a few changes; parts of archives are changed inside, so that the change gets past the checksums."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _with_other_part(data, chance)
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        start = chance.randrange(len(changed) + 1)
        length = chance.choice([1, 1, 2, 8, 64, 500])
        match chance.randrange(7):
            case 0:
                changed[start : start + length] = chance.randbytes(length)
            case 1:
                del changed[start : start + length]
            case 2:
                changed[start:start] = changed[start : start + length] * chance.choice([1, 2, 30])
            case 3 | 4:
                changed[start : start + chance.choice([0, length])] = chance.choice(SPECIAL)
            case 5:
                del changed[start:]
            case 6:
                other = chance.choice(others)
                place = chance.randrange(len(other))
                changed[start : start + length] = other[place : place + length]
        if not changed:
            changed = bytearray(b" ")
    return bytes(changed)


def _with_other_part(data: bytes, chance: random.Random) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    written = io.BytesIO()
    victim = chance.randrange(len(parts))
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts):
            if number == victim and chance.random() < 0.1:
                continue
            archive.writestr(name, mutated(content, chance, [content or b" "]) if number == victim else content)
    return written.getvalue()


def complaint(data: bytes, ending: str) -> str | None:
    """What is wrong with how the bytes of a file of this ending are read; None if nothing is."""
    with tempfile.TemporaryDirectory(prefix="glossary-fuzz-") as folder:
        path = Path(folder) / f"file{ending}"
        path.write_bytes(data)
        try:
            for document in read_source(Source(path, "file", None, "", True)).documents:
                document.text.encode()
                if any(not 0 <= repair.start <= repair.end <= len(document.text) for repair in document.repairs):
                    return "a repair lies outside of the text"
                _check_analysis(document)
        except GlossaryError as error:
            if "\n" in str(error):
                return f"an error of several lines: {error}"
            if not str(error).startswith(str(path)):
                return f"an error that does not name the file: {error}"
        except Exception:
            return traceback.format_exc()
    return None


def _check_analysis(document: Document) -> None:
    """Sentences and tokens lie inside the text, and the tokens say what stands there."""
    for row in analyse(document).tokens:
        for token in row:
            assert document.text[token.start : token.end] == token.surface, (token, document.text[token.start :][:20])


def search_complaint(db, text: str) -> str | None:
    """The same of a search for `text`."""
    from glossary.store.search import search_concepts, search_contexts
    from glossary.uses.lookup import find_concepts

    try:
        search_concepts(db, text)
        search_contexts(db, text)
        find_concepts(db.conn, text)
    except Exception:
        return traceback.format_exc()
    return None


def in_child(
    tasks: list[tuple[str, bytes]], check: Callable[[bytes, str], str | None] = complaint
) -> list[tuple[str, bytes, str]]:
    """The (ending, data, complaint) of those that are read badly; the last one too if the process crashes or hangs."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)  # what libraries say of damaged files
        with os.fdopen(writing, "wb") as pipe:
            for ending, data in tasks:
                pickle.dump(check(data, ending), pipe)
                pipe.flush()
        os._exit(0)
    os.close(writing)
    found = []
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        for ending, data in tasks:
            said: str | None
            if select.select([pipe], [], [], SECONDS)[0]:
                try:
                    said = pickle.load(pipe)
                except EOFError:
                    found.append((ending, data, "the process crashed"))
                    break
            else:
                found.append((ending, data, f"took more than {SECONDS} s"))
                break
            if said is not None:
                found.append((ending, data, said))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return found


def keep(folder: Path, name: str, data: bytes, said: str, *, seen: set[str]) -> bool:
    """Keep a finding whose kind (the place in the code) has not been seen; whether it was new."""
    lines = [line for line in said.splitlines() if line.strip()]
    kind = re.sub("0x[0-9a-f]+|[0-9]+", "", f"{name} {lines[-2:] if len(lines) > 1 else said[:60]}")
    if kind in seen:
        return False
    seen.add(kind)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(data).hexdigest()[:12]}{name}"
    path.write_bytes(data)
    print(f"{path}\n{said}\n", flush=True)
    return True


def fuzz_readers(
    minutes: float,
    seed: int,
    files: dict[str, list[bytes]],
    keep_it: Keep,
    check: Callable[[bytes, str], str | None] = complaint,
) -> tuple[Counter[str], int]:
    """(of each ending, how many files were read; kinds of findings)."""
    chance, read, kept = random.Random(seed), Counter[str](), 0
    until = time.monotonic() + 60 * minutes
    everything = [data for some in files.values() for data in some]
    while time.monotonic() < until:
        ending = chance.choice(sorted(files))
        sources = [chance.choice(files[ending]) for _ in range(BATCH)]
        tasks = [(ending, mutated(data, chance, everything)) for data in sources]
        for _, data, said in in_child(tasks, check):
            kept += keep_it(ending, data, said)
        read[ending] += len(tasks)
    return read, kept


def fuzz_imports(minutes: float, seed: int, keep_it: Keep) -> tuple[Counter[str], int]:
    """The same of imports into a small glossary."""
    import fuzz_imports as imports

    with tempfile.TemporaryDirectory(prefix="glossary-fuzz-") as folder:
        glossary = imports.make_glossary(Path(folder))
        check = partial(imports.complaint, glossary=glossary)
        return fuzz_readers(minutes, seed, imports.corpus(), keep_it, check)


def fuzz_search(minutes: float, seed: int, keep_it: Keep) -> tuple[int, int]:
    """(searches, kinds of findings)."""
    import fuzz_imports as imports

    from glossary.store import open_glossary

    chance, kept, asked = random.Random(seed), 0, 0
    alphabet = "\"'*^:()[]{}+-%_\\\0 \u202e\u3099\u0301\ud83d\ufeff山猫ネコwildcatNEARORNOTAND灯台ー・Ａ１"
    until = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as folder:
        path = imports.make_glossary(Path(folder))
        with closing(open_glossary(path, readonly=True)) as db:
            while time.monotonic() < until:
                length = chance.choice([1, 2, 3, 5, 8, 20, 200])
                letters = [chance.choice(alphabet) for _ in range(length)]
                letters += [chr(chance.randrange(0x110000)) for _ in range(chance.choice([0, 0, 1, 4]))]
                chance.shuffle(letters)
                text = "".join(letters)
                if said := search_complaint(db, text):
                    kept += keep_it(".query", text.encode("utf-8", "surrogatepass"), said)
                asked += 1
    return asked, kept


def fuzz(minutes: float, seed: int, files: dict[str, list[bytes]], findings: Path) -> None:
    """All of it, in rounds; prints after each what has been done so far, and at the end kinds of files."""
    import fuzz_http as http

    keep_it: Keep = partial(keep, findings, seen=set[str]())
    read, imported, totals = Counter[str](), Counter[str](), Counter[str]()
    began, number = time.monotonic(), 0
    while (left := minutes - (time.monotonic() - began) / 60) > 0.01:
        length, number = min(left, ROUND), number + 1
        own = 1000 * seed + number
        of_read, kept_read = fuzz_readers(length * 0.5, own, files, keep_it)
        of_imported, kept_imported = fuzz_imports(length * 0.25, own, keep_it)
        sent, kept_sent = http.fuzz(length * 0.2, own, keep_it)
        asked, kept_asked = fuzz_search(length * 0.05, own, keep_it)
        read, imported = read + of_read, imported + of_imported
        totals.update(requests=sent, searches=asked, findings=kept_read + kept_imported + kept_sent + kept_asked)
        print(
            f"after {(time.monotonic() - began) / 60:.1f} minutes: {read.total():,} files read, "
            f"{imported.total():,} imported, {totals['requests']:,} requests, {totals['searches']:,} searches; "
            f"{totals['findings']} kinds of findings",
            flush=True,
        )
    print(dict(sorted((read + imported).items())))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", metavar="ENDING")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--findings", type=Path, default=FINDINGS)
    given = parser.parse_args()
    start = corpus(given.corpus)
    chosen = {ending: start[ending] for ending in given.only or start}
    fuzz(given.minutes, given.seed, chosen, given.findings)
