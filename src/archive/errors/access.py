"""Somebody may not do what was asked for, or not yet."""

from archive.errors.base import ArchiveError


class NotSignedIn(ArchiveError):
    """Only those who have signed in may do this."""

    code = "not_signed_in"
    status = 401


class TokenUnusable(ArchiveError):
    """A program's token is wrong, too old or was ended."""

    code = "bad_token"
    status = 401


class NotAllowed(ArchiveError):
    """The visitor may not do this."""

    code = "not_allowed"
    status = 403


class SignInFailed(NotAllowed):
    """Signing in did not work; the message is the same whether or not there is such an account."""

    code = "sign_in_failed"


class LinkUnusable(NotAllowed):
    """A one-time link is wrong, has been used or is too old."""

    code = "bad_link"


class ForeignRequest(NotAllowed):
    """A form came from another site, or its page is too old."""

    code = "foreign_request"


class TooMany(ArchiveError):
    """Too many attempts; the next one is heard after `wait_s` seconds."""

    code = "too_many"
    status = 429

    def __init__(self, message: str, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s
