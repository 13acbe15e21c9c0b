"""What a file is proposed to be called, and when it is from, by the rules that name every document.

The rules (`model/naming`) choose; here only where their choice stands, and how sure it is, is found out.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from archive.model.naming.dates import date_of
from archive.model.naming.file_names import readable_name
from archive.model.naming.titles import PAGES_READ, NamedFile, title_of
from archive.model.naming.wording import is_within, word_key
from archive.model.pages import REPEATED_FIELDS, BlockField, Page
from archive.model.tidying import tidy
from archive.review.proposal import FieldProposal, ProposalSource

_EXACT_CHARS = len("2021-05-04")
_NOWHERE = Page(0)


def proposed_title(
    filename: str, pages: Sequence[Page], properties: Mapping[str, str]
) -> FieldProposal | None:
    """Return the title that a document would get, None where it is the bare name of its file.

    Args:
        filename: its name as it was given.
        pages: those that everybody may see, in order.
        properties: those of the file that everybody may read.
    """
    title = title_of(NamedFile(filename, pages[:PAGES_READ], properties))
    in_properties = word_key(tidy(properties.get("title", ""))) == word_key(title)
    also = (ProposalSource.PROPERTIES,) if in_properties else ()
    if pages and word_key(pages[0].title) == word_key(title):
        return FieldProposal(title, ProposalSource.FIRST_SLIDE, 0.95, pages[0].number, confirmed_by=also)
    for at, page in enumerate(pages[:PAGES_READ]):
        if _stands_on(title, page):
            source = ProposalSource.EARLY_SLIDE if at else ProposalSource.FIRST_SLIDE
            certainty = (0.9 if in_properties else 0.85) if not at else (0.8 if page.title else 0.6)
            return FieldProposal(title, source, certainty, page.number, confirmed_by=also)
        if is_within(title, _text(page, {BlockField.OCR})):
            return FieldProposal(
                title, ProposalSource.PICTURE, 0.7 if not at else 0.55, page.number, confirmed_by=also
            )
    if in_properties:
        return FieldProposal(title, ProposalSource.PROPERTIES, 0.6)
    if title == readable_name(filename):
        return FieldProposal(title, ProposalSource.FILE_NAME, 0.4)
    return FieldProposal(title, ProposalSource.SLIDES, 0.5)


def proposed_date(
    filename: str, pages: Sequence[Page], properties: Mapping[str, str], today: date
) -> FieldProposal | None:
    """Return the date that a document would get (YYYY, YYYY-MM or YYYY-MM-DD), None where it has none."""
    ends = (*pages[:1], *pages[1:][-1:])
    found = date_of(ends, properties, filename, today)
    if not found:
        return None
    exactness = 0.0 if len(found) == _EXACT_CHARS else 0.15
    first, last = pages[:1], (_NOWHERE, *pages[1:][-1:])
    readings = (
        (ProposalSource.FILE_NAME, date_of((), {}, filename, today), 0.95),
        (ProposalSource.FIRST_SLIDE, date_of(first, {}, "", today), 0.9),
        (ProposalSource.LAST_SLIDE, date_of(last, {}, "", today), 0.75),
        (ProposalSource.FILE_NAME, date_of((), properties, filename, today), 0.85 if not exactness else 0.55),
    )
    agreeing = [(source, certainty) for source, read, certainty in readings if read == found]
    source, certainty = agreeing[0] if agreeing else (ProposalSource.PROPERTIES, 0.5)
    if source is ProposalSource.FILE_NAME and exactness and date_of((), {}, filename, today) != found:
        source, certainty = ProposalSource.PROPERTIES, 0.55
    also = tuple(dict.fromkeys(other for other, _ in agreeing[1:] if other is not source))
    numbers = {ProposalSource.FIRST_SLIDE: pages[:1], ProposalSource.LAST_SLIDE: pages[-1:]}.get(source, ())
    page_number = next((page.number for page in numbers), None)
    return FieldProposal(found, source, round(certainty - exactness, 2), page_number, confirmed_by=also)


def _stands_on(title: str, page: Page) -> bool:
    return is_within(title, _text(page, frozenset(BlockField) - REPEATED_FIELDS - {BlockField.OCR}))


def _text(page: Page, fields: frozenset[BlockField] | set[BlockField]) -> str:
    return "\n".join(block.text for block in page.blocks if block.field in fields)
