"""How often somebody may ask the interface in a minute, told in each answer.

The headers are those of the IETF's draft (draft-ietf-httpapi-ratelimit-headers). It is counted in memory, by
process, since a question must not cost a write. Somebody who has signed in, or shows a token, is counted by
their account, others by their address; programs on the machine itself are not counted.
"""

import math
import time
from functools import cached_property

from flask import Flask, Response, current_app, g, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from archive.errors import TooMany
from archive.web.http.context import current_archive
from archive.web.http.figures import is_machine_itself
from archive.web.http.hooks import API, after, before, below
from archive.web.http.security import is_preflight
from archive.web.http.signed_in import signed_in

_EXTENSION = "archive.api_rates"


def install(app: Flask) -> None:
    """Count what is asked below `/api/` and refuse what is too much."""
    app.extensions[_EXTENSION] = _Counted()
    before(app, below(API), _count)
    after(app, below(API), _tell)


def _count() -> None:
    if is_machine_itself() or is_preflight():
        return
    quota = RateLimitItemPerMinute(current_archive().settings.web.api_requests_per_minute)
    limiter, key = _limiter(), _key()
    is_within = limiter.hit(quota, key)
    window = limiter.get_window_stats(quota, key)
    wait_s = max(1, math.ceil(window.reset_time - time.time()))
    g.rate_limit = quota.amount, window.remaining, wait_s
    if not is_within:
        raise TooMany(f"Too many questions in a minute. Ask again in {wait_s} seconds.", wait_s)


def _tell(response: Response) -> Response:
    if "rate_limit" in g:
        quota, remaining, wait_s = g.rate_limit
        response.headers["RateLimit-Policy"] = f'"minute";q={quota};w=60'
        response.headers["RateLimit"] = f'"minute";r={remaining};t={wait_s}'
    return response


def _key() -> str:
    found = signed_in()
    return f"account {found.account.id}" if found else f"address {request.remote_addr}"


def _limiter() -> FixedWindowRateLimiter:
    counted: _Counted = current_app.extensions[_EXTENSION]
    return counted.limiter


class _Counted:
    """What counts, made when it is first needed: it has a thread that forgets what is over."""

    @cached_property
    def limiter(self) -> FixedWindowRateLimiter:
        return FixedWindowRateLimiter(MemoryStorage())
