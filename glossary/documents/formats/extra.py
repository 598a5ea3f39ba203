"""Libraries that come with the extra `formats`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from glossary.errors import GlossaryError


def library(name: str, where: str) -> Any:
    """The module `name`. Raises GlossaryError, naming the file `where`, if it is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise GlossaryError(
            f"{where} needs the extra: pip install 'glossary[formats]' ({error.name} is not installed)"
        ) from None
