"""Sign-in by another's OpenID Connect: asking, and reading the answer; off unless set.

Authorization code with PKCE, state and nonce; the signature, issuer, audience and age of the id
token are checked (authlib). What becomes of whoever comes is app.accounts.linking's matter.
"""

import logging
from dataclasses import asdict, dataclass
from typing import Any, Self

from flask import Flask, current_app, session, url_for
from werkzeug.wrappers import Response

from app.accounts import numbers
from app.accounts.numbers import Number
from app.config import Settings
from app.lib.personal_numbers import PersonalNumberProblem, parse
from app.lib.vietnamese import tidy_name

NAME = "outside"
SECONDS = 10
# keys of whoever signs are public; a shared secret or no signature proves nothing
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
log = logging.getLogger(__name__)


class OutsideProblem(Exception):
    """The other side did not answer as it must; `refused`: the person said no there."""

    def __init__(self, refused: bool = False) -> None:
        super().__init__(refused)
        self.refused = refused


@dataclass(frozen=True)
class Arrival:
    """Who comes, as the other side says: subject, perhaps a name and a personal number.

    The number is sealed at once (app.accounts.numbers): the session can be read on the device.
    """

    issuer: str
    subject: str
    full_name: str = ""
    number: tuple[str, str, str] | None = None

    @property
    def stored_number(self) -> Number | None:
        """The number as it is kept, or None."""
        return Number(*self.number) if self.number else None

    def as_session(self) -> dict[str, Any]:
        """As the session keeps it."""
        return asdict(self)

    @classmethod
    def of_session(cls, kept: dict[str, Any]) -> Self:
        """Out of the session."""
        number = kept.get("number")
        return cls(**{**kept, "number": tuple(number) if number else None})


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.extensions["settings"]
    return found


def is_on() -> bool:
    """Whether this installation has somebody else's sign-in."""
    return bool(settings().oidc_issuer)


def name() -> str:
    """What the button calls that sign-in; "" where there is none."""
    return settings().oidc_name if is_on() else ""


def ask() -> Response:
    """Send the browser to the other side. Raises OutsideProblem."""
    for key in [key for key in session if key.startswith(f"_state_{NAME}_")]:
        # only the newest try can come back
        session.pop(key)
    with _problems():
        answer: Response = _client().authorize_redirect(return_address())
    return answer


def return_address() -> str:
    """Where the other side sends the browser back; it must be registered there."""
    return settings().base_url.rstrip("/") + url_for("accounts.outside_return")


def arrival() -> Arrival:
    """Who came back, proved by the code in this request. Raises OutsideProblem."""
    with _problems():
        client = _client()
        token = client.authorize_access_token()
        claims = dict(token.get("userinfo") or {})
        if not claims.get("sub"):
            raise OutsideProblem
        names = settings().oidc_claim_names
        if not {names["number"], names["name"]} <= claims.keys():
            claims = _completed(client, token, claims)
    return _read(claims, names)


def _completed(client: Any, token: Any, claims: dict[str, Any]) -> dict[str, Any]:
    """With what the id token did not hold; of the same subject only."""
    if "userinfo_endpoint" not in client.load_server_metadata():
        return claims
    told = dict(client.userinfo(token=token))
    if told.get("sub") != claims["sub"]:
        raise OutsideProblem
    return {**told, **claims}


def _read(claims: dict[str, Any], names: dict[str, str]) -> Arrival:
    subject = str(claims.get(names["sub"], ""))
    if not 0 < len(subject) <= 255:
        raise OutsideProblem
    return Arrival(
        settings().oidc_issuer,
        subject,
        _name(str(claims.get(names["name"], ""))),
        _number(str(claims.get(names["number"], ""))),
    )


def _name(text: str) -> str:
    try:
        return tidy_name(text)
    except ValueError:
        return ""


def _number(text: str) -> tuple[str, str, str] | None:
    try:
        read = parse(text)
    except PersonalNumberProblem:
        return None
    # what a spreadsheet may lose, a register does not
    return None if read.repaired else (*numbers.stored(read.number),)


def leaving_address() -> str | None:
    """Where one signs out on the other side as well; None where it has no such page."""
    try:
        with _problems():
            client = _client()
            if "end_session_endpoint" not in client.load_server_metadata():
                return None
            home = settings().base_url.rstrip("/") + url_for("catalogue.landing")
            found = client.create_logout_url(home, client_id=settings().oidc_client_id)
    except OutsideProblem:
        return None
    return str(found["url"])


def _client() -> Any:
    """The client of this process; what the other side says of itself is read once."""
    # a second and many megabytes, for those who use it
    from authlib.integrations.flask_client import OAuth

    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if NAME not in app.extensions:
        issuer, known = settings().oidc_issuer, settings()
        app.extensions[NAME] = OAuth(app).register(
            NAME,
            server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
            client_id=known.oidc_client_id,
            client_secret=known.oidc_client_secret.get_secret_value() or None,
            client_kwargs={
                "scope": known.oidc_scope,
                "code_challenge_method": "S256",
                "default_timeout": SECONDS,
            },
        )
    client = app.extensions[NAME]
    _distrust(client.load_server_metadata())
    return client


def _distrust(metadata: dict[str, Any]) -> None:
    """The document must be of the issuer that was set; weak algorithms are not heard."""
    if str(metadata.get("issuer", "")).rstrip("/") != settings().oidc_issuer.rstrip("/"):
        raise OutsideProblem
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [
        one for one in offered if one in ALGORITHMS
    ] or ["RS256"]


class _problems:
    """Whatever goes wrong on the way to the other side is one problem, logged by its kind."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: Any, _trace: object) -> None:
        if kind is None or not issubclass(kind, Exception) or kind is OutsideProblem:
            return
        log.warning("sign-in elsewhere: %s", kind.__name__)
        refused = getattr(error, "error", "") == "access_denied"
        raise OutsideProblem(refused) from error
