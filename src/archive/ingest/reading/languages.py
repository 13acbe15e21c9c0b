"""Says in which language each block, page and document is written."""

from collections import Counter
from dataclasses import replace

from archive.analysis.language import detect_language
from archive.model.extraction import Extraction
from archive.model.pages import Block, Page

# The beginning tells as much as all of it; pages that differ are looked at one by one.
_SAMPLE_CHARS = 20_000


def with_languages(extraction: Extraction) -> tuple[Extraction, str]:
    """Return the extraction with its blocks' and pages' languages filled, and the document's language.

    A block too short to tell takes the language that the file declares, else the page's; a page too short the
    document's. A document in no known language gets "". What files declare is not taken before the words
    themselves: writers leave it at what their program was set to.
    """
    text = "\n".join(block.text for page in extraction.pages for block in page.blocks)
    language = detect_language(text[:_SAMPLE_CHARS])
    pages = tuple(_page(page, language) for page in extraction.pages)
    return replace(extraction, pages=pages), _most_frequent(pages) or language


def _page(page: Page, default: str) -> Page:
    language = detect_language("\n".join(block.text for block in page.blocks), default)
    return replace(page, language=language, blocks=tuple(_block(block, language) for block in page.blocks))


def _block(block: Block, default: str) -> Block:
    return replace(block, language=detect_language(block.text, block.language or default))


def _most_frequent(pages: tuple[Page, ...]) -> str:
    counted = Counter(page.language for page in pages if page.language)
    return counted.most_common(1)[0][0] if counted else ""
