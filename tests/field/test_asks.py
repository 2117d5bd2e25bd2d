"""What is not clear to the people of a unit comes to its helpers, who answer."""

from flask.testing import FlaskClient

from app.accounts.models import Person
from app.content.models import Course
from app.extensions import db
from app.learning.asks import ask
from app.learning.models import Ask
from app.lib.ids import operation_id
from tests.acts import post, rows


def asked(person: Person, course: Course, text: str = "Nút nguồn ở đâu?") -> Ask:
    """Somebody says that the first lesson is not clear."""
    ask(person, course, course.steps[0], text, operation_id())
    db.session.commit()
    found: Ask = rows(Ask)[-1]
    return found


def test_works(as_helper: FlaskClient, helper: Person, elder: Person, course: Course) -> None:
    one = asked(elder, course)
    assert "1 câu chưa rõ chờ trả lời" in as_helper.get("/field").text
    page = as_helper.get("/field/asks").text
    assert "Huỳnh Văn Tám" in page and "Nút nguồn ở đâu?" in page and "người tôi giúp" in page
    assert "Nút nguồn ở đâu?" in as_helper.get(f"/field/asks/{one.id}").text
    post(as_helper, f"/field/asks/{one.id}", text="Bên phải máy.")
    db.session.refresh(one)
    assert (one.answer, one.answered_by) == ("Bên phải máy.", helper.id)
    assert "Bên phải máy." in as_helper.get("/field/asks?answered=1").text


def test_of_others_only_the_given_name(
    as_helper: FlaskClient, learner: Person, course: Course
) -> None:
    one = asked(learner, course, "")
    for address in ("/field/asks", f"/field/asks/{one.id}"):
        page = as_helper.get(address).text
        assert "Hoa" in page and "Nguyễn Thị" not in page
        assert "Chỉ bấm" in page


def test_who_comes_second(as_helper: FlaskClient, elder: Person, course: Course) -> None:
    one = asked(elder, course)
    post(as_helper, f"/field/asks/{one.id}", text="Bên phải.")
    post(as_helper, f"/field/asks/{one.id}", text="Bên trái.")
    assert "người khác trả lời trước" in as_helper.get("/field/asks").text
    db.session.refresh(one)
    assert one.answer == "Bên phải."


def test_bad_input(as_helper: FlaskClient, elder: Person, course: Course) -> None:
    one = asked(elder, course)
    for text in ("", "x" * 1001):
        assert post(as_helper, f"/field/asks/{one.id}", text=text).status_code == 400
    # what no reader sees is no answer
    assert post(as_helper, f"/field/asks/{one.id}", text="\x07").status_code == 400


def test_somebody_elsewhere(as_helper: FlaskClient, stranger: Person, course: Course) -> None:
    one = asked(stranger, course)
    assert "Bh" not in as_helper.get("/field/asks").text.split("<main")[1].split("</main")[0]
    assert as_helper.get(f"/field/asks/{one.id}").status_code == 404
    assert post(as_helper, f"/field/asks/{one.id}", text="Dạ.").status_code == 404


def test_signed_out_wrong_role_missing(
    client: FlaskClient, as_hr: FlaskClient, as_helper: FlaskClient
) -> None:
    assert client.get("/field/asks").location.startswith("/login")
    assert as_hr.get("/field/asks").status_code == 404
    assert as_helper.get("/field/asks/99999").status_code == 404
