"""People and how they are known: persons, sign-in, roles, consent, what they did.

A person is counted and may have no sign-in. Nothing here knows courses or units' rows;
a grant names its unit only by id.
"""

from flask import Flask, Response
from flask_login import current_user
from werkzeug.exceptions import Conflict

from app.accounts import numbers, outside, profiles, secrets
from app.accounts.company import person_of_session
from app.accounts.operations import OperationConflict
from app.accounts.routes import blueprint
from app.extensions import login_manager
from app.ui.errors import known_error


def init_app(app: Flask) -> None:
    """Open the room's door and say how a session finds its person."""
    identity_key = app.extensions["settings"].identity_key.get_secret_value()
    secrets.use_key(identity_key)
    numbers.use_key(identity_key)
    login_manager.user_loader(person_of_session)
    # a phone changes its address on the road; what ends a session is the person's stamp
    login_manager.session_protection = None
    app.register_error_handler(OperationConflict, conflict)
    app.register_blueprint(blueprint)
    app.jinja_env.globals["outside_name"] = outside.name
    app.jinja_env.globals["reader_word"] = lambda: profiles.reader(current_user)


def conflict(_error: OperationConflict) -> Response:
    """Answer 409: this operation id already stands for something else."""
    return known_error(Conflict())
