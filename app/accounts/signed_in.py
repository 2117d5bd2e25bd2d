"""Who is signed in, as every page needs to know it: a few facts and the roles held, no row.

Loading the whole person with every page costs as much as everything else the page asks.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from app.accounts.models import Person, Role
from app.lib import clock


@dataclass(frozen=True)
class Held:
    """A role given for a unit and all below it, or for the whole province (no unit)."""

    role: Role
    unit_id: int | None
    ended_at: datetime | None
    begins_at: datetime | None = None

    @property
    def in_force(self) -> bool:
        """Whether the role is held at this moment."""
        now = clock.now()
        begun = self.begins_at is None or self.begins_at <= now
        return begun and (self.ended_at is None or self.ended_at > now)


@dataclass(frozen=True)
class Helper:
    """Who sits beside a learner in a helper's session, and which session it is.

    `learner`: how one speaks of the learner ("bác Nguyễn Văn A"); `alone`: the learner has the
    device to themselves, for a test.
    """

    id: int
    full_name: str
    session_id: int
    learner: str
    alone: bool


@dataclass(frozen=True)
class SignedIn:
    """The person behind a session, with every role ever given.

    `helper`: set in a helper's session, where the person is the learner and holds no role.
    `sleeping`: roles that are there once the session has shown the second factor.
    """

    id: int
    full_name: str
    group: str | None
    session_stamp: str
    grants: tuple[Held, ...]
    helper: Helper | None = None
    sleeping: tuple[Held, ...] = ()

    is_authenticated = is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The session's name for this person, as Person.get_id."""
        return f"{self.id}.{self.session_stamp}"

    @property
    def roles(self) -> frozenset[Role]:
        """Roles in force now."""
        return frozenset(held.role for held in self.grants if held.in_force)

    @property
    def province_roles(self) -> frozenset[Role]:
        """Those of `roles` that hold for the whole province."""
        whole = (held for held in self.grants if held.unit_id is None)
        return frozenset(held.role for held in whole if held.in_force)

    @property
    def asleep(self) -> "SignedIn":
        """The same person before the second factor: without any role."""
        return replace(self, grants=(), sleeping=self.grants)

    @property
    def awake(self) -> "SignedIn":
        """The same person after the second factor."""
        return replace(self, grants=self.grants + self.sleeping, sleeping=())


# whoever acts: a row, or the person of the session
Someone: TypeAlias = Person | SignedIn


def helped_in(person: Someone) -> int | None:
    """The helper's session in which somebody learns now; None for those who learn by themselves."""
    helper = person.helper if isinstance(person, SignedIn) else None
    return helper.session_id if helper and not helper.alone else None
