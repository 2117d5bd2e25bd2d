"""Own certificates, their PDF, the public check, and the registrar's book."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts import operations
from app.accounts.models import Role
from app.accounts.queries import is_record_of
from app.certificates import actions, book, check, pdf, queries
from app.certificates.forms import FindForm, RevocationForm, SearchForm
from app.certificates.queries import Line
from app.lib.ids import is_code, normalise_code
from app.lib.paging import page_number
from app.ui.i18n import gettext as _

blueprint = Blueprint("certificates", __name__, template_folder="templates")


@blueprint.get("/certificates")
def mine() -> ResponseReturnValue:
    """The certificates of the person who is signed in, those in force first."""
    lines = sorted(queries.awards_of(current_user.id), key=lambda line: not line.in_force)
    return render_template("certificates/mine.html", lines=lines)


@blueprint.get("/certificates/<code>.pdf", endpoint="pdf")
def pdf_file(code: str) -> ResponseReturnValue:
    """The certificate on paper, for its owner and the registrar; a revoked one is not printed."""
    line = _readable(code)
    if line.revocation is not None:
        return render_template("certificates/revoked.html", line=line), 410
    if line.kept_number is not None:
        # of the two papers of one person the other one is in force
        return redirect(url_for("certificates.check", code=line.award.code))
    response = Response(pdf.render(line.award, _base_url()), mimetype="application/pdf")
    name = f"giay-chung-nhan-{line.award.number:06d}-{line.award.year}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/v")
def find() -> ResponseReturnValue:
    """Type a code, come to its check."""
    form = FindForm(request.args)
    if not request.args.get("code"):
        return render_template("certificates/find.html", form=FindForm())
    if not form.validate():
        return render_template("certificates/find.html", form=form), 400
    return redirect(url_for("certificates.check", code=form.code.data))


@blueprint.get("/v/<code>", endpoint="check")
def check_page(code: str) -> ResponseReturnValue:
    """Whether a certificate is valid, for anyone; a code written loosely comes to its one form."""
    normal = normalise_code(code)
    if not is_code(normal):
        form = FindForm(code=code)
        return render_template("certificates/mistyped.html", form=form), 404
    if normal != code:
        return redirect(url_for("certificates.check", code=normal))
    found = _finding(normal)
    page = render_template("certificates/check.html", code=normal, found=found, form=FindForm())
    return page, 404 if found.state == "unknown" else 200


@blueprint.get("/v/<code>.json")
def check_json(code: str) -> ResponseReturnValue:
    """The same answer for machines."""
    found = _finding(normalise_code(code))
    response = jsonify(found.as_json())
    if found.state == "unknown":
        return response, 404
    # the same for everybody who asks, unlike the page, which holds the reader's own settings
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


@blueprint.get("/certificates/register")
def register() -> ResponseReturnValue:
    """The register, newest line first, by year or by number."""
    form = SearchForm(request.args)
    asked = book.wanted(request.args.get("year", ""), form.number.data)
    page = book.leaf(asked, page_number(request.args.get("page")))
    tabs = _tabs(asked.year)
    return render_template(
        "certificates/register.html", page=page, asked=asked, tabs=tabs, form=form
    )


@blueprint.route("/certificates/<code>/revocation", methods=["GET", "POST"])
def revoke(code: str) -> ResponseReturnValue:
    """Take a certificate out of force, with a reason."""
    line = _line(code) or abort(404)
    form = RevocationForm()
    if line.revocation is not None and request.method == "GET":
        return render_template("certificates/revoked.html", line=line), 410
    if not form.validate_on_submit():
        page = render_template("certificates/revoke.html", line=line, form=form)
        return page, 400 if form.errors else 200
    _revoke(line, form)
    number = line.award.printed_number
    return redirect(url_for("certificates.register", number=number), 303)


def _revoke(line: Line, form: RevocationForm) -> None:
    content = [line.award.code, form.reason.data, form.again.data]
    try:
        if operations.begin(form.op_id.data, current_user.id, "revoke", content) is None:
            actions.revoke(current_user, line.award.id, form.reason.data)
            if form.again.data:
                number = actions.reissue(current_user, line.award.id).printed_number
                flash(_("Đã cấp lại giấy mới, số %(number)s.", number=number), "done")
        flash(
            _("Đã thu hồi giấy chứng nhận số %(number)s.", number=line.award.printed_number), "done"
        )
    except actions.AlreadyRevoked:
        flash(_("Giấy này đã được thu hồi từ trước. Lý do cũ giữ nguyên."), "warn")


def _tabs(chosen: int | None) -> list[tuple[str, str, bool]]:
    everything = (_("Mọi năm"), url_for("certificates.register"), chosen is None)
    return [everything] + [
        (_("Năm %(year)s", year=year), url_for("certificates.register", year=year), year == chosen)
        for year in book.years()
    ]


def _readable(code: str) -> Line:
    line = _line(code) or abort(404)
    mine = is_record_of(line.award.person_id, current_user.id)
    if not mine and Role.REGISTRAR not in current_user.province_roles:
        abort(404)
    return line


def _finding(code: str) -> check.Finding:
    line, withdrawn = queries.public_line(code) if is_code(code) else (None, False)
    return check.finding(line, withdrawn=withdrawn)


def _line(code: str) -> Line | None:
    normal = normalise_code(code)
    return queries.line_by_code(normal) if is_code(normal) else None


def _base_url() -> str:
    return str(current_app.extensions["settings"].base_url)
