"""Files and folders become documents and bitexts."""

import hashlib
import os
from pathlib import Path

import pytest

from glossary.documents.collect import split_name
from glossary.documents.folder import document_id, read_paths
from glossary.documents.repair import restore
from glossary.errors import GlossaryError

JA = "協議会、計画を承認\n\n港湾協議会は火曜日、ﾌｪﾘｰの埠頭を再建する計画を承認した。\n"
EN = "Council approves plan\n\nThe harbor council approved a plan to rebuild the ferry pier on Tuesday.\n"
FRENCH = (
    "Le ministre a rencontré son homologue dans la capitale pour discuter de la sécurité des îles du nord et du sud.\n"
)


def write(folder: Path, **files: str) -> Path:
    """Files named by keyword, `__` for a slash and `_` for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def test_a_folder_end_to_end(tmp_path: Path) -> None:
    write(tmp_path, pier_ja_txt=JA, pier_en_txt=EN, sub__alone_txt=EN + "More.\n", README_md=EN, data_jsonl="{}")
    write(tmp_path, bad_txt=FRENCH, _hidden_txt=EN)
    (tmp_path / "old.JPN.TXT").write_bytes((JA + "追記。\n").encode("cp932"))
    collection = read_paths([tmp_path])

    assert [(d.name, d.language) for d in collection.documents] == [
        ("old", "ja"), ("pier", "en"), ("pier", "ja"), ("sub/alone", "en"),
    ]  # fmt: skip
    assert [path.name for path, _ in collection.skipped] == ["bad.txt"]
    assert "is neither Japanese nor English" in collection.skipped[0][1]
    assert collection.ignored == 2
    assert collection.notes == ()

    (bitext,) = collection.bitexts
    assert (bitext.name, bitext.method, bitext.confidence) == ("pier", "name", 1.0)
    assert bitext.reasons == ("pier.ja.txt and pier.en.txt differ in their language tag only",)
    assert bitext.ja is collection.documents[2] and bitext.en is collection.documents[1]

    ja = bitext.ja
    assert (ja.title, ja.encoding, ja.format, ja.duplicate_of) == ("協議会、計画を承認", "utf-8", "text", None)
    assert "フェリー" in ja.text and restore(ja.text, ja.repairs) == JA
    assert ja.sha256 == hashlib.sha256(JA.encode()).hexdigest()
    assert ja.document_id == document_id("pier", "ja", ja.text) and len(ja.document_id) == 16
    assert collection.documents[0].encoding == "cp932"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.ja.txt", ("a", "ja")),
        ("sub/a.b.EN.md", ("sub/a.b", "en")),
        ("a.jp.txt", ("a", "ja")),
        ("a.jpn.txt", ("a", "ja")),
        ("a.Eng.txt", ("a", "en")),
        ("ja.txt", ("ja", None)),
        ("a.fr.txt", ("a.fr", None)),
        ("x.ja/a.txt", ("x.ja/a", None)),
        ("か\u3099.ja.txt", ("が", "ja")),
    ],
)
def test_names(name: str, expected: tuple[str, str | None]) -> None:
    assert split_name(name) == expected


def test_files_given_directly_pair_by_their_bare_names(tmp_path: Path) -> None:
    write(tmp_path, a__pier_ja_txt=JA, b__pier_en_txt=EN)
    collection = read_paths([tmp_path / "b/pier.en.txt", tmp_path / "a/pier.ja.txt"])
    assert [bitext.name for bitext in collection.bitexts] == ["pier"]


def test_two_folders_do_not_pair(tmp_path: Path) -> None:
    write(tmp_path, a__pier_ja_txt=JA, b__pier_en_txt=EN)
    assert read_paths([tmp_path / "a", tmp_path / "b"]).bitexts == ()


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, sub__pier_ja_txt=JA, sub__pier_en_txt=EN)
    once = read_paths([tmp_path])
    assert read_paths([tmp_path / "sub/pier.ja.txt", tmp_path, tmp_path / "sub"]) == once
    assert once.bitexts[0].name == "sub/pier"


def test_untagged_sides_stand_alone(tmp_path: Path) -> None:
    assert read_paths([write(tmp_path, pier_txt=JA, pier_en_txt=EN)]).bitexts == ()


def test_the_order_of_paths_and_files_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a__pier_ja_txt=JA, a__pier_en_txt=EN, b__x_txt=EN + "Once more.")
    forward = read_paths([tmp_path / "a", tmp_path / "b"])
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda folder: sorted(listdir(folder), reverse=True))
    assert read_paths([tmp_path / "b", tmp_path / "a"]) == forward


def test_an_evident_language_beats_the_tag(tmp_path: Path) -> None:
    write(tmp_path, pier_ja_txt=EN, pier_en_txt=JA)
    collection = read_paths([tmp_path])
    assert [(d.path[-11:], d.language) for d in collection.documents] == [("pier.ja.txt", "en"), ("pier.en.txt", "ja")]
    assert [remark for _, remark in collection.notes] == [
        "named as English, but is Japanese",
        "named as Japanese, but is English",
    ]
    assert len(collection.bitexts) == 1


def test_of_two_files_of_one_name_and_language_the_rightly_named_stays(tmp_path: Path) -> None:
    write(tmp_path, pier_en_txt=EN, pier_ja_txt=EN + "More.")
    collection = read_paths([tmp_path])
    assert [Path(d.path).name for d in collection.documents] == ["pier.en.txt"]
    assert [path.name for path, _ in collection.skipped] == ["pier.ja.txt"]


def test_a_doubtful_language_leaves_the_tag(tmp_path: Path) -> None:
    (document,) = read_paths([write(tmp_path, sign_en_txt="東京")]).documents
    assert document.language == "en"


def test_duplicates_name_the_first(tmp_path: Path) -> None:
    collection = read_paths([write(tmp_path, a_ja_txt=JA, b_ja_txt=JA, c_en_txt=EN)])
    first, second, other = collection.documents
    assert (first.duplicate_of, second.duplicate_of, other.duplicate_of) == (None, first.document_id, None)
    assert first.document_id != second.document_id


def test_two_folders_with_the_same_names_are_refused(tmp_path: Path) -> None:
    write(tmp_path, a__x_ja_txt=JA, b__x_ja_txt=JA + "別の記事。")
    with pytest.raises(GlossaryError, match='would both be "x" in Japanese'):
        read_paths([tmp_path / "a", tmp_path / "b"])


def test_loops_and_dead_links(tmp_path: Path) -> None:
    write(tmp_path, sub__pier_ja_txt=JA)
    (tmp_path / "sub/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nothing")
    collection = read_paths([tmp_path])
    assert [d.name for d in collection.documents] == ["sub/pier"]
    assert collection.skipped == ((tmp_path / "dead.txt", "symbolic link to nothing"),)


@pytest.mark.parametrize(
    ("files", "path", "message"),
    [
        ({}, "missing.txt", "missing.txt does not exist"),
        ({"a_rtf": "{\\rtf1"}, "a.rtf", "no reader for this ending; readable are .csv, .docx, .epub, .htm"),
        ({"a_txt": ""}, "a.txt", "a.txt is empty"),
        ({"a_txt": "\u200b\n"}, "a.txt", "a.txt is empty"),
        ({"a_txt": FRENCH}, "a.txt", "a.txt is neither Japanese nor English"),
        ({"sub__a_rtf": "{\\rtf1"}, "sub", "sub holds no text that can be read"),
        ({"sub__a_txt": FRENCH, "sub__b_txt": ""}, "sub", "no file could be read"),
    ],
)
def test_refusals(tmp_path: Path, files: dict[str, str], path: str, message: str) -> None:
    write(tmp_path, good_ja_txt=JA, **files)
    with pytest.raises(GlossaryError) as error:
        read_paths([tmp_path / path])
    assert message in str(error.value) and "\n" not in str(error.value)


def test_a_bad_file_named_beside_its_folder_refuses_all(tmp_path: Path) -> None:
    write(tmp_path, good_ja_txt=JA, bad_txt=FRENCH)
    with pytest.raises(GlossaryError, match="neither"):
        read_paths([tmp_path, tmp_path / "bad.txt"])


def test_a_readme_named_directly_is_read(tmp_path: Path) -> None:
    write(tmp_path, README_md=EN)
    assert [d.name for d in read_paths([tmp_path / "README.md"]).documents] == ["README"]


def test_progress(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    read_paths(
        [write(tmp_path, a_ja_txt=JA, b_en_txt=EN)], on_progress=lambda i, n, path: seen.append((i, n, path.name))
    )
    assert seen == [(0, 2, "a.ja.txt"), (1, 2, "b.en.txt")]
