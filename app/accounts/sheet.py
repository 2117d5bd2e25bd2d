"""Cards on paper: A4 sheets of ten, to cut along the lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from flask import current_app

from app.accounts.cards import FIRST_USE, NewCard
from app.lib import clock
from app.lib.dates import local_date, short_date
from app.lib.paper import Printer
from app.ui.i18n import language

# about 40 ms a card
MOST_CARDS = 200
STYLESHEET = Path(__file__).parent / "paper" / "cards.css"

_printer = Printer(lambda: STYLESHEET.read_text("utf-8"))


@dataclass(frozen=True)
class Sheet:
    """What stands on every card: the installation, who issues, and where help is."""

    base_url: str
    site: str
    issuer: str
    hotline: str

    @property
    def typed_at(self) -> str:
        """Where a code is typed, without the scheme, as people read an address."""
        return f"{self.base_url.partition('://')[2].rstrip('/')}/login/code"

    @property
    def first_use_until(self) -> str:
        """Until which day a card printed today may set a PIN."""
        return short_date(local_date(clock.now() + FIRST_USE))

    def address(self, secret: str) -> str:
        """What a QR code holds."""
        return f"{self.base_url.rstrip('/')}/c/{secret}"


def print_cards(cards: Sequence[NewCard], sheet: Sheet) -> bytes:
    """The cards as PDF, in this order; needs an app context.

    Raises OSError when pango is not installed, ValueError for more than MOST_CARDS.
    """
    if len(cards) > MOST_CARDS:
        raise ValueError(f"{len(cards)} cards; at most {MOST_CARDS} are printed at once")
    template = current_app.jinja_env.get_template("accounts/card_sheet.html")
    shown = [(card, _size(card.full_name), picture(sheet.address(card.secret))) for card in cards]
    html = template.render(cards=shown, sheet=sheet, language=language())
    return _printer.print(html)


def picture(address: str) -> str:
    """A QR code as the address of a picture (data:…), with the white rim that readers need."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(border=2, dark="#000", xmldecl=False)


def _size(name: str) -> str:
    return "short" if len(name) <= 20 else "middling" if len(name) <= 44 else "long"
