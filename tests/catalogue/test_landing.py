"""The first page speaks to the visitor's group."""


def test_greets_everybody_without_asking_the_database(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "nay mở máy" in page.text
    assert client.queries == 0


def test_offers_all_eight_groups(client):
    assert client.get("/").text.count('class="group"') == 8


def test_speaks_in_the_words_of_a_group(client):
    page = client.get("/?nhom=nguoi-cao-tuoi")
    assert "Bác mới dùng điện thoại?" in page.text
    assert client.queries == 0


def test_the_course_made_for_the_group_is_the_main_action(client):
    page = client.get("/?nhom=nguoi-dan")
    assert 'class="button button-main" href="/courses/thu-nghiem"' in page.text


def test_a_group_without_its_own_course_is_shown_the_others(client):
    page = client.get("/?nhom=nguoi-cao-tuoi")
    assert "Khóa ai cũng học được" in page.text
    assert "Khóa học thử nghiệm" in page.text


def test_remembers_the_choice_in_this_browser(client):
    client.get("/?nhom=nguoi-cao-tuoi")
    assert "Bác mới dùng điện thoại?" in client.get("/").text


def test_forgets_the_choice_when_asked(client):
    client.get("/?nhom=nguoi-cao-tuoi")
    client.get("/?nhom=tat-ca")
    assert "nay mở máy" in client.get("/").text


def test_an_unknown_group_is_nobody_s(client):
    page = client.get("/?nhom=%3Cscript%3E")
    assert "nay mở máy" in page.text
    assert "Set-Cookie" not in page.headers


def test_a_signed_in_person_is_greeted_by_the_own_group(as_stranger):
    page = as_stranger.get("/")
    assert "trên điện thoại" in page.text
    assert "Vào chỗ học của tôi" in page.text


def test_a_visitor_gets_no_session(client):
    assert "session" not in client.get("/").headers.get("Set-Cookie", "")


def test_is_only_read(client):
    assert client.post("/").status_code == 405
