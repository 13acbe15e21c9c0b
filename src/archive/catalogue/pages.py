"""The pages of a version: their words and their pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from archive.catalogue import changes, naming
from archive.catalogue.block_codec import pack_blocks, pack_words, unpack_texts
from archive.catalogue.hidden_pages import with_choices
from archive.catalogue.mapping import picture_columns, to_page, to_picture, to_version
from archive.catalogue.queue import findings
from archive.catalogue.tables.documents import DocumentRow, OriginalRow, PageRow, PictureRow, VersionRow
from archive.catalogue.versions import is_newest_read
from archive.catalogue.visibility import page_visible
from archive.errors import NotFound
from archive.model.documents import Version
from archive.model.extraction import Extraction
from archive.model.pages import BlockField, Page, Picture
from archive.model.tidying import mended
from archive.model.visibility import Visibility

_PAGE, _PICTURE = PageRow.__table__, PictureRow.__table__
_REFS_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class PageTexts:
    """The words of a page: field, text and language ("sv", "en", "" as the page) of each block."""

    hidden: bool
    language: str
    blocks: tuple[tuple[BlockField, str, str], ...]

    @property
    def title(self) -> str:
        """Return the page's title as it is shown, on one line, or ""."""
        return mended(next((text for field, text, _ in self.blocks if field is BlockField.TITLE), ""))


def save_extraction(
    session: Session, version_id: str, extraction: Extraction, language: str, media_type: str
) -> None:
    """Save what was read from a version's original, in place of an earlier reading.

    The document takes its language, its file's date, and its title where none was given, from the newest
    version that was read. `media_type` "" leaves the original's as it is. Raises NotFound. Jobs are left to
    the caller.
    """
    row = _version_row(session, version_id)
    session.execute(delete(PageRow).where(PageRow.version_id == version_id))
    findings.forget(session, version_id)
    read = with_choices(session, row.document_id, extraction.pages)
    if read:
        session.execute(insert(PageRow), [_page_values(version_id, page) for page in read])
    row.category = extraction.category.value
    row.message = extraction.message
    row.engine = extraction.engine
    row.page_count = len(extraction.pages)
    row.properties = dict(extraction.properties)
    original = session.get_one(OriginalRow, row.sha256)
    original.media_type = media_type or original.media_type
    document = session.get_one(DocumentRow, row.document_id)
    if is_newest_read(session, row):
        if not document.language_is_given:
            document.language = language
        document.naming = naming.RULES
        naming.name(session, document, row, read)
    # The index still has the pages of an older version: leave them out until it has followed.
    changes.record(session, row.document_id, hides=row.number > 1)


def version(session: Session, version_id: str) -> tuple[Version, str]:
    """Return a version and its document's identifier. Raises NotFound."""
    row = _version_row(session, version_id)
    return to_version(row, session.get_one(OriginalRow, row.sha256)), row.document_id


def pages(session: Session, version_id: str) -> tuple[Page, ...]:
    """Return all pages of a version in order."""
    rows = session.scalars(select(PageRow).where(PageRow.version_id == version_id).order_by(PageRow.number))
    return tuple(to_page(row) for row in rows)


def numbers(session: Session, version_id: str, visitor: Visibility) -> tuple[int, ...]:
    """Return the numbers of those of a version's pages that a visitor may see, in order."""
    statement = select(PageRow.number).where(PageRow.version_id == version_id, page_visible(visitor))
    return tuple(session.scalars(statement.order_by(PageRow.number)))


def counts(session: Session, version_ids: Sequence[str], visitor: Visibility) -> dict[str, int]:
    """Return how many pages of versions a visitor may see, by version; those without any are left out."""
    session.flush()
    return dict(session.connection().execute(_visible_counts(visitor), {"keys": list(version_ids)}).all())


@cache
def _visible_counts(visitor: Visibility) -> Select[str, int]:
    wanted = _PAGE.c.version_id.in_(bindparam("keys", expanding=True)), page_visible(visitor)
    return select(_PAGE.c.version_id, func.count()).where(*wanted).group_by(_PAGE.c.version_id)


def page(session: Session, version_id: str, number: int) -> Page:
    """Return one page. Raises NotFound."""
    row = session.get(PageRow, (version_id, number))
    if row is None:
        raise NotFound(f"There is no page {number} in this document.")
    return to_page(row)


def pages_at(session: Session, refs: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Page]:
    """Return the pages at (version, number); missing ones are left out."""
    return {(row.version_id, row.number): to_page(row) for row in _rows_at(session, _PAGE, refs)}


def texts(session: Session, version_id: str) -> dict[int, PageTexts]:
    """Return the words of all pages of a version by number: what `pages` gives, several times faster."""
    wanted = select(_PAGE.c.number, _PAGE.c.hidden, _PAGE.c.language, _PAGE.c.blocks)
    statement = wanted.where(_PAGE.c.version_id == version_id).order_by(_PAGE.c.number)
    return {
        number: PageTexts(hidden, language, unpack_texts(packed))
        for number, hidden, language, packed in session.connection().execute(statement)
    }


def texts_at(session: Session, refs: Sequence[tuple[str, int]]) -> dict[tuple[str, int], PageTexts]:
    """Return the words of the pages at (version, number): what `pages_at` gives, several times faster."""
    return dict(each_text(session, refs))


def each_text(
    session: Session, refs: Sequence[tuple[str, int]]
) -> Iterator[tuple[tuple[str, int], PageTexts]]:
    """Yield what `texts_at` returns, and read no more of it than is taken."""
    wanted = (_PAGE.c.version_id, _PAGE.c.number, _PAGE.c.hidden, _PAGE.c.language, _PAGE.c.blocks)
    for version_id, number, hidden, language, packed in _rows_at(session, _PAGE, refs, wanted):
        yield (version_id, number), PageTexts(hidden, language, unpack_texts(packed))


def save_picture(session: Session, version_id: str, picture: Picture) -> None:
    """Save the picture of a page, in place of an earlier one."""
    session.merge(
        PictureRow(
            version_id=version_id,
            number=picture.number,
            width_pt=picture.width_pt,
            height_pt=picture.height_pt,
            width_px=picture.width_px,
            height_px=picture.height_px,
            large_sha256=picture.large_sha256,
            small_sha256=picture.small_sha256,
            words=pack_words(picture.words),
        )
    )


def finish_pictures(session: Session, version_id: str, message: str = "", drawn_sha256: str = "") -> None:
    """Note that the pictures are done, or with `message` why they failed. Raises NotFound.

    `drawn_sha256` names the PDF in the pictures' store that they were drawn from, "" for the original itself.
    """
    row = _version_row(session, version_id)
    row.drawn_sha256 = drawn_sha256
    row.pictures_done = True
    row.picture_message = message


def picture(session: Session, version_id: str, number: int) -> Picture | None:
    """Return the picture of a page, or None where there is none yet."""
    row = session.get(PictureRow, (version_id, number))
    return None if row is None else to_picture(row)


def pictures(session: Session, version_id: str, numbers: Sequence[int] | None = None) -> dict[int, Picture]:
    """Return the pictures of a version by page number: all, or those of `numbers`."""
    statement = select(PictureRow).where(PictureRow.version_id == version_id).order_by(PictureRow.number)
    if numbers is not None:
        statement = statement.where(PictureRow.number.in_(numbers))
    return {row.number: to_picture(row) for row in session.scalars(statement)}


def pictures_at(
    session: Session, refs: Sequence[tuple[str, int]], words_max: int | None = None
) -> dict[tuple[str, int], Picture]:
    """Return the pictures of the pages at (version, number) that have one.

    `words_max`: how many words of each are read, None for all.
    """
    rows = _rows_at(session, _PICTURE, refs, picture_columns(words_max))
    return {(row.version_id, row.number): to_picture(row, words_max) for row in rows}


def _version_row(session: Session, version_id: str) -> VersionRow:
    row = session.get(VersionRow, version_id)
    if row is None:
        raise NotFound("There is no such version in the archive.")
    return row


def _page_values(version_id: str, page: Page) -> dict[str, object]:
    return {
        "version_id": version_id,
        "number": page.number,
        "hidden": page.hidden,
        "language": page.language,
        "engine": page.reader,
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "broken": page.broken,
        "ocr_reason": page.ocr_reason.value,
        "blocks": pack_blocks(page.blocks),
    }


def _rows_at(
    session: Session,
    table: FromClause,
    refs: Sequence[tuple[str, int]],
    columns: tuple[ColumnElement[Any], ...] = (),
) -> Iterator[Any]:
    """Yield `columns` of the rows at (version, number), or all of them; one query reads up to 500."""
    session.flush()  # plain queries see only what has been written
    for start in range(0, len(refs), _REFS_A_QUERY):
        numbers: dict[str, list[int]] = {}
        for version_id, number in refs[start : start + _REFS_A_QUERY]:
            numbers.setdefault(version_id, []).append(number)
        keys: dict[str, Any] = {f"version_{index}": version for index, version in enumerate(numbers)}
        keys |= {f"numbers_{index}": wanted for index, wanted in enumerate(numbers.values())}
        yield from session.connection().execute(query_at(table, columns, len(numbers)), keys)


@lru_cache(maxsize=200)
def query_at(
    table: FromClause, columns: tuple[ColumnElement[Any], ...], version_count: int
) -> Select[*tuple[Any, ...]]:
    """Return the query with the parameters `version_0`, `numbers_0` and so on.

    It has one term a version: SQLite then searches by key, where a list of pairs makes it read every page.
    """
    terms = (
        and_(
            table.c.version_id == bindparam(f"version_{index}"),
            table.c.number.in_(bindparam(f"numbers_{index}", expanding=True)),
        )
        for index in range(version_count)
    )
    return select(*(columns or table.c)).where(or_(*terms))
