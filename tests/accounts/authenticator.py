"""An authenticator in software: makes keys for a site and signs what the site draws."""

import base64
import hashlib
import json
import re
import secrets
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.acts import post

PAGE, SECOND = "/account/passkeys", "/login/second"
PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def options_of(page: TestResponse) -> dict[str, Any]:
    """What a page asks the browser for."""
    found = re.search(r'data-options="([^"]+)"', page.text)
    assert found, page.text
    asked: dict[str, Any] = json.loads(unescape(found[1]))
    return asked


def _cbor(value: Any) -> bytes:
    from webauthn.helpers import encode_cbor

    return encode_cbor(value)


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


@dataclass
class Authenticator:
    """One key. `origin`: the site it believes to be at; `flags`: whom it says it saw."""

    origin: str = "https://hoc.vi.du"
    host: str = "hoc.vi.du"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        known = bytes(16) + len(self.id).to_bytes(2) + self.id + _cbor(public)
        data = self._data(self.flags | ATTESTED) + known
        told = {"fmt": "none", "attStmt": {}, "authData": data}
        client = self._client("webauthn.create", options)
        return self._answer(clientDataJSON=client, attestationObject=_cbor(told))

    def shown(self, options: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`."""
        self.count += 1
        data, client = self._data(self.flags), self._client("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        facts = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(facts).encode()

    def _answer(self, **parts: bytes) -> str:
        own = _base64url(self.id)
        response = {name: _base64url(part) for name, part in parts.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})


def add(client: FlaskClient, key: Authenticator, name: str = "Máy bàn", **form: Any):
    """Make a passkey on the page."""
    answer = key.made(options_of(client.get(PAGE)))
    return post(client, PAGE, name=name, credential=answer, **form)


def show(client: FlaskClient, key: Authenticator, page: str = "") -> TestResponse:
    """Show the passkey after the password."""
    answer = key.shown(options_of(client.get(SECOND)))
    return post(client, f"{SECOND}/passkey{page}", credential=answer)
