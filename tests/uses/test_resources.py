from pathlib import Path

import pytest

from glossary.errors import GlossaryError
from glossary.resources import default_database, resource_dir


@pytest.mark.parametrize("name", ["queries", "samples"])
def test_resource_dir(name: str) -> None:
    assert resource_dir(name).is_dir()


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(GlossaryError, match="nonsense: this folder is missing"):
        resource_dir("nonsense")


@pytest.mark.parametrize(
    ("project", "with_db_folder", "expected"),
    [
        (None, False, "glossary.db"),
        (None, True, "glossary.db"),
        ('[project]\nname = "glossary"\n', True, "db/glossary.db"),
        ('[project]\nname = "glossary"\n', False, "glossary.db"),
        ('[project]\nname = "glossary-plugin"\n', True, "glossary.db"),
    ],
)
def test_default_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: str | None, with_db_folder: bool, expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if project is not None:
        Path("pyproject.toml").write_text(project, encoding="utf-8")
    if with_db_folder:
        Path("db").mkdir()
    assert default_database() == Path(expected)
