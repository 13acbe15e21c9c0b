"""What staff do with an import: read an address or a file, at once or as a job; take a list's seminars."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.imports.current import current_draft
from archive.catalogue.imports.imports import add_import, find_import, read_again, same_source
from archive.catalogue.imports.links import queue_pages
from archive.catalogue.imports.readings import finish_reading, note_reads, queue_reading
from archive.errors import InputError
from archive.imports.drafting import draft_of, staffs_words
from archive.imports.merging import merged_draft
from archive.imports.reading_out import ImportReading, ReadOut, require_readable
from archive.imports.sources.base import GivenBytes
from archive.model.seminar_pages.imports import GivenSource, PageReading, SeminarImport
from archive.model.seminar_pages.seminar_draft import KeptField, SeminarDraft
from archive.model.seminar_pages.seminar_page import SeminarPage
from archive.store.store import Store

_PAGES_MAX = 200
_NO_LIST = "The page does not lead to any seminars. Give the address of one."


class Importing:
    """Reads what seminars were.

    Args:
        database: where imports are kept.
        originals: where the bytes are kept that were read.
        reading: fetches and reads.
    """

    def __init__(self, database: Database, originals: Store, reading: ImportReading) -> None:
        self._database = database
        self._originals = originals
        self._reading = reading

    def read_address(self, address: str, actor: str, of_list: bool = False) -> str:
        """Fetch and read what is at an address; return the import's identifier.

        The same address again is the same import. `of_list`: only where the site lets programs fetch it.
        Raises AddressRefused, FetchError, InputError and FileRejected.
        """
        if of_list:
            self._reading.require_allowed(address)
        return self._kept(self._reading.read_out(self._reading.fetched(address)), actor)

    def read_file(self, given: GivenBytes, actor: str) -> str:
        """Read a file that staff give; return the import's identifier. Raises as `read_address`."""
        return self._kept(self._reading.read_out(given), actor)

    def queue_address(self, address: str, actor: str) -> str:
        """Have an address fetched and read; return the reading's identifier. Raises AddressRefused."""
        self._reading.require_usable(address)
        with self._database.write() as session:
            return queue_reading(session, address.strip(), actor)

    def queue_file(self, given: GivenBytes, actor: str) -> str:
        """Have a file read; return the reading's identifier. Raises InputError and TooLarge."""
        require_readable(given.body)
        with self._database.write() as session:
            return queue_reading(
                session, given.address, actor, given.body, given.filename, given.content_type
            )

    def read_queued(self, reading: PageReading) -> bool:
        """Fetch and read what was queued and is leased; return False where the lease was lost.

        The import and the end of the reading are one transaction. Raises as `read_address`.
        """
        if reading.body is None:
            given = self._reading.fetched(reading.address)
            with self._database.write() as session:
                if not note_reads(session, reading):
                    return False
        else:
            given = GivenBytes(reading.body, reading.address, reading.filename, reading.content_type)
        out = self._reading.read_out(given)
        source = self._stored(out)
        with self._database.write() as session:
            if not note_reads(session, reading):
                return False
            return finish_reading(session, reading, _keep(session, source, out.page, reading.login))

    def take_list(self, import_id: str, addresses: Sequence[str]) -> int:
        """Have the seminars that a page leads to fetched; return how many. Raises NotFound and InputError."""
        with self._database.write() as session:
            known = find_import(session, import_id).page.seminar_addresses
            wanted = [address for address in known if not addresses or address in addresses]
            if not wanted:
                raise InputError(_NO_LIST)
            return queue_pages(session, import_id, wanted[:_PAGES_MAX])

    def _kept(self, out: ReadOut, actor: str) -> str:
        source = self._stored(out)
        with self._database.write() as session:
            return _keep(session, source, out.page, actor)

    def _stored(self, out: ReadOut) -> GivenSource:
        """Store the bytes that something was read from."""
        stored = self._originals.put_bytes(out.given.body)
        content_type = out.given.content_type or "text/html"
        return GivenSource(
            out.kind, out.given.address, out.given.filename, stored.sha256, stored.size_bytes, content_type
        )


def _keep(session: Session, source: GivenSource, page: SeminarPage, actor: str) -> str:
    """Keep what was read: as a new import, or as what a known one now says."""
    known = same_source(session, source)
    if known is None:
        return add_import(session, source, page, draft_of(page), actor)
    draft, kept = draft_now(known, page, lambda draft: current_draft(session, draft))
    read_again(session, known.id, source, page, draft, kept, actor)
    return known.id


def draft_now(
    known: SeminarImport, page: SeminarPage, current: Callable[[SeminarDraft], SeminarDraft]
) -> tuple[SeminarDraft, tuple[KeptField, ...]]:
    """Return the draft of an import that is read once more, and in which fields staff's word stays.

    What staff have of it is compared with what was read before: its draft and, where it is published, what
    they have changed in the records since.
    """
    read, before = draft_of(page), draft_of(known.page)
    if known.published is None:
        return (known.draft if before == read else merged_draft(before, known.draft, read)[0]), ()
    words = staffs_words(before, known.published, current(known.published), known.draft)
    draft, kept = merged_draft(before, words, read)
    return replace(draft, accepted=known.draft.accepted if before == read else ()), kept
