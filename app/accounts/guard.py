"""The one gate: before a view runs, the permission of its endpoint is checked (rule 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from flask import Flask, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import company
from app.accounts.models import Role
from app.accounts.signed_in import SignedIn
from app.ui.errors import kept_form
from app.ui.i18n import gettext as _

# in a session: nothing but the page that asks for consent is open yet
CONSENT_FIRST = "consent_first"


class Scope(StrEnum):
    """About whom an endpoint may tell personal data; a test walks every page by it.

    ANYONE: about nobody. CODE: what the code in the address was printed or sent for. OWN: about
    whoever asks, and whom they act for. COLLEAGUES: the names of those who write courses. UNIT:
    about the people of the units for which the role is held. PROVINCE: about everybody.
    """

    ANYONE = "anyone"
    CODE = "code"
    OWN = "own"
    COLLEAGUES = "colleagues"
    UNIT = "unit"
    PROVINCE = "province"


@dataclass(frozen=True)
class Permission:
    """Who may call an endpoint: `anyone`, any signed-in person, or holders of some role.

    `scope`: about whom it may tell.
    `whole`: only those who hold it for the whole province, for what knows no units.
    In a helper's session only what `anyone` may see is open, and what says `beside`; while the
    learner has the device to themselves for a test, only what says `alone`.
    """

    title: str
    scope: Scope = Scope.OWN
    roles: frozenset[Role] | None = None
    anyone: bool = False
    whole: bool = False
    beside: bool = False
    alone: bool = False

    def allows(self, held: frozenset[Role]) -> bool:
        """Whether a signed-in person who holds these roles may pass."""
        return self.roles is None or bool(self.roles & held)

    def admits(self, person: SignedIn) -> bool:
        """Whether this person, signed in, may pass now."""
        if person.helper and not (self.alone if person.helper.alone else self.beside):
            return False
        return self.allows(person.province_roles if self.whole else person.roles)


ANYONE = Permission("ai cũng xem được", Scope.ANYONE, anyone=True)
WITH_CODE = Permission("ai có mã cũng xem được", Scope.CODE, anyone=True)
SIGNED_IN = Permission("người đã đăng nhập")
# what a learner does while a helper looks on
TOGETHER = Permission("người đã đăng nhập, cả khi học cùng người hỗ trợ", beside=True)
# what a learner does while no helper looks on
BY_ONESELF = Permission("người đã đăng nhập, tự tay làm", alone=True)
ONES_OWN = Permission("người đã đăng nhập, lúc nào cũng được", beside=True, alone=True)
# one's own paper; whoever keeps the register reads every line of it
PAPER = replace(ONES_OWN, title="chủ giấy hoặc người giữ sổ", scope=Scope.PROVINCE)


def roles(*allowed: Role, whole: bool = False, scope: Scope | None = None) -> Permission:
    """The permission of people who hold at least one of these roles.

    Without a `scope` it tells about the people of the role's units, or about everybody.
    """
    scope = scope or (Scope.PROVINCE if whole else Scope.UNIT)
    return Permission(" hoặc ".join(sorted(allowed)), scope, frozenset(allowed), whole=whole)


def init_app(app: Flask, permissions: Mapping[str, Permission]) -> None:
    """Check every request against the table; an endpoint that is not in it is refused."""
    app.extensions["permissions"] = permissions

    @app.before_request
    def check_permission() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        return _refusal(permissions.get(request.endpoint))


def _owes_consent() -> bool:
    """Whether this session is of a child for whom no guardian has agreed yet."""
    return CONSENT_FIRST in session and request.endpoint != "accounts.consent"


def _refusal(permission: Permission | None) -> ResponseReturnValue | None:
    if permission is None:
        abort(404)
    if permission.anyone:
        return None
    person = current_user._get_current_object()
    if not person.is_authenticated:
        if "csrf_token" in request.form:
            # it comes from a page of ours: what was typed there outlives the session
            return kept_form(signed_out=True)
        page = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.login", next=page))
    if _owes_consent():
        return redirect(url_for("accounts.consent"), 303)
    if company.is_left_behind(person):
        return _end_the_session()
    if not permission.admits(person):
        if person.sleeping and permission.admits(person.awake):
            page = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("accounts.second_step", next=page), 303)
        if person.helper and (request.method == "GET" or permission.alone):
            return _back_to_the_session(permission)
        # 404 and not 403: what a person may not see does not exist for them
        abort(404)
    return None


def _end_the_session() -> ResponseReturnValue:
    """The helper's session is over, but its pages were still open: nothing is done for anybody."""
    company.end()
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        # a script of ours would take the page it is led to for a yes
        abort(409)
    flash(_("Buổi học cùng đã kết thúc từ trước. Muốn học tiếp thì bắt đầu lại."), "warn")
    return redirect(url_for("home.start"), 303)


def _back_to_the_session(permission: Permission) -> ResponseReturnValue:
    """In a helper's session: to the page that says how things stand, or that hands over a test."""
    test = request.view_args or {}
    if permission.alone and "step_slug" in test:
        return redirect(url_for("field.test", **test), 303)
    return redirect(url_for("field.now"), 303)
