"""Files that a Word document takes in as they are (`w:altChunk`, ECMA-376 part 1, 17.17.2.1).

Programs that make documents from templates write them; Word replaces them by their text when it saves.
"""

import email
import email.policy
import io
from collections.abc import Iterator

from archive.errors import FileRejected
from archive.ingest.extractors import left_out
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.flowing.html import HtmlExtractor
from archive.ingest.extractors.ooxml.markup import child
from archive.ingest.extractors.ooxml.package import DocumentPackage, PackageBounds
from archive.ingest.extractors.ooxml.relations import relations_of
from archive.ingest.extractors.ooxml.word_text import lines_of
from archive.ingest.filetypes.plain_text import encoding_of, is_html, is_text
from archive.model.extraction import Outcome
from archive.model.pages import BlockField

_ZIP_MAGIC = b"PK\x03\x04"
_HEAD_BYTES = 64 * 1024
_MAIN_PART = "word/document.xml"
_PAGES_MAX, _PAGE_CHARS = 1_000, 1_000_000
_NOT_WHOLE = "A web page in the document was not read whole."
_UNSHOWN = frozenset({BlockField.LINK, BlockField.NOTES})


def chunk_lines(data: bytes, bounds: PackageBounds) -> list[str] | None:
    """Return the lines of a file inside a document: HTML, a saved web page, text or Word; None for others.

    What a Word file in it unpacks to counts against `bounds`; raises FileRejected when that is too much.
    """
    head = data[:_HEAD_BYTES]
    if head.startswith(_ZIP_MAGIC):
        return _lines_of_document(data, bounds)
    if head.lstrip()[:5].lower() == b"mime-":
        data = _shown_part(data)
        head = data[:_HEAD_BYTES]
    if not is_text(head) or head.lstrip().startswith(b"{\\rtf"):
        return None
    if is_html(head) or head.lstrip().startswith(b"<"):
        return list(_lines_of_page(data))
    text = data.decode(encoding_of(head), "replace")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _lines_of_document(data: bytes, bounds: PackageBounds) -> list[str] | None:
    try:
        package = DocumentPackage(io.BytesIO(data), bounds.left_bytes)
        name = relations_of(package, "").first("officeDocument") or _MAIN_PART
        root = package.tree(name if name in package else _MAIN_PART)
    except FileRejected:
        return None
    bounds.take(bounds.left_bytes - package.bounds.left_bytes)
    body = None if root is None else child(root, "body")
    return None if body is None else [line.strip() for line in lines_of(body)]


def _shown_part(data: bytes) -> bytes:
    """Return the web page, else the text, of a page saved with its pictures (MHTML, RFC 2557)."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    parts.sort(key=lambda part: part.get_content_subtype() != "html")
    content = parts[0].get_payload(decode=True) if parts else b""
    return content if isinstance(content, bytes) else b""


def _lines_of_page(data: bytes) -> Iterator[str]:
    limits = ReadLimits(_PAGES_MAX, _PAGE_CHARS)
    for record in HtmlExtractor().extract(io.BytesIO(data), limits):
        if isinstance(record, Finish):
            _note(record)
            continue
        for block in record.blocks:
            if block.field not in _UNSHOWN:
                yield from block.text.splitlines()


def _note(finish: Finish) -> None:
    if finish.category is not Outcome.OK:
        left_out.note(_NOT_WHOLE)
