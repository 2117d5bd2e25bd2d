"""What the page of the question bank shows for one choice of skill and flag, and its addresses."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.authoring.items import FLAG_NAMES, Bank, Item
from app.content.models import Course
from app.content.shelf import shelf
from app.lib.paging import Page, offset
from app.ui.i18n import gettext as _
from app.ui.i18n import said

PER_PAGE = 50
Link = tuple[str, str, bool]


@dataclass(frozen=True)
class BankPage:
    """A choice from the bank: `skill` and `flag` as `Bank.chosen` takes them, page `number`."""

    course: Course
    bank: Bank
    skill: str | None
    flag: str | None
    number: int

    @property
    def page(self) -> Page[Item]:
        """The questions that are shown."""
        chosen = self.bank.chosen(self.skill, self.flag)
        start = offset(self.number, PER_PAGE)
        return Page(chosen[start : start + PER_PAGE], self.number, PER_PAGE, len(chosen))

    def address(self, number: int) -> str:
        """Where another page of the same choice is."""
        return self._address(self.skill, self.flag, number)

    @property
    def skill_links(self) -> list[Link]:
        """(words, address, is chosen) for any skill and for each."""
        links = [(_("Mọi kỹ năng"), self._address(None, self.flag), self.skill is None)]
        for name, count in self.bank.skills.items():
            words = f"{_skill(name)} ({count})"
            links.append((words, self._address(name, self.flag), self.skill == name))
        return links

    @property
    def flag_links(self) -> list[Link]:
        """(words, address, is chosen) for all questions and for each flag that some have."""
        if not self.bank.suspect:
            return []
        some = _("Nên xem lại (%(num)s)", num=self.bank.suspect)
        names: list[tuple[str | None, str]] = [(None, _("Mọi câu")), ("any", some)]
        names += [(f, f"{said(FLAG_NAMES[f])} ({n})") for f, n in self.bank.flags.items()]
        return [(words, self._address(self.skill, f), self.flag == f) for f, words in names]

    def _address(self, skill: str | None, flag: str | None, number: int | None = None) -> str:
        asked: dict[str, Any] = {"ky-nang": skill, "nhan-xet": flag, "trang": number}
        return url_for("authoring.questions", slug=self.course.slug, **asked)


def _skill(name: str) -> str:
    title = shelf.programme.skills.get(name)
    return f"{name} · {title}" if title else name or _("Chưa ghi kỹ năng")
