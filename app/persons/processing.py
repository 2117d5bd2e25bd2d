"""The register of processing activities: facts of the office, in `processing.yaml`."""

from datetime import date

from app.persons.office_files import Facts, read

FILE = "processing.yaml"


class Controller(Facts):
    """Who answers for the data, how to reach them, and which authority watches."""

    name: str
    contact: str
    authority: str


class Activity(Facts):
    """One activity: why, on which ground, whose and which data, seen by whom, how long."""

    name: str
    purpose: str
    basis: str
    people: str
    data: str
    seen_by: str
    kept: str
    leaves: str


class Register(Facts):
    """The whole register; `checked_on`: when somebody of the office read it last."""

    controller: Controller
    checked_on: date | None
    activities: tuple[Activity, ...]


def register() -> Register:
    """The register as it stands. Raises office_files.WrongFile."""
    return read(FILE, Register)
