"""Running an extractor in the test's own process."""

import io

from archive.ingest.extractors.base import Extractor, Finish, ReadLimits
from archive.model.pages import BlockField, Page

LIMITS = ReadLimits(pages_max=1000, page_text_max_chars=100_000)


def read(extractor: Extractor, data: bytes, limits: ReadLimits = LIMITS) -> tuple[list[Page], Finish]:
    """Return the pages and the Finish, which must be the one and last."""
    records = list(extractor.extract(io.BytesIO(data), limits))
    pages = [record for record in records[:-1] if isinstance(record, Page)]
    finish = records[-1]
    assert isinstance(finish, Finish)
    assert len(pages) == len(records) - 1
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    return pages, finish


def texts(page: Page, field: BlockField) -> list[str]:
    """Return the texts of the page's blocks of one field."""
    return [block.text for block in page.blocks if block.field is field]
