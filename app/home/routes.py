"""The signed-in person's start page, and the menu of every page."""

from dataclasses import dataclass

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.catalogue.visitor import visitor_group
from app.certificates.queries import papers_of
from app.content.shelf import shelf
from app.learning.queries import Progress, progress_of_all
from app.lib.vietnamese import given_name
from app.ui.shared_page import SharedPage
from app.units.queries import has_home

blueprint = Blueprint("home", __name__, template_folder="templates")
_starts = SharedPage("home/start.html")

# words that stand for one person, so that a name can follow them
SINGULAR = frozenset({"bác", "em", "cô", "chú", "anh", "chị"})


@dataclass(frozen=True)
class Desk:
    """A place of work for people who hold a role."""

    endpoint: str
    label: str
    title: str
    text: str


DESKS = (
    Desk(
        "staff.people",
        "Nhân sự",
        "Danh sách của đơn vị",
        "Ai đã xong, đang học, chưa học; tải danh sách, nhập danh sách.",
    ),
    Desk(
        "authoring.courses",
        "Bài giảng",
        "Bài giảng",
        "Xem khóa học như người học, kiểm tra tệp, xem câu nào nhiều người sai.",
    ),
    Desk(
        "board.indicators",
        "Chỉ tiêu",
        "Bảng chỉ tiêu",
        "Đã đạt bao nhiêu so với chỉ tiêu, từng xã, phường.",
    ),
    Desk(
        "certificates.register",
        "Sổ giấy",
        "Sổ giấy chứng nhận",
        "Tra số, xem giấy đã cấp, thu hồi khi có lý do.",
    ),
    Desk(
        "ops.admin",
        "Quản trị",
        "Quản trị",
        "Giao quyền, xem nhật ký việc làm, kiểm tra sổ và số đếm.",
    ),
)


@blueprint.get("/learn")
def start() -> ResponseReturnValue:
    """My courses: where to go on, what is left, what was earned; and the desks of my roles."""
    courses = shelf.published()
    mine = progress_of_all(current_user.id, courses)
    awards = papers_of(current_user.id)
    going_on = [one for one in mine if one.left and one.course.slug not in awards]
    group = visitor_group()
    finished = [one for one in mine if one not in going_on]
    greeting = _greeting(group.address if group else "")
    facts = {
        "going_on": going_on,
        "finished": finished,
        "awards": awards,
        "desks": desks(),
        "resident": has_home(current_user.id),
    }
    if finished:
        return render_template("home/start.html", greeting=greeting, **facts)
    state = (tuple(map(_standing, going_on)), current_user.roles, facts["resident"])
    return _starts.render(state, courses, {"greeting": greeting}, **facts)


def _standing(one: Progress) -> tuple[str, int, int, str]:
    """All that the start page shows of a course under way."""
    return one.course.slug, one.done_count, one.tests_left, one.next_step.slug


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
            (url_for("catalogue.courses"), "Khóa học"),
            (url_for("accounts.login"), "Đăng nhập"),
        ]
    entries = [
        ("home.start", "Học của tôi"),
        ("catalogue.courses", "Khóa học"),
        ("certificates.mine", "Giấy chứng nhận"),
        *((desk.endpoint, desk.label) for desk in desks()),
    ]
    return [(url_for(endpoint), label) for endpoint, label in entries]


def _greeting(address: str) -> str:
    name: str = current_user.full_name
    return f"Chào {address} {given_name(name)}" if address in SINGULAR else f"Chào {name}"
