"""Make a PDF of some pages of another, with nothing of the rest: the slides that a visitor may see."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import pikepdf

from archive.ingest.extractors.archives.frames import Record, only_file
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.pdf.cut import FAILURES, pages_alone
from archive.model.extraction import Outcome
from archive.model.pages import WordBox

_NAME = "document.pdf"


class PageSelector:
    """Makes a PDF of the pages that the options name: `{"0": 1, "1": 3}` are pages 1 and 3."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[Record]:
        """Yield the new file as Member, Chunks and End, then a Finish."""
        del words
        numbers = [options[key] for key in sorted(options, key=int)]
        try:
            with pikepdf.open(file, password=limits.password) as source:
                count = min(len(source.pages), limits.pages_max)
                if not all(1 <= number <= count for number in numbers):
                    yield Finish(Outcome.DAMAGED)
                    return
                data = pages_alone(source, [source.pages[number - 1] for number in numbers])
        except pikepdf.PasswordError:
            yield Finish(Outcome.PASSWORD)
            return
        except FAILURES:
            yield Finish(Outcome.DAMAGED)
            return
        yield from only_file(_NAME, data)
