"""Read one slide into a page."""

from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from archive.ingest.extractors.pptx.markup import choose_alternates
from archive.ingest.extractors.pptx.placement import in_reading_order
from archive.ingest.extractors.pptx.shapes import ShapeWalk, text_block
from archive.model import Block, BlockField, Page

ENGINE = "python-pptx"

_NOTES_WITHOUT_WORDS = {
    PP_PLACEHOLDER.SLIDE_IMAGE,
    PP_PLACEHOLDER.SLIDE_NUMBER,
    PP_PLACEHOLDER.DATE,
    PP_PLACEHOLDER.HEADER,
    PP_PLACEHOLDER.FOOTER,
}


def read_slide(slide: Any, number: int, size_pt: tuple[float, float]) -> Page:
    """Return the words of a python-pptx slide as page `number`; `broken` is set when some are lost."""
    choose_alternates(slide.element)
    walk = ShapeWalk()
    walk.collect(slide.shapes)
    notes, notes_lost = _notes(slide)
    blocks = [*in_reading_order(walk.placed), *notes]
    lost = walk.broken > 0 or notes_lost
    return Page(
        number,
        tuple(blocks),
        hidden=is_hidden(slide),
        engine=ENGINE,
        width_pt=size_pt[0],
        height_pt=size_pt[1],
        broken="Part of the slide could not be read." if lost else "",
    )


def is_hidden(slide: Any) -> bool:
    """Return whether the slide is left out when the deck is shown."""
    return slide.element.get("show") in ("0", "false")


def _notes(slide: Any) -> tuple[list[Block], bool]:
    """Return the speaker's notes, and whether some were lost."""
    try:
        if not slide.has_notes_slide:
            return [], False
        notes = slide.notes_slide
        choose_alternates(notes.element)
        shapes = [shape for shape in notes.shapes if not _is_wordless(shape)]
        found = (text_block(shape, BlockField.NOTES) for shape in shapes)
        return [block for block in found if block is not None], False
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - python-pptx raises any kind on odd XML; the notes are lost, not the slide
        return [], True


def _is_wordless(shape: Any) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type in _NOTES_WITHOUT_WORDS)
