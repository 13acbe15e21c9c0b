"""What staff are told before they publish a document: notes, hidden slides, personal details and the like.

A pure function of what was read from a file. A warning gives a kind, a page, a count, words and what may be
done; the page that shows it makes a sentence of them in the reader's language.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.model.documents import Version
from archive.model.drawing_facts import drawing_facts
from archive.model.pages import REPEATED_FIELDS, UNSEARCHED_FIELDS, Block, BlockField, Page
from archive.review.personal_details import email_addresses, personal_numbers, phone_numbers, web_addresses
from archive.visibility import is_for_staff as is_staffs

_WORDS_MAX = 20
_WORD_MAX_CHARS = 120
_WORDLESS_FIELDS = REPEATED_FIELDS | UNSEARCHED_FIELDS | {BlockField.COMMENT, BlockField.SECTION}
_PRIVATE_FIELDS = frozenset(BlockField) - UNSEARCHED_FIELDS
_AUTHOR_MAX_CHARS = 60


class WarningKind(StrEnum):
    """What a warning tells of, in the order of harm."""

    PERSONAL_NUMBER = "personal_number"
    COMMENTS = "comments"
    NOTES = "notes"
    HIDDEN_SLIDE = "hidden_slide"
    EMAIL_ADDRESS = "email_address"
    PHONE_NUMBER = "phone_number"
    EMBEDDED_FILE = "embedded_file"
    UNREAD_SLIDE = "unread_slide"
    NO_WORDS = "no_words"
    NO_ALT_TEXT = "no_alt_text"
    MISSING_FONT = "missing_font"
    WEB_LINK = "web_link"


class Remedy(StrEnum):
    """What may be done about a warning with one click."""

    HIDE_SLIDE = "hide_slide"
    SHOW_SLIDE = "show_slide"
    KEEP_FOR_STAFF = "keep_for_staff"
    OFFER_CLEAN_COPY = "offer_clean_copy"
    REPLACE_FILE = "replace_file"
    READ_AGAIN = "read_again"


_REMEDIES = {
    WarningKind.PERSONAL_NUMBER: (Remedy.HIDE_SLIDE, Remedy.REPLACE_FILE, Remedy.KEEP_FOR_STAFF),
    WarningKind.COMMENTS: (Remedy.OFFER_CLEAN_COPY, Remedy.REPLACE_FILE),
    WarningKind.NOTES: (Remedy.OFFER_CLEAN_COPY, Remedy.REPLACE_FILE),
    WarningKind.HIDDEN_SLIDE: (Remedy.SHOW_SLIDE, Remedy.OFFER_CLEAN_COPY),
    WarningKind.EMAIL_ADDRESS: (Remedy.HIDE_SLIDE, Remedy.REPLACE_FILE),
    WarningKind.PHONE_NUMBER: (Remedy.HIDE_SLIDE, Remedy.REPLACE_FILE),
    WarningKind.EMBEDDED_FILE: (Remedy.OFFER_CLEAN_COPY, Remedy.HIDE_SLIDE, Remedy.REPLACE_FILE),
    WarningKind.UNREAD_SLIDE: (Remedy.READ_AGAIN, Remedy.HIDE_SLIDE, Remedy.REPLACE_FILE),
    WarningKind.NO_WORDS: (Remedy.READ_AGAIN, Remedy.HIDE_SLIDE),
    WarningKind.NO_ALT_TEXT: (Remedy.REPLACE_FILE,),
    WarningKind.MISSING_FONT: (Remedy.REPLACE_FILE,),
    WarningKind.WEB_LINK: (),
}


@dataclass(frozen=True, slots=True)
class PublishingWarning:
    """One thing to look at before a document is published.

    `page_number` is None for what concerns the whole file. `count` says how many of the kind there are;
    `words` are the first of them, each once, personal identity numbers with their last four digits hidden.
    `is_for_staff` tells that it stands where only staff read (notes, comments, hidden slides), so that it
    goes out only with the file itself.
    """

    kind: WarningKind
    page_number: int | None
    count: int
    words: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    is_for_staff: bool = False


def warnings_of(
    version: Version, pages: Sequence[Page], lacks_font: Callable[[str], bool] = lambda _: False
) -> tuple[PublishingWarning, ...]:
    """Return what to look at before a version is published: the gravest kinds first, then by page.

    Args:
        version: has the file's name and properties.
        pages: all its pages, hidden ones too.
        lacks_font: whether this machine lacks a font, so that pictures show another (`fonts.lacks_font`).
    """
    found = [warning for page in pages for warning in _of_page(page)]
    found += _of_file(version, lacks_font)
    order = list(WarningKind)
    return tuple(sorted(found, key=lambda warning: (order.index(warning.kind), warning.page_number or 0)))


def _of_file(version: Version, lacks_font: Callable[[str], bool]) -> Iterator[PublishingWarning]:
    text = "\n".join((version.filename, *version.properties.values()))
    yield from _warned(WarningKind.PERSONAL_NUMBER, None, _masked(text), is_for_staff=False)
    facts = drawing_facts(version.properties)
    fonts = [name for name in facts.fonts if lacks_font(name)]
    yield from _warned(WarningKind.MISSING_FONT, None, fonts, is_for_staff=False)
    for number, count in facts.undescribed_pictures:
        yield _warning(WarningKind.NO_ALT_TEXT, number, count)


def _of_page(page: Page) -> Iterator[PublishingWarning]:
    if page.hidden:
        yield _warning(WarningKind.HIDDEN_SLIDE, page.number, 1, [page.title] if page.title else [], True)
    if page.broken:
        yield _warning(WarningKind.UNREAD_SLIDE, page.number, 1, [page.broken])
    yield from _of_parts(page)
    for kind, find in _FOUND_IN_TEXT.items():
        yield from _in_text(page, kind, find)
    texts = (block.text for block in page.blocks if block.field not in _WORDLESS_FIELDS)
    if not page.broken and not any(character.isalnum() for text in texts for character in text):
        yield _warning(WarningKind.NO_WORDS, page.number, 1)


def _of_parts(page: Page) -> Iterator[PublishingWarning]:
    notes = [block for block in page.blocks if block.field is BlockField.NOTES and block.text.strip()]
    if notes:
        yield _warning(WarningKind.NOTES, page.number, len(notes), is_for_staff=True)
    comments = _paragraphs(page, BlockField.COMMENT)
    if comments:
        names = [name for name in map(_author, comments) if name]
        yield _warning(WarningKind.COMMENTS, page.number, len(comments), names, True)
    embedded = [block for block in page.blocks if block.field is BlockField.EMBEDDED and block.text.strip()]
    if embedded:
        titles = [block.text.strip().partition("\n")[0] for block in embedded]
        yield _warning(WarningKind.EMBEDDED_FILE, page.number, len(embedded), titles, page.hidden)
    links = dict.fromkeys(
        address
        for block in page.blocks
        if block.field is not BlockField.OCR
        for address in web_addresses(_lines(block))
    )
    yield from _warned(WarningKind.WEB_LINK, page.number, links, is_for_staff=page.hidden)


def _in_text(
    page: Page, kind: WarningKind, find: Callable[[str], Iterable[str]]
) -> Iterator[PublishingWarning]:
    """Yield a warning of what everybody would read, and one of what only staff do."""
    for is_for_staff in (False, True):
        blocks = [
            block
            for block in page.blocks
            if block.field in _PRIVATE_FIELDS and is_staffs(page, block) is is_for_staff
        ]
        # A block is searched by itself, since a number does not go on in the next one.
        found = [word for block in blocks for word in find(_lines(block))]
        yield from _warned(kind, page.number, found, is_for_staff)


def _masked(text: str) -> list[str]:
    return [number.masked for number in personal_numbers(text)]


_FOUND_IN_TEXT: dict[WarningKind, Callable[[str], Iterable[str]]] = {
    WarningKind.PERSONAL_NUMBER: _masked,
    WarningKind.EMAIL_ADDRESS: email_addresses,
    WarningKind.PHONE_NUMBER: phone_numbers,
}


def _warned(
    kind: WarningKind, page_number: int | None, words: Iterable[str], is_for_staff: bool
) -> Iterator[PublishingWarning]:
    """Yield one warning of some words; none where there are none. What stands twice counts once."""
    found = tuple(dict.fromkeys(words)) if kind is not WarningKind.PERSONAL_NUMBER else tuple(words)
    if found:
        yield _warning(kind, page_number, len(found), found, is_for_staff)


def _warning(
    kind: WarningKind,
    page_number: int | None,
    count: int,
    words: Iterable[str] = (),
    is_for_staff: bool = False,
) -> PublishingWarning:
    kept = tuple(dict.fromkeys(" ".join(word.split())[:_WORD_MAX_CHARS] for word in words))[:_WORDS_MAX]
    return PublishingWarning(kind, page_number, count, kept, _REMEDIES[kind], is_for_staff)


def _lines(block: Block) -> str:
    """Return the words of a block, a cell of a table a line, so that neighbours make no number."""
    cells = (cell for row in block.rows for cell in row)
    return "\n".join((*(paragraph.text for paragraph in block.paragraphs), *cells))


def _paragraphs(page: Page, field: BlockField) -> list[str]:
    blocks = (block for block in page.blocks if block.field is field)
    return [paragraph.text for block in blocks for paragraph in block.paragraphs if paragraph.text.strip()]


def _author(comment: str) -> str:
    """Return who wrote a comment, as the readers put it before the words; "" where none is named."""
    name, colon, _ = comment.partition(": ")
    return name if colon and len(name) <= _AUTHOR_MAX_CHARS and "\n" not in name else ""
