"""The whole way from files to SQL: what is found, that it fits together, and that nothing is lost on the way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from sample_glossary import command, copy_samples, digest, environment, glossary, sample_glossary

from glossary.build import build

SECONDS_TO_START = 60

JA = """港の工事、来春に始まる
港南市議会は７日、北桟橋を建て直す計画を承認した。
田辺愛子市長は工事を５月に始めると述べた。
無断転載・複製を禁じます
"""
EN = """Work on harbor to start next spring
The Konan City Council approved a plan to rebuild the north pier on Tuesday.
Mayor Aiko Tanabe said the work would begin in May.
Read more: Squid season ends early for the Lanternfish Cooperative
Copyright © The Daily Lantern. All rights reserved.
"""


@pytest.fixture(scope="session")
def samples() -> Path:
    return sample_glossary()


@pytest.fixture(scope="session")
def db(samples: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{samples.as_uri()}?mode=ro", uri=True)


def ids(path: Path) -> dict[tuple[str | None, str | None], str]:
    with sqlite3.connect(path) as db:
        return {(ja, en): concept for concept, ja, en in db.execute("select concept_id, ja, en from glossary")}


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("北方領土", "Northern Territories"),
        ("イージス・アショア", "Aegis Ashore"),
        ("飯倉公館", "Iikura Guest House"),
    ],
)
def test_terms_are_found_with_context_and_evidence(db: sqlite3.Connection, ja: str, en: str) -> None:
    concept = db.execute("select concept_id from glossary where ja = ? and en = ?", [ja, en]).fetchall()
    assert len(concept) == 1
    contexts = db.execute(
        "select ja_sentence, en_sentence from contexts where concept_id = ? and ja = ? and en = ?",
        [concept[0][0], ja, en],
    ).fetchall()
    assert contexts and all(ja in there and en in here for there, here in contexts)
    reasons = {kind for (kind,) in db.execute("select kind from evidence where concept_id = ?", concept[0])}
    assert {"base", "alignment", "dictionary"} <= reasons


@pytest.mark.parametrize("view", ["contexts", "candidates"])
@pytest.mark.parametrize("side", ["ja", "en"])
@pytest.mark.parametrize("what", ["", "_sentence"])
def test_every_row_slices_exactly(db: sqlite3.Connection, view: str, side: str, what: str) -> None:
    column = f"{side}{what}"
    rows, wrong = db.execute(f"""
        select count(*), sum({column} is not substr(text, {column}_start + 1, {column}_end - {column}_start))
        from {view} left join documents on document_id = {side}_document_id where {column} is not null
    """).fetchone()
    assert rows > 500 and wrong == 0


def test_sentences_hold_their_terms(db: sqlite3.Connection) -> None:
    outside = db.execute("""
        select count(*) from (select * from contexts union all select * from candidates)
        where ja_start < ja_sentence_start or ja_end > ja_sentence_end
           or en_start < en_sentence_start or en_end > en_sentence_end
    """).fetchone()
    assert outside == (0,)


@pytest.mark.parametrize("view", ["contexts", "candidates"])
def test_weights_add_up_to_the_score(db: sqlite3.Connection, view: str) -> None:
    pairs, unexplained, worst = db.execute(f"""
        with pair as (select distinct concept_id, document, ja, en, score from {view} where score is not null),
        total as (select concept_id, document, ja, en, sum(weight) as weight from evidence group by 1, 2, 3, 4)
        select count(*), sum(weight is null), max(abs(weight - score))
        from pair left join total using (concept_id, document, ja, en)
    """).fetchone()
    assert pairs > 500 and unexplained == 0 and worst < 1e-6


@pytest.mark.parametrize("view", ["contexts", "candidates"])
def test_the_calibration_turns_score_into_confidence(db: sqlite3.Connection, view: str) -> None:
    pairs, worst = db.execute(f"""
        with pair as (select distinct score, confidence from {view} where score is not null),
        knot as (
            select score as low, confidence as at_low, lead(score) over (order by score) as high,
                lead(confidence) over (order by score) as at_high
            from calibration
        ),
        ends as (select min(score) as first, max(score) as last from calibration)
        select count(*), max(abs(pair.confidence - case
            when pair.score <= first then (select confidence from calibration order by score limit 1)
            when pair.score >= last then (select confidence from calibration order by score desc limit 1)
            else (
                select at_low + (at_high - at_low) * (pair.score - low) / (high - low)
                from knot where pair.score >= low and pair.score < high
            ) end))
        from pair cross join ends
    """).fetchone()
    assert pairs > 300 and worst < 1e-6


def test_a_second_build_changes_nothing(samples: Path) -> None:
    before = digest(samples)
    again = glossary("build", "db/samples", folder=samples.parent.parent)
    assert again.returncode == 0, again.stderr
    assert "Nothing is new" in again.stderr
    assert digest(samples) == before


def test_a_concept_has_the_same_id_whichever_text_came_first(samples: Path, tmp_path: Path) -> None:
    names = ["foreign-ministers", "sumo"]
    parts = [copy_samples([name], tmp_path / name) for name in names]
    for order, database in ((parts, tmp_path / "ab.db"), (parts[::-1], tmp_path / "ba.db")):
        for part in order:
            build([part], database)
    ab, ba, whole = (ids(path) for path in (tmp_path / "ab.db", tmp_path / "ba.db", samples))
    for other in (ba, whole):
        common = ab.keys() & other.keys()
        assert len(common) > 0.7 * len(ab)  # the states differ, and with them some scores: not all pairs are the same
        assert {pair: ab[pair] for pair in common} == {pair: other[pair] for pair in common}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.ja.txt", None, "missing.ja.txt"),
        ("empty.ja.txt", b"", "empty.ja.txt"),
        ("binary.ja.txt", bytes(range(256)) * 40, "binary.ja.txt"),
    ],
)
def test_a_named_file_that_cannot_be_read_refuses_the_build(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    (tmp_path / "harbor.ja.txt").write_text(JA, encoding="utf-8")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = sorted(tmp_path.iterdir())
    result = glossary("build", "harbor.ja.txt", name, "--db", "g.db", folder=tmp_path)
    assert_refused(result, says)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("content", [b"plain text", "other database"])
def test_what_is_no_glossary_is_left_alone(tmp_path: Path, content: bytes | str) -> None:
    (tmp_path / "harbor.ja.txt").write_text(JA, encoding="utf-8")
    path = tmp_path / "other.db"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as other:
            other.execute("create table recipe (title text)")
    before, files = digest(path), sorted(tmp_path.iterdir())
    assert_refused(glossary("build", "harbor.ja.txt", "--db", "other.db", folder=tmp_path), "other.db")
    assert digest(path) == before and sorted(tmp_path.iterdir()) == files


def test_a_database_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "harbor.ja.txt").write_text(JA, encoding="utf-8")
    result = glossary("build", "harbor.ja.txt", "--db", "nowhere/g.db", folder=tmp_path)
    assert_refused(result, "nowhere")
    assert [path.name for path in tmp_path.iterdir()] == ["harbor.ja.txt"]


def assert_refused(result: subprocess.CompletedProcess[str], says: str) -> None:
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1 and result.stderr.startswith("Error: ") and says in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupted_build_leaves_the_glossary_as_it_was(tmp_path: Path) -> None:
    copy_samples(["sumo"], tmp_path / "articles")
    path = tmp_path / "g.db"
    build([tmp_path / "articles"], path)
    before = digest(path)
    copy_samples(["foreign-ministers", "aegis-ashore", "shingles"], tmp_path / "articles")

    process = subprocess.Popen(
        command("build", "articles", "--db", "g.db"),
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        # a shell starts what runs in its background with interrupts ignored, and that is inherited
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + SECONDS_TO_START
    while not (tmp_path / "g.db.work").exists():  # from now on terms are being paired
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=SECONDS_TO_START)

    assert (process.returncode, errors) == (
        1,
        "Error: Interrupted; nothing was changed: start it again, and it goes on\n",
    )
    assert digest(path) == before
    report = build([tmp_path / "articles"], path)
    assert report.new_documents == 6
    assert ("北方領土", "Northern Territories") in ids(path)
    assert not (tmp_path / "g.db.work").exists()


def test_furniture_never_becomes_a_term(tmp_path: Path) -> None:
    (tmp_path / "harbor.ja.txt").write_text(JA, encoding="utf-8")
    (tmp_path / "harbor.en.txt").write_text(EN, encoding="utf-8")
    build([tmp_path], tmp_path / "g.db")
    with sqlite3.connect(tmp_path / "g.db") as db:
        texts = dict(db.execute("select language, text from documents").fetchall())
        mentions = db.execute("select ja, en from contexts union select ja, en from candidates").fetchall()
        terms = [term for (term,) in db.execute("select term from terms")]
    assert "All rights reserved" in texts["en"] and "無断転載" in texts["ja"]  # kept in the text, so that offsets hold
    assert ("市長", "Mayor") in mentions
    strings = {string for row in mentions for string in row if string} | set(terms)
    furniture = ("Copyright", "Lantern", "Squid", "rights", "無断", "転載", "複製")
    assert [string for string in strings if any(word in string for word in furniture)] == []


def test_without_the_embedded_dictionary_pairs_are_still_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glossary.lexicons.in_force.embedded_path", lambda: None)
    copy_samples(["foreign-ministers", "aegis-ashore"], tmp_path / "articles")
    build([tmp_path / "articles"], tmp_path / "g.db")
    with sqlite3.connect(tmp_path / "g.db") as db:
        pairs = db.execute("select count(*) from glossary where ja is not null and en is not null").fetchone()[0]
        lexicons = db.execute("select lexicons from builds").fetchall()
        dictionary = db.execute("select count(*) from evidence where detail like 'JM%'").fetchone()[0]
    assert pairs > 20 and dictionary == 0
    assert not any("JMdict" in str(row) for row in lexicons)
    assert ("飯倉公館", "Iikura Guest House") in ids(tmp_path / "g.db")
