"""`courses speak`: lessons read aloud ahead of time."""

import shutil

import pytest


@pytest.fixture
def speak(app):
    """Runs the command; nothing was read aloud before."""
    shutil.rmtree(app.extensions["settings"].instance / "speech", ignore_errors=True)
    runner = app.test_cli_runner()
    return lambda *slugs: runner.invoke(args=["courses", "speak", *slugs])


def test_reads_every_lesson_once(app, speak):
    done = speak("thu-nghiem")
    assert done.exit_code == 0
    assert "Đã có 3 tệp nghe" in done.output
    files = list((app.extensions["settings"].instance / "speech").rglob("*.mp3"))
    assert sorted(file.stem for file in files) == ["ba", "hai", "mot"]
    times = {file: file.stat().st_mtime_ns for file in files}
    assert speak().exit_code == 0
    assert {file: file.stat().st_mtime_ns for file in files} == times


def test_an_unknown_course_is_named(speak):
    done = speak("khong-co")
    assert done.exit_code == 1
    assert "khong-co" in done.output


def test_without_the_programs_it_says_what_to_install(app, speak, monkeypatch):
    monkeypatch.setattr(app.extensions["speaker"], "able", False)
    done = speak()
    assert done.exit_code == 1
    assert "apt install espeak-ng lame" in done.output
