"""Whatever stands in an address, the page around it stays a page."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("address", ["/v/%00", "/courses/%0A%00", "/x?next=%00"])
def test_control_characters_do_not_get_into_a_page(client: FlaskClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert b"\x00" not in page.data
