"""Where a learner stands in a course: what is left and why; the certificate, when it is there."""

from flask import abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.certificates.queries import in_force
from app.content.shelf import shelf
from app.learning.asks import asks_in
from app.learning.queries import progress
from app.lessons.left import sections
from app.lessons.page import step_address
from app.lessons.queries import readings
from app.lessons.routes.door import blueprint


@blueprint.get("/learn/<slug>")
def left(slug: str) -> ResponseReturnValue:
    """What is done in a course, what is left, and why it is left."""
    course = shelf.course(slug) or abort(404)
    standing = progress(current_user.id, course)
    begun = readings(current_user.id, course)
    asks = asks_in(current_user.id, course)
    return render_template(
        "lessons/left.html",
        course=course,
        progress=standing,
        award=None if standing.left else in_force(current_user.id, slug),
        sections=sections(standing, begun, asks, lambda step: step_address(course, step)),
        minutes=sum(step.minutes for step in standing.left),
        next_address=step_address(course, standing.next_step),
    )


@blueprint.get("/learn/<slug>/certificate")
def certificate(slug: str) -> ResponseReturnValue:
    """A quiet word of joy; to print the certificate or to tell of it is the learner's affair."""
    course = shelf.course(slug) or abort(404)
    award = in_force(current_user.id, slug)
    if award is None:
        return redirect(url_for("lessons.left", slug=slug))
    public = current_app.extensions["settings"].base_url.rstrip("/")
    return render_template(
        "lessons/certificate.html",
        course=course,
        award=award,
        address=shelf.programme.address(course.audience),
        public_address=public + url_for("certificates.check", code=award.code),
    )
