"""How devices talk to this site: who sends a batch, and the answer to it, as JSON.

Nothing here can be called in somebody's name from another site. A ticket stands in a header that
only our own script can set. A session's cookie alone is not enough either: the body must be
JSON, which a form of another site cannot send and its script may not (no CORS answer is ever
given), the cookie is `SameSite=Lax`, and the batch names the profile it is for, which another
site does not know. So the batch needs no CSRF token, and work done weeks ago needs none.
"""

import gzip
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.profiles import company, profile
from app.accounts.queries import merged_into
from app.accounts.signed_in import Someone, helped_in
from app.lib.ids import read_operation_id
from app.quizzes.actions import AlreadyPassed, MustWait, NoAttemptsLeft
from app.sync import queries
from app.sync.actions import Answer, CarriedElsewhere
from app.sync.batch import LEAST, MOST_BYTES, NEWEST, Batch, read_batch, read_protocol
from app.sync.models import DeviceTicket
from app.sync.parcel import Parcel
from app.sync.people import beside_helper, receiver
from app.sync.reasons import words
from app.ui.i18n import lazy_gettext as _l

SECRET = re.compile(r"[0-9a-f]{64}")
DEVICE = re.compile(r"[0-9a-f]{32}")
SCHEME = "Ticket "
RETRY_AFTER = "600"
# of a kind that nothing on the way squeezes once more
PARCEL = "application/x-parcel+json"


class Sender(NamedTuple):
    """Who sends: the person, and the ticket unless they are signed in."""

    person: Someone
    ticket: DeviceTicket | None


class Told(dict[str, Any]):
    """What a device tells in a small JSON body; whatever is not as it should be is None."""

    @property
    def op_id(self) -> str | None:
        """The operation id of the act."""
        try:
            return read_operation_id(self.get("op", ""))
        except (TypeError, ValueError):
            return None

    def digits(self, name: str, shape: re.Pattern[str]) -> str | None:
        """A value made of digits of this shape."""
        value = self.get(name)
        return value if isinstance(value, str) and shape.fullmatch(value) else None

    def says(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.get(name) is True


class Unreadable(Exception):
    """A request that is no batch; `answer` says so to the device."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.status)
        self.answer = answer


def received() -> Batch:
    """The batch of this request. Raises Unreadable."""
    if request.mimetype != "application/json" or _from_elsewhere():
        raise Unreadable(problem(415, "json"))
    body = request.get_data(cache=False) if (request.content_length or 0) <= MOST_BYTES else None
    if body is None or len(body) > MOST_BYTES:
        raise Unreadable(problem(413, "too_large"))
    try:
        protocol, data = read_protocol(body)
        _understand(protocol)
        return read_batch(data)
    except ValueError:
        raise Unreadable(problem(400, "batch")) from None


def _understand(protocol: int) -> None:
    """Old clients reload and keep what they hold; newer ones wait until this server is renewed."""
    if protocol < LEAST:
        raise Unreadable(problem(426, "reload"))
    if protocol > NEWEST:
        answer = problem(503, "later")
        answer.headers["Retry-After"] = RETRY_AFTER
        raise Unreadable(answer)


def told() -> Told:
    """The small JSON body of this request; empty when it has none."""
    data = request.get_json(silent=True)
    return Told(data) if isinstance(data, dict) else Told()


def sender(batch: Batch) -> Sender | None:
    """Who sends this batch: by the ticket, else by the session; None when it is neither's."""
    header = request.headers.get("Authorization", "")
    if header.startswith(SCHEME):
        return _by_ticket(header.removeprefix(SCHEME), batch)
    if not current_user.is_authenticated or not _is_mine(batch):
        return None
    return Sender(current_user, None) if _speaks_for(batch, helped_in(current_user)) else None


def _is_mine(batch: Batch) -> bool:
    """Whether a batch names the person signed in, under any record of theirs."""
    return batch.profile == profile(current_user.id) or any(
        batch.profile == profile(record) for record in merged_into(current_user.id)
    )


def _by_ticket(secret: str, batch: Batch) -> Sender | None:
    ticket = queries.ticket(secret) if SECRET.fullmatch(secret) else None
    if ticket is None or not ticket.in_force or not queries.is_still_signed_in(ticket):
        return None
    person = receiver(ticket.person_id)
    if person is None or batch.profile != profile(ticket.person_id):
        return None
    known = _speaks_for(batch, ticket.helped_in)
    return Sender(beside_helper(person, ticket.helped_in), ticket) if known else None


def _speaks_for(batch: Batch, session_id: int | None) -> bool:
    """Whether a helper's session may hand in a batch: not what was done alone, or beside another.

    Who is alone may: each act beside a helper says so itself.
    """
    return session_id is None or batch.helper in (None, company(session_id))


def answer(results: Sequence[Answer], ticket: DeviceTicket | None) -> Response:
    """What became of each act, in the order sent."""
    told = [
        {
            "op": result.op,
            "status": result.status,
            "reason": result.reason,
            "words": words(result.reason),
            "outcome": result.outcome,
        }
        for result in results
    ]
    until = ticket.expires_at.isoformat() if ticket else None
    return jsonify(protocol=[LEAST, NEWEST], results=told, until=until)


def problem(status: int, error: str, **more: str) -> Response:
    """An answer that says in one word why nothing was taken in; the device keeps everything."""
    told = {"error": error, "words": str(_PROBLEMS[error]), **more}
    return make_response(jsonify(protocol=[LEAST, NEWEST], **told), status)


def refusal(reason: Exception) -> Response:
    """Why a paper cannot be taken along."""
    return problem(409, _REFUSALS[type(reason)])


def packed(found: Parcel) -> ResponseReturnValue:
    """A parcel as it is sent: squeezed already, unless the browser knows no gzip."""
    known = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(found.body if known else gzip.decompress(found.body))
    answer.mimetype = PARCEL
    if known:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    # the language is in the cookie, so that no cache but the device's own may keep it
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(found.tag, weak=True)
    return answer.make_conditional(request)


def _from_elsewhere() -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")


_REFUSALS: dict[type[Exception], str] = {
    CarriedElsewhere: "elsewhere",
    AlreadyPassed: "passed",
    NoAttemptsLeft: "exhausted",
    MustWait: "wait",
}
_PROBLEMS = {
    "json": _l("Nội dung gửi lên không đọc được."),
    "batch": _l("Nội dung gửi lên không đọc được."),
    "too_large": _l("Gửi nhiều quá trong một lần."),
    "reload": _l("Trang này đã cũ. Hãy mở lại trang; các mục chờ gửi vẫn còn."),
    "later": _l("Hệ thống đang được nâng cấp. Các mục chờ gửi sẽ được gửi sau."),
    "sign_in": _l("Hãy đăng nhập lại để gửi các mục đang chờ."),
    "elsewhere": _l("Bài kiểm tra này đang ở một máy khác."),
    "passed": _l("Bài kiểm tra này đã đạt, không cần làm lại."),
    "exhausted": _l("Bài kiểm tra này đã làm hết số lần cho phép."),
    "wait": _l("Bài kiểm tra này chưa làm lại được ngay, cần nghỉ thêm."),
}
