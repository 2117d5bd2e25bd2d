"""The service worker, the manifest, and what the worker keeps from the first visit on."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.sync.worker import SOURCES
from tests.proof_reader import proof_read


def test_the_worker_serves_the_whole_site(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert (
        client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    )


def test_the_worker_is_one_classic_script(client: FlaskClient) -> None:
    assert not re.search(r"^\s*(import|export)\b", client.get("/sw.js").text, re.MULTILINE)


def test_every_source_is_in_a_bundle(app: Flask, client: FlaskClient) -> None:
    pages = client.get(app.extensions["asset_addresses"]["offline-vi.js"]).text
    bundles = pages + client.get("/sw.js").text
    for source in SOURCES.glob("*.js"):
        name = re.search(
            r"^(?:export )?(?:async )?function (\w+)", source.read_text(), re.MULTILINE
        )
        assert name and f"function {name[1]}(" in bundles, source.name


def test_every_word_that_the_script_says_is_known(app: Flask, client: FlaskClient) -> None:
    bundle = client.get(app.extensions["asset_addresses"]["offline-vi.js"]).text
    sources = "".join(source.read_text() for source in SOURCES.glob("*.js"))
    for key in re.findall(r"\bsay\('(\w+)'", sources):
        assert f'"{key}":' in bundle, key


def test_the_manifest_makes_it_installable(client: FlaskClient) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = answer.get_json(force=True)
    assert manifest["display"] == "standalone"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    for icon in manifest["icons"]:
        served = client.get(icon["src"])
        assert served.mimetype == icon["type"]


def test_every_page_names_the_manifest_and_the_script(app: Flask, client: FlaskClient) -> None:
    page = client.get("/courses").text
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert app.extensions["asset_addresses"]["offline-vi.js"] in page


def test_the_equipment_is_for_nobody_in_particular(
    client: FlaskClient, as_learner: FlaskClient, as_admin: FlaskClient
) -> None:
    nobodys = client.get("/sync/equipment")
    assert (
        as_learner.get("/sync/equipment").json
        == nobodys.json
        == as_admin.get("/sync/equipment").json
    )
    assert set(nobodys.json["pages"]) == {"/sync/shelf", "/sync/held", "/sync/unsent"}
    for page in nobodys.json["pages"].values():
        proof_read(page.encode())
        assert "csrf_token" not in page
    for address in nobodys.json["assets"]:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/sw.js", "/manifest.webmanifest", "/sync/equipment", "/sync/shelf"]
)
def test_a_wrong_method(client: FlaskClient, address: str) -> None:
    assert client.post(address).status_code == 405


def test_what_each_page_carries_is_small() -> None:
    loader = (SOURCES.parent / "away.js").read_bytes()
    assert len(loader) <= 1024
