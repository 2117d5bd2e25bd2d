"""The word of joy when a course is complete."""

from tests.acts import pass_course

URL = "/learn/thu-nghiem/certificate"


def test_congratulates_and_leaves_print_and_share_to_the_learner(as_learner, learner, course):
    award = pass_course(learner, course)
    page = as_learner.get(URL).text
    assert "Chúc mừng Nguyễn Thị Hoa!" in page
    assert f'href="/certificates/{award.code}.pdf"' in page
    assert f'data-share="http://127.0.0.1:8000/v/{award.code}"' in page


def test_without_a_script_the_address_can_be_copied(as_learner, learner, course):
    award = pass_course(learner, course)
    page = as_learner.get(URL).text
    assert f">http://127.0.0.1:8000/v/{award.code}</a>" in page
    assert 'hidden data-share="' in page


def test_the_name_is_as_the_certificate_has_it(as_learner, learner, course):
    pass_course(learner, course)
    learner.full_name = "Nguyễn Thị Khác"
    assert "Chúc mừng Nguyễn Thị Hoa!" in as_learner.get(URL).text


def test_before_there_is_one_the_way_leads_to_what_is_left(as_learner, as_stranger):
    assert as_learner.get(URL).location == "/learn/thu-nghiem"


def test_somebody_else_s_certificate_is_not_congratulated(as_stranger, learner, course):
    pass_course(learner, course)
    assert as_stranger.get(URL).status_code == 302


def test_signed_out_and_wrong_method(client, as_learner):
    assert client.get(URL).location.startswith("/login")
    assert as_learner.post(URL).status_code == 405
