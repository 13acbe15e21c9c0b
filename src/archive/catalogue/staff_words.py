"""Whether a version's original holds what only staff may see, as far as its pages tell."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue.tables.documents import PageRow
from archive.model.pages import BlockField


def shows_staff_words(session: Session, version_id: str, fields: Collection[BlockField]) -> bool:
    """Return whether a version has a hidden page, a page that was not read whole, or words in `fields`."""
    names = {field.value for field in fields}
    rows = session.execute(
        select(PageRow.hidden, PageRow.broken, PageRow.blocks).where(PageRow.version_id == version_id)
    )
    return any(
        hidden or broken or not names.isdisjoint(packed[0] for packed in blocks)
        for hidden, broken, blocks in rows
    )
