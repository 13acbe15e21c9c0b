"""Who makes the change that a request asks for, as the journal names them."""

from archive.model.edits import Author, Reason
from archive.web.http.context import request_reference
from archive.web.http.signed_in import current_account, has_token


def current_author(summary: str = "", reason: Reason = Reason.FORM, group: str = "") -> Author:
    """Return who has signed in as the author of an edit; raises NotSignedIn.

    Args:
        summary: What is done, in a few words; "" where the changed fields say it.
        reason: By which way it came; a program with a token is told as such.
        group: Edits of one group are taken back together.
    """
    way = Reason.TOKEN if has_token() and reason is Reason.FORM else reason
    return Author(current_account().account.login, way, summary, group, request_reference())
