"""Forms about where a person belongs, and about the tree."""

from collections.abc import Iterable
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
    widgets,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.lib.dates import short_date
from app.lib.vietnamese import nfc
from app.ui.forms import Form, whole_day
from app.ui.i18n import gettext as _
from app.ui.i18n import lazy_gettext as _l
from app.units.actions import UnitRow
from app.units.decisions import Decision
from app.units.models import WORKPLACE_KINDS, Unit
from app.units.operation_models import Kind
from app.units.planning import Act, Named
from app.units.plans import Facts
from app.units.queries import today
from app.units.unit_file import KINDS, LONGEST

# a commune was never divided among more
MOST_PARTS = 4
KIND_CHOICES = [SelectChoice(kind, kind) for kind in KINDS]


def _unit_id(value: str | int | None) -> int | None:
    return int(value) if value else None


def _tidy(text: str | None) -> str:
    return " ".join(nfc(text or "").split())


def _text(label: Any, longest: int, *validators: Any, **more: Any) -> StringField:
    return StringField(
        label,
        [*validators, Length(max=longest, message=_l("Dài quá %(max)d ký tự."))],
        filters=[_tidy],
        **more,
    )


class ResidenceForm(Form):
    """Where the learner lives: a commune of today."""

    commune = SelectField(
        _l("Xã, phường đang ở"),
        [InputRequired(_l("Hãy chọn xã, phường đang ở."))],
        coerce=_unit_id,
    )


class UnitForm(Form):
    """A unit that is to stand under another one."""

    code = _text(_l("Mã"), LONGEST["code"], InputRequired(_l("Chưa ghi mã.")))
    name = _text(_l("Tên"), LONGEST["name"], InputRequired(_l("Chưa ghi tên.")))
    kind = SelectField(_l("Loại"), choices=KIND_CHOICES, default=WORKPLACE_KINDS[0])
    since = _text(_l("Có từ ngày"), 30, default=lambda: short_date(today()))
    population = IntegerField(
        _l("Dân số"),
        [Optional(), NumberRange(0, 100_000_000, _l("Hãy ghi một số nguyên."))],
    )
    remote = BooleanField(_l("Vùng sâu, vùng xa"))

    def validate_since(self, field: Field) -> None:
        """Understand the day."""
        self.day = whole_day(field)

    @property
    def row(self) -> UnitRow:
        """What a valid form says, as a line of a units file."""
        return UnitRow(
            self.code.data,
            self.name.data,
            self.kind.data,
            valid_from=self.day,
            population=self.population.data,
            remote=self.remote.data,
        )


class UnitFileForm(Form):
    """A units file to take in."""

    file = FileField(_l("Tệp đơn vị"))

    def validate_file(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Chưa chọn tệp. Hãy chọn tệp Excel (.xlsx) hoặc CSV."))


class ActForm(Form):
    """By which decision, from which day on; each kind of act adds what it needs."""

    kind: Kind
    decision = _text(
        _l("Số quyết định, nghị quyết"), 120, InputRequired(_l("Chưa ghi số quyết định."))
    )
    on = _text(_l("Có hiệu lực từ ngày"), 30, default=lambda: short_date(today()))

    def validate_on(self, field: Field) -> None:
        """Understand the day."""
        self.day = whole_day(field)

    def asked(self, unit: Unit) -> Decision:
        """What a valid form asks for."""
        act = Act(self.decision.data, self.day)
        return Decision(self.kind, unit.id, act, **self.wanted())

    def wanted(self) -> dict[str, Any]:
        """What this kind of act needs beside."""
        raise NotImplementedError


class MergeForm(ActForm):
    """Which units become one."""

    kind = Kind.MERGE
    others = SelectMultipleField(
        _l("Sáp nhập với"),
        coerce=int,
        # sent again, the units have ended and are no choice any more
        validate_choice=False,
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    elsewhere = _text(_l("Đơn vị ở nơi khác"), 400, Optional())
    into = RadioField(
        _l("Thành đơn vị nào"),
        choices=[
            SelectChoice("new", _l("Lập đơn vị mới")),
            SelectChoice("stays", _l("Giữ đơn vị này, nhận các đơn vị kia vào")),
        ],
        default="new",
    )
    code = _text(_l("Mã đơn vị mới"), LONGEST["code"])
    name = _text(_l("Tên đơn vị mới"), LONGEST["name"])
    unit_kind = SelectField(_l("Loại đơn vị mới"), choices=KIND_CHOICES)

    def wanted(self) -> dict[str, Any]:
        """The other units, and what becomes of them."""
        new = Named(self.code.data, self.name.data, self.unit_kind.data)
        return {
            "others": tuple(self.others.data),
            "elsewhere": self.elsewhere.data,
            "stays": self.into.data == "stays",
            "parts": (new,),
        }


class SplitForm(ActForm):
    """Into which units one is divided, and which subunit goes where."""

    kind = Kind.SPLIT

    def rows(self) -> list[tuple[Field, Field, Field]]:
        """The fields of each part: code, name, kind."""
        numbers = range(1, MOST_PARTS + 1)
        return [(self[f"code_{n}"], self[f"name_{n}"], self[f"kind_{n}"]) for n in numbers]

    def children(self) -> list[Field]:
        """The field of each subunit."""
        return [field for field in self if field.name.startswith("child_")]

    def wanted(self) -> dict[str, Any]:
        """The parts that were filled in, and the subunits by part."""
        told = [Named(*(field.data for field in row)) for row in self.rows()]
        children = {int(one.name.removeprefix("child_")): one.data for one in self.children()}
        return {"parts": tuple(part for part in told if part.code), "children": children}


class RenameForm(ActForm):
    """What a unit is called from a day on."""

    kind = Kind.RENAME
    code = _text(_l("Mã"), LONGEST["code"], InputRequired(_l("Chưa ghi mã.")))
    name = _text(_l("Tên"), LONGEST["name"], InputRequired(_l("Chưa ghi tên.")))
    unit_kind = SelectField(_l("Loại"), choices=KIND_CHOICES)
    remote = BooleanField(_l("Vùng sâu, vùng xa"))

    def wanted(self) -> dict[str, Any]:
        """The new facts."""
        facts = Facts(self.code.data, self.name.data, self.unit_kind.data, self.remote.data)
        return {"facts": facts}


class MoveForm(ActForm):
    """Under which unit another one comes."""

    kind = Kind.MOVE
    into = _text(_l("Chuyển về thuộc đơn vị"), 160, InputRequired(_l("Chưa ghi đơn vị.")))

    def wanted(self) -> dict[str, Any]:
        """The new parent."""
        return {"into": self.into.data}


class DissolveForm(MoveForm):
    """Which unit takes in those of a unit that ends."""

    kind = Kind.DISSOLVE
    into = _text(_l("Đơn vị nhận người và việc"), 160, InputRequired(_l("Chưa ghi đơn vị.")))


def act_form(kind: Kind, unit: Unit, beside: Iterable[Unit], below: Iterable[Unit]) -> ActForm:
    """The form of an act on a unit; `beside`: what it may be merged with, `below`: its subunits."""
    if kind is Kind.MERGE:
        form = MergeForm(unit_kind=unit.kind)
        form.others.choices = [SelectChoice(one.id, one.name) for one in beside]
        return form
    if kind is Kind.SPLIT:
        return _split_form(unit, below)
    if kind is Kind.RENAME:
        facts = {"code": unit.code, "name": unit.name, "unit_kind": unit.kind}
        return RenameForm(**facts, remote=unit.remote)
    return MoveForm() if kind is Kind.MOVE else DissolveForm()


def _split_form(unit: Unit, below: Iterable[Unit]) -> SplitForm:
    fields: dict[str, Field] = {}
    for number in range(1, MOST_PARTS + 1):
        fields[f"code_{number}"] = _text(_l("Mã"), LONGEST["code"])
        fields[f"name_{number}"] = _text(_l("Tên"), LONGEST["name"])
        fields[f"kind_{number}"] = SelectField(_l("Loại"), choices=KIND_CHOICES, default=unit.kind)
    parts = [SelectChoice(n, _("Đơn vị %(number)s", number=n + 1)) for n in range(MOST_PARTS)]
    for child in below:
        fields[f"child_{child.id}"] = SelectField(child.name, coerce=int, choices=parts)
    form: SplitForm = type("SplitFormOfUnit", (SplitForm,), fields)()
    return form
