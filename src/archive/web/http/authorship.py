"""Edits by forms: who makes them, as the journal names them, and that they are searchable at once.

The index's follower looks when a form is answered; by itself it looks every few seconds, for the changes of
other processes.
"""

from flask import Flask, Response

from archive.model.edits import Author, Reason
from archive.web.http.context import current_archive, request_reference
from archive.web.http.hooks import after, may_change
from archive.web.http.signed_in import current_account, has_token

_REFUSED = 400


def current_author(summary: str = "", reason: Reason = Reason.FORM, group: str = "") -> Author:
    """Return who has signed in as the author of an edit; raises NotSignedIn.

    Args:
        summary: What is done, in a few words; "" where the changed fields say it.
        reason: By which way it came; a program with a token is told as such.
        group: Edits of one group are taken back together.
    """
    way = Reason.TOKEN if has_token() and reason is Reason.FORM else reason
    return Author(current_account().account.login, way, summary, group, request_reference())


def install(app: Flask) -> None:
    """Wake the follower after each request that may have changed something."""
    after(app, may_change, _wake)


def _wake(response: Response) -> Response:
    if response.status_code < _REFUSED:
        current_archive().indexer.wake()
    return response
