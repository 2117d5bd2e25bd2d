"""Windows for HR: who finished, who did not, lists to download, rosters to take in.

Reads the river; writes only people, their memberships, confirmations on VNeID, courses given to
units, and the lists that were made. An HR officer sees the people of their own units, and of
those only what counts for the unit.
"""

from flask import Flask

from app import jobs
from app.staff import exports, monthly, rebuilding, takings
from app.staff.cli import people_commands, staff_commands
from app.staff.routes import blueprint
from app.ui.i18n import lazy_gettext as _l


def init_app(app: Flask) -> None:
    """Open the room's door and add its commands."""
    app.register_blueprint(blueprint)
    app.cli.add_command(staff_commands)
    app.cli.add_command(people_commands)
    jobs.handle(exports.EXPORT, exports.export, _l("Lập danh sách"))
    jobs.recur("staff.monthly", monthly.make_due)
    jobs.recur("staff.standing", rebuilding.make_again)
    jobs.handle(takings.LOOK, takings.look, _l("Đọc danh sách"))
    jobs.handle(takings.IMPORT, takings.take_in, _l("Nhập danh sách"))
