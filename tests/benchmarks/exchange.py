"""Export and import of a large glossary, as multiples of writing the same rows as CSV with the standard library.

Usage: exchange.py [--concepts N] [--formats NAME,NAME] [--fresh] [--full] [--folder DIR]

A glossary of N concepts (100,000) is made by importing JSON Lines into an empty one, which is the first figure. Then
every format is written, and what it wrote is imported into that glossary; with --fresh into an empty one, too. With
--full every entry has all that people say of concepts, which takes 7.3 decisions an entry instead of 2.2. Each step
runs once, in a process of its own, which tells its processor time (what it takes on a machine with nothing else to do)
and its greatest memory. Limits: an export 60 s and 500 MB, an import 120 s.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from glossary.exchange.export import export_file
from glossary.exchange.importing import import_file
from glossary.exchange.registry import FORMATS
from glossary.exchange.selection import Selection
from glossary.records import KINDS
from glossary.store import open_glossary

EXPORT_SECONDS, EXPORT_MB, IMPORT_SECONDS = 60, 500, 120
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
KANJI = "山川海空島岬港湾北南東西上下大小新古白黒赤青"
SYLLABLES = "ba ko mi tu re sa no ki la to ve ri da mo pe".split()


def spelled(number: int, letters: str | list[str], length: int) -> str:
    """`number` written in `letters`: another word for every number."""
    found = []
    for _ in range(length):
        number, place = divmod(number, len(letters))
        found.append(letters[place])
    return "".join(found)


FULL = {
    "subject": "maps", "part_of_speech": "noun", "usage_note": "as on the sheet", "collection": "atlas",
    "definition_ja": "地図にある町", "definition_en": "a town on the map",
}  # fmt: skip


def write_entries(path: Path, number: int, *, full: bool = False) -> None:
    """Entries like those of a client's term base: a pair with a reading and a kind; of half of them a definition, of a
    third a further English term, of a third a note. Importing them takes 2.2 decisions an entry; `full`: 7.3.
    """
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            other = spelled(n, SYLLABLES, 5)
            terms = [
                {"language": "ja", "term": spelled(n, KANJI, 5), "status": "preferred", "reading": spelled(n, KANA, 5)},
                {"language": "en", "term": other.title(), "status": "preferred"},
            ]
            if n % 3 == 0:
                terms.append({"language": "en", "term": f"{other} town", "status": "admitted", "region": "GB"})
            entry = {
                "terms": terms, "concept_id": f"{n:016x}", "kind": KINDS[n % len(KINDS)], "status": "approved",
                "usage_note": f"seen on sheet {n}" if n % 3 == 1 else None,
                "definition_en": f"a town on sheet {n}" if n % 2 else None,
            } | (FULL if full else {})  # fmt: skip
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def one_step(step: str, name: str, database: Path, file: Path) -> None:
    """Run a step in this process and print its seconds and its megabytes."""
    start = time.process_time()
    if step == "import":
        db = open_glossary(database, create=True)
        import_file(db, file, FORMATS[name], actor="benchmark", candidates=True)
    elif step == "export":
        db = open_glossary(database, readonly=True)
        export_file(db.conn, file, FORMATS[name], Selection())
    else:
        csv_of_rows(database, file)
    seconds = time.process_time() - start
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale)


def csv_of_rows(database: Path, file: Path) -> None:
    """The yardstick: the concepts and their terms, a row a term, with the csv module."""
    db = sqlite3.connect(database)
    rows = db.execute(
        "select * from glossary join terms using (concept_id) order by coalesce(glossary.reading, ja, en)"
    )
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)


def run(step: str, name: str, database: Path, file: Path) -> tuple[float, float]:
    command = [sys.executable, __file__, "--step", step, name, str(database), str(file)]
    seconds, megabytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(megabytes)


def report(title: str, figures: tuple[float, float], base: float, seconds: float, megabytes: float | None) -> bool:
    """Print a line; True if it is within the limits."""
    within = figures[0] <= seconds and (megabytes is None or figures[1] <= megabytes)
    remark = "" if within else "  too much"
    print(f"{title:<28}{figures[0]:8.1f} s{figures[0] / base:8.1f} × CSV{figures[1]:8.0f} MB{remark}")
    sys.stdout.flush()
    return within


def main() -> int:
    """Print the figures; exit code 1 where one is beyond its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--fresh", action="store_true", help="import into an empty glossary, too")
    parser.add_argument("--full", action="store_true", help="entries with all that people say of concepts")
    parser.add_argument("--folder", type=Path, help="keep the files here")
    parser.add_argument("--step", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step, name, database, file = options.step
        one_step(step, name, Path(database), Path(file))
        return 0
    folder = options.folder or Path(tempfile.mkdtemp(prefix="glossary-exchange-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return measure(folder, options.concepts, options.formats.split(","), fresh=options.fresh, full=options.full)
    finally:
        if not options.folder:
            shutil.rmtree(folder)


def measure(folder: Path, number: int, names: list[str], *, fresh: bool, full: bool = False) -> int:
    source, database = folder / "entries.jsonl", folder / "glossary.db"
    write_entries(source, number, full=full)
    database.unlink(missing_ok=True)
    first = run("import", "jsonl", database, source)
    base = run("csv", "csv", database, folder / "rows.csv")[0]
    print(f"{'CSV of the same rows':<28}{base:8.1f} s")
    fine = report("import jsonl, new concepts", first, base, IMPORT_SECONDS, None)
    for name in names:
        form = FORMATS[name]
        if not form.writes or name == "prompt":  # that one takes the terms of a text
            continue
        file = folder / f"{name}{form.endings[0]}"
        fine &= report(f"export {name}", run("export", name, database, file), base, EXPORT_SECONDS, EXPORT_MB)
        if form.reads:
            fine &= report(f"import {name}, unchanged", run("import", name, database, file), base, IMPORT_SECONDS, None)
            if fresh:
                empty = folder / f"{name}.db"
                empty.unlink(missing_ok=True)
                figures = run("import", name, empty, file)
                fine &= report(f"import {name}, new concepts", figures, base, IMPORT_SECONDS, None)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
