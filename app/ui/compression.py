"""Pages and bundles go over a thin line squeezed to a third, to browsers that understand gzip."""

import gzip
from functools import lru_cache

from flask import Flask, request
from werkzeug.wrappers import Response

WORTH_IT = 1024
KINDS = frozenset({"text/html", "text/css", "text/javascript", "application/json"})
# beyond this level a page costs twice the time and shrinks by another hundredth
QUICK, THOROUGH = 4, 9


def init_app(app: Flask) -> None:
    """Squeeze answers of the KINDS that are WORTH_IT."""
    app.after_request(_squeeze)


def _squeeze(response: Response) -> Response:
    if response.direct_passthrough or response.is_streamed or response.mimetype not in KINDS:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < WORTH_IT or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return response
    kept_for_ever = "immutable" in response.headers.get("Cache-Control", "")
    response.set_data(_bundle(body) if kept_for_ever else gzip.compress(body, QUICK))
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        # the same content in other bytes
        response.set_etag(etag, weak=True)
    return response


@lru_cache(maxsize=8)
def _bundle(body: bytes) -> bytes:
    return gzip.compress(body, THOROUGH)
