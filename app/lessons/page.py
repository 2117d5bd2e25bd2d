"""The page of one lesson: what it shows, and how much of it readers share."""

from typing import Any

from flask import current_app, render_template, url_for
from flask_login import current_user

from app.accounts.guard import Permission
from app.accounts.profiles import reader
from app.content.models import Course, Module, Step, StepKind
from app.content.safe_html import size_in_words
from app.content.shelf import shelf
from app.learning.queries import Progress, progress
from app.lessons import device
from app.lessons.sheet import RECORDING, Answered, body, is_recorded
from app.lessons.speech import Speaker
from app.lib.ids import operation_id
from app.ui.kept import Kept
from app.ui.shared_page import SharedPage

_lessons = SharedPage("lessons/lesson.html")
# for which machines a lesson has passages, and whether a person reads it
_told = Kept[tuple[tuple[str, ...], bool]]()


def lesson_page(course: Course, lesson: Step, answered: Answered | None = None) -> str | bytes:
    """The lesson for whoever is looking, with the verdict on the practice just answered."""
    mine = progress(current_user.id, course) if current_user.is_authenticated else None
    facts = {**_facts(course, lesson, mine), "teaches": teaches()}
    sheet = body(course, lesson, answered)
    if mine is None or answered:
        own = {
            "ask_op": operation_id(),
            "group": "",
            "profile": reader(current_user) if mine else "",
        }
        return render_template("lessons/lesson.html", **facts, **own, body=sheet)
    state = (
        course.slug,
        lesson.slug,
        facts["device"],
        facts["sound"],
        facts["done"],
        facts["module_done"],
        facts["teaches"],
        mine.done_count,
        mine.tests_left,
    )
    # another act than the page's first one, so it has an id of its own
    own = {
        "ask_op": operation_id(),
        "group": current_user.group or "",
        "profile": reader(current_user),
    }
    return _lessons.render(state, (course,), own, **facts, body=sheet)


def step_address(course: Course, step: Step) -> str:
    """Where a step is done; a test begins on its own page."""
    endpoint = "quizzes.intro" if step.kind is StepKind.TEST else "lessons.step"
    return url_for(endpoint, slug=course.slug, step_slug=step.slug)


def speaker() -> Speaker:
    """Who reads lessons aloud in this installation."""
    found: Speaker = current_app.extensions["speaker"]
    return found


def teaches() -> bool:
    """Whether the person who is signed in may hold a class, and so get its script."""
    permission: Permission = current_app.extensions["permissions"]["lessons.script"]
    return current_user.is_authenticated and permission.admits(current_user)


def alternative(course: Course, step: Step | None) -> Step | None:
    """The practical that stands in this test's stead for those who need it, if there is one."""
    return next((one for one in course.steps if step and one.instead_of == step.slug), None)


def _facts(course: Course, lesson: Step, mine: Progress | None) -> dict[str, Any]:
    place, total = course.position(lesson.slug)
    module = _module(course, lesson)
    following = course.next_after(lesson.slug)
    return {
        "course": course,
        "step": lesson,
        "place": place,
        "total": total,
        "module": module,
        "module_total": sum(step.kind is not StepKind.PRACTICAL for step in module.steps),
        "module_done": sum(step.slug in mine.done for step in module.steps) if mine else 0,
        "progress": mine,
        "done": bool(mine and lesson.slug in mine.done),
        "following": following,
        "alternative": alternative(course, following),
        "before": course.required[place - 2] if place > 1 else None,
        "address": shelf.programme.address(course.audience),
        **machine_facts(course, lesson),
    }


def neutral_facts(course: Course, lesson: Step) -> dict[str, Any]:
    """What a lesson's page shows when it is kept: for nobody in particular, on every machine."""
    nobody = Progress(course, True, frozenset())
    facts = {**_facts(course, lesson, nobody), **machine_facts(course, lesson, "")}
    own = {"ask_op": "", "group": "", "profile": "", "teaches": False}
    return {**facts, **own, "body": body(course, lesson)}


def machine_facts(course: Course, lesson: Step, machine: str | None = None) -> dict[str, Any]:
    """What a lesson's page says of machines: which kinds to choose from, and how it sounds.

    `machine`: the kind shown, "" for all; None: the one that this browser chose.
    """
    devices, recorded = _told.get(
        (course.slug, lesson.slug),
        (course,),
        lambda: (device.devices_of(lesson), is_recorded(lesson)),
    )
    machine = device.shown(devices) if machine is None else machine
    sound = None if recorded else speaker().sound(course, lesson, machine)
    return {
        "device": machine,
        "devices": devices,
        "sound": sound,
        "sound_size": size_in_words(sound.size).replace(" ", "\N{NO-BREAK SPACE}") if sound else "",
        "recorded": RECORDING if recorded else "",
    }


def _module(course: Course, lesson: Step) -> Module:
    holds = (module for module in course.modules for step in module.steps if step is lesson)
    return next(holds)
