"""Tells downloads how many others wait for an answer, so that they step aside."""

from typing import Final

from flask import Flask, g, request

from archive.web.http.context import current_archive

NOT_COUNTED: Final = frozenset({"static", "downloads.hits"})
"""What nobody steps aside for: files from the disk, and downloads themselves."""


def install(app: Flask) -> None:
    """Count each request from its beginning to the end of its view."""
    app.before_request(_begin)
    app.teardown_request(_end)


def _begin() -> None:
    if request.endpoint not in NOT_COUNTED:
        current_archive().downloads.turns.traffic.begin()
        g.is_traffic = True


def _end(error: BaseException | None) -> None:
    del error
    if g.pop("is_traffic", False):
        current_archive().downloads.turns.traffic.end()
