"""What somebody typed into a form that could not be taken: kept in the page that says why.

Secrets are not shown again, and a file has to be chosen again: no page may choose one.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser
from werkzeug.wsgi import get_input_stream

from app.lib.ids import operation_id

# words of names of fields that hold a secret: "pin" is one of "pin_again"
NEVER_SHOWN_AGAIN = frozenset(
    {"csrf", "pin", "password", "secret", "current", "once", "code", "card"}
)
# nobody typed these
NAMES_THE_ACT = frozenset({"op_id", "next", "reader", "submit"})
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
# of a form with a file that is too large, the words are read and the file thrown away
READ_ON = 32 * 1024 * 1024
LONGEST_TEXT = 1024 * 1024
# what is longer was written rather than chosen: it is shown, to be copied too
WRITTEN = 40


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: where to, its fields (name, value), and the names of its files."""

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    @property
    def written(self) -> list[tuple[str, str]]:
        """The fields that hold a text."""
        return [field for field in self.fields if _is_written(field[1])]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """All other fields."""
        return [field for field in self.fields if not _is_written(field[1])]

    @property
    def is_worth_keeping(self) -> bool:
        """Whether there is more than a button that was pressed."""
        return bool(self.files) or any(name not in NAMES_THE_ACT for name, _ in self.fields)

    def as_another_act(self) -> "Typed":
        """The same under a new operation id."""
        fields = ((n, operation_id() if n == "op_id" else value) for n, value in self.fields)
        return Typed(self.action, tuple(fields), self.files)


def may_be_shown_again(name: str) -> bool:
    """Whether what was typed into a field of this name may stand in a page once more."""
    return NEVER_SHOWN_AGAIN.isdisjoint(name.lower().split("_"))


def from_elsewhere() -> bool:
    """Whether another site had this form sent: one tap would send what somebody else filled in."""
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def sent_by_a_page() -> bool:
    """Whether this request is a form sent by the page a person looked at, not by its script."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return request.method == "POST" and request.mimetype in FORMS and mode == "navigate"


def typed() -> Typed:
    """What the form of this request holds; nothing where it cannot be read."""
    try:
        form, files = _parts()
    except HTTPException:
        form, files = MultiDict(), MultiDict()
    fields = [
        (name, value)
        for name, values in form.lists()
        if may_be_shown_again(name)
        for value in values
    ]
    return Typed(request.script_root + request.full_path, tuple(fields), tuple(files))


def _is_written(value: str) -> bool:
    # words, and many of them: a token is long, too
    return "\n" in value or (len(value) > WRITTEN and " " in value)


def _parts() -> tuple[MultiDict[str, str], MultiDict[str, Any]]:
    if (request.content_length or 0) <= (request.max_content_length or READ_ON):
        return request.form, request.files
    stream = get_input_stream(request.environ, max_content_length=READ_ON)
    parser = FormDataParser(_nowhere, max_form_memory_size=LONGEST_TEXT)
    told = parser.parse(
        stream, request.mimetype, request.content_length, dict(request.mimetype_params)
    )
    return told[1], told[2]


class _Nowhere(BytesIO):
    def write(self, content: Any) -> int:
        return len(content)


def _nowhere(*_: Any, **__: Any) -> IO[bytes]:
    return _Nowhere()
