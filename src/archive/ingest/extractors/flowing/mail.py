"""The reader of saved mails: subject, people, day and text; what is attached is taken in by itself."""

import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from typing import BinaryIO

from archive.ingest.extractors import left_out, mail
from archive.ingest.extractors.base import Extractor, Finish, ReadLimits
from archive.ingest.extractors.bounded import within_limits
from archive.ingest.extractors.flowing.html import HtmlExtractor
from archive.ingest.extractors.flowing.text import TextExtractor
from archive.model.pages import Block, BlockField, Page, Paragraph

ENGINE = "email"
_SHORTENED = "Only the beginning of the mail was read."
# Whom it was sent to in secret (Bcc) and the way it went are no words of it.
_PEOPLE = ("From", "To", "Cc")


class MailExtractor:
    """Reads mails (RFC 5322 with MIME), those forwarded in them as further pages."""

    engine = ENGINE
    fields = frozenset({BlockField.TITLE, BlockField.BODY, *HtmlExtractor.fields})

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the text in pages, each mail's first one beginning with its subject, then a Finish."""
        data = file.read(limits.unpacked_max_bytes + 1)
        message = mail.read_mail(data[: limits.unpacked_max_bytes])
        problem = _SHORTENED if len(data) > limits.unpacked_max_bytes else ""
        found = {"title": mail.field(message, "Subject"), "author": mail.people(message, "From")}
        properties = {name: value for name, value in found.items() if value}
        numbered = (replace(page, number=at) for at, page in enumerate(_pages(message, limits), start=1))
        yield from within_limits(numbered, limits, ENGINE, properties, problem)


def _pages(message: Message, limits: ReadLimits) -> Iterator[Page]:
    for each in mail.mails(message):
        head = _head(each)
        read = _body_pages(each, limits) or [Page(1)]
        yield replace(read[0], blocks=(*head, *read[0].blocks), reader=ENGINE)
        yield from (replace(page, reader=ENGINE) for page in read[1:])


def _head(message: Message) -> list[Block]:
    subject = mail.field(message, "Subject")
    lines = [mail.people(message, name) for name in _PEOPLE] + [mail.field(message, "Date")]
    blocks = [Block(BlockField.TITLE, (Paragraph(subject),))] if subject else []
    paragraphs = tuple(Paragraph(line) for line in lines if line)
    return [*blocks, Block(BlockField.BODY, paragraphs)] if paragraphs else blocks


def _body_pages(message: Message, limits: ReadLimits) -> list[Page]:
    kind, data = mail.body(message)
    reader: Extractor = HtmlExtractor() if kind == "text/html" else TextExtractor()
    pages: list[Page] = []
    for record in reader.extract(io.BytesIO(data), limits):
        if isinstance(record, Page):
            pages.append(record)
        elif record.message:
            left_out.note(record.message)
    return pages
