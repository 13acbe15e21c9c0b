"""What belongs to a whole PDF: its bookmarks, the files attached to it, and its properties."""

import re
from collections.abc import Mapping
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c

from archive.ingest.extractors import left_out
from archive.ingest.extractors.pdf.pdfium.annotations import attachment_name
from archive.model.naming.phrases import real_title
from archive.model.pages import Paragraph

_BOOKMARKS_MAX = 5_000
_ATTACHMENTS_MAX = 1_000
_TOO_MANY_BOOKMARKS = f"Only the first {_BOOKMARKS_MAX:,} bookmarks were read."
_TOO_MANY_ATTACHMENTS = f"Only the first {_ATTACHMENTS_MAX:,} attached files were named."
_NAMES = {
    "Title": "title",
    "Author": "author",
    "CreationDate": "created",
    "ModDate": "modified",
    "Subject": "subject",
    "Keywords": "keywords",
    "Attachments": "attachments",
}
# D:YYYYMMDDHHmmSSOHH'mm' (ISO 32000-1, 7.9.4)
_DATE = re.compile(
    r"(?:D:)?(\d{4})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?"
    r"(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?"
)


def sections(document: Any) -> Mapping[int, tuple[Paragraph, ...]]:
    """Return the bookmarks of a pypdfium2 document by their page, from 1; on page 1 those without one."""
    titles: dict[int, list[Paragraph]] = {}
    for bookmark in left_out.up_to(document.get_toc(), _BOOKMARKS_MAX, _TOO_MANY_BOOKMARKS):
        try:
            title = " ".join(bookmark.get_title().split())
            target = bookmark.get_dest()
            index = target.get_index() if target else None
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            continue
        if title:
            titles.setdefault((index or 0) + 1, []).append(Paragraph(title, level=bookmark.level))
    return {number: tuple(paragraphs) for number, paragraphs in titles.items()}


def attachments(document: Any) -> tuple[str, ...]:
    """Return the names of the files attached to a pypdfium2 document."""
    indices = range(pdfium_c.FPDFDoc_GetAttachmentCount(document))
    listed = left_out.up_to(indices, _ATTACHMENTS_MAX, _TOO_MANY_ATTACHMENTS)
    handles = (pdfium_c.FPDFDoc_GetAttachment(document, index) for index in listed)
    return tuple(filter(None, (attachment_name(handle) for handle in handles if handle)))


def properties_of(information: Mapping[str, str]) -> dict[str, str]:
    """Return the known entries of a document information dictionary; dates as in ISO 8601."""
    properties: dict[str, str] = {}
    for source, name in _NAMES.items():
        text = information.get(source, "").strip()
        if name in ("created", "modified"):
            text = iso_date(text)
        elif name == "title":
            text = real_title(text)
        if text:
            properties[name] = text
    return properties


def iso_date(text: str) -> str:
    """Return a PDF date in ISO 8601, "" when it is none."""
    match = _DATE.match(text)
    if match is None:
        return ""
    year, month, day, hour, minute, second, zulu, offset, offset_minute = match.groups()
    date = f"{year}-{month}-{day}"
    if hour is None:
        return date
    zone = "+00:00" if zulu else f"{offset}:{offset_minute or '00'}" if offset else ""
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"
