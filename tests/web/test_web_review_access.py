"""Who may review: nobody by default, whoever is given the right, and no page of another site in anybody's name."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from desk import MAY_REVIEW, REVIEW, Desk, decided, open_desk
from opening import BEFORE_1, HOME

from glossary.decisions import journal_path
from glossary.uses.serve import _is_local, datasette_files
from glossary.web.signin import offer_sign_in

EVERYBODY = {"permissions": {"glossary-review": True}}
PRIVATE = {"databases": {"coast": {**MAY_REVIEW["databases"]["coast"], "allow": {"id": "ken"}}}}
NOBODY_HERE = {
    "permissions": {"glossary-review": {"id": "*"}},
    "databases": {"coast": {"permissions": {"glossary-review": False}}},
}


@pytest.fixture
def path(pages_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(pages_path, tmp_path / "coast.db"))


async def assert_refused(desk: Desk, path: Path) -> None:
    """Nothing is offered, and nothing that is sent is written, as a form or as JSON."""
    before = path.read_bytes()
    for address in (HOME, f"{HOME}/concept/land"):
        html = (await desk.page(address)).text
        assert 'name="action"' not in html
        assert REVIEW not in html
    assert (await desk.page()).status_code == 403
    assert (await desk.page(f"{REVIEW}.json")).status_code == 403
    target = await desk.target("land")
    assert (await desk.send({"action": "approve", "target": target})).status_code == 403
    concept_id, modified = target.split(" ")
    order = {"action": "approve", "targets": [{"id": concept_id, "modified": modified}]}
    assert (await desk.send_json(order)).status_code == 403
    assert path.read_bytes() == before
    assert not journal_path(path).exists() or "mika" not in journal_path(path).read_text(encoding="utf-8")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("name", "config"),
    [
        (None, {}),
        ("mika", {}),
        (None, MAY_REVIEW),
        ("somebody", MAY_REVIEW),
        ("root", {"permissions": {"glossary-review": {"id": "mika"}}}),
        (None, EVERYBODY),  # a decision needs somebody's name
        ("mika", PRIVATE),  # who may not see it may not review it
        ("mika", NOBODY_HERE),
    ],
)
async def test_without_the_right_nothing_can_be_written(path: Path, name: str | None, config: dict[str, Any]) -> None:
    if config is PRIVATE:
        desk = await open_desk(path, name, config)
        response = await desk.send({"action": "approve", "target": await desk.target("land")})
        assert response.status_code == 403
        assert decided(path) == []
        return
    await assert_refused(await open_desk(path, name, config), path)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("mika", MAY_REVIEW),
        ("ken", MAY_REVIEW),
        ("anybody", EVERYBODY),
        ("x", {"permissions": {"glossary-review": {"id": "*"}}}),
    ],
)
async def test_with_the_right_one_can(path: Path, name: str, config: dict[str, Any]) -> None:
    desk = await open_desk(path, name, config)
    assert (await desk.page()).status_code == 200
    assert (await desk.decide("approve", "land")).status_code == 302
    assert decided(path) == [(name, "approve", "land")]


@pytest.mark.asyncio
async def test_root_of_datasette_may_review(path: Path) -> None:
    desk = await open_desk(path, "root", {})
    if not BEFORE_1:
        desk.datasette.root_enabled = True  # what `datasette --root` sets; before 1.0 nobody else can be root
    assert (await desk.decide("approve", "land")).status_code == 302


@pytest.mark.asyncio
async def test_an_immutable_glossary_takes_nothing(path: Path) -> None:
    await assert_refused(await open_desk(path, immutables=[str(path)]), path)


@pytest.mark.asyncio
async def test_a_file_that_is_read_only_takes_nothing(path: Path) -> None:
    path.chmod(0o444)
    await assert_refused(await open_desk(path), path)


@pytest.mark.asyncio
async def test_other_databases_have_no_queue(path: Path, tmp_path: Path) -> None:
    desk = await open_desk(path)
    assert (await desk.page("/-/glossary/nothing/review")).status_code == 404


FORGED: list[tuple[str, dict[str, str]]] = [
    ("no token of a form", {}),
    ("another site", {"sec-fetch-site": "cross-site"}),
    ("a neighbouring site", {"sec-fetch-site": "same-site"}),
    ("another origin", {"origin": "https://elsewhere.example"}),
    ("no origin at all", {"origin": "null"}),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("kind", "headers"), FORGED, ids=[kind for kind, _ in FORGED])
@pytest.mark.parametrize("signed_in_by", ["cookie", "other means"])
async def test_a_forged_post_is_refused(
    path: Path, kind: str, headers: dict[str, str], signed_in_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a page elsewhere makes a reviewer's browser send, with the cookie or with a password that it keeps."""
    desk = await open_desk(path)
    if not headers and (signed_in_by == "other means" or not BEFORE_1):
        pytest.skip("no browser sends neither Origin nor Sec-Fetch-Site with a form of another site")
    if signed_in_by == "other means":
        monkeypatch.setattr("glossary.web.visit.may_review", _always)
    fields = {"action": "approve", "target": await desk.target("land")}
    cookies = desk.cookies if signed_in_by == "cookie" else {}
    response = await desk.datasette.client.post(REVIEW, data=fields, headers=headers, cookies=cookies)
    assert response.status_code == 403
    assert decided(path) == []


async def _always(*_: Any) -> bool:
    return True


@pytest.mark.asyncio
@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data; boundary=x", ""])
async def test_json_disguised_as_a_form_is_refused(path: Path, media_type: str) -> None:
    desk = await open_desk(path)
    await desk.send({})
    headers = {"content-type": media_type, "x-csrftoken": desk.cookies.get("ds_csrftoken", "")}
    response = await desk.datasette.client.post(REVIEW, content=b"{}", headers=headers, cookies=desk.cookies)
    assert response.status_code == 415
    assert decided(path) == []


@pytest.mark.asyncio
async def test_too_large_a_request_is_refused(path: Path) -> None:
    desk = await open_desk(path)
    response = await desk.decide("note", "land", value="x" * 1_000_001)
    assert response.status_code == 413


@pytest.mark.asyncio
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_do_nothing(path: Path, method: str) -> None:
    desk = await open_desk(path)
    await desk.send({})
    headers = {"x-csrftoken": desk.cookies.get("ds_csrftoken", "")}
    response = await desk.datasette.client.request(method, REVIEW, headers=headers, cookies=desk.cookies)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.asyncio
async def test_signing_in_works_once(path: Path) -> None:
    desk = await open_desk(path, None)
    address = offer_sign_in("mika")
    response = await desk.page(address)
    assert response.headers["location"] == "/-/glossary"
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    desk.cookies = {"ds_actor": response.cookies["ds_actor"]}
    assert (await desk.page()).status_code == 200
    assert (await desk.page(address)).status_code == 302  # whoever is signed in goes on
    desk.cookies = {}
    for used in (address, "/-/glossary-sign-in", "/-/glossary-sign-in?token=guess"):
        response = await desk.page(used)
        assert response.status_code == 403
        assert "ds_actor" not in response.cookies


@pytest.mark.asyncio
async def test_below_base_url(path: Path) -> None:
    desk = await open_desk(path, settings={"base_url": "/words/"})
    html = (await desk.page()).text
    assert f'action="/words{REVIEW}"' in html
    assert f'action="{REVIEW}"' not in html


@pytest.mark.asyncio
async def test_glossary_serve_gives_the_right_to_whom_it_is_told_alone(path: Path, tmp_path: Path) -> None:
    for reviewer, status in (("mika", 200), (None, 403)):
        files = datasette_files(tmp_path / str(reviewer), path, reviewer=reviewer)
        config = yaml.safe_load(files[0 if BEFORE_1 else 1].read_text(encoding="utf-8"))
        assert (await (await open_desk(path, "mika", config)).page()).status_code == status
        assert (await (await open_desk(path, "ken", config)).page()).status_code == 403


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("example.org", False),
    ],
)
def test_only_on_this_machine_is_whoever_starts_the_server_a_reviewer(host: str, local: bool) -> None:
    assert _is_local(host) == local
