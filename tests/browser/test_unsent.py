"""A plain form posted without a network comes back in a page that keeps it, and nowhere else."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from app.learning.models import StepCredit
from app.lessons.models import Mark
from app.units.models import Membership
from tests.acts import rows
from tests.browser.acts import press
from tests.browser.away import (
    CUT,
    cached,
    count,
    course,
    expect_waiting,
    held,
    learner,
    offline,
    with_worker,
)
from tests.browser.cast import ELDERS
from tests.browser.eyes import findings
from tests.browser.site import Site
from tests.browser.visits import PHONE, Visits

FIRST = f"/courses/{ELDERS}/bat-tat-sac-pin"
NAME = "Nguyễn Thị <Giữ> & con"


def test_a_form_without_a_network_is_kept_and_sent_again(site: Site, visits: Visits) -> None:
    visits.expect(*CUT)
    who = learner(site, "Alăng Thị Chưa Gửi", ELDERS)
    page = visits.open_cold(PHONE, who)
    with_worker(page, "/residence")
    page.select_option("#commune", label="Phường Bàn Thạch")
    with offline(page):
        press(page, "Ghi nơi ở")
        expect(page.locator("h1")).to_have_text("Chưa gửi được, máy đang không có mạng")
        assert not (found := findings(page, "unsent")), "\n".join(found)
        # nobody wrote the token
        expect(page.locator("main textarea")).to_have_count(0)
        # still none
        press(page, "Gửi lại")
        expect(page.locator("h1")).to_have_text("Chưa gửi được, máy đang không có mạng")
    press(page, "Gửi lại")
    expect(page.locator("h1")).not_to_have_text("Chưa gửi được, máy đang không có mạng")
    with site.app.app_context():
        [home] = rows(Membership, person_id=who.id, kind="residence")
        assert home.unit_id


def test_what_is_secret_is_not_in_the_page_and_nothing_is_stored(visits: Visits) -> None:
    visits.expect(*CUT)
    page = visits.open_cold(PHONE)
    with_worker(page, "/register?group=nguoi-cao-tuoi")
    page.fill("#full_name", NAME)
    page.fill("#birth", "1955")
    page.fill("#phone", "0900888001")
    page.fill("#pin", "471302")
    page.fill("#pin_again", "471302")
    with offline(page):
        press(page, "Đăng ký")
        expect(page.locator("h1")).to_have_text("Chưa gửi được, máy đang không có mạng")
        assert page.locator("main input[name=full_name]").input_value() == NAME
        assert "471302" not in page.content()
    assert not any(part in text for text in cached(page).values() for part in (NAME, "0900888001"))
    press(page, "Gửi lại")
    expect(page.locator("#full_name")).to_have_value(NAME)
    expect(page.locator("#phone")).to_have_value("0900888001")


def test_a_gateway_with_nobody_behind_it_keeps_the_form_too(
    site: Site, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits.expect(*CUT)
    page = visits.open_cold(PHONE, learner(site, "Alăng Thị Cổng", ELDERS))
    with_worker(page, "/residence")
    page.select_option("#commune", label="Phường Bàn Thạch")
    monkeypatch.setitem(site.app.view_functions, "units.residence", lambda: ("Bad Gateway", 502))
    press(page, "Ghi nơi ở")
    expect(page.locator("h1")).to_have_text("Chưa gửi được, máy đang không có mạng")
    monkeypatch.undo()
    press(page, "Gửi lại")
    expect(page.locator("h1")).to_have_text("Chào Alăng Thị Cổng")


EVIL = """<!doctype html><title>x</title>
<form method="post" action="{to}"><input name="csrf_token" value=""><input name="text" value="x">
<button>x</button></form>"""


@pytest.fixture
def another_site() -> Iterator[HTTPServer]:
    """A site of somebody else, whose page sends whatever its address asks for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = EVIL.format(to=self.path.partition("?to=")[2]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Nobody asks."""

    server = HTTPServer(("127.0.0.2", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def send_from(page: Page, another: HTTPServer, to: str) -> None:
    """Open the other site's page and send its form."""
    page.goto(f"http://127.0.0.2:{another.server_port}/?to={to}")
    with page.expect_navigation():
        page.locator("button").click()


@pytest.mark.parametrize("door", ["completion", "notes"])
def test_another_sites_form_is_no_act_of_the_reader(
    site: Site, visits: Visits, another_site: HTTPServer, door: str
) -> None:
    visits.expect(*CUT, "asks outside", "40[01]")
    who = learner(site, "Alăng Thị Lừa", ELDERS)
    page = visits.open_cold(PHONE, who)
    with_worker(page, f"/courses/{ELDERS}")
    send_from(page, another_site, f"{site.url}{FIRST}/{door}")
    page.goto("/sync")
    expect_waiting(page, 0)
    assert held(page) == []
    assert count(site, StepCredit, person_id=who.id, course_slug=course(ELDERS).slug) == 0
    assert count(site, Mark, person_id=who.id) == 0
