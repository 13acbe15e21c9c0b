"""What OCR has read in the pictures of pages, kept next to the text of their files."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import changes, naming
from archive.catalogue.block_codec import pack_blocks, pack_words, unpack_blocks
from archive.catalogue.mapping import to_page
from archive.catalogue.queue import findings
from archive.catalogue.reuse import duplicates, signatures
from archive.catalogue.tables.documents import DocumentRow, PageRow, PictureRow, VersionRow
from archive.catalogue.versions import is_newest_read
from archive.errors import NotFound
from archive.model.extraction import Outcome
from archive.model.pages import Block, BlockField, OcrReason, Page, WordBox

_OCR_FAILED = " OCR: "
"""What begins the sentence about pictures that could not be read; it is the last of a version's message."""

_ALL_BY_OCR = "All words were read in the pictures of the pages (OCR)."
NO_WORDS_SEEN = "No words were found, nor in the pictures of the pages (OCR)."


def waiting(session: Session, version_id: str) -> tuple[Page, ...]:
    """Return the pages of a version whose pictures are still to be read, in order."""
    rows = session.scalars(
        select(PageRow)
        .where(PageRow.version_id == version_id, PageRow.ocr_reason != OcrReason.NONE.value)
        .order_by(PageRow.number)
    )
    return tuple(to_page(row) for row in rows)


def waiting_versions(session: Session, version_ids: Sequence[str]) -> frozenset[str]:
    """Return which of these versions have pages whose pictures are still to be read."""
    of_version = PageRow.version_id.in_(version_ids)
    is_waiting = of_version, PageRow.ocr_reason != OcrReason.NONE.value
    return frozenset(session.scalars(select(PageRow.version_id).where(*is_waiting).distinct()))


def save(
    session: Session, version_id: str, number: int, block: Block | None, words: Sequence[WordBox], engine: str
) -> None:
    """Save what OCR read on a page: a block of its own, and the words' boxes with those of the picture.

    An earlier result is replaced; `block` None means that there were no words. Raises NotFound.
    """
    row = session.get(PageRow, (version_id, number))
    if row is None:
        raise NotFound(f"There is no page {number} in this document.")
    of_file = [kept for kept in unpack_blocks(row.blocks) if kept.field is not BlockField.OCR]
    row.blocks = pack_blocks([*of_file, *([block] if block else [])])
    row.ocr_reason = OcrReason.NONE.value
    if block:
        row.engine = f"{row.engine}, {engine}" if of_file and row.engine else engine
        row.language = row.language or block.language
    picture = session.get(PictureRow, (version_id, number))
    if picture is not None and words:
        picture.words = [*picture.words, *pack_words(words)]


def finish(session: Session, version_id: str, engine: str, problem: str = "") -> tuple[Outcome, str]:
    """Note that a version's pictures were read; that reads a document which has nothing but pictures.

    `problem` says which pictures could not be read and why, "" where all could: the version is then not
    whole. An earlier problem is forgotten. Returns the outcome and the message that are in force now. Raises
    NotFound.
    """
    row = session.get(VersionRow, version_id)
    if row is None:
        raise NotFound("There is no such version in the archive.")
    _forget_problem(row)
    languages = [language for language, blocks in _pages(session, version_id) if _has_ocr(blocks)]
    if row.category == Outcome.EMPTY_NEEDS_OCR.value and languages:
        row.category, row.message, row.engine = Outcome.OK.value, _ALL_BY_OCR, engine
        document = session.get_one(DocumentRow, row.document_id)
        document.language = document.language or Counter(languages).most_common(1)[0][0]
    elif row.category == Outcome.EMPTY_NEEDS_OCR.value and not waiting(session, version_id):
        row.message = NO_WORDS_SEEN
    if problem:
        row.message = f"{row.message}{_OCR_FAILED}{problem}".lstrip()
        if row.category == Outcome.OK.value:
            row.category = Outcome.OK_PARTIAL.value
    if languages:
        if is_newest_read(session, row):
            naming.name_anew(session, session.get_one(DocumentRow, row.document_id), row)
        changes.record(session, row.document_id)
        duplicates.forget(session, version_id)
        signatures.forget(session, version_id)
        findings.forget(session, version_id)
    return Outcome(row.category or Outcome.CRASH.value), row.message


def _forget_problem(row: VersionRow) -> None:
    """Take the sentence about pictures off a version; without it a version that is not whole says why."""
    message, mark, _ = f" {row.message}".partition(_OCR_FAILED)
    row.message = message.lstrip()
    is_whole = row.message in ("", _ALL_BY_OCR)
    if mark and is_whole and row.category == Outcome.OK_PARTIAL.value:
        row.category = Outcome.OK.value


def _pages(session: Session, version_id: str) -> Sequence[tuple[str, list[Any]]]:
    rows = session.execute(select(PageRow.language, PageRow.blocks).where(PageRow.version_id == version_id))
    return [(language, blocks) for language, blocks in rows]


def _has_ocr(packed_blocks: list[Any]) -> bool:
    return any(block[0] == BlockField.OCR.value for block in packed_blocks)
