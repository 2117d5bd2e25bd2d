"""Figures for Prometheus: requests, how long they take, awards, courses. Nobody's data.

Several workers count each for itself, unless PROMETHEUS_MULTIPROC_DIR (prometheus-client's own
setting) names a writable folder, emptied before each start, in which they count together.
"""

import os
from collections.abc import Iterable
from functools import cache
from time import perf_counter
from typing import Any

from flask import Flask, Request, Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from app.content.shelf import shelf
from app.ops import queries

BEGAN = "bdhvs.began"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

_registry = CollectorRegistry()
_requests = Counter(
    "bdhvs_requests", "Requests answered.", ["endpoint", "status"], registry=_registry
)
_seconds = Histogram(
    "bdhvs_request_seconds",
    "Time to answer a request.",
    ["endpoint"],
    registry=_registry,
    buckets=BUCKETS,
)


def init_app(app: Flask) -> None:
    """Count every request and how long it takes."""
    app.wsgi_app = _clocked(app.wsgi_app)  # type: ignore[method-assign]

    @app.after_request
    def count(response: Response) -> Response:
        _count(request, response.status_code)
        return response


def exposition() -> bytes:
    """All figures in Prometheus' text format; asks the database one question."""
    return generate_latest(_counted()) + generate_latest(_Facts())


def _clocked(wsgi: Any) -> Any:
    # the outermost place: a request that the gate refuses is timed too
    def timed(environ: dict[str, Any], start_response: Any) -> Any:
        environ[BEGAN] = perf_counter()
        return wsgi(environ, start_response)

    return timed


def _count(answered: Request, status: int) -> None:
    # the endpoint and never the address: addresses hold codes and ids
    endpoint = answered.endpoint or "none"
    _answered(endpoint, status // 100).inc()
    began = answered.environ.get(BEGAN)
    if began is not None:
        _clock_of(endpoint).observe(perf_counter() - began)


@cache
def _answered(endpoint: str, hundreds: int) -> Counter:
    return _requests.labels(endpoint, f"{hundreds}xx")


@cache
def _clock_of(endpoint: str) -> Histogram:
    return _seconds.labels(endpoint)


def _counted() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return _registry
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


class _Facts(CollectorRegistry):
    """What stands in the register and on the shelf at this moment."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        yield GaugeMetricFamily("bdhvs_awards", "Awards ever entered.", queries.awards_ever())
        yield GaugeMetricFamily(
            "bdhvs_courses_served", "Published courses.", len(shelf.published())
        )
        yield GaugeMetricFamily(
            "bdhvs_courses_broken", "Courses with problems on disk.", len(shelf.library.problems)
        )
