"""Who may call what: every endpoint of the app and its permission, in one table (rule 10).

A test compares this table with the app's routes; an endpoint that is missing here is refused.
"""

from app.accounts.guard import ANYONE, SIGNED_IN, roles
from app.accounts.models import Role

TRAINER = roles(Role.TRAINER, Role.ADMIN)
HR = roles(Role.HR)
OFFICER = roles(Role.OFFICER, Role.ADMIN)
# one register for the province: its lines belong to no unit
REGISTRAR = roles(Role.REGISTRAR, whole=True)
ADMIN = roles(Role.ADMIN)

PERMISSIONS = {
    "ui.static": ANYONE,
    "ui.display": ANYONE,
    "ui.components": ANYONE,
    "accounts.login": ANYONE,
    "accounts.staff_login": ANYONE,
    "accounts.choose_person": ANYONE,
    "accounts.register": ANYONE,
    "accounts.logout": ANYONE,
    "units.residence": SIGNED_IN,
    "catalogue.landing": ANYONE,
    "catalogue.courses": ANYONE,
    "catalogue.course": ANYONE,
    "catalogue.media": ANYONE,
    "catalogue.help": ANYONE,
    "catalogue.privacy": ANYONE,
    "catalogue.accessibility": ANYONE,
    "lessons.step": ANYONE,
    "lessons.practise": ANYONE,
    "lessons.enrol": SIGNED_IN,
    "lessons.complete": SIGNED_IN,
    "quizzes.intro": SIGNED_IN,
    "quizzes.start": SIGNED_IN,
    "quizzes.question": SIGNED_IN,
    "quizzes.review": SIGNED_IN,
    "quizzes.submit": SIGNED_IN,
    "quizzes.result": SIGNED_IN,
    "certificates.mine": SIGNED_IN,
    "certificates.pdf": SIGNED_IN,
    "certificates.check": ANYONE,
    "certificates.check_json": ANYONE,
    "certificates.find": ANYONE,
    "certificates.register": REGISTRAR,
    "certificates.revoke": REGISTRAR,
    "home.start": SIGNED_IN,
    "staff.people": HR,
    "staff.person": HR,
    "staff.download": HR,
    "staff.roster": HR,
    "staff.sample": HR,
    "staff.dry_run": HR,
    "staff.import_roster": HR,
    "board.indicators": OFFICER,
    "board.indicator": OFFICER,
    "board.set_denominator": OFFICER,
    "authoring.courses": TRAINER,
    "authoring.course": TRAINER,
    "authoring.preview": TRAINER,
    "authoring.questions": TRAINER,
    "ops.admin": ADMIN,
    "ops.grants": ADMIN,
    "ops.end_grant": ADMIN,
    "ops.make_password": ADMIN,
    "ops.audit": ADMIN,
    "ops.health": ANYONE,
    "ops.metrics": ANYONE,
}
