"""What a web address leads to cannot be fetched."""

from archive.errors.base import ArchiveError


class FetchError(ArchiveError):
    """What a web address leads to cannot be fetched."""

    code = "fetch"
    status = 502


class DeadLink(FetchError):
    """Nothing is at the address (any more)."""

    code = "dead_link"


class SiteDown(FetchError):
    """Nobody answers at the address just now, or the site has a fault of its own."""

    code = "site_down"


class SignInNeeded(FetchError):
    """What is at the address is shown to those only who sign in there."""

    code = "sign_in_needed"


class FetchedTooLarge(FetchError):
    """What is at the address has more bytes than may be fetched."""

    code = "fetched_too_large"


class FetchTooSlow(FetchError):
    """What is at the address did not come in time."""

    code = "fetch_too_slow"


class TooManyRedirects(FetchError):
    """The address leads to another, that to another, and so on."""

    code = "too_many_redirects"


class WrongType(FetchError):
    """Something else is at the address than was expected there: no page, or no file."""

    code = "wrong_type"


class RobotsForbid(FetchError):
    """The site asks programs not to fetch it."""

    code = "robots_forbid"
