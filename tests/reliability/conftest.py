from __future__ import annotations

import shutil

import pytest
from small_glossary import make


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A glossary to read."""
    path = tmp_path_factory.mktemp("made") / "glossary.db"
    make(path)
    return path


@pytest.fixture
def path(made, tmp_path):
    """A glossary of one's own, with its journal."""
    for file in made.parent.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path / "glossary.db"
