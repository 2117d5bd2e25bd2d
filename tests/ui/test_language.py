"""The interface in Vietnamese and English: chosen, remembered, never switched by itself."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.lib.messages import message
from app.ui.display import LANGUAGES
from app.ui.i18n import gettext, lazy_gettext, ngettext, said

ENGLISH = "text:large.contrast:normal.theme:auto.language:en"
SignIn = Callable[[Person], FlaskClient]


def in_english(client: FlaskClient) -> FlaskClient:
    """The same browser after it chose English."""
    client.set_cookie("display", ENGLISH)
    return client


def test_a_page_is_vietnamese_until_somebody_chooses(client: FlaskClient) -> None:
    page = client.get("/help").text
    assert '<html lang="vi"' in page
    assert "Cần người giúp" in page
    assert 'name="language" value="en" lang="en">English</button>' in page


def test_english_is_chosen_with_one_button_and_remembered(client: FlaskClient) -> None:
    answer = client.post("/display", data={"language": "en", "next": "/help"})
    assert (answer.status_code, answer.location) == (303, "/help")
    page = client.get("/help").text
    assert '<html lang="en"' in page
    assert "Getting help" in page
    assert "Cần người giúp" not in page
    assert 'name="language" value="vi" lang="vi">Tiếng Việt</button>' in page


def test_a_language_leaves_text_size_as_it_was(client: FlaskClient) -> None:
    client.post("/display", data={"text": "large", "contrast": "high", "theme": "dark"})
    client.post("/display", data={"language": "en"})
    page = client.get("/help").text
    assert '<html lang="en" data-text="large" data-contrast="high" data-theme="dark"' in page


def test_text_size_leaves_the_language_as_it_was(client: FlaskClient) -> None:
    in_english(client).post("/display", data={"text": "normal"})
    assert '<html lang="en" data-text="normal"' in client.get("/help").text


@pytest.mark.parametrize("wrong", ["fr", "", "en\x00"])
def test_an_unknown_language_is_vietnamese(client: FlaskClient, wrong: str) -> None:
    client.post("/display", data={"language": wrong})
    assert '<html lang="vi"' in client.get("/help").text


@pytest.mark.parametrize(
    ("accepted", "offered"),
    [("en-GB,en;q=0.9", True), ("fr", True), ("vi-VN,vi;q=0.9,en;q=0.8", False), ("", False)],
)
def test_a_browser_without_vietnamese_is_offered_english(
    client: FlaskClient, accepted: str, offered: bool
) -> None:
    page = client.get("/help", headers={"Accept-Language": accepted}).text
    assert ("Read in English" in page) is offered
    assert '<html lang="vi"' in page


def test_the_offer_ends_with_a_choice(client: FlaskClient) -> None:
    client.post("/display", data={"language": "vi"})
    assert "Read in English" not in client.get("/help", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize("address", ["/", "/courses/thu-nghiem/mot"])
def test_kept_pages_are_apart_by_language(app: Flask, client: FlaskClient, address: str) -> None:
    first = client.get(address).text
    english = in_english(app.test_client()).get(address).text
    assert english != first
    assert client.get(address).text == first


def test_pages_of_a_signed_in_learner_are_apart_too(sign_in: SignIn, learner: Person) -> None:
    assert "Chưa chọn khóa học nào" in sign_in(learner).get("/learn").text
    assert "No course chosen yet" in in_english(sign_in(learner)).get("/learn").text
    assert "Chưa chọn khóa học nào" in sign_in(learner).get("/learn").text


def test_words_of_a_course_are_marked_as_vietnamese(client: FlaskClient) -> None:
    title = '<h3 class="course-title"'
    assert f"{title}>" in client.get("/courses").text
    assert f'{title} lang="vi">' in in_english(client).get("/courses").text


def test_forms_complain_in_the_readers_language(client: FlaskClient) -> None:
    wrong = {"phone": "12", "pin": "1"}
    assert "số di động có 10 chữ số" in client.post("/login", data=wrong).text
    page = in_english(client).post("/login", data=wrong).text
    assert "The phone number 12 has 2 digits; a mobile number has 10." in page
    assert "1 thing to mend" in page


def test_an_error_page_is_in_the_readers_language(client: FlaskClient) -> None:
    page = in_english(client).get("/khong/co").text
    assert "This page was not found" in page


def test_a_reason_is_told_in_both_languages(app: Flask, as_learner: FlaskClient) -> None:
    address = "/courses/thu-nghiem/enrolment"
    told = "Trang mở đã lâu. Hãy tải lại trang rồi gửi lại."
    assert told in as_learner.post(address, data={"op_id": "x"}).text
    page = in_english(as_learner).post(address, data={"op_id": "x"}).text
    assert "The page was open for a long time. Reload it and send it again." in page


def test_scripts_speak_the_language_of_the_page(app: Flask, client: FlaskClient) -> None:
    addresses = app.extensions["asset_addresses"]
    assert addresses["app-en.js"] in in_english(client).get("/help").text
    assert '_("Hiện ra")' in client.get(addresses["app.js"]).text
    assert '_("Show")' in client.get(addresses["app-en.js"]).text


def english_request(app: Flask) -> object:
    """A request of a reader of English."""
    return app.test_request_context("/", headers={"Cookie": f"display={ENGLISH}"})


def test_python_asks_at_the_moment_of_speaking(app: Flask) -> None:
    later = lazy_gettext("Số %(number)s · ngày %(day)s", number=7, day="05/02/2026")
    with english_request(app):
        assert gettext("Đăng nhập") == "Sign in"
        assert str(later) == "No. 7 · 05/02/2026"
        assert ngettext("%(num)s bài", "%(num)s bài", 1) == "1 lesson"
        assert ngettext("%(num)s bài", "%(num)s bài", 2) == "2 lessons"
    assert str(later) == "Số 7 · ngày 05/02/2026"
    assert ngettext("%(num)s bài", "%(num)s bài", 2) == "2 bài"


def test_what_has_no_english_is_said_in_vietnamese(app: Flask) -> None:
    with english_request(app):
        assert gettext("Không ai dịch câu này, %(name)s", name="A") == "Không ai dịch câu này, A"


def test_messages_of_lower_rooms_are_translated_with_their_words(app: Flask) -> None:
    mend = message("Hãy mở tệp bằng Excel rồi lưu dạng .xlsx, hoặc “CSV UTF-8”.")
    told = message("Không đọc được tệp Excel này. %(mend)s", mend=mend)
    assert said(ValueError(told)) == f"Không đọc được tệp Excel này. {mend}"
    with english_request(app):
        assert said(ValueError(told)).startswith("This Excel file cannot be read. Open the file")
        assert said("như nguyên văn") == "như nguyên văn"


def rendered(app: Flask, template: str, tongue: str, **context: object) -> str:
    """A template as the readers of a language get it."""
    environment = app.jinja_env if tongue == LANGUAGES[0] else app.jinja_env.speaking(tongue)  # type: ignore[attr-defined]
    return environment.from_string(template).render(**context)


def test_what_is_filled_in_is_escaped_and_the_text_is_not(app: Flask) -> None:
    template = (
        "{{ _('<strong>%(team)s</strong> ở thôn, tổ dân phố: đến tận nhà, chỉ tận tay.', team=x) }}"
    )
    assert rendered(app, template, "vi", x="<i>").startswith("<strong>&lt;i&gt;</strong> ở thôn")
    assert rendered(app, template, "en", x="<i>").startswith("The <strong>&lt;i&gt;</strong> of")


def test_numbers_are_counted_and_written_as_the_language_does(app: Flask) -> None:
    counted = "{% trans n %}Một & 5 %{% pluralize n %}{{ n }} & 5 %{% endtrans %}"
    template = counted + " {{ 1234.5 | vn_number }} {{ 0.125 | percent }}"
    assert rendered(app, template, "vi", n=1) == "Một & 5 % 1.234,5 12,5 %"
    assert rendered(app, template, "en", n=2) == "2 & 5 % 1,234.5 12.5%"


def test_a_text_that_is_not_written_out_is_refused(app: Flask) -> None:
    with pytest.raises(Exception, match="must stand in the template as it is"):
        rendered(app, "{{ _(word) }}", "vi", word="x")
