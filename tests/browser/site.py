"""The site under test: an app of its own, served by threads of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from app.accounts.actions import add_credential, add_person, grant_role
from app.accounts.models import Person, Role
from app.config import ROOT, Settings
from app.extensions import db
from app.units.actions import UnitRow, add_unit, join
from app.units.queries import unit_by_code

SINCE = date(2025, 7, 1)
COURSES = ROOT / "courses"
PIN = "471302"
PASSWORD = "den-dau-va-trang-vo"


class Who(NamedTuple):
    """Somebody of the world: id, name as it is written, and the session's name for them."""

    id: int
    full_name: str
    session_name: str


@dataclass(frozen=True)
class Site:
    """The app, its address, and the people that tests add to its world."""

    app: Flask
    url: str

    def person(self, full_name: str, **facts: Any) -> Who:
        """A new person; `facts` as `add_person` takes them.

        Also `home` and `work` (codes of units) and `login` (a phone, to sign in with PIN).
        """
        home, work, login = (facts.pop(name, None) for name in ("home", "work", "login"))
        with self.app.app_context():
            person = add_person(full_name, **{"phone": login, **facts})
            if login:
                add_credential(person, "pin", login, PIN)
            for code, kind in ((home, "residence"), (work, "work")):
                if code:
                    unit = unit_by_code(code)
                    assert unit is not None, code
                    join(person, unit, kind, on=SINCE)
            return self._kept(person)

    def officer(self, full_name: str, role: Role, unit: str | None = None, email: str = "") -> Who:
        """A new person with a role in a unit (its code) or everywhere; `email`: to sign in."""
        with self.app.app_context():
            person = add_person(full_name, birth_date=date(1980, 1, 1))
            place = unit_by_code(unit) if unit else None
            grant_role(None, person, role, place.id if place else None)
            if email:
                add_credential(person, "password", email, PASSWORD)
            return self._kept(person)

    def office(self, code: str, name: str, parent: str, kind: str = "Cơ quan") -> int:
        """A new workplace below the unit with the code `parent`; returns its id."""
        with self.app.app_context():
            unit = add_unit(UnitRow(code, name, kind, valid_from=SINCE), unit_by_code(parent))
            db.session.commit()
            return unit.id

    def session_cookie(self, who: Who) -> dict[str, Any]:
        """The cookie of a browser in which this person is signed in."""
        signer: Any = self.app.session_interface.get_signing_serializer(self.app)
        value = signer.dumps({"_user_id": who.session_name, "_fresh": True})
        return {"name": self.app.config["SESSION_COOKIE_NAME"], "value": value, "url": self.url}

    def _kept(self, person: Person) -> Who:
        db.session.commit()
        return Who(person.id, person.full_name, person.get_id())


def created(instance: Path, courses: Path = COURSES) -> Flask:
    """An app on this instance folder, with the real courses or others."""
    return create_app(Settings(instance=instance, courses=courses, watch_seconds=0))


@contextmanager
def served(instance: Path, courses: Path = COURSES) -> Iterator[Site]:
    """The site on a free loopback port."""
    app = created(instance, courses)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(app, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """The tests say what went wrong; a line per request would only hide it."""
