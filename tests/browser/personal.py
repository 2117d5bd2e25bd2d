"""What the cast asks about its data, and an incident."""

from typing import Any

from app.accounts import notices
from app.accounts.models import Person
from app.lib import clock
from app.lib.ids import operation_id
from app.persons.actions.incidents import note_incident
from app.persons.actions.requests import file_request
from app.persons.models import Wish


def personal_data(states: dict[str, str], learner: Person, admin: Person) -> dict[str, Any]:
    """Requests about the learner's data, and an incident; `states` gets their addresses."""
    born = {"birth_date": "1961-02-05", "birth_precision": "day"}
    wanted = {"full_name": "Nguyễn Thị Hòa", **born, "phone": "0900777001"}
    asked = {
        wish: file_request(
            learner, learner.id, wish, "self", {"text": "Ghi nhầm", "wanted": facts}, operation_id()
        ).id
        for wish, facts in ((Wish.COPY, None), (Wish.CORRECT, wanted), (Wish.ERASE, None))
    }
    told = ("Gửi nhầm danh sách", "Tệp của văn phòng gửi cho người ngoài", 12)
    noted = note_incident(admin, *told, clock.now(), operation_id())
    states |= {
        "correction": f"/people/requests/{asked[Wish.CORRECT]}/correction",
        "erasure": f"/people/requests/{asked[Wish.ERASE]}/erasure",
    }
    return {
        "request_id": asked[Wish.COPY],
        "incident_id": noted.id,
        "wish": "correct",
        "purpose": "learning",
        "version": notices.current("learning").version,
        "step": "reported",
    }
