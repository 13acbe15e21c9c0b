"""What a site asks of programs that fetch many of its pages: robots.txt (RFC 9309)."""

import io

from protego import Protego

from archive.errors import DeadLink, FetchError, RobotsForbid, SignInNeeded
from archive.imports.fetching.address import parse_address
from archive.imports.fetching.fetch import FetchBounds, Fetcher

_NAME = "archive-import"
_BOUNDS = FetchBounds(max_bytes=500 * 1024)  # RFC 9309, 2.5: what is longer need not be read
_FORBIDDEN = "The site asks programs not to fetch that page (robots.txt). Save the page and give the file."
_UNKNOWN = "The site does not say whether programs may fetch its pages (robots.txt). Try again later."


class Robots:
    """Whether pages of a list may be fetched; what a site says is asked for once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._known: dict[str, Protego] = {}

    def require(self, address: str) -> None:
        """Raise RobotsForbid where a site does not want a page fetched, or does not say it just now."""
        origin = parse_address(address).origin
        if origin not in self._known:
            self._known[origin] = self._asked(origin)
        if not self._known[origin].can_fetch(address, _NAME):
            raise RobotsForbid(_FORBIDDEN)

    def _asked(self, origin: str) -> Protego:
        into = io.BytesIO()
        try:
            self._fetcher.fetch(f"{origin}/robots.txt", into, _BOUNDS, "text/plain")
        except (SignInNeeded, DeadLink):
            return Protego.parse("")  # RFC 9309, 2.3.1.3: what answers 400 to 499 has no rules
        except FetchError as error:
            raise RobotsForbid(_UNKNOWN) from error
        return Protego.parse(into.getvalue().decode("utf-8", "replace"))
