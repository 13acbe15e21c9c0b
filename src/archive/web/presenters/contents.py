"""What a document contains, as a list of its slides' titles under the sections that the file names."""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.model.pages import BlockField, Page


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A slide in the list. `section` is the name of the section that begins with it, else ""."""

    number: int
    title: str
    language: str
    section: str = ""


def outline_of(pages: Iterable[Page]) -> list[ContentsEntry]:
    """Return the entries of pages in order; a section's name stands only where it begins."""
    entries: list[ContentsEntry] = []
    current = ""
    for page in pages:
        named = _section(page)
        begins = named if named != current else ""
        current = named or current
        if begins == page.title:  # the bookmarks of a PDF often repeat what stands on the page
            begins = ""
        entries.append(ContentsEntry(page.number, page.title, page.language, begins))
    return entries


def _section(page: Page) -> str:
    for block in page.blocks:
        if block.field is BlockField.SECTION and block.paragraphs:
            return " ".join(block.paragraphs[0].text.split())
    return ""
