"""Outlines of pages, made in this process: what a confined child would answer, through the same checks."""

import io

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.webpage.reader import WebPageReader
from archive.ingest.extractors.webpage.records import encode
from archive.ingest.framing import PREFIX
from archive.ingest.reading.web_page import decode
from archive.model.seminar_pages.page_outline import PageOutline

LIMITS = ReadLimits(pages_max=20_000, page_text_max_chars=1_000_000)


def frames_of(data: bytes, content_type: str = "") -> list[bytes]:
    """Return the bodies of the frames that a reader answers with."""
    records = WebPageReader(content_type).extract(io.BytesIO(data), LIMITS)
    return [encode(record, 0)[PREFIX.size :] for record in records]


def outline_of(
    data: bytes, address: str = "https://forening.example.se/a/b/", content_type: str = ""
) -> PageOutline:
    """Return the outline of a page."""
    return decode(iter(frames_of(data, content_type)), address)


def html(body: str, head: str = "") -> bytes:
    """Return a page in UTF-8."""
    start = f"<!DOCTYPE html><html lang=sv><head><meta charset=utf-8>{head}</head>"
    return f"{start}<body>{body}</body></html>".encode()
