"""What HR officers do in tests: make files, upload them, import what was shown."""

import io
import re
from collections.abc import Sequence

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.actions import add_person
from app.accounts.models import Person
from app.content.models import Course
from app.extensions import db
from app.learning.assignments import assign
from app.lib.ids import operation_id
from app.lib.spreadsheets import write_xlsx
from app.staff.leaving import leave
from app.staff.made_lists import enter
from app.staff.models import Departure, Monthly
from app.staff.monthly import make_monthly
from app.staff.queries import Wanted
from app.units.actions import join
from app.units.models import Membership, Unit
from app.units.queries import today
from tests.acts import post, rows

HEADINGS = ("Họ và tên", "Ngày sinh", "Số định danh", "Số điện thoại", "Chức vụ")


def csv_file(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> bytes:
    """A UTF-8 CSV with these rows under the headings."""
    return "\r\n".join(";".join(row) for row in (headings, *rows)).encode()


def xlsx_file(*rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> bytes:
    """A workbook with these rows under the headings; numbers stay numbers."""
    return write_xlsx((), headings, rows, [20] * len(headings), text_columns=())


def show(
    client: FlaskClient, unit: Unit, data: bytes, filename: str = "ds.csv", kind: str = "work"
) -> TestResponse:
    """Upload a roster for a dry run."""
    file = (io.BytesIO(data), filename)
    return post(client, "/staff/rosters/dry-run", unit=unit.id, kind=kind, file=file)


def slip(page: TestResponse) -> str:
    """The signed slip of a dry run's page."""
    found = re.search(r'name="roster" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def take_in(
    client: FlaskClient, unit: Unit, data: bytes, rows: str = "all", **said: str
) -> TestResponse:
    """Upload a roster and import it as shown."""
    return post(client, "/staff/rosters", roster=slip(show(client, unit, data)), rows=rows, **said)


def words(page: TestResponse) -> str:
    """The text of a page without tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def employ(unit: Unit, *names: str) -> list[Person]:
    """New people who work in a unit."""
    people = [add_person(name) for name in names]
    for person in people:
        join(person, unit, "work", "Nhân viên")
    db.session.commit()
    return people


def staff_things(hr: Person, learner: Person, office: Unit, course: Course) -> dict[str, int]:
    """One of each thing that stands in an address of this room, by its name there."""
    place = rows(Membership, person_id=learner.id, unit_id=office.id)[0]
    given = assign(hr, office, course, today(), "", operation_id())
    entered = enter(hr, [office], Wanted(course, (office,)), office, "csv")
    make_monthly(hr, office, course, None, "csv", 1, operation_id())
    gone = join(add_person("Lê Thị Nghỉ"), office, "work")
    leave(hr, gone, today(), "left", operation_id())
    db.session.commit()
    return {
        "place_id": place.id,
        "assignment_id": given.id,
        "list_id": entered.id,
        "monthly_id": rows(Monthly)[0].id,
        "departure_id": rows(Departure)[0].id,
    }
