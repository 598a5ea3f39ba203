"""What is a translation of what, on the texts of db/samples under names of all kinds."""

import random
from pathlib import Path

import pytest

from glossary.documents.folder import read_paths
from glossary.errors import GlossaryError
from glossary.lexicons.knowledge import embedded
from glossary.pairing.decide import Paired, find_bitexts
from glossary.pairing.manifest import write_manifest

SAMPLES = Path(__file__).parents[2] / "db" / "samples"
STORIES = ("typhoon", "sumo", "baseball", "trade-balance", "supreme-court")


def sample(story: str, language: str) -> str:
    return (SAMPLES / f"{story}.{language}.txt").read_text(encoding="utf-8")


def paired(folder: Path, files: dict[str, str], manifest: Path | None = None) -> Paired:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return find_bitexts(read_paths([folder]), embedded(), manifest=manifest)


def found(made: Paired) -> set[tuple[str, str, str]]:
    return {(Path(b.ja.path).name, Path(b.en.path).name, b.method) for b in made.collection.bitexts}


def test_names_that_say_nothing(tmp_path: Path) -> None:
    numbers = random.Random(3).sample(range(100), 2 * len(STORIES))
    ja = {f"x{n}.txt": sample(story, "ja") for n, story in zip(numbers, STORIES, strict=False)}
    en = {f"x{n}.txt": sample(story, "en") for n, story in zip(numbers[5:], STORIES, strict=False)}
    made = paired(tmp_path, ja | en)
    assert found(made) == {(a, b, "content") for a, b in zip(ja, en, strict=True)}
    assert all("both have" in b.reasons[0] for b in made.collection.bitexts)


def test_wrong_company_is_worse_than_none(tmp_path: Path) -> None:
    made = paired(
        tmp_path, {"1.txt": sample("typhoon", "ja"), "2.txt": sample("sumo", "en"), "3.txt": sample("baseball", "en")}
    )
    assert found(made) == set()
    assert [d.method for d in made.decisions] == ["alone"] * 3
    assert "is no clear counterpart" in made.decisions[0].reasons[0]


def test_folders_of_languages(tmp_path: Path) -> None:
    made = paired(tmp_path, {"ja/a.txt": sample("sumo", "ja"), "en/a.txt": sample("sumo", "en")})
    assert found(made) == {("a.txt", "a.txt", "folder")}


def test_names_that_the_contents_contradict(tmp_path: Path) -> None:
    files = {"a.ja.txt": sample("sumo", "ja"), "a.en.txt": sample("typhoon", "en")}
    files |= {"b.ja.txt": sample("typhoon", "ja"), "b.en.txt": sample("sumo", "en")}
    made = paired(tmp_path, files)
    assert found(made) == {("a.ja.txt", "b.en.txt", "content"), ("b.ja.txt", "a.en.txt", "content")}
    assert any("as the names say" in reason for b in made.collection.bitexts for reason in b.reasons)


def test_copies_and_updated_versions_stand_behind_one_text(tmp_path: Path) -> None:
    text = sample("sumo", "ja")
    updated = text.rstrip() + "\n取組の詳しい結果は追って伝える。\n"
    made = paired(tmp_path, {"1.txt": text, "2.txt": updated, "3.txt": updated, "4.txt": sample("sumo", "en")})
    assert found(made) == {("2.txt", "4.txt", "content")}
    by_name = {Path(d.path).name: d for d in made.collection.documents}
    assert by_name["2.txt"].duplicate_of is None
    assert by_name["1.txt"].duplicate_of == by_name["3.txt"].duplicate_of == by_name["2.txt"].document_id


def test_a_manifest_is_written_read_and_obeyed(tmp_path: Path) -> None:
    files = {"1.txt": sample("sumo", "ja"), "2.txt": sample("sumo", "en"), "3.txt": sample("typhoon", "en")}
    first = paired(tmp_path / "texts", files)
    path = tmp_path / "pairs.csv"
    write_manifest(path, first.decisions)
    again = paired(tmp_path / "texts", {}, path)
    assert found(again) == {("1.txt", "2.txt", "manifest")}
    path.write_text("ja,en\ntexts/1.txt,texts/3.txt\n,texts/2.txt\n", encoding="utf-8")
    assert found(paired(tmp_path / "texts", {}, path)) == {("1.txt", "3.txt", "manifest")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n", 'row 1 must have the columns "ja" and "en"'),
        ("ja,en\n1.txt,9.txt\n", "row 2: 9.txt is none of the texts"),
        ("ja,en\n2.txt,\n", 'row 2: 2.txt is English: it cannot stand in column "ja"'),
        ("ja,en\n1.txt,2.txt\n1.txt,\n", "row 3: .*1.txt stands in row 2, too"),
    ],
)
def test_a_faulty_manifest_names_file_and_row(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "pairs.csv.txt"
    (tmp_path / "m").mkdir()
    path = tmp_path / "m" / "pairs.csv"
    path.write_text(text.replace("1.txt", "../t/1.txt").replace("2.txt", "../t/2.txt"), encoding="utf-8")
    with pytest.raises(
        GlossaryError, match="pairs.csv: " + message.replace("1.txt", ".*1.txt").replace(": 2.txt", ": .*2.txt")
    ):
        paired(tmp_path / "t", {"1.txt": sample("sumo", "ja"), "2.txt": sample("sumo", "en")}, path)
