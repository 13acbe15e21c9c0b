"""Fetches and reads what a seminar was, by whichever source recognises it, and keeps nothing.

A page may lead to pages of single seminars. They are siblings: they have an address in common but for its
last part, and what stands at most of their links is a day, a year or a word for a seminar.
"""

import io
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from archive.errors import InputError, TooLarge
from archive.imports.fetching.fetch import PAGE_BOUNDS, PAGE_MAX_BYTES, Fetcher, Robots, require_page
from archive.imports.sources.base import GivenBytes, Source
from archive.model.seminar_pages.imports import ImportKind
from archive.model.seminar_pages.seminar_page import SeminarPage

ReadPage = Callable[[Path, str, str], SeminarPage]
"""Reads a page: its bytes in a file, the address that it has, and its content type as the server said it."""

_TOO_LARGE = "The file is larger than 10 MB. Give the page alone, without its pictures."
_EMPTY = "The file is empty. Give the page as a browser saves it."

_TALKS_OF_A_SEMINAR = 2
"""A page with so many talks of one event is that event's own page, whatever else it leads to."""
_SIBLINGS_MIN = 3
_SHARE_MIN = 0.6
_ADDRESSES_MAX = 200
_SAYS_SEMINAR = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[ /.]\s?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec|may|oct)"
    r"|semin?ari|konferens|workshop|webbin|webin|symposi|frukost|årsmöte|temadag|studieresa|conference",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(?:pdf|pptx?|odp|key|docx?|xlsx?|zip|jpe?g|png|gif|svg|mp[34]|ics|css|js|xml)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What was read of something, without anything being kept."""

    kind: ImportKind
    given: GivenBytes
    page: SeminarPage


class ImportReading:
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


def seminar_addresses(page: SeminarPage) -> tuple[str, ...]:
    """Return the addresses of single seminars that a page leads to, in its order; () where it is no list."""
    if any(len(event.talks) >= _TALKS_OF_A_SEMINAR for event in page.events):
        return ()
    here = urlsplit(page.address)
    siblings: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for block in page.blocks:
        for link in block.links:
            parts = urlsplit(link.address)
            folder, _, name = parts.path.rstrip("/").rpartition("/")
            is_elsewhere = parts.netloc != here.netloc or parts.scheme not in ("http", "https")
            if is_elsewhere or not name or _FILES.search(parts.path) or parts.path == here.path:
                continue
            address = urlunsplit(parts._replace(fragment=""))
            words = f"{block.text} {name.replace('-', ' ')}"
            known = siblings[f"{folder}/"]
            known[address] = known.get(address, False) or _SAYS_SEMINAR.search(words) is not None
    lists = [found for found in siblings.values() if _is_list(found)]
    if not lists:
        return ()
    longest = max(lists, key=lambda found: sum(found.values()))
    return tuple(longest)[:_ADDRESSES_MAX]


def _is_list(found: dict[str, bool]) -> bool:
    return len(found) >= _SIBLINGS_MIN and sum(found.values()) >= _SHARE_MIN * len(found)
