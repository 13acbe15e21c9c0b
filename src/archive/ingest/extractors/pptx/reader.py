"""The reader of slide decks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from archive.errors import FileRejected
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.bounded import cut_blocks
from archive.ingest.extractors.pptx.deck import Deck, open_deck, properties_of
from archive.ingest.extractors.pptx.drawing import DrawingNotes
from archive.ingest.extractors.pptx.embedded import EmbeddedFiles
from archive.ingest.extractors.pptx.package import open_package
from archive.ingest.extractors.pptx.slide import ENGINE, PARTLY_LOST, SlideReader
from archive.model.extraction import Outcome
from archive.model.pages import Block, BlockField, Page

_NAMED_MAX = 20
_DAMAGED = "The deck's parts do not fit together. Open it in PowerPoint and save it again."
_EMBEDDED_PART = 4  # embedded files may take a quarter of what the deck may
_SALVAGED = "The file's list of parts is damaged; what could be found without it was read."
_GUESSED = "The deck's list of slides is lost; the slides are in the order of their file names."
_TOO_LARGE = "A part of the deck is larger than is read."


class PptxExtractor:
    """Reads .pptx, .potx, .ppsx and their macro-enabled forms; macros are never run, links never followed.

    The elements are python-pptx's; its package loader is not used, because it stops at one broken part and
    does not open templates, shows and Strict decks.
    """

    engine = ENGINE
    fields = frozenset(
        {
            BlockField.TITLE,
            BlockField.BODY,
            BlockField.BOX,
            BlockField.GROUP,
            BlockField.TABLE,
            BlockField.CHART,
            BlockField.DIAGRAM,
            BlockField.EQUATION,
            BlockField.ALT_TEXT,
            BlockField.LINK,
            BlockField.COMMENT,
            BlockField.NOTES,
            BlockField.EMBEDDED,
            BlockField.CAPTION,
            BlockField.FOOTER,
            BlockField.LAYOUT,
            BlockField.SECTION,
            BlockField.PAGE_NUMBER,
        }
    )

    def extract(self, file: BinaryIO, limits: ReadLimits) -> Iterator[Page | Finish]:
        """Yield the slides of the deck in order, hidden ones too, then a Finish."""
        count = 0
        try:
            deck = open_deck(open_package(file, limits.password, limits.unpacked_max_bytes))
            count = len(deck.slides)
            short: list[int] = []
            notes = DrawingNotes()
            for page in _pages(deck, limits, notes):
                if page.broken:
                    short.append(page.number)
                yield page
            yield _finish(deck, short, limits, notes)
        except FileRejected as error:
            yield Finish(error.category, error.message, page_count=count, engine=ENGINE)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - lxml and zipfile raise any kind on what no program would write
            yield Finish(Outcome.DAMAGED, _DAMAGED, page_count=count, engine=ENGINE)


def _pages(deck: Deck, limits: ReadLimits, notes: DrawingNotes) -> Iterator[Page]:
    slides, embedded = SlideReader(deck), EmbeddedFiles(limits.unpacked_max_bytes // _EMBEDDED_PART)
    for at in range(min(len(deck.slides), limits.pages_max)):
        page, part = slides.read(at)
        if part is not None:
            notes.note(page.number, part.root)
            embedded_blocks, is_short = embedded.blocks(part, page.blocks)
            page = replace(page, blocks=_before_notes(page, embedded_blocks))
            page = replace(page, broken=page.broken or PARTLY_LOST) if is_short else page
        blocks, was_cut = cut_blocks(page.blocks, limits.page_text_max_chars)
        yield replace(page, blocks=blocks, broken=page.broken or (PARTLY_LOST if was_cut else ""))


def _before_notes(page: Page, blocks: Sequence[Block]) -> tuple[Block, ...]:
    notes = tuple(block for block in page.blocks if block.field is BlockField.NOTES)
    return (*page.blocks[: len(page.blocks) - len(notes)], *blocks, *notes)


def _finish(deck: Deck, short: list[int], limits: ReadLimits, notes: DrawingNotes) -> Finish:
    count = len(deck.slides)
    messages = []
    if deck.package.is_salvaged:
        messages.append(_SALVAGED)
    if deck.is_guessed:
        messages.append(_GUESSED)
    if count > limits.pages_max:
        messages.append(f"Only the first {limits.pages_max} of {count} slides were read.")
    if short:
        messages.append(_named(short))
    if deck.package.too_large:
        messages.append(_TOO_LARGE)
    category = Outcome.OK
    if messages:
        is_bomb = deck.package.too_large and len(short) == count
        category = Outcome.RESOURCE_LIMIT if is_bomb else Outcome.OK_PARTIAL
    properties = properties_of(deck) | notes.facts(deck.package).as_properties()
    return Finish(category, " ".join(messages), properties, count, ENGINE)


def _named(short: list[int]) -> str:
    """Return the sentence that names the slides which were not read whole."""
    numbers = [str(number) for number in short[:_NAMED_MAX]]
    if len(short) > _NAMED_MAX:
        numbers.append(f"{len(short) - _NAMED_MAX} more")
    if len(numbers) == 1:
        return f"Slide {numbers[0]} could not be read whole."
    return f"Slides {', '.join(numbers[:-1])} and {numbers[-1]} could not be read whole."
