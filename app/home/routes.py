"""The signed-in person's start page, and the menu of every page."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.queries import people
from app.catalogue.visitor import visitor_group
from app.content.models import Course
from app.content.shelf import shelf
from app.learning.assignments import Due
from app.learning.letters import signed_off
from app.learning.queries import Progress, Standing, standing
from app.learning.reminders import turn_off as turn_reminders_off
from app.learning.reminders import turn_on as turn_reminders_on
from app.lib.ids import operation_id
from app.lib.vietnamese import SINGULAR, given_name
from app.ui.forms import operation_sent
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.ui.shared_page import SharedPage

blueprint = Blueprint("home", __name__, template_folder="templates")
_starts = SharedPage("home/start.html")


@dataclass(frozen=True)
class Desk:
    """A place of work for people who hold a role."""

    endpoint: str
    label: str
    title: str
    text: str


DESKS = (
    Desk(
        "field.home",
        _l("Giúp bà con"),
        _l("Giúp bà con học"),
        _l("Học cùng từng người, đăng ký tại chỗ, trả lời câu chưa rõ."),
    ),
    Desk(
        "staff.people",
        _l("Nhân sự"),
        _l("Danh sách của đơn vị"),
        _l("Ai đã xong, đang học, chưa học; tải danh sách, nhập danh sách."),
    ),
    Desk(
        "units.cards",
        _l("Thẻ học"),
        _l("Thẻ học"),
        _l("In thẻ có mã QR cho người của đơn vị, thu thẻ bị mất."),
    ),
    Desk(
        "persons.twins",
        _l("Hồ sơ"),
        _l("Hồ sơ trùng"),
        _l("Một người ghi hai lần: xem, hợp nhất, hủy; người chờ xác nhận đơn vị."),
    ),
    Desk(
        "authoring.courses",
        _l("Bài giảng"),
        _l("Bài giảng"),
        _l("Soạn, duyệt và công bố khóa học, xem như người học, xem câu nào nhiều người sai."),
    ),
    Desk(
        "board.indicators",
        _l("Chỉ tiêu"),
        _l("Bảng chỉ tiêu"),
        _l("Đã đạt bao nhiêu so với chỉ tiêu, từng xã, phường."),
    ),
    Desk(
        "persons.requests",
        _l("Yêu cầu"),
        _l("Yêu cầu về dữ liệu cá nhân"),
        _l("Ai xin xem, sửa, xóa dữ liệu của mình; trả lời đúng hạn."),
    ),
    Desk(
        "certificates.register",
        _l("Sổ giấy"),
        _l("Sổ giấy chứng nhận"),
        _l("Tra số, xem giấy đã cấp, thu hồi khi có lý do."),
    ),
    Desk(
        "ops.admin",
        _l("Quản trị"),
        _l("Quản trị"),
        _l("Giao quyền, xem nhật ký việc làm, kiểm tra sổ và số đếm."),
    ),
)


@blueprint.get("/learn")
def start() -> ResponseReturnValue:
    """My courses: where to go on, what is left, what was earned; and the desks of my roles."""
    courses = shelf.published()
    mine = standing(current_user.id, courses)
    group = visitor_group()
    greeting = _greeting(group.address if group else "")
    facts = _facts(mine)
    if facts["finished"]:
        return render_template("home/start.html", greeting=greeting, **facts)
    # roles alone do not say it: some desks open only to those who hold theirs for the province
    entered = tuple(desk.endpoint for desk in facts["desks"])
    shown = (mine.has_home, mine.rests, mine.reminders_off, tuple(mine.dues.items()))
    state = (tuple(map(_standing, facts["going_on"])), entered, shown)
    return _starts.render(state, courses, {"greeting": greeting}, **facts)


def _facts(mine: Standing) -> dict[str, Any]:
    going_on = [one for one in mine.taken if one.left and one.course.slug not in mine.papers]
    return {
        "going_on": going_on,
        "finished": [one for one in mine.taken if one not in going_on],
        "awards": mine.papers,
        "desks": desks(),
        "resident": mine.has_home,
        "rests": mine.rests,
        "reminders_off": mine.reminders_off,
        "dues": mine.dues,
        "asked": _asked(mine),
    }


def _asked(mine: Standing) -> list[tuple[Course, Due]]:
    """The courses that their office gave them and that they have not begun."""
    known = {one.course.slug for one in mine.taken}
    courses = ((shelf.course(slug), due) for slug, due in mine.dues.items() if slug not in known)
    return [(course, due) for course, due in courses if course]


def _standing(one: Progress) -> tuple[str, int, int, str]:
    """All that the start page shows of a course under way."""
    return one.course.slug, one.done_count, one.tests_left, one.next_step.slug


@blueprint.post("/learn/reminders/off")
def turn_off() -> ResponseReturnValue:
    """I want no reminders, neither here nor by letter nor through a helper."""
    turn_reminders_off(current_user.id, operation_sent())
    flash(_("Từ nay không nhắc nữa."), "done")
    return redirect(url_for("home.start"), 303)


@blueprint.post("/learn/reminders/on")
def turn_on() -> ResponseReturnValue:
    """Remind me after all."""
    turn_reminders_on(current_user.id, operation_sent())
    flash(_("Lâu không học thì sẽ có lời nhắc nhẹ."), "done")
    return redirect(url_for("home.start"), 303)


@blueprint.route("/learn/reminders/letter/<secret>", methods=["GET", "POST"])
def end_letters(secret: str) -> ResponseReturnValue:
    """Where the link of a letter leads: one button, and no reminders any more.

    A mail program's own button sends no operation id; pressed again it changes nothing.
    """
    key = current_app.extensions["settings"].secret_key.get_secret_value()
    person_id = signed_off(secret, key)
    if person_id is None or not people([person_id]):
        abort(404)
    done = request.method == "POST"
    if done:
        turn_reminders_off(person_id, operation_id())
    return render_template("home/end_letters.html", done=done)


def desks() -> list[Desk]:
    """The places of work this person may enter."""
    permissions = current_app.extensions["permissions"]
    if not current_user.roles:
        return []
    return [desk for desk in DESKS if permissions[desk.endpoint].admits(current_user)]


def menu() -> list[tuple[str, str]]:
    """(address, label) of the top menu for whoever is looking."""
    if not current_user.is_authenticated:
        return [
            (url_for("catalogue.courses"), _("Khóa học")),
            (url_for("accounts.login"), _("Đăng nhập")),
        ]
    entries = [
        ("home.start", _("Học của tôi")),
        ("catalogue.courses", _("Khóa học")),
        ("certificates.mine", _("Giấy chứng nhận")),
        *((desk.endpoint, desk.label) for desk in desks()),
    ]
    return [(url_for(endpoint), str(label)) for endpoint, label in entries]


def _greeting(address: str) -> str:
    name: str = current_user.full_name
    if address not in SINGULAR:
        return _("Chào %(name)s", name=name)
    return _("Chào %(address)s %(given_name)s", address=address, given_name=given_name(name))
