"""Learning without a network: courses to take home, an outbox that comes in late, what waits.

It stands above the doors: it takes in late what they would have taken, by their own verbs.
"""

from flask import Flask, Response, g, request, session
from flask_login import current_user

from app.accounts import profiles
from app.extensions import csrf
from app.sync import worker
from app.sync.models import TICKET_LASTS
from app.sync.routes import blueprint, receive

LEARNER = "learner"
GOODBYES = frozenset({"accounts.logout", "accounts.switch"})


def init_app(app: Flask) -> None:
    """Open the room's door and make what devices load."""
    worker.init_app(app, app.extensions["settings"])
    app.register_blueprint(blueprint)
    # see app.sync.wire for why nobody else can send a batch in somebody's name
    csrf.exempt(receive)
    app.after_request(name_learner)


def name_learner(response: Response) -> Response:
    """Tell the browser's script, by opaque names, whose work it keeps and beside whom.

    The name outlives the session, as tickets do; "Kết thúc" and changing over take it away.
    """
    if request.endpoint in GOODBYES and "_user_id" not in session:
        response.delete_cookie(LEARNER)
    elif "_login_user" in g and current_user.is_authenticated:
        named = profiles.reader(current_user)
        if request.cookies.get(LEARNER) != named:
            response.set_cookie(
                LEARNER,
                named,
                max_age=TICKET_LASTS,
                samesite="Lax",
                secure=request.is_secure,
            )
    return response
