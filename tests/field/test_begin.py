"""A helper studies with a named learner, who agrees first."""

from flask.testing import FlaskClient

from app.accounts.field_session import FieldSession
from app.accounts.models import Consent, Person, SignInFailure
from app.content.models import Course
from app.field.models import HelpedPerson
from app.learning.models import StepCredit
from app.units.models import Unit
from tests.acts import post, rows
from tests.field.acts import COURSE, PIN, begin, beside, verbs


def test_works_by_voice(
    as_helper: FlaskClient, helper: Person, elder: Person, commune: Unit
) -> None:
    session = beside(as_helper, elder)
    assert (session.helper_id, session.learner_id) == (helper.id, elder.id)
    assert (session.unit_id, session.place) == (commune.id, "Nhà bác Tám")
    assert (session.agreed, session.witness) == ("voice", "Vợ bác Tám")
    assert "study_together" in verbs()


def test_the_bar_is_on_every_learning_page(as_helper: FlaskClient, elder: Person) -> None:
    beside(as_helper, elder)
    for address in ("/learn", "/courses", COURSE, f"{COURSE}/mot", "/field/now", "/help"):
        page = as_helper.get(address).text
        assert "Đang học cùng" in page, address
        assert "bác Huỳnh Văn Tám" in page, address


def test_by_pin(as_helper: FlaskClient, aunt: Person) -> None:
    page = as_helper.get(f"/field/people/{aunt.id}/session").text
    assert "người hỗ trợ không nhìn" in page and "Ai có mặt" not in page
    assert begin(as_helper, aunt, pin=PIN).location == "/learn"
    assert rows(FieldSession)[0].agreed == "pin"


def test_a_wrong_pin_is_counted(as_helper: FlaskClient, aunt: Person) -> None:
    answer = begin(as_helper, aunt, pin="999999")
    assert answer.status_code == 400 and "Mã chưa đúng" in answer.text
    assert rows(FieldSession) == [] and len(rows(SignInFailure)) == 1


def test_whoever_has_a_pin_uses_it(as_helper: FlaskClient, aunt: Person) -> None:
    answer = begin(as_helper, aunt, channel="voice", witness="Ai đó")
    assert answer.status_code == 400 and "tự tay bấm" in answer.text


def test_guessing_is_slowed(as_helper: FlaskClient, aunt: Person) -> None:
    for _ in range(5):
        begin(as_helper, aunt, pin="999999")
    assert "Hãy chờ" in begin(as_helper, aunt, pin=PIN).text


def test_without_a_yes_on_record_it_is_asked(
    as_helper: FlaskClient, helper: Person, learner: Person
) -> None:
    found = post(as_helper, "/field/people/search", phone=learner.phone, full_name="nguyen thi hoa")
    assert "Nguyễn Thị Hoa" in found.text
    assert begin(as_helper, learner).location == "/learn"
    yes = rows(Consent, person_id=learner.id)[0]
    assert (yes.channel, yes.witness, yes.recorded_by) == ("voice", "Vợ bác Tám", helper.id)
    assert rows(HelpedPerson, person_id=learner.id)[0].how == "agreed"


def test_signed_out(client: FlaskClient, elder: Person) -> None:
    assert client.get(f"/field/people/{elder.id}/session").location.startswith("/login")


def test_wrong_role(as_hr: FlaskClient, elder: Person) -> None:
    assert begin(as_hr, elder).status_code == 404


def test_somebody_not_found_by_phone_and_name(as_helper: FlaskClient, learner: Person) -> None:
    assert begin(as_helper, learner).status_code == 404


def test_somebody_elsewhere(as_helper: FlaskClient, stranger: Person) -> None:
    post(as_helper, "/field/people/search", phone=stranger.phone, full_name=stranger.full_name)
    assert begin(as_helper, stranger).status_code == 404


def test_missing(as_helper: FlaskClient) -> None:
    assert as_helper.get("/field/people/99999/session").status_code == 404


def test_not_with_oneself(as_helper: FlaskClient, helper: Person) -> None:
    post(as_helper, "/field/people/search", phone=helper.phone, full_name=helper.full_name)
    assert begin(as_helper, helper).status_code == 404


def test_bad_input(as_helper: FlaskClient, elder: Person) -> None:
    answer = begin(as_helper, elder, channel="voice", witness="", place="")
    assert answer.status_code == 400
    assert "người chứng kiến" in answer.text and "tên nơi này" in answer.text


def test_twice(as_helper: FlaskClient, elder: Person) -> None:
    facts = {"op_id": "a" * 32, "channel": "voice", "witness": "Vợ bác Tám"}
    begin(as_helper, elder, **facts)
    as_helper.set_cookie("session", "")
    assert len(rows(FieldSession)) == 1


def test_the_next_session_ends_the_one_before(
    app, sign_in, helper: Person, elder: Person, aunt: Person
) -> None:
    beside(sign_in(helper), elder)
    begin(sign_in(helper), aunt, pin=PIN)
    first, second = rows(FieldSession)
    assert first.ended_at and second.ended_at is None


def test_an_ordinary_page_asks_nothing_more(as_helper: FlaskClient, elder: Person) -> None:
    as_helper.get("/courses")
    before = as_helper.queries
    beside(as_helper, elder)
    as_helper.get("/courses")
    # who the helper is, and for whom they act
    assert as_helper.queries == before + 1


def test_only_the_helper_acts_in_it(
    app, as_learner: FlaskClient, as_helper: FlaskClient, elder: Person, course: Course
) -> None:
    session = beside(as_helper, elder)
    with as_learner.session_transaction() as cookie:
        cookie["field_session"] = session.id
    assert "Đang học cùng" not in as_learner.get("/learn").text
    post(as_learner, f"{COURSE}/mot/completion")
    assert rows(StepCredit, person_id=elder.id) == []
