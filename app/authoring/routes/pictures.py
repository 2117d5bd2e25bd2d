"""Pictures of a draft: added to it, and shown to those who write it."""

import io
import mimetypes

from flask import abort, flash, jsonify, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from app.authoring.actions import pictures
from app.authoring.forms import PictureForm
from app.authoring.opened import OpenDraft
from app.authoring.problems import Locked, NotThere, StudioProblem
from app.authoring.routes.door import blueprint, courses_folder
from app.authoring.routes.writing import asked_by_script, draft_of, gone, refused_in_json
from app.authoring.seeing import picture_in
from app.ui.i18n import gettext as _
from app.ui.i18n import said

AN_HOUR = "private, max-age=3600"


@blueprint.post("/studio/<slug>/draft/<int:file_id>/pictures")
def add_picture(slug: str, file_id: int) -> ResponseReturnValue:
    """Take a picture into the draft, small and without what it tells of place and person."""
    draft, form = draft_of(slug), PictureForm()
    if not form.validate_on_submit():
        return _incomplete(draft, file_id, form)
    file = form.picture.data
    upload = pictures.Upload(file.filename, file.read(), form.alt.data)
    try:
        added = pictures.add_picture(
            form.op_id.data, current_user, slug, file_id, upload, courses_folder()
        )
    except NotThere:
        return gone()
    except StudioProblem as problem:
        return _refused(draft, file_id, problem)
    return _added(draft, file_id, added)


@blueprint.get("/studio/<slug>/draft/media/<path:path>")
def draft_media(slug: str, path: str) -> ResponseReturnValue:
    """A picture or recording as the draft has it, for whoever may write it."""
    found = picture_in(draft_of(slug), path, courses_folder())
    if found is None:
        abort(404)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    source = io.BytesIO(found) if isinstance(found, bytes) else found
    response: Response = send_file(source, mimetype=kind, conditional=True)
    # an address with the content's tag shows the same for ever; who signs out leaves it soon
    response.headers["Cache-Control"] = AN_HOUR if request.args.get("v") else "no-store"
    return response


def _added(draft: OpenDraft, file_id: int, added: pictures.Added) -> ResponseReturnValue:
    if asked_by_script():
        kilobytes = max(round(added.size / 1024), 1)
        words = _("Đã chèn hình, nặng %(size)s KB.", size=kilobytes)
        return jsonify(markdown=added.markdown, said=words)
    words = _("Hình đã vào khóa. Chép dòng này vào bài rồi lưu: %(line)s", line=added.markdown)
    return _back(draft, file_id, words, "done")


def _incomplete(draft: OpenDraft, file_id: int, form: PictureForm) -> ResponseReturnValue:
    if asked_by_script():
        return jsonify(errors=form.errors), 400
    words = " ".join(text for found in form.errors.values() for text in found)
    return _back(draft, file_id, words, "wrong")


def _refused(draft: OpenDraft, file_id: int, problem: StudioProblem) -> ResponseReturnValue:
    if asked_by_script():
        return refused_in_json(problem, 423 if isinstance(problem, Locked) else 400)
    return _back(draft, file_id, said(problem), "wrong")


def _back(draft: OpenDraft, file_id: int, words: str, kind: str) -> ResponseReturnValue:
    flash(words, kind)
    return redirect(url_for("authoring.edit", slug=draft.slug, file_id=file_id), 303)
