"""All that is kept about a person, in every room, in the order in which it may be erased.

A test compares this list with the columns of the database that name a person: a new table must
say here, by way of its room's `holdings.py`, what becomes of it.
"""

from app.accounts.holdings import HOLDINGS as ACCOUNTS
from app.accounts.holdings import Holding
from app.authoring.holdings import HOLDINGS as AUTHORING
from app.counts.holdings import HOLDINGS as COUNTS
from app.field.holdings import HOLDINGS as FIELD
from app.jobs.holdings import HOLDINGS as JOBS
from app.learning.holdings import HOLDINGS as LEARNING
from app.lessons.holdings import HOLDINGS as LESSONS
from app.persons.models import DataRequest
from app.quizzes.holdings import HOLDINGS as QUIZZES
from app.staff.holdings import HOLDINGS as STAFF
from app.sync.holdings import HOLDINGS as SYNC
from app.ui.i18n import lazy_gettext as _l
from app.units.holdings import HOLDINGS as UNITS

OWN = (
    Holding(
        DataRequest,
        _l("Yêu cầu về dữ liệu của mình"),
        "kind text wanted channel filed_at acknowledged_at answer_by outcome answer answered_at",
        # that somebody asked, and was answered in time, can be shown; what they said is gone
        erased={"text": "", "wanted": None, "answer": ""},
    ),
)

HOLDINGS: tuple[Holding, ...] = (
    *OWN,
    *STAFF,
    *AUTHORING,
    *JOBS,
    *SYNC,
    *FIELD,
    *QUIZZES,
    *LESSONS,
    *LEARNING,
    *COUNTS,
    *UNITS,
    *ACCOUNTS,
)
