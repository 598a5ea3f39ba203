"""How the tests review: Datasette over a glossary of their own, with people who may review it and others."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from opening import BEFORE_1, HOME

REVIEW = f"{HOME}/review"
MAY_REVIEW = {"databases": {"coast": {"permissions": {"glossary-review": {"id": ["mika", "ken"]}}}}}


class Desk:
    """Whoever sits here is signed in as `name`, or as nobody."""

    def __init__(self, datasette: Datasette, name: str | None = "mika") -> None:
        self.datasette = datasette
        self.cookies = {"ds_actor": datasette.sign({"a": {"id": name}}, "actor")} if name else {}

    async def page(self, address: str = REVIEW) -> Any:
        response = await self.datasette.client.get(address, cookies=self.cookies)
        self.cookies |= {key: value for key, value in response.cookies.items() if key == "ds_csrftoken"}
        return response

    async def send(self, fields: dict[str, Any], address: str = REVIEW, **options: Any) -> Any:
        """A form as a browser sends it from one of our pages."""
        csrftoken = re.search(r'name="csrftoken" value="([^"]*)"', (await self.page()).text)
        token = {"csrftoken": unescape(csrftoken[1])} if csrftoken else {}
        headers = {"sec-fetch-site": "same-origin"} | options.pop("headers", {})
        return await self.datasette.client.post(
            address, data=token | fields, cookies=self.cookies, headers=headers, **options
        )

    async def decide(self, action: str, concept_id: str, **fields: Any) -> Any:
        return await self.send({"action": action, "target": await self.target(concept_id), **fields})

    async def target(self, concept_id: str) -> str:
        """The concept, with the state in which it is seen now."""
        found = await self.datasette.get_database("coast").execute(
            "select modified from concept where concept_id = ?", [concept_id]
        )
        return f"{concept_id} {found.rows[0][0]}"

    async def send_json(self, value: Any, **options: Any) -> Any:
        """As a script does; a signed cookie stands for its token, which in Datasette 0.65 takes a plugin."""
        headers = options.pop("headers", {})
        if BEFORE_1:
            await self.send({})  # to have the token of a form
            headers |= {"x-csrftoken": self.cookies.get("ds_csrftoken", "")}
        headers |= {"content-type": "application/json"}
        return await self.datasette.client.post(
            REVIEW, content=json.dumps(value), cookies=self.cookies, headers=headers, **options
        )


async def open_desk(
    path: Path, name: str | None = "mika", config: dict[str, Any] | None = None, **options: Any
) -> Desk:
    options |= {"metadata" if BEFORE_1 else "config": MAY_REVIEW if config is None else config}
    files = [] if "immutables" in options else [str(path)]
    datasette = Datasette(files, **options)
    await datasette.invoke_startup()
    return Desk(datasette, name)


def values(path: Path, sql: str, *parameters: Any) -> list[Any]:
    """The rows of a query, those of one column as its values."""
    with closing(sqlite3.connect(path)) as db:
        found = db.execute(sql, parameters).fetchall()
    return [row[0] if len(row) == 1 else row for row in found]


def decided(path: Path) -> list[tuple[str, str, str]]:
    """(actor, action, concept_id) of the decisions made since the glossary was built."""
    return values(path, "select actor, action, concept_id from decisions order by at")[3:]
