"""What people do in the browser, in one line each."""

from playwright.sync_api import Page

from tests.browser.site import PASSWORD, PIN


def press(page: Page, label: str) -> None:
    """Press the button, or follow the link, of the page's main part with this label."""
    main = page.locator("main")
    main.get_by_role("button", name=label).or_(main.get_by_role("link", name=label)).first.click()


def log_in(page: Page, phone: str, pin: str) -> None:
    """A learner signs in with the telephone."""
    page.goto("/login?other=1")
    page.fill("#phone", phone)
    page.fill("#pin", pin)
    press(page, "Đăng nhập")


def log_in_at_the_office(page: Page, email: str) -> None:
    """Somebody of the staff signs in with e-mail and password."""
    page.goto("/login/staff")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    press(page, "Đăng nhập")


def fill_registration(page: Page, full_name: str, birth: str, phone: str, go: bool = True) -> None:
    """Fill in the form of registration, of an elder; `go`: open it first."""
    if go:
        page.goto("/register?group=nguoi-cao-tuoi")
    page.fill("#full_name", full_name)
    page.fill("#birth", birth)
    page.fill("#phone", phone)
    page.check("#consent")
    fill_pins(page)


def fill_pins(page: Page) -> None:
    """Choose the PIN, twice."""
    page.fill("#pin", PIN)
    page.fill("#pin_again", PIN)
