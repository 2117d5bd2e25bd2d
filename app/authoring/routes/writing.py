"""What every address of a draft's file needs: the draft, the file, refusals in words."""

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.authoring.arrangement import Leaf
from app.authoring.opened import OpenDraft, opened
from app.ui.i18n import gettext as _
from app.ui.i18n import said

JSON = "json"


def draft_of(slug: str) -> OpenDraft:
    """The open draft of a course that the person of the session may write, else 404."""
    return opened(current_user, slug) or abort(404, _closed())


def file_of(slug: str, file_id: int) -> tuple[OpenDraft, Leaf]:
    """The draft and a file in it, else 404."""
    draft = draft_of(slug)
    return draft, draft.parts.leaf(file_id) or abort(404, _closed())


def asked_by_script() -> bool:
    """Whether a script of the studio asks, which reads JSON."""
    return request.headers.get("X-Fragment") == JSON


def refused_in_json(problem: Exception, status: int) -> ResponseReturnValue:
    """A refusal as scripts read it."""
    return jsonify(said=said(problem)), status


def gone() -> ResponseReturnValue:
    """The draft was closed, or the file removed, while somebody wrote."""
    abort(404, _closed())


def _closed() -> str:
    return _(
        "Bản soạn này đã đóng, hoặc bài đã bỏ khỏi bản soạn. Bấm nút quay lại của trình duyệt để "
        "chép phần vừa viết."
    )
