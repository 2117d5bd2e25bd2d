"""Hear a lesson read by the machine."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.lessons import kept_files, speech
from app.lessons.speech import CannotSpeak, Speaker

LESSON = "/courses/thu-nghiem/mot"
URL = f"{LESSON}/speech.mp3"


@pytest.fixture(autouse=True)
def silence(app):
    """Nothing was read aloud before the test."""
    folder = app.extensions["settings"].instance / "speech"
    shutil.rmtree(folder, ignore_errors=True)
    app.extensions["speaker"] = Speaker(folder)


@pytest.fixture
def mute(app, tmp_path, monkeypatch):
    """A server without the two programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    able = app.extensions["speaker"]
    app.extensions["speaker"] = Speaker(tmp_path / "speech")
    yield
    app.extensions["speaker"] = able


def test_the_first_who_asks_has_it_made(client):
    answer = client.get(URL)
    assert (answer.status_code, answer.mimetype) == (200, "audio/mpeg")
    # an MPEG frame, or the tag before the first one
    assert answer.data[:2] in (b"\xff\xf3", b"\xff\xfb", b"ID")
    assert len(answer.data) > 5000


def test_the_size_is_said_before_estimated_then_exact(as_learner, client):
    for browser in (as_learner, client):
        assert "tải chừng " in browser.get(LESSON).text
    size = len(client.get(URL).data)
    for browser in (as_learner, client):
        page = browser.get(LESSON).text
        assert f"tải {round(size / 1000)}\N{NO-BREAK SPACE}KB" in page
        assert "Giọng máy" in page
        assert 'preload="none"' in page


def test_the_estimate_is_near(app, course):
    speaker, step = app.extensions["speaker"], course.step("mot")
    guess = speaker.sound(course, step)
    size = speaker.speech(course, step).stat().st_size
    assert not guess.exact and 0.6 < guess.size / size < 1.6
    assert speaker.sound(course, step).size == size


def test_parts_of_it_can_be_asked_for(client):
    whole = client.get(URL).data
    part = client.get(URL, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.data) == (206, whole[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert client.get(URL, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_it_is_kept_for_ever_only_under_its_version(client, course):
    kept = client.get(f"{URL}?v={course.version}&may=ca-hai")
    assert "immutable" in kept.headers["Cache-Control"]
    assert client.get(f"{URL}?v=000000000000&may=ca-hai").headers["Cache-Control"] == "no-cache"
    assert client.get(URL).headers["Cache-Control"] == "no-cache"
    page = client.get(LESSON).text
    assert f"{URL}?v={course.version}&amp;may=ca-hai" in page


def test_it_is_made_once_though_many_ask_at_once(app, course, monkeypatch):
    made = []
    monkeypatch.setattr(speech, "_encode", lambda wave, path: made.append(path.write_bytes(b"mp3")))
    speaker, step = app.extensions["speaker"], course.step("mot")
    with ThreadPoolExecutor(4) as threads:
        paths = set(threads.map(lambda _: speaker.speech(course, step), range(4)))
    assert len(paths) == len(made) == 1


def test_old_versions_go(app, course):
    speaker = app.extensions["speaker"]
    for version in ("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"):
        speaker.speech(course.model_copy(update={"version": version}), course.step("mot"))
    folder = app.extensions["settings"].instance / "speech" / course.slug
    assert len([entry for entry in folder.iterdir() if entry.is_dir()]) == kept_files.KEPT_VERSIONS


def test_a_server_that_cannot_speak_offers_nothing(mute, client, course):
    page = client.get(LESSON).text
    assert "speech.mp3" not in page
    assert "data-hear hidden" in page
    assert client.get(URL).status_code == 404


def test_when_it_fails_nothing_is_kept_and_reading_goes_on(app, client, course, monkeypatch):
    monkeypatch.setattr(speech, "VOICE", "khong-co-giong-nay")
    assert client.get(URL).status_code == 503
    with pytest.raises(CannotSpeak):
        app.extensions["speaker"].speech(course, course.step("mot"))
    assert client.get(LESSON).status_code == 200
    assert not list((app.extensions["settings"].instance / "speech").rglob("*.mp3"))


def test_a_full_disk_is_no_fault(app, client, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(speech, "_write", full)
    assert client.get(URL).status_code == 503


@pytest.mark.parametrize("place", ["thu-nghiem/kiem-tra", "thu-nghiem/khong-co", "khong-co/mot"])
def test_a_test_or_what_is_not_there_is_not_heard(client, place):
    assert client.get(f"/courses/{place}/speech.mp3").status_code == 404


def test_is_only_fetched(client):
    assert client.post(URL).status_code == 405


RECORDED = """---
title: Có người đọc
minutes: 3
---
Chào bác.

/// listen | am-thanh/chao.mp3
Chào bác, mời bác nghe.
///
"""


def test_a_person_s_recording_comes_first(client, folder_of_course, reopened):
    (folder_of_course / "02-phan-hai" / "02-nghe.md").write_text(RECORDED, encoding="utf-8")
    sounds = folder_of_course / "02-phan-hai" / "am-thanh"
    sounds.mkdir()
    (sounds / "chao.mp3").write_bytes(b"\xff\xfb" * 2000)
    reopened()
    page = client.get("/courses/thu-nghiem/nghe").text
    assert 'href="#nghe"' in page
    assert '<figure class="listen" id="nghe"' in page
    assert "Giọng máy" not in page


def test_where_people_listen_the_voice_comes_first_and_large(client, folder_of_course, reopened):
    before = client.get(LESSON).text
    assert "hear-first" not in before
    assert before.index('class="sheet-facts"') < before.index('id="hear"')
    _let_people_listen_first(folder_of_course)
    assert reopened().listen_first
    page = client.get(LESSON).text
    assert 'class="hear hear-first" id="hear"' in page
    assert page.index('id="hear"') < page.index('class="sheet-facts"')
    assert page.count('class="sheet-facts"') == 1
    assert 'class="button button-main" type="button" data-hear-play' in page


def test_a_person_s_recording_comes_first_too(client, folder_of_course, reopened):
    (folder_of_course / "loi.mp3").write_bytes(b"\xff\xfb" + bytes(400))
    lesson = folder_of_course / "01-phan-mot" / "01-mot.md"
    recording = "\n\n/// listen | ../loi.mp3\nLời của bài.\n///\n"
    lesson.write_text(lesson.read_text("utf-8") + recording, "utf-8")
    _let_people_listen_first(folder_of_course)
    reopened()
    page = client.get(LESSON).text
    assert 'class="hear-recorded hear-first"><a class="button button-main"' in page


def _let_people_listen_first(folder):
    front = folder / "course.md"
    text = front.read_text("utf-8")
    front.write_text(text.replace("\nstatus:", "\nlisten_first: true\nstatus:"), "utf-8")
