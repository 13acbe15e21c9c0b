"""What a form has saved is searchable at once: the index's follower looks when the form is answered.

By itself it looks every few seconds, for the changes of other processes.
"""

from flask import Flask, Response, request

from archive.web.http.context import current_archive
from archive.web.http.security import METHODS

_REFUSED = 400


def install(app: Flask) -> None:
    """Wake the follower after each request that may have changed something."""
    app.after_request(_wake)


def _wake(response: Response) -> Response:
    if request.method not in METHODS and response.status_code < _REFUSED:
        current_archive().indexer.wake()
    return response
