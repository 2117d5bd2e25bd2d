"""Answering questions of a test in the browser; the right answers come from the database."""

from playwright.sync_api import Locator, Page, expect

from app.content.models import Question, QuestionKind
from app.extensions import db
from app.quizzes.models import Attempt
from tests.browser.every_kind import right_answer
from tests.browser.site import Site


def asked(site: Site, attempt_id: int, number: int) -> Question:
    """Question `number` of an attempt, with its right answer."""
    with site.app.app_context():
        question = db.session.get_one(Attempt, attempt_id).question(number)
        assert question
        return question


def length(site: Site, attempt_id: int) -> int:
    """How many questions an attempt has."""
    with site.app.app_context():
        return len(db.session.get_one(Attempt, attempt_id).paper)


def answer_rightly(page: Page, question: Question) -> list[str]:
    """Put the right answer into the page's form; returns what the form will post."""
    values = right_answer(question)
    fields = page.locator(f"[name='q-{question.id}']")
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        for value in values:
            page.locator(f"[name='q-{question.id}'][value='{value}']").check()
    elif question.kind is QuestionKind.ORDER and fields.first.is_hidden():
        _move_rows(page.locator("ol[data-order]"), fields, values)
    elif question.kind in (QuestionKind.ORDER, QuestionKind.MATCH):
        for place, value in enumerate(values):
            fields.nth(place).select_option(value)
    else:
        fields.fill(values[0])
    return values


def _move_rows(rows: Locator, fields: Locator, wanted: list[str]) -> None:
    """Put rows in order with the buttons that a script made, one place at a time."""
    for place, value in enumerate(wanted):
        now: list[str] = fields.evaluate_all("(all) => all.map((field) => field.value)")
        for step in range(now.index(value), place, -1):
            rows.locator("li").nth(step).get_by_role("button", name="Đưa lên").click()
            expect(fields.nth(step - 1)).to_have_value(value)
