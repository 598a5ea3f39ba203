"""How long pages of a large glossary take, as multiples of a bare Datasette row page of the same server.

Usage: web_pages.py [--concepts N] [--contexts N] [--db FILE]

The glossary is made by this script (kept, and used again, if --db names it): invented terms of random characters, with
the search index that a build would write for them; contexts are spread unevenly, so that the most frequent concept has
about one in a hundred; they share one sentence pair for ten concepts. Nothing is counted or cached beforehand but what
a build stores. Every address is asked for in turn with the others, so that all meet the same machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette

from glossary.records import KINDS
from glossary.store import open_glossary
from glossary.store.grams import Forms, grams, keys

LIMIT = 10
"""Times the bare row page that a page may take, in the median."""

CONCEPTS_OF_A_PASSAGE = 10
_KANJI = "日本国会議員東京大学政府経済社会海山川田中村上下左右前後新旧高低長短水火木金土風花鳥月年町市県道路橋駅港島"
_SYLLABLES = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモラリルレロ"
_SYLLABLES_EN = ("ba", "co", "den", "fir", "gal", "hem", "lor", "mar", "nel", "pol", "ris", "tan", "vor", "wes")
_TIME = "2026-01-01T00:00:00.000000Z"


def terms(number: int) -> tuple[str, str, str, str]:
    """Japanese, reading, English and kind of a concept."""
    draw = random.Random(number)
    ja = "".join(draw.choices(_KANJI, k=draw.randint(2, 6)))
    reading = "".join(draw.choices(_SYLLABLES, k=draw.randint(3, 9)))
    words = ("".join(draw.choices(_SYLLABLES_EN, k=draw.randint(1, 3))) for _ in range(draw.randint(1, 3)))
    return ja, reading, " ".join(words), draw.choice(KINDS)


def make(path: Path, concepts: int, contexts: int) -> None:
    """Write a glossary of `concepts` with `contexts` at `path`."""
    open_glossary(path, create=True).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma journal_mode = off")
        db.execute("pragma synchronous = off")
        db.execute("pragma cache_size = -400000")
        _insert(db, "document", _documents(concepts))
        documents = concepts // 1000 + 1
        _insert(db, "unit", ((n, f"d{n}", n, documents + n, "name", 1.0, "[]") for n in range(1, documents + 1)))
        passages = concepts // CONCEPTS_OF_A_PASSAGE + 1
        sentence = ("国" * 30, "a" * 60)
        _insert(db, "passage", ((n, n.to_bytes(8), *sentence) for n in range(1, passages + 1)))
        draw = random.Random(0)
        occurrences = Counter(int(concepts * draw.random() ** 3) + 1 for _ in range(contexts))
        _concepts(db, concepts, documents, occurrences)
        _insert(db, "context", _contexts(occurrences, documents, passages))
        db.commit()


def _insert(db: sqlite3.Connection, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
    first = next(rows)
    insert = f"insert into {table} values ({', '.join('?' * len(first))})"
    columns = {
        "context": "(id, concept, unit, pairing, passage, ja, en, ja_start, ja_end, en_start, en_end,"
        " ja_sentence_start, ja_sentence_end, en_sentence_start, en_sentence_end, ja_document, en_document, published,"
        " rejected, shown)",
        "concept": "(id, concept_id, ja, reading, romaji, en, kind, status, confidence, origin, occurrences, documents,"
        " created, modified, modified_by, shown)",
        "term": "(id, term_id, concept, language, term, reading, form, status, occurrences)",
        "pairing": "(id, concept, unit, ja, en, score, confidence, kind, kind_confidence, normalized)",
    }
    db.execute(insert.replace(" values", f"{columns.get(table, '')} values"), first)
    db.executemany(insert.replace(" values", f"{columns.get(table, '')} values"), rows)


def _documents(concepts: int) -> Iterator[tuple[Any, ...]]:
    count = concepts // 1000 + 1
    for number in range(1, 2 * count + 1):
        language, text = ("ja", "国" * 500) if number <= count else ("en", "a" * 1000)
        name = f"d{(number - 1) % count + 1}"
        yield (
            number, f"id{number}", name, language, name, "publisher", "2026-01-01", name, "", "txt", "utf-8", len(text),
            text, "[]", "[]", None, _TIME,
        )  # fmt: skip


def _concepts(db: sqlite3.Connection, concepts: int, documents: int, occurrences: Counter[int]) -> None:
    chunk = 20_000
    for first in range(1, concepts + 1, chunk):
        found = [(number, *terms(number)) for number in range(first, min(first + chunk, concepts + 1))]
        confidence = {number: round(random.Random(-number).random() / 2 + 0.5, 4) for number, *_ in found}
        _insert(db, "concept", iter([
            (n, f"c{n}", ja, reading, None, en, kind, "candidate", confidence[n], "bitext", occurrences[n], 1,
             _TIME, _TIME, "build", 1)
            for n, ja, reading, en, kind in found
        ]))  # fmt: skip
        _insert(db, "term", iter([
            (2 * n + side, f"t{2 * n + side}", n, "ja" if side == 0 else "en", en if side else ja,
             None if side else reading, "full", "preferred", occurrences[n])
            for n, ja, reading, en, _ in found for side in (0, 1)
        ]))  # fmt: skip
        units = {n: (n - 1) // 1000 % documents + 1 for n, *_ in found}
        _insert(db, "concept_in_unit", iter([
            (n, units[n], "", kind, "bitext", None, None, None) for n, *_, kind in found
        ]))  # fmt: skip
        _insert(db, "pairing", iter([
            (n, n, units[n], f"{ja}{n}", en, 1.0, confidence[n], kind, 0.9, f'["{ja}{n}", "{en}"]')
            for n, ja, _, en, kind in found
        ]))  # fmt: skip
        _insert(db, "reason", iter([(n, k, "dictionary", 0.5, "why", None) for n, *_ in found for k in range(3)]))
        forms = {n: Forms((ja,), (reading,), (), (en,)) for n, ja, reading, en, _ in found}
        _insert(db, "search_forms", ((n, json.dumps(form, ensure_ascii=False)) for n, form in forms.items()))
        _insert(db, "search_key", ((key, n) for n, form in forms.items() for key in sorted(keys(form))))
        db.executemany(
            "insert into term_search (rowid, grams) values (?, ?)", ((n, grams(form)) for n, form in forms.items())
        )


def _contexts(occurrences: Counter[int], documents: int, passages: int) -> Iterator[tuple[Any, ...]]:
    number = 0
    for concept in sorted(occurrences):
        for _ in range(occurrences[concept]):
            number += 1
            unit = (concept - 1) // 1000 % documents + 1
            yield (
                number, concept, unit, concept, concept % passages + 1, "国国", "aa", 0, 2, 0, 2, 0, 30, 0, 60, unit,
                documents + unit, f"2026-{number % 12 + 1:02}-01", 0, 1,
            )  # fmt: skip


def addresses(concepts: int, database: str, runs: int) -> dict[str, list[str]]:
    """Of each kind of page several addresses, all different."""
    draw = random.Random(1)
    chosen = [draw.randrange(1, concepts + 1) for _ in range(runs)]
    home = f"/-/glossary/{database}"
    found = [terms(number) for number in chosen]
    return {
        "bare row": [f"/{database}/term/{2 * number}" for number in chosen],
        "search, 1 kanji": [f"{home}/search?q={quote(ja[:1])}" for ja, *_ in found],
        "search, 2 kanji": [f"{home}/search?q={quote(ja[:2])}" for ja, *_ in found],
        "search, 2 kana": [f"{home}/search?q={quote(reading[:2])}" for _, reading, *_ in found],
        "search, 1 letter": [f"{home}/search?q={en[:1]}" for *_, en, _ in found],
        "search, 4 letters": [f"{home}/search?q={quote(en[:4])}" for *_, en, _ in found],
        "search, whole term": [f"{home}/search?q={quote(ja)}" for ja, *_ in found],
        "concept": [f"{home}/concept/c{number}" for number in chosen],
        "concept, frequent": [f"{home}/concept/c{number}" for number in range(1, runs + 1)],
        "review": [f"{home}/review" for _ in chosen],
        "review, of a kind": [f"{home}/review?kind={kind}&low=0.6" for *_, kind in found],
        "review, newest": [f"{home}/review?order=newest&kind={kind}" for *_, kind in found],
        "review, of a document": [f"{home}/review?document=d{number // 1000 + 1}" for number in chosen],
        "review, further on": [f"{home}/review?after={0.5 + number / concepts / 2},{number}" for number in chosen],
        "home": [home for _ in chosen],
    }


async def measure(path: Path, concepts: int, runs: int) -> dict[str, list[float]]:
    """Seconds that each address took, by kind of page."""
    permissions = {"permissions": {"glossary-review": {"id": "reviewer"}}}
    where = "metadata" if hasattr(Datasette, "permission_allowed") else "config"
    options: dict[str, Any] = {where: permissions}
    datasette = Datasette([str(path)], **options)
    await datasette.invoke_startup()
    cookies = {"ds_actor": datasette.sign({"a": {"id": "reviewer"}}, "actor")}
    asked = addresses(concepts, path.stem, runs)
    taken: dict[str, list[float]] = {kind: [] for kind in asked}
    for turn in range(-1, runs):  # the first turn warms up
        for kind, known in asked.items():
            start = time.perf_counter()
            response = await datasette.client.get(known[turn], cookies=cookies)
            seconds = time.perf_counter() - start
            assert response.status_code == 200, (known[turn], response.status_code, response.text[:300])
            if turn >= 0:
                taken[kind].append(seconds)
    return taken


def main() -> None:
    """Print the median of each kind of page, and its ratio to the bare row page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--contexts", type=int, help="five times as many as concepts unless given")
    parser.add_argument("--db", type=Path, help="where the glossary is kept")
    parser.add_argument("--runs", type=int, default=25)
    options = parser.parse_args()
    contexts = options.contexts or 5 * options.concepts
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder) / "large.db"
        if not path.exists():
            start = time.perf_counter()
            make(path, options.concepts, contexts)
            print(f"made in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e9:.2f} GB")
        taken = asyncio.run(measure(path, options.concepts, options.runs))
    yardstick = statistics.median(taken["bare row"])
    print(f"{options.concepts:,} concepts, {contexts:,} contexts; median of {options.runs}, limit {LIMIT} times")
    for kind, seconds in taken.items():
        median = statistics.median(seconds)
        slowest = f"(slowest {1000 * max(seconds):.0f} ms)"
        print(f"{kind:24} {1000 * median:8.1f} ms  {median / yardstick:6.1f} times  {slowest}")


if __name__ == "__main__":
    main()
