"""How somebody chose to learn: larger letters, listening first, captions, their own tongue.

Chosen by themselves and never why: no word about health or origin is asked or kept.
"""

from collections.abc import Collection

from sqlalchemy import delete, select

from app.accounts import operations
from app.accounts.models import LearningNeed
from app.accounts.signed_in import Someone
from app.db import insert_once
from app.extensions import db
from app.lib import clock
from app.ui.i18n import lazy_gettext as _l

TITLES = {
    "large_text": _l("Chữ to"),
    "read_aloud": _l("Đọc to: nghe trước, chữ sau"),
    "captions": _l("Phụ đề: có chữ thay cho tiếng"),
    "own_language": _l("Tiếng nói của mình: có người nói giúp"),
}
# what pages do about a need by themselves, as app.ui.display names it
SHOWN = {"large_text": ("text", "normal", "large"), "read_aloud": ("sound", "normal", "first")}


def needs_of(person_id: int) -> list[str]:
    """What a person chose, in the order of TITLES."""
    query = select(LearningNeed.need).where(LearningNeed.person_id == person_id)
    chosen = set(db.session.scalars(query))
    return [need for need in TITLES if need in chosen]


def choose(person: Someone, needs: Collection[str], op_id: str) -> None:
    """From now on these and no others. Raises OperationConflict for a used operation id."""
    wanted = [need for need in TITLES if need in needs]
    if operations.begin(op_id, person.id, "choose_needs", wanted):
        return
    mine = LearningNeed.person_id == person.id
    db.session.execute(delete(LearningNeed).where(mine, LearningNeed.need.not_in(wanted)))
    for need in wanted:
        insert_once(LearningNeed, person_id=person.id, need=need, chosen_at=clock.now())


def display_of(needs: Collection[str], *, others: bool = False) -> dict[str, str]:
    """How pages are shown to whoever has these needs, for app.ui.display.remember.

    `others`: also how they are not shown any more for want of a need.
    """
    return {
        name: wanted if need in needs else usual
        for need, (name, usual, wanted) in SHOWN.items()
        if need in needs or others
    }
