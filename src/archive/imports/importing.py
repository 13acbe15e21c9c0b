"""What staff do with an import: read an address or a file, read it again, take a list's seminars."""

import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue.database.database import Database
from archive.catalogue.imports.current import current_draft
from archive.catalogue.imports.imports import add_import, find_import, read_again, same_source
from archive.catalogue.imports.links import queue_pages
from archive.errors import InputError, TooLarge
from archive.imports.drafting import draft_of
from archive.imports.fetching.fetch import PAGE_BOUNDS, PAGE_MAX_BYTES, Fetcher, require_page
from archive.imports.fetching.robots import Robots
from archive.imports.merging import merged
from archive.imports.sources.base import GivenBytes, Source
from archive.model.imports import GivenSource, ImportKind, SeminarImport
from archive.model.seminar_draft import KeptField, SeminarDraft
from archive.model.seminar_page import SeminarPage
from archive.store import Store

ReadPage = Callable[[Path, str, str], SeminarPage]
"""Reads a page: its bytes in a file, the address that it has, and its content type as the server said it."""

_PAGES_MAX = 200
_NO_LIST = "The page does not lead to any seminars. Give the address of one."
_TOO_LARGE = "The file is larger than 10 MB. Give the page alone, without its pictures."
_EMPTY = "The file is empty. Give the page as a browser saves it."


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What was read of something, without anything being kept."""

    kind: ImportKind
    given: GivenBytes
    page: SeminarPage


class Importing:
    """Reads what seminars were.

    Args:
        database: where imports are kept.
        originals: where the bytes are kept that were read.
        fetcher: fetches from addresses.
        read_page: reads web pages.
        sources: what else may say what a seminar was, in the order they are asked.
        temporary: the folder for work in progress.
    """

    def __init__(
        self,
        database: Database,
        originals: Store,
        fetcher: Fetcher,
        read_page: ReadPage,
        sources: Sequence[Source],
        temporary: Path,
    ) -> None:
        self._database = database
        self._originals = originals
        self._fetcher = fetcher
        self._read_page = read_page
        self._sources = sources
        self._temporary = temporary
        self._robots = Robots(fetcher)

    def read_address(self, address: str, actor: str, of_list: bool = False) -> str:
        """Fetch and read what is at an address; return the import's identifier.

        The same address again is the same import. `of_list`: only where the site lets programs fetch it.
        Raises AddressRefused, FetchError, InputError and FileRejected.
        """
        if of_list:
            self._robots.require(address)
        return self._kept(self.read_out(self.fetched(address)), actor)

    def read_file(self, given: GivenBytes, actor: str) -> str:
        """Read a file that staff give; return the import's identifier. Raises as `read_address`."""
        return self._kept(self.read_out(given), actor)

    def read_out(self, given: GivenBytes) -> ReadOut:
        """Read what was fetched or given, and keep nothing. Raises as `read_address`."""
        if len(given.body) > PAGE_MAX_BYTES:
            raise TooLarge(_TOO_LARGE)
        if not given.body.strip():
            raise InputError(_EMPTY)
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

    def take_list(self, import_id: str, addresses: Sequence[str]) -> int:
        """Have the seminars that a page leads to fetched; return how many. Raises NotFound and InputError."""
        with self._database.write() as session:
            known = find_import(session, import_id).page.seminar_addresses
            wanted = [address for address in known if not addresses or address in addresses]
            if not wanted:
                raise InputError(_NO_LIST)
            return queue_pages(session, import_id, wanted[:_PAGES_MAX])

    def _page(self, given: GivenBytes) -> SeminarPage:
        with tempfile.NamedTemporaryFile(dir=self._temporary, suffix=".html") as file:
            file.write(given.body)
            file.flush()
            return self._read_page(Path(file.name), given.address, given.content_type)

    def _kept(self, out: ReadOut, actor: str) -> str:
        """Keep what was read: as a new import, or as what a known one now says."""
        stored = self._originals.put_bytes(out.given.body)
        content_type = out.given.content_type or "text/html"
        source = GivenSource(
            out.kind, out.given.address, out.given.filename, stored.sha256, stored.size_bytes, content_type
        )
        with self._database.write() as session:
            known = same_source(session, source)
            if known is None:
                return add_import(session, source, out.page, draft_of(out.page), actor)
            draft, kept = draft_now(known, out.page, lambda draft: current_draft(session, draft))
            read_again(session, known.id, source, out.page, draft, kept, actor)
            return known.id


def draft_now(
    known: SeminarImport, page: SeminarPage, current: Callable[[SeminarDraft], SeminarDraft]
) -> tuple[SeminarDraft, tuple[KeptField, ...]]:
    """Return the draft of an import that is read once more, and in which fields staff's word stays.

    What was published is compared with the records as they are now. Where nothing is, staff's changes of the
    draft are compared with what was read before.
    """
    read = draft_of(page)
    if known.published is not None:
        return merged(known.published, current(known.published), read)
    before = draft_of(known.page)
    if before == read:
        return known.draft, ()
    return read, ()
