"""Who is known on a shared device: a name on a button, and nothing opens without PIN or card."""

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, or_, select, update

from app.accounts.models import DeviceProfile, Person
from app.accounts.secrets import fingerprint
from app.db import insert_once
from app.extensions import db
from app.lib import clock
from app.lib.vietnamese import fold, given_name, nfc

# one screen of large buttons; a school's computer does not collect a whole class
MOST = 8
KEPT = timedelta(days=180)
LONGEST_NAME = 40


def device_hash(device: str) -> str:
    """Under what a device (the random text of its cookie) is stored."""
    return fingerprint("device", device)


def known_on(device: str | None) -> list[DeviceProfile]:
    """The people known on this device, by the name shown; none for a device never seen."""
    if not device:
        return []
    found = db.session.scalars(_recent(device).order_by(*_RECENT_FIRST).limit(MOST)).all()
    return sorted(found, key=lambda profile: (fold(profile.shown_name), profile.id))


def profile(device: str | None, profile_id: int) -> DeviceProfile | None:
    """One of the people known on this device, or None."""
    if not device:
        return None
    return db.session.scalars(_recent(device).where(DeviceProfile.id == profile_id)).one_or_none()


def remember(device: str, person: Person) -> None:
    """Somebody signed in on this device: their name stands there next time."""
    now = clock.now()
    others = [p for p in known_on(device) if p.person_id != person.id]
    name = shown_name(person.full_name, [p.shown_name for p in others])
    known = device_hash(device)
    new = {"shown_name": name, "created_at": now, "used_at": now}
    if insert_once(DeviceProfile, device_hash=known, person_id=person.id, **new):
        _forget_the_longest_gone(known)
        return
    mine = (DeviceProfile.device_hash == known, DeviceProfile.person_id == person.id)
    db.session.execute(update(DeviceProfile).where(*mine).values(used_at=now))


def forget(device: str | None, person_id: int) -> None:
    """Take a person's name off this device."""
    if device:
        db.session.execute(
            delete(DeviceProfile).where(
                DeviceProfile.device_hash == device_hash(device),
                DeviceProfile.person_id == person_id,
            )
        )


def forget_everywhere(person_id: int, but: str | None = None) -> None:
    """Take a person's name off every device, except the one given."""
    gone = delete(DeviceProfile).where(DeviceProfile.person_id == person_id)
    if but:
        gone = gone.where(DeviceProfile.device_hash != device_hash(but))
    db.session.execute(gone)


def devices_of(person_id: int) -> list[DeviceProfile]:
    """The devices on which a person is known, last used first."""
    return list(
        db.session.scalars(
            select(DeviceProfile)
            .where(DeviceProfile.person_id == person_id, DeviceProfile.used_at > _oldest())
            .order_by(*_RECENT_FIRST)
            .limit(50)
        )
    )


def shown_name(full_name: str, taken: list[str]) -> str:
    """As little of a name as tells one from the others: "Hoa N.", else "Hoa N. T."."""
    words = nfc(full_name).split()
    name = given_name(full_name)[: LONGEST_NAME - 12]
    for word in words[:-1][:4]:
        name = f"{name} {word[0].upper()}."
        if name not in taken:
            return name
    numbers = (f"{name} ({number})" for number in range(2, MOST + 3))
    return name if name not in taken else next(n for n in numbers if n not in taken)


_RECENT_FIRST = (DeviceProfile.used_at.desc(), DeviceProfile.id.desc())


def _oldest() -> datetime:
    return clock.now() - KEPT


def _recent(device: str) -> Select[tuple[DeviceProfile]]:
    return select(DeviceProfile).where(
        DeviceProfile.device_hash == device_hash(device), DeviceProfile.used_at > _oldest()
    )


def _forget_the_longest_gone(known: str) -> None:
    """Of this device the names for which there is no place; of every device the old ones."""
    here = select(DeviceProfile.id).where(DeviceProfile.device_hash == known)
    kept = db.session.scalars(here.order_by(*_RECENT_FIRST).limit(MOST)).all()
    too_many = and_(DeviceProfile.device_hash == known, DeviceProfile.id.not_in(kept))
    gone = delete(DeviceProfile).where(or_(too_many, DeviceProfile.used_at <= _oldest()))
    db.session.execute(gone)


def names_to_show(full_name: str) -> list[str]:
    """Under which names a person may stand on a device, the least telling first."""
    words = nfc(full_name).split()
    initials = " ".join(f"{word[0].upper()}." for word in words)
    names = [initials, given_name(full_name), shown_name(full_name, []), full_name]
    return list(dict.fromkeys(name[:LONGEST_NAME] for name in names))


def show_as(profile: DeviceProfile, name: str) -> None:
    """Show this name (one of `names_to_show`) on the device."""
    profile.shown_name = name
