"""The files of a version without a person: covered pictures, and a PDF of them in place of the original.

Where a version has no pictures of all its pages, its words as plain text take the original's place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from archive.app import Archive
from archive.catalogue import pages
from archive.catalogue.erasing.places import Slides
from archive.catalogue.erasing.rewriting import NewFiles, NewPicture
from archive.erasing.names import MARK, ErasedNames
from archive.errors import NotFound
from archive.ingest.filetypes.media_types import PDF, TEXT
from archive.ingest.reading.redaction import RedactedPage, redact
from archive.model.documents import Original, Version
from archive.model.pages import Block, BlockField, Page, Paragraph, Picture, WordBox

_UNSEEN: Final = frozenset(
    {
        BlockField.NOTES,
        BlockField.COMMENT,
        BlockField.ALT_TEXT,
        BlockField.LINK,
        BlockField.EMBEDDED,
        BlockField.SECTION,
    }
)
"""Fields whose words are not in a page's picture."""
_BREAK: Final = "\n\n"


def redacted(archive: Archive, version_id: str, names: ErasedNames, only: Slides | None) -> NewFiles:
    """Make what takes the place of a version's files. Nothing refers to it yet.

    Raises PictureError, PartMissing, NotFound and StorageError; then nothing was changed.
    """
    with archive.database.read() as session:
        version, document_id = pages.version(session, version_id)
        read, pictures = pages.pages(session, version_id), pages.pictures(session, version_id)
    lost = {number: one for number, one in pictures.items() if not _is_there(archive, one)}
    pictures = {number: one for number, one in pictures.items() if number not in lost}
    chosen = {page.number for page in read if only is None or (document_id, page.number) in only}
    made: dict[int, tuple[str, str]] = {}
    plans = {
        number: _plan(
            archive, picture, _page_at(read, number), names if number in chosen else ErasedNames(())
        )
        for number, picture in pictures.items()
    }
    is_whole = bool(read) and all(page.number in pictures for page in read)
    original = None
    if is_whole or any(plan.is_changed for plan in plans.values()):
        copy = redact(list(plans.values()), archive.originals, archive.pictures, archive.settings)
        made, original = copy.pictures, Original(copy.sha256, copy.size_bytes, PDF)
    if original is None or not is_whole:
        if original is not None:  # a PDF of some pages is not the document
            archive.originals.remove(original.sha256)
        shown = [without(page, names) if page.number in chosen else page for page in read]
        original = _as_text(archive, shown)
    new_pictures = tuple(
        NewPicture(number, *sha256, plans[number].words) for number, sha256 in sorted(made.items())
    )
    new_pictures += tuple(
        NewPicture(number, one.large_sha256, one.small_sha256, _words_left(one.words, names))
        for number, one in lost.items()
        if number in chosen
    )
    return NewFiles(version.id, original, _filename(version, names, original), new_pictures)


def without(page: Page, names: ErasedNames) -> Page:
    """Return a page without a person's words."""
    blocks = tuple(
        replace(
            block,
            paragraphs=tuple(
                Paragraph(names.masked(one.text), one.level, one.bullet) for one in block.paragraphs
            ),
            rows=tuple(tuple(names.masked(cell) for cell in row) for row in block.rows),
        )
        for block in page.blocks
    )
    return replace(page, blocks=blocks)


def _plan(archive: Archive, picture: Picture, page: Page | None, names: ErasedNames) -> RedactedPage:
    """Say what of a page's picture is covered: boxes, or all of it where words have no box."""
    groups = boxes_of(picture.words, names)
    covered = {index for group in groups for index in group}
    is_covered = page is not None and _seen(page.blocks, names) > len(groups)
    return RedactedPage(
        number=picture.number,
        picture=archive.pictures.path(picture.large_sha256),
        size_pt=(picture.width_pt, picture.height_pt),
        boxes=tuple(picture.words[index] for index in sorted(covered)),
        words=_words_left(picture.words, names),
        is_covered=is_covered,
    )


def _words_left(words: Sequence[WordBox], names: ErasedNames) -> tuple[WordBox, ...]:
    """Return the words of a picture that stay, and a mark for each place that is covered."""
    groups = boxes_of(words, names)
    covered, marks = {index for group in groups for index in group}, {group[0] for group in groups}
    return tuple(
        word._replace(text=MARK) if index in marks else word
        for index, word in enumerate(words)
        if index in marks or index not in covered
    )


def _is_there(archive: Archive, picture: Picture) -> bool:
    try:
        return bool(archive.pictures.size_bytes(picture.large_sha256))
    except NotFound:
        return False


def boxes_of(words: Sequence[WordBox], names: ErasedNames) -> list[list[int]]:
    """Return which words of a picture are a person's, those of one place together."""
    begins, at = [], 0
    for word in words:
        begins.append(at)
        at += len(word.text) + 1
    text = " ".join(word.text for word in words)
    return [
        [
            index
            for index, word in enumerate(words)
            if begins[index] < end and begin < begins[index] + len(word.text)
        ]
        for begin, end in names.spans(text)
    ]


def _seen(blocks: Sequence[Block], names: ErasedNames) -> int:
    """Return how often a person's words must be in a page's picture."""
    by_reading: dict[bool, int] = {}
    for block in blocks:
        if block.field not in _UNSEEN:
            is_read = block.field is BlockField.OCR
            by_reading[is_read] = by_reading.get(is_read, 0) + len(names.spans(block.text))
    return max(by_reading.values(), default=0)


def _page_at(read: Sequence[Page], number: int) -> Page | None:
    return next((page for page in read if page.number == number), None)


def _as_text(archive: Archive, read: Sequence[Page]) -> Original:
    text = _BREAK.join(_BREAK.join(block.text for block in page.blocks) for page in read)
    stored = archive.originals.put_bytes((text or MARK).encode("utf-8", "replace"))
    return Original(stored.sha256, stored.size_bytes, TEXT)


def _filename(version: Version, names: ErasedNames, original: Original) -> str:
    suffix: Mapping[str, str] = {PDF: ".pdf", TEXT: ".txt"}
    return f"{PurePath(names.masked(version.filename)).stem or MARK}{suffix[original.media_type]}"
