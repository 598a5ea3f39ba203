"""The settings in force as a person or a program reads them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .keys import KEYS
from .reading import DEFAULT, Settings

ENVIRONMENT = {"database": "GLOSSARY_DB", "actor": "GLOSSARY_ACTOR"}
"""Variables that stand in for a setting."""


def in_force(settings: Settings, environment: Mapping[str, str], default_database: Path) -> dict[str, dict[str, Any]]:
    """For each setting its value, as plain data, and its origin: a file with its line, a variable, or "default"."""
    found = {key.name: {"value": _plain(settings[key.name]), "origin": settings.origin(key.name)} for key in KEYS}
    if settings["database"] is None and not settings["glossary"]:
        found["database"] = {"value": str(default_database), "origin": DEFAULT}
    if settings["glossary"]:
        found["database"] = {"value": str(settings.database), "origin": settings.origin("glossary")}
    for name, variable in ENVIRONMENT.items():
        if environment.get(variable):
            found[name] = {"value": environment[variable], "origin": f"environment, {variable}"}
    if environment.get("GLOSSARY_DB"):
        found["glossary"] = {"value": [], "origin": f"environment, {ENVIRONMENT['database']}"}
    return found


def report_text(settings: Settings, found: Mapping[str, Mapping[str, Any]]) -> str:
    """A line a setting, with where it comes from, and before them the files."""
    width = max(map(len, found))
    lines = [f"Settings file: {file}" for file in settings.files] or ["No settings file (`glossary settings --init`)."]
    for name, one in found.items():
        said = f"{name:<{width}} = {_shown(one['value'])}"
        lines.append(said if one["origin"] == DEFAULT else f"{said}  ({one['origin']})")
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, (list, tuple)):
        if value and isinstance(value[0], tuple):
            return [{"path": str(path), "name": name} for path, name in value]
        return [_plain(one) for one in value]
    return value


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items()) or "–"
    if isinstance(value, list):
        return "; ".join(f"{one['name']}: {one['path']}" if isinstance(one, dict) else str(one) for one in value) or "–"
    return "–" if value is None else str(value)
