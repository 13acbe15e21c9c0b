"""Take the files out of a mail, within bounds."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from archive.ingest.extractors import mail
from archive.ingest.extractors.archives.frames import Record, file_records
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.model.extraction import Outcome


class MailUnpacker:
    """Takes out the files attached to one mail. Parts without a name are numbered."""

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Record]:
        """Yield each file as Member, Chunks and End, then a Finish."""
        size_bytes = file.seek(0, io.SEEK_END)
        if size_bytes > limits.unpacked_max_bytes:  # what is cut off would be half a file
            yield Finish(Outcome.RESOURCE_LIMIT)
            return
        file.seek(0)
        message = mail.read_mail(file.read(size_bytes))
        for number, (name, data) in enumerate(mail.attachments(message), start=1):
            yield from file_records(name or f"{number}", data, Outcome.OK if data else Outcome.DAMAGED)
        yield Finish(Outcome.OK)
