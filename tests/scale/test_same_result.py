"""However the work is divided, the glossary is the same; and what goes wrong in one text does not harm the others."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sample_glossary import SAMPLES, copy_samples, glossary, sample_glossary

from glossary.alignment.documents import AlignedBitext, align_bitext
from glossary.build import build
from glossary.errors import GlossaryError
from glossary.records import Bitext, Document
from glossary.scale.dump import canonical_dump
from glossary.scale.runners import InProcess, Processes, Runner, WorkerDiedError, check_scheduler
from glossary.scale.units import CHUNK_UNITS, chunked, documents_of

NAMES = ["sumo", "foreign-ministers", "shingles", "islands-letters"]
"""The last stands alone: it has no counterpart."""


def test_one_process_and_two_give_the_same_glossary(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "db" / "samples")
    done = glossary("build", "db/samples", "--jobs", "2", "--db", "two.db", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    one, two = canonical_dump(sample_glossary()), canonical_dump(tmp_path / "two.db")
    assert len(one["glossary"]) > 500 and one == two


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_samples(NAMES, tmp_path_factory.mktemp("scale") / "articles")


@pytest.fixture(scope="module")
def plain(articles: Path) -> Path:
    """Built by one process from all the articles."""
    path = articles.parent / "plain.db"
    build([articles], path)
    return path


def test_dask_gives_the_same_glossary(articles: Path, plain: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    done = glossary(
        "build", articles, "--scheduler", "local", "--jobs", "2", "--db", tmp_path / "g.db", folder=articles.parent
    )
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "g.db") == contents(plain)


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All but the commands by which it was built, which name the folder."""
    return {view: rows for view, rows in canonical_dump(path).items() if view != "builds"}


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process fails on the article "sumo", as it would on a text that no one has thought of."""

    def fails(bitext: Bitext, *rest: Any) -> AlignedBitext:
        if bitext.name == "sumo":
            raise ValueError("a text\nthat nobody has thought of")
        return align_bitext(bitext, *rest)

    monkeypatch.setattr("glossary.scale.worker.align_bitext", fails)


@pytest.mark.skipif(os.name != "posix", reason="the fault is inherited by forked processes")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_fails_is_left_out_and_reported(articles: Path, poisoned: None, tmp_path: Path, jobs: int) -> None:
    report = build([articles], tmp_path / "g.db", jobs=jobs)
    ((path, reason),) = report.skipped
    assert path.name == "sumo.ja.txt" and "ValueError: a text that nobody has thought of" in reason
    with closing(sqlite3.connect(tmp_path / "g.db")) as db:
        stored = {name for (name,) in db.execute("select document from bitexts")}
    assert stored == {"foreign-ministers", "shingles"}


def test_a_text_that_failed_is_tried_again(
    articles: Path, plain: Path, poisoned: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build([articles], tmp_path / "g.db")
    monkeypatch.undo()
    report = build([articles], tmp_path / "g.db")
    assert report.new_documents == 2 and not report.skipped
    assert len(canonical_dump(tmp_path / "g.db")["documents"]) == len(canonical_dump(plain)["documents"])


def test_a_stored_text_that_fails_is_not_lost(articles: Path, plain: Path, poisoned: None, tmp_path: Path) -> None:
    shutil.copy(plain, tmp_path / "g.db")
    with pytest.raises(GlossaryError, match=r"sumo\.ja\.txt: .*nothing was changed"):
        build([articles], tmp_path / "g.db", refresh=True)
    assert canonical_dump(tmp_path / "g.db") == canonical_dump(plain)


def test_where_all_fail_nothing_is_made(articles: Path, poisoned: None, tmp_path: Path) -> None:
    texts = [path for path in articles.iterdir() if path.name.startswith("sumo.")]
    with pytest.raises(GlossaryError, match=r"sumo\.ja\.txt"):
        build(texts, tmp_path / "g.db")
    assert not (tmp_path / "g.db").exists()


def squares(factor: int, chunk: Sequence[int]) -> list[int]:
    return [factor * number * number for number in chunk]


def squares_or_death(factor: int, chunk: Sequence[int]) -> list[int]:
    """The number 13 is the death of its process."""
    if 13 in chunk:
        os.kill(os.getpid(), signal.SIGKILL)
    return squares(factor, chunk)


@pytest.fixture(params=["in process", "processes", "dask"])
def runner(request: pytest.FixtureRequest) -> Iterator[Runner]:
    if request.param == "in process":
        yield InProcess()
    elif request.param == "processes":
        with Processes(2) as processes:
            yield processes
    else:
        pytest.importorskip("distributed", reason="the extra dask is not installed")
        from glossary.scale.cluster import dask_runner

        with dask_runner("local", 2) as cluster:
            yield cluster


def test_results_come_in_the_order_of_chunks(runner: Runner) -> None:
    chunks = [[number, number + 1] for number in range(0, 40, 2)]
    found = [square for squares_of_chunk in runner.map(squares, chunks, 3) for square in squares_of_chunk]
    assert found == [3 * number * number for number in range(40)]


def test_shared_data_reach_the_workers(runner: Runner) -> None:
    assert list(runner.map(length_of_shared, [[1], [2]], runner.shared(b"12345"))) == [[5], [5]]


def length_of_shared(shared: bytes | Path, chunk: Sequence[int]) -> list[int]:
    return [len(shared if isinstance(shared, bytes) else shared.read_bytes()) for _ in chunk]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_unit_that_kills_its_process_takes_no_other_with_it(runner: Runner) -> None:
    if isinstance(runner, InProcess):
        pytest.skip("nothing survives the death of the only process")
    chunks = [[1, 2], [3, 13, 5], [6], [7, 8]]
    found = [item for items in runner.map(squares_or_death, chunks, 1) for item in items]
    assert isinstance(found[3], WorkerDiedError)
    assert [item for item in found if isinstance(item, int)] == [1, 4, 9, 25, 36, 49, 64]


@pytest.mark.parametrize("scheduler", ["localhost:8786", "http://localhost", ""])
def test_what_is_no_address_is_refused(scheduler: str) -> None:
    with pytest.raises(GlossaryError, match="--scheduler"):
        check_scheduler(scheduler)


def test_a_scheduler_that_does_not_answer_is_refused(articles: Path, tmp_path: Path, monkeypatch) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr("glossary.scale.cluster._SECONDS_TO_ANSWER", 1)
    with pytest.raises(GlossaryError, match=r"tcp://127\.0\.0\.1:1"):
        build([articles], tmp_path / "g.db", scheduler="tcp://127.0.0.1:1")
    assert not (tmp_path / "g.db").exists()


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], []),
        ([5], [1]),
        ([10, 10, 10], [2, 1]),
        ([100, 5, 100], [1, 1, 1]),
        ([1] * (2 * CHUNK_UNITS + 1), [CHUNK_UNITS, CHUNK_UNITS, 1]),
    ],
)
def test_chunks_are_of_few_units_and_few_characters(lengths: list[int], expected: list[int]) -> None:
    documents = [Document(str(k), str(k), "ja", "字" * length) for k, length in enumerate(lengths)]
    chunks = list(chunked(documents, characters=20))
    assert [len(chunk) for chunk in chunks] == expected
    assert [unit for chunk in chunks for unit in chunk] == documents


def test_documents_of_a_unit() -> None:
    ja, en = Document("1", "x", "ja", "字"), Document("2", "x", "en", "character")
    assert documents_of(Bitext("x", ja, en, "name", 1.0)) == (ja, en)
    assert documents_of(ja) == (ja,)
