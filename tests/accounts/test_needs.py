"""/account/needs: chosen by oneself, never why; pages and helpers go by it."""

from flask.testing import FlaskClient

from app.accounts.models import LearningNeed, Person
from app.content.models import Course
from app.lib.ids import operation_id
from tests.accounts.acts import member, sign_in
from tests.acts import post, rows


def chosen(person: Person) -> set[str]:
    return {row.need for row in rows(LearningNeed, person_id=person.id)}


def test_nothing_is_ticked_and_nobody_is_asked_why(as_learner: FlaskClient) -> None:
    page = as_learner.get("/account/needs").text
    assert "checked" not in page.split("Anh chị học thế nào")[1].split("</fieldset>")[0]
    assert "khuyết tật" not in page and "sức khỏe" not in page


def test_chosen_changed_and_taken_back(as_learner: FlaskClient, learner: Person) -> None:
    post(as_learner, "/account/needs", needs=["large_text", "captions"])
    assert chosen(learner) == {"large_text", "captions"}
    page = as_learner.get("/account").text
    assert "Chữ to" in page and "Phụ đề" in page
    post(as_learner, "/account/needs", needs=["captions"])
    assert chosen(learner) == {"captions"}
    post(as_learner, "/account/needs")
    assert chosen(learner) == set()


def test_pages_are_shown_so_at_once_and_no_more_when_taken_back(
    as_learner: FlaskClient, course: Course
) -> None:
    lesson = f"/courses/{course.slug}/{course.steps[0].slug}"
    post(as_learner, "/account/needs", needs=["large_text", "read_aloud"])
    page = as_learner.get(lesson).text
    assert 'data-text="large"' in page and 'data-sound="first"' in page
    post(as_learner, "/account/needs")
    page = as_learner.get(lesson).text
    assert 'data-text="normal"' in page and "data-sound" not in page


def test_another_device_shows_pages_so_from_signing_in_on(app, client: FlaskClient) -> None:
    person = member("Nguyễn Thị Hoa")
    sign_in(client)
    post(client, "/account/needs", needs=["large_text", "read_aloud"])
    assert chosen(person) == {"large_text", "read_aloud"}
    other = app.test_client()
    assert 'data-text="normal"' in other.get("/login").text
    sign_in(other)
    page = other.get("/account").text
    assert 'data-text="large"' in page and 'data-sound="first"' in page


def test_signing_in_without_needs_leaves_the_device_as_it_is(app, client: FlaskClient) -> None:
    member("Nguyễn Thị Hoa")
    client.post("/display", data={"text": "large"})
    sign_in(client)
    assert 'data-text="large"' in client.get("/account").text


def test_signed_out(client: FlaskClient) -> None:
    assert client.get("/account/needs").location == "/login?next=/account/needs"
    assert post(client, "/account/needs", needs="captions").status_code == 302
    assert rows(LearningNeed) == []


def test_unknown_needs_and_a_broken_form_are_refused(
    as_learner: FlaskClient, learner: Person
) -> None:
    for wrong in ({"needs": "blind"}, {"needs": "captions", "op_id": "?"}):
        assert post(as_learner, "/account/needs", **wrong).status_code == 400
    assert as_learner.put("/account/needs").status_code == 405
    assert chosen(learner) == set()


def test_sent_twice_it_is_one_choice(as_learner: FlaskClient, learner: Person) -> None:
    op_id = operation_id()
    for _ in range(2):
        answer = post(as_learner, "/account/needs", needs="captions", op_id=op_id)
        assert answer.status_code == 303
    assert chosen(learner) == {"captions"}
    assert post(as_learner, "/account/needs", needs="large_text", op_id=op_id).status_code == 409


def test_it_is_nobody_elses(
    as_learner: FlaskClient, as_stranger: FlaskClient, stranger: Person
) -> None:
    post(as_learner, "/account/needs", needs="captions")
    assert chosen(stranger) == set()
    assert "Phụ đề: có chữ" not in as_stranger.get("/account").text
