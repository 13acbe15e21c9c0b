"""Look documents through for the review queue: personal data on their pages, and older documents alike.

What is found is kept (`catalogue/queue/findings.py`), so that the queue is counted without reading a page.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.catalogue import pages
from archive.catalogue.database.database import Database
from archive.catalogue.queue import findings
from archive.model.documents import Version
from archive.model.pages import Page
from archive.model.review_queue import PageFinding
from archive.review.near_duplicates import near_duplicates, sketch_missing
from archive.review.warnings import WarningKind, warnings_of

SCHEME = 1
"""The version of the rules here: what was looked through by others is looked through again."""

_SKETCHES_AT_MOST = 100
_PERSONAL = (WarningKind.PERSONAL_NUMBER, WarningKind.EMAIL_ADDRESS, WarningKind.PHONE_NUMBER)


def look_through(database: Database, at_most: int) -> int:
    """Look through up to `at_most` documents that nobody has looked through; return how many it were."""
    with database.read() as session:
        waiting = findings.unseen(session, SCHEME, at_most)
    if not waiting:
        return 0
    sketch_missing(database, _SKETCHES_AT_MOST)
    for document_id, version_id in waiting:
        with database.read() as session:
            near = near_duplicates(session, document_id, version_id)
        alike = [one.record.document.id for one in near]
        with database.write() as session:  # the words are read here, so that no new reading comes between
            version, _ = pages.version(session, version_id)
            found = personal_data(version, pages.pages(session, version_id))
            findings.save(session, document_id, version_id, SCHEME, found, alike)
    return len(waiting)


def personal_data(version: Version, read: Sequence[Page]) -> tuple[PageFinding, ...]:
    """Return the pages with personal data that anybody can read, as if none of them were hidden."""
    shown = [replace(page, hidden=False) for page in read]
    counted: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for warning in _of_persons(version, shown):
        counted[warning[0]][warning[1]] += warning[2]
    return tuple(PageFinding(number, *counted[number]) for number in sorted(counted))


def _of_persons(version: Version, read: Sequence[Page]) -> Iterable[tuple[int, int, int]]:
    for warning in warnings_of(version, read):
        if warning.kind in _PERSONAL and not warning.is_for_staff:
            is_contact = int(warning.kind is not WarningKind.PERSONAL_NUMBER)
            yield warning.page_number or 0, is_contact, warning.count
