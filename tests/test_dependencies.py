"""docs/dependencies.md names all dependencies with their licences; nothing installed is under the GPL alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from sample_glossary import CHECKOUT

packaging = pytest.importorskip("packaging.requirements")

PAGE = (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COPYLEFT = re.compile(r"A?GPL|General Public License(?! v2 or later or MPL)", re.IGNORECASE)


def names(requirements: list[str]) -> set[str]:
    return {packaging.Requirement(text).name for text in requirements}


def installed_with(requirements: list[str]) -> Iterator[Distribution]:
    """The distributions of these requirements and of all that they require, each once."""
    waiting = [(packaging.Requirement(text), "") for text in requirements]
    seen = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        try:
            found = distribution(requirement.name)
        except PackageNotFoundError:
            continue
        for asked in ("", *sorted(requirement.extras)):
            if (found.metadata["Name"], asked) not in seen:
                seen.add((found.metadata["Name"], asked))
                waiting += [(packaging.Requirement(text), asked) for text in found.requires or ()]
                if not asked:
                    yield found


def licence(found: Distribution) -> str:
    """What the metadata says: the expression, else the first line of the licence and the classifiers."""
    told = found.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    lines = (told.get("License") or "").splitlines()[:1]
    return "; ".join([*lines, *(c for c in told.get_all("Classifier") or () if c.startswith("License"))])


def allowed(text: str) -> bool:
    """Whether there is a licence to choose that is not the GPL or AGPL."""
    return any(not COPYLEFT.search(choice) for choice in re.split(r" OR |; ", text) if choice)


def test_every_dependency_has_its_row_and_no_row_is_without_one() -> None:
    rows = set(re.findall(r"^\| ([a-z][\w.-]*) \|", PAGE, re.MULTILINE)) - {"package"}
    extras = [text for group in PROJECT["optional-dependencies"].values() for text in group]
    assert rows == names(PROJECT["dependencies"] + extras)


@pytest.mark.parametrize("extra", sorted(PROJECT["optional-dependencies"]))
def test_rows_name_the_extra(extra: str) -> None:
    for name in names(PROJECT["optional-dependencies"][extra]):
        homes = [e for e, texts in PROJECT["optional-dependencies"].items() if name in names(texts)]
        (named,) = re.findall(rf"^\| {re.escape(name)} \| (\w+) \|", PAGE, re.MULTILINE)
        assert named in homes


@pytest.mark.parametrize("extra", [None, "formats"])
def test_nothing_that_is_installed_is_under_the_gpl_alone(extra: str | None) -> None:
    requirements = PROJECT["dependencies"] if extra is None else PROJECT["optional-dependencies"][extra]
    found = {one.metadata["Name"]: licence(one) for one in installed_with(requirements)}
    assert extra is not None or len(found) > 20
    assert {name: text for name, text in found.items() if not text or not allowed(text)} == {}


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-or-later", False),
        ("License :: OSI Approved :: GNU Affero General Public License v3", False),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("", False),
    ],
)
def test_what_the_audit_allows(text: str, is_allowed: bool) -> None:
    assert allowed(text) is is_allowed
