"""The blueprint, and what all addresses of the room need."""

from flask import Blueprint, abort
from flask_login import current_user

from app.accounts.models import Role
from app.units.models import Unit
from app.units.queries import scope, unit_within

blueprint = Blueprint("staff", __name__, template_folder="../templates")


def own_paths() -> tuple[str, ...]:
    """The subtrees of units that whoever is signed in keeps lists for."""
    return scope(current_user, Role.HR)


def own_unit(unit_id: int) -> Unit:
    """A unit in these subtrees; 404 for any other."""
    unit = unit_within(unit_id, own_paths())
    if unit is None:
        abort(404)
    return unit
