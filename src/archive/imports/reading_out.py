"""Fetches and reads what a seminar was, by whichever source recognises it, and keeps nothing."""

import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import InputError, TooLarge
from archive.imports.fetching.fetch import PAGE_BOUNDS, PAGE_MAX_BYTES, Fetcher, require_page
from archive.imports.fetching.robots import Robots
from archive.imports.list_pages import seminar_addresses
from archive.imports.sources.base import GivenBytes, Source
from archive.model.seminar_pages.imports import ImportKind
from archive.model.seminar_pages.seminar_page import SeminarPage

ReadPage = Callable[[Path, str, str], SeminarPage]
"""Reads a page: its bytes in a file, the address that it has, and its content type as the server said it."""

_TOO_LARGE = "The file is larger than 10 MB. Give the page alone, without its pictures."
_EMPTY = "The file is empty. Give the page as a browser saves it."


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What was read of something, without anything being kept."""

    kind: ImportKind
    given: GivenBytes
    page: SeminarPage


class Reading:
    """Reads addresses and files.

    Args:
        fetcher: fetches from addresses.
        read_page: reads web pages.
        sources: what else may say what a seminar was, in the order they are asked.
        temporary: the folder for work in progress; None is the system's.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        read_page: ReadPage,
        sources: Sequence[Source],
        temporary: Path | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._read_page = read_page
        self._sources = sources
        self._temporary = temporary
        self._robots = Robots(fetcher)

    def require_allowed(self, address: str) -> None:
        """Raise RobotsForbid where a site does not want a page of a list fetched."""
        self._robots.require(address)

    def require_usable(self, address: str) -> None:
        """Raise AddressRefused for an address that is not fetched from, as far as it can be told at once."""
        self._fetcher.require_usable(address)

    def read_out(self, given: GivenBytes) -> ReadOut:
        """Read what was fetched or given, and keep nothing. Raises InputError, FetchError, FileRejected."""
        require_readable(given.body)
        source = next((one for one in self._sources if one.recognises(given)), None)
        if source is not None:
            return ReadOut(source.kind, given, source.read(given, self.fetched))
        if given.address and given.content_type:
            require_page(given.content_type, given.body)
        return ReadOut(ImportKind.PAGE, given, self._page(given))

    def fetched(self, address: str) -> GivenBytes:
        """Fetch what is at an address. Raises AddressRefused and FetchError."""
        into = io.BytesIO()
        accept = "text/html, application/xhtml+xml, application/json;q=0.9, */*;q=0.5"
        fetched = self._fetcher.fetch(address, into, PAGE_BOUNDS, accept)
        return GivenBytes(into.getvalue(), fetched.address, fetched.filename, fetched.content_type)

    def _page(self, given: GivenBytes) -> SeminarPage:
        with tempfile.NamedTemporaryFile(dir=self._temporary, suffix=".html") as file:
            file.write(given.body)
            file.flush()
            page = self._read_page(Path(file.name), given.address, given.content_type)
        return replace(page, seminar_addresses=page.seminar_addresses or seminar_addresses(page))


def require_readable(body: bytes) -> None:
    """Raise TooLarge or InputError for what is not read because there is too much of it, or nothing."""
    if len(body) > PAGE_MAX_BYTES:
        raise TooLarge(_TOO_LARGE)
    if not body.strip():
        raise InputError(_EMPTY)
