"""How many requests were answered, by class of status, and how long that took: for the metrics."""

import threading
import time
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, g

BOUNDS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""The upper bounds of the histogram's buckets; a last one has what took longer."""

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
    """Count every request from here on."""
    app.extensions[_EXTENSION] = RequestCounts()
    app.before_request(_begin)
    app.after_request(_end)


def request_counts() -> RequestCounts:
    """Return the counts of this application."""
    counts: RequestCounts = current_app.extensions[_EXTENSION]
    return counts


def _begin() -> None:
    g.began_s = time.perf_counter()


def _end(response: Response) -> Response:
    began_s: float | None = g.get("began_s")
    if began_s is not None:
        request_counts().note(response.status_code, time.perf_counter() - began_s)
    return response
