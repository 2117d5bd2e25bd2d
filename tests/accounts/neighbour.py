"""A real OpenID Connect provider beside the app, and what a person does there."""

import json
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import playwright
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.acts import PIN
from tests.acts import post

NEW, BEGIN = "/login/outside/new", "/login/outside/begin"
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / ".artifacts" / "oidc"
# Debian 12 has Node.js 18, too old for the provider; the browser driver brings a newer one
NODE = Path(playwright.__file__).with_name("driver") / "node"
HOME = "http://127.0.0.1:8000"
HOA = "049185000123"
PEOPLE = {
    "hoa": {"SoDinhDanh": HOA, "HoVaTen": "NGUYỄN THỊ HOA"},
    "moi": {"SoDinhDanh": "049061000777", "HoVaTen": "Trần Văn Mới"},
    "khong-so": {"HoVaTen": "Lê Văn Bảy"},
    "so-sai": {"SoDinhDanh": "12", "HoVaTen": "Lê Văn Tám"},
}


@dataclass(frozen=True)
class Neighbour:
    """A running provider."""

    issuer: str

    def approve(self, address: str, who: str) -> str:
        """Sign in there as somebody and agree; the address to which the browser is sent back."""
        with requests.Session() as browser:
            answer = browser.get(address, allow_redirects=False, timeout=10)
            for _ in range(12):
                if answer.is_redirect:
                    address = urljoin(address, answer.headers["Location"])
                    if address.startswith(HOME):
                        return address
                    answer = browser.get(address, allow_redirects=False, timeout=10)
                    continue
                prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
                assert prompt, answer.text
                said = {"prompt": prompt[1], "login": who, "password": "x"}
                answer = browser.post(address, data=said, allow_redirects=False, timeout=10)
        raise AssertionError("the provider never sent the browser back")

    def refuse(self, address: str) -> str:
        """Say no there."""
        with requests.Session() as browser:
            answer = browser.get(address, timeout=10)
            found = re.search(r'href="([^"]+/abort)"', answer.text)
            assert found, answer.text
            answer = browser.get(urljoin(answer.url, found[1]), allow_redirects=False, timeout=10)
            while not answer.headers["Location"].startswith(HOME):
                following = urljoin(answer.url, answer.headers["Location"])
                answer = browser.get(following, allow_redirects=False, timeout=10)
            return answer.headers["Location"]


def come(client: FlaskClient, neighbour: Neighbour, who: str, page: str = "") -> TestResponse:
    """Go there, sign in as somebody, come back."""
    there = client.get("/login/outside", query_string={"next": page} if page else {})
    assert there.status_code == 302, there.text
    return back(client, neighbour.approve(there.location, who))


def back(client: FlaskClient, address: str) -> TestResponse:
    """The browser comes back to this address of ours."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def prove(
    client: FlaskClient, login: str = "0905123456", secret: str = PIN, code: str = ""
) -> TestResponse:
    """Say who one is here."""
    return post(client, NEW, login=login, secret=secret, code=code)


def begin(client: FlaskClient, **changes: str) -> TestResponse:
    """Send the form of somebody new, with these changes."""
    typed = {"full_name": "Trần Văn Mới", "birth": "1961", "group": "nguoi-dan", "consent": "y"}
    return post(client, BEGIN, **{k: v for k, v in {**typed, **changes}.items() if v})


@contextmanager
def running() -> Iterator[Neighbour]:
    """A provider on a free port of this machine; `make setup-test` brings it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = Path(__file__).with_name("provider.mjs")
    command = [str(NODE), str(script), str(FOLDER), str(port), json.dumps(PEOPLE), HOME]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "ready\n", "run `make setup-test` first"
            yield Neighbour(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
