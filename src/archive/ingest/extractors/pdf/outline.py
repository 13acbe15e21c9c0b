"""What belongs to a whole PDF: its bookmarks and the files attached to it."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from archive.ingest.extractors.pdf.annotations import attachment_name
from archive.model.pages import Paragraph

_BOOKMARKS_MAX = 5_000
_ATTACHMENTS_MAX = 1_000


def sections(document: Any) -> Mapping[int, tuple[Paragraph, ...]]:
    """Return the bookmarks of a pypdfium2 document by their page, from 1; on page 1 those without one."""
    found: dict[int, list[Paragraph]] = {}
    for bookmark in islice(document.get_toc(), _BOOKMARKS_MAX):
        try:
            title = " ".join(bookmark.get_title().split())
            target = bookmark.get_dest()
            index = target.get_index() if target else None
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            continue
        if title:
            found.setdefault((index or 0) + 1, []).append(Paragraph(title, level=bookmark.level))
    return {number: tuple(paragraphs) for number, paragraphs in found.items()}


def attachments(document: Any) -> tuple[str, ...]:
    """Return the names of the files attached to a pypdfium2 document."""
    count = min(pdfium_c.FPDFDoc_GetAttachmentCount(document), _ATTACHMENTS_MAX)
    handles = (pdfium_c.FPDFDoc_GetAttachment(document, index) for index in range(count))
    return tuple(filter(None, (attachment_name(handle) for handle in handles if handle)))
