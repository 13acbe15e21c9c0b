"""Take the files attached to a PDF out of it: all of a portfolio, the documents among those of another."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from archive.ingest.extractors.archives.frames import Record, file_records
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.model.extraction import Outcome

_FILES_MAX = 2_000
_BROKEN = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, OverflowError)

DOCUMENT_NAME = re.compile(r"\.(?:pdf|pp[ts][xm]?|pot[xm]?|odp|key|docx?|docm|odt|rtf)\Z", re.IGNORECASE)
"""Names of attached files that are documents; others are data that belong to the PDF (invoices, fonts)."""


class AttachedUnpacker:
    """Takes out the files attached to one PDF."""

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Record]:
        """Yield each file as Member, Chunks and End, then a Finish.

        A locked or damaged PDF has none: reading the PDF itself says what is wrong.
        """
        try:
            document = pikepdf.open(file)
        except _BROKEN:
            yield Finish(Outcome.OK)
            return
        left_bytes = limits.unpacked_max_bytes
        with document:
            for name, attached in _attached(document):
                try:
                    data = attached.get_file().read_bytes()
                except _BROKEN:
                    yield from file_records(name, b"", Outcome.DAMAGED)
                    continue
                left_bytes -= len(data)
                if left_bytes < 0:
                    yield Finish(Outcome.RESOURCE_LIMIT)
                    return
                yield from file_records(name, data, Outcome.OK if data else Outcome.DAMAGED)
            is_more = len(document.attachments) > _FILES_MAX
        yield Finish(Outcome.RESOURCE_LIMIT if is_more else Outcome.OK)


def _attached(document: Any) -> Iterator[tuple[str, Any]]:
    """Yield the attached files that are to be documents, by their names without folders."""
    is_portfolio = "/Collection" in document.Root
    for number, key in enumerate(sorted(document.attachments.keys())[:_FILES_MAX], start=1):
        try:
            attached = document.attachments[key]
            name = (attached.filename or key).replace("\\", "/").rpartition("/")[2] or f"{number}"
        except _BROKEN:
            continue
        if is_portfolio or DOCUMENT_NAME.search(name):
            yield name, attached
