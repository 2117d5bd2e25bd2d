"""The one gate: before a view runs, the permission of its endpoint is checked (rule 10)."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import Role
from app.accounts.signed_in import SignedIn
from app.ui.errors import kept_form


@dataclass(frozen=True)
class Permission:
    """Who may call an endpoint: `anyone`, any signed-in person, or holders of some role.

    `whole`: only those who hold it for the whole province, for what knows no units.
    """

    title: str
    roles: frozenset[Role] | None = None
    anyone: bool = False
    whole: bool = False

    def allows(self, held: frozenset[Role]) -> bool:
        """Whether a signed-in person who holds these roles may pass."""
        return self.roles is None or bool(self.roles & held)

    def admits(self, person: SignedIn) -> bool:
        """Whether this person, signed in, may pass now."""
        return self.allows(person.province_roles if self.whole else person.roles)


ANYONE = Permission("ai cũng xem được", anyone=True)
SIGNED_IN = Permission("người đã đăng nhập")


def roles(*allowed: Role, whole: bool = False) -> Permission:
    """The permission of people who hold at least one of these roles."""
    return Permission(" hoặc ".join(sorted(allowed)), frozenset(allowed), whole=whole)


def init_app(app: Flask, permissions: Mapping[str, Permission]) -> None:
    """Check every request against the table; an endpoint that is not in it is refused."""
    app.extensions["permissions"] = permissions

    @app.before_request
    def check_permission() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        return _refusal(permissions.get(request.endpoint))


def _refusal(permission: Permission | None) -> ResponseReturnValue | None:
    if permission is None:
        abort(404)
    if permission.anyone:
        return None
    if not current_user.is_authenticated:
        if "csrf_token" in request.form:
            # it comes from a page of ours: what was typed there outlives the session
            return kept_form(signed_out=True)
        page = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.login", next=page))
    if not permission.admits(current_user):
        # 404 and not 403: what a person may not see does not exist for them
        abort(404)
    return None
