"""The requests that are being answered, for which downloads step aside, and those that were, for the metrics:
how many, by class of status, and how long they took.
"""

import threading
import time
from dataclasses import dataclass, field
from typing import Final

from flask import Flask, Response, current_app, g, request

from archive.web.http.context import current_archive

BOUNDS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""The upper bounds of the histogram's buckets; a last one has what took longer."""

NOT_COUNTED: Final = frozenset({"static", "downloads.hits"})
"""What nobody steps aside for: files from the disk, and downloads themselves."""

_EXTENSION = "archive.request_counts"


@dataclass(slots=True)
class RequestCounts:
    """Counts since the start. `buckets` are not cumulated."""

    by_class: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("2xx", "3xx", "4xx", "5xx"), 0))
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))
    total_s: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, took_s: float) -> None:
        """Count a request."""
        name = f"{status // 100}xx"
        place = next((place for place, bound in enumerate(BOUNDS_S) if took_s <= bound), len(BOUNDS_S))
        with self.lock:
            self.by_class[name] = self.by_class.get(name, 0) + 1
            self.buckets[place] += 1
            self.total_s += took_s


def install(app: Flask) -> None:
    """Count each request from its beginning to the end of its view, and what came of it."""
    app.extensions[_EXTENSION] = RequestCounts()
    app.before_request(_begin)
    app.after_request(_note)
    app.teardown_request(_end)


def request_counts() -> RequestCounts:
    """Return the counts of this application."""
    counts: RequestCounts = current_app.extensions[_EXTENSION]
    return counts


def _begin() -> None:
    if request.endpoint not in NOT_COUNTED:
        current_archive().downloads.turns.traffic.begin()
        g.is_traffic = True
    g.began_s = time.perf_counter()


def _note(response: Response) -> Response:
    began_s: float | None = g.get("began_s")
    if began_s is not None:
        request_counts().note(response.status_code, time.perf_counter() - began_s)
    return response


def _end(error: BaseException | None) -> None:
    del error
    if g.pop("is_traffic", False):
        current_archive().downloads.turns.traffic.end()
