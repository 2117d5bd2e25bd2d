"""Who walks through the app in the canary test, and what each of them may see."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.guard import Permission, Scope
from app.accounts.models import Role
from app.extensions import db
from app.permissions import PERMISSIONS
from tests.cast import SignIn
from tests.field.acts import begin
from tests.whole.canary_cast import CanaryWorld
from tests.whole.canary_eyes import NOBODYS, seen, texts_of

Sight = set[tuple[str, str]]
UNIT_ROLES = {f"{role.value} here": role for role in Role}
WHOLE_ROLES = {f"{role.value} of all": role for role in (Role.ADMIN, Role.REGISTRAR, Role.OFFICER)}
ACTORS = ["nobody", "mai", "beside mai", *UNIT_ROLES, *WHOLE_ROLES]
# what only its owner reads, however far a role reaches; and what nobody reads
OWNERS_ALONE = {"note", "number", "message", "made"}
OWN_SESSION = {"stamp"}
# whom a learner has met: who answered, who sits beside them
MET = {"name", "given"}
STAFF = {"mai", "gop"}
ALL = STAFF | {"nam"}
HELPER = f"{Role.HELPER.value} here"


class Reader(FlaskClient):
    """A plain browser: that pages are well made is tested elsewhere."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()
        # a context of its own, else `g` (and with it the person) would be that of the test
        with self.application.app_context():
            return super().open(*args, **{"buffered": True, **kwargs})


class Actor:
    """Somebody who asks for everything, and what they may see."""

    def __init__(self, app: Flask, world: CanaryWorld, name: str, sign_in: SignIn) -> None:
        self.app, self.world, self.name, self._sign_in = app, world, name, sign_in
        app.test_client_class = Reader
        self.canaries = world.canaries()
        self.sight: Sight = set()
        self.person = None if name == "nobody" else world.people[self.who]

    @property
    def who(self) -> str:
        """Whose session it is."""
        return HELPER if self.name == "beside mai" else self.name

    def browser(self) -> FlaskClient:
        """A browser in which they are signed in, perhaps beside a learner."""
        if self.person is None:
            return self.app.test_client()
        client = self._sign_in(self.person)
        if self.name == "beside mai":
            begun = begin(client, self.world.people["mai"], pin="271828")
            assert begun.location == "/learn"
        return client

    def leaks(self, endpoint: str, answer: TestResponse) -> Sight:
        """What an answer tells and must not."""
        found = seen(texts_of(self.app, answer), self.canaries)
        self.sight |= found
        return {one for one in found if not self.may_see(PERMISSIONS[endpoint], *one)}

    def may_see(self, permission: Permission, who: str, kind: str) -> bool:
        """Whether an endpoint may tell this actor a fact of this kind about somebody."""
        if kind in OWN_SESSION and who != self.who:
            return False
        if kind == NOBODYS:
            return False
        if who == self.who or (self.name == "beside mai" and who == "mai"):
            return not (self.name == "beside mai" and who == "mai" and kind == "note")
        if kind in OWNERS_ALONE:
            return False
        if who == HELPER and kind in MET and self.name == "mai":
            return True
        if permission.scope is Scope.CODE:
            return kind == "given"
        if permission.scope is Scope.COLLEAGUES:
            return kind in MET and who.startswith(Role.TRAINER.value)
        if permission.scope is Scope.UNIT:
            return self.name in WHOLE_ROLES or who in self.in_scope()
        return permission.scope is Scope.PROVINCE and self.name in WHOLE_ROLES

    def in_scope(self) -> set[str]:
        """Whom a role held for the commune reaches."""
        role = UNIT_ROLES.get(self.name)
        holders = {HELPER, "officer of nam", *UNIT_ROLES} if role is Role.ADMIN else set()
        reach = {Role.HR: STAFF, Role.HELPER: ALL, Role.OFFICER: ALL, Role.ADMIN: ALL}
        return reach.get(role, set()) | holders if role else set()
