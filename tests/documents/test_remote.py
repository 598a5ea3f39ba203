"""Sources that fsspec opens, in the memory and in archives: files, folders, patterns; and what is said of bad ones."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from glossary.documents.folder import read_paths
from glossary.documents.remote import is_remote
from glossary.errors import GlossaryError

fsspec = pytest.importorskip("fsspec", reason="the extra dask is not installed")

JA = "港の第{}倉庫は来春に建て直される。"
EN = "Warehouse No. {} in the harbor will be rebuilt next spring."
PAIRS = gzip.compress("".join(f"{JA.format(n)}\t{EN.format(n)}\n" for n in range(9)).encode())


@pytest.fixture
def archive(tmp_path: Path, monkeypatch) -> Path:
    """`news.zip` in the current folder, and the same files in the memory."""
    files = {
        "news/harbor.ja.txt": JA.format(1).encode(),
        "news/harbor.en.txt": EN.format(1).encode(),
        "shards/01.tsv.gz": PAIRS,
        "shards/README.txt": b"about the shards",
    }
    memory = fsspec.filesystem("memory")
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
            memory.pipe(f"/{name}", data)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "news.zip"


@pytest.mark.parametrize(
    ("address", "bitexts", "ignored"),
    [
        ("memory://shards", ["01#0001"], 1),
        ("memory://shards/", ["01#0001"], 1),
        ("memory://shards/01.tsv.gz", ["01#0001"], 0),
        ("memory://shards/*.gz", ["01#0001"], 0),
        ("memory://news", ["harbor"], 0),
        ("zip://news::news.zip", ["harbor"], 0),
        ("zip://::news.zip", ["news/harbor", "shards/01#0001"], 1),
        ("zip://*/*.txt::news.zip", ["news/harbor"], 1),
        ("zip://shards/01.tsv.gz::news.zip", ["01#0001"], 0),
    ],
)
def test_files_folders_and_patterns(archive: Path, address: str, bitexts: list[str], ignored: int) -> None:
    found = read_paths([address])
    assert [bitext.name for bitext in found.bitexts] == bitexts
    assert (found.ignored, found.skipped) == (ignored, ())
    assert all("://" in document.path for document in found.documents)


def test_what_is_read_is_what_a_local_file_gives(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "01.tsv.gz").write_bytes(PAIRS)
    (here,) = read_paths([tmp_path / "01.tsv.gz"]).bitexts
    (there,) = read_paths(["memory://shards/01.tsv.gz"]).bitexts
    assert (here.ja.text, here.en.text, here.segments) == (there.ja.text, there.en.text, there.segments)
    assert here.ja.sha256 == there.ja.sha256 and here.ja.document_id == there.ja.document_id


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("memory://nowhere", "does not exist"),
        ("memory://shards/*.txt", "no text that can be read"),
        ("zip://news::missing.zip", "does not exist"),
        ("nonsense://bucket/file.txt", "Protocol not known"),
    ],
)
def test_a_bad_address_is_refused_in_one_line(archive: Path, address: str, says: str) -> None:
    with pytest.raises(GlossaryError, match=says) as refused:
        read_paths([address])
    assert address in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("s3://bucket/folder", True),
        ("simplecache::s3://bucket/file.tsv.gz", True),
        ("https://example.org/page.html", False),
        ("http://example.org", False),
        ("C:\\texts\\a.txt", False),
        ("texts/a.txt", False),
        ("-", False),
        (Path("s3://bucket"), False),
    ],
)
def test_what_is_remote(path: Path | str, remote: bool) -> None:
    assert is_remote(path) is remote
