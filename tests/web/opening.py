"""How the tests of the pages open Datasette."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette.app import Datasette

Start = Callable[..., Datasette]

BEFORE_1 = hasattr(Datasette, "permission_allowed")

HOME = "/-/glossary/coast"
DOCUMENT = f"{HOME}/document/coast~2F~E9~96~8B~E5~BA~97+~26c"
PAGES = [
    HOME,
    f"{HOME}?q=territory",
    f"{HOME}/search?q=hama",
    f"{HOME}/concept/beyond",
    f"{HOME}/concept/hostile",
    f"{HOME}/concept/ship",
    DOCUMENT,
    f"{HOME}/document/solo",
    f"{HOME}/document/solo?show=repairs",
    f"{HOME}/concept/nothing",
]


async def get(start: Start, path: str, status: int = 200, **options: Any) -> str:
    headers = options.pop("headers", {})
    response = await start(**options).client.get(path, headers=headers)
    assert response.status_code == status, response.text[:500]
    return response.text


async def data(start: Start, path: str, **options: Any) -> Any:
    response = await start(**options).client.get(path)
    assert response.headers["content-type"].startswith("application/json")
    return response.json()
