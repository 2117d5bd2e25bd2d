"""A page that is the same for every visitor is not sent again to a browser that still has it.

Pages of somebody signed in are kept by nobody (app.ui.headers) and have no tag. A page whose
form has a token or an id of its own is another page each time.
"""

from hashlib import blake2b

from flask import Flask, request
from werkzeug.wrappers import Response


def init_app(app: Flask) -> None:
    """Answer 304, without a body, to who already has this page."""
    app.after_request(_compare)


def _compare(response: Response) -> Response:
    if _is_for_everybody(response):
        # weak: squeezed or not, it says the same
        response.set_etag(blake2b(response.get_data(), digest_size=9).hexdigest(), weak=True)
        response.make_conditional(request)
    return response


def _is_for_everybody(response: Response) -> bool:
    return (
        response.status_code == 200
        and request.method in ("GET", "HEAD")
        and response.mimetype == "text/html"
        and response.headers.get("Cache-Control") == "no-cache"
        and not response.is_streamed
        and not response.get_etag()[0]
    )
