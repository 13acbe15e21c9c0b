"""Merge two readings of the same document: each has words that the other loses."""

import re
from collections.abc import Iterator
from dataclasses import replace

from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph

_WORD = re.compile(r"[^\W_]+(?:[-'.:/,][^\W_]+)*")
_NOT_RENDERED = frozenset({BlockField.COMMENT, BlockField.ALT_TEXT})
"""What a PDF that LibreOffice makes of a text does not show."""


def with_rendered_words(slides: Extraction, rendering: Extraction) -> Extraction:
    """Return the slides with the words that only their rendering shows, each in a block of its own.

    Old formats keep charts and organisation schemes as drawings that programs made: their words are in no
    text box, but on the rendered page. The renderings are left alone where their number is not that of the
    slides. Page numbers are not words.
    """
    if len(slides.pages) != len(rendering.pages):
        return slides
    pages = tuple(_with_unknown_words_of(*both) for both in zip(slides.pages, rendering.pages, strict=True))
    if slides.category is Outcome.EMPTY_NEEDS_OCR and pages != slides.pages:
        return replace(slides, pages=pages, category=Outcome.OK, message="")
    return replace(slides, pages=pages)


def with_unrendered_words(rendering: Extraction, document: Extraction) -> Extraction:
    """Return the rendered document with the comments, descriptions of pictures and properties of its file.

    They go to the page that the file says, or on the first one where it counts its pages differently.
    """
    if not rendering.pages:
        return rendering
    is_paged_alike = len(rendering.pages) == len(document.pages)
    unrendered: dict[int, list[Block]] = {}
    for page in document.pages:
        number = page.number if is_paged_alike else 1
        unrendered.setdefault(number, []).extend(
            block for block in page.blocks if block.field in _NOT_RENDERED
        )
    pages = tuple(
        replace(page, blocks=(*page.blocks, *unrendered.get(page.number, ()))) for page in rendering.pages
    )
    return replace(rendering, pages=pages, properties=rendering.properties | document.properties)


def _with_unknown_words_of(slide: Page, rendered: Page) -> Page:
    known = {word.casefold() for block in slide.blocks for word in _words(block.text)}
    known.add(str(slide.number))
    lines: list[str] = []
    for text in _lines(rendered):
        unknown = [word for word in _words(text) if word.casefold() not in known]
        known |= {word.casefold() for word in unknown}
        if unknown:
            lines.append(" ".join(unknown))
    if not lines:
        return slide
    block = Block(BlockField.EMBEDDED, tuple(Paragraph(line) for line in lines))
    return replace(slide, blocks=(*slide.blocks, block))


def _lines(page: Page) -> Iterator[str]:
    for block in page.blocks:
        if block.field is not BlockField.SECTION:  # bookmarks, which name the slides
            yield from (paragraph.text for paragraph in block.paragraphs)
            yield from (" ".join(row) for row in block.rows)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
