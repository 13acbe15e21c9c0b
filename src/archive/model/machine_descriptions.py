"""Alternative texts that no person wrote: programs describe pictures, or leave a file's or a shape's name."""

import re
from collections.abc import Iterable
from dataclasses import replace

from archive.model.pages import Block, BlockField

# What PowerPoint and Word write below a description of theirs, in Swedish and English, older and newer.
_MARK = re.compile(
    r"""automatiskt\ genererad\ beskrivning
    | beskrivning(?:en)?\ (?:är\ )?(?:genereras?|genererad(?:es)?)\ automatiskt
    | beskrivning(?:en)?\ (?:är\ )?automatiskt\ genererad | ai-genererat\ innehåll\ kan\ vara\ felaktigt
    | description\ (?:is\ )?automatically\ generated | description\ generated\ with\ \w+(?:\ \w+)?\ confidence
    | ai[- ]generated\ content\ may\ be\ incorrect""",
    re.IGNORECASE | re.VERBOSE,
)
# How these descriptions begin where the mark was cut off. No person begins so: they say what it is.
_BEGINNING = re.compile(r"en bild som (?:visar|innehåller)\b|a picture containing\b", re.IGNORECASE)
_NAME = re.compile(
    r"""(?:image|img|bild|bildobjekt|picture|photo|graphic|grafik|objekt|object|logo|rektangel|rectangle
        |platshållare\ för\ \w+|\w+\ placeholder)[\s_-]*\d*
    | .{1,120}\.(?:png|jpe?g|jfif|gif|svgz?|emf|wmf|eps|ai|psd|pict|bmp|tiff?|webp|avif|heic|jxr|wdp)""",
    re.IGNORECASE | re.VERBOSE,
)


def own_words(text: str) -> str:
    """Return an alternative text without the lines that a program wrote; "" where it wrote them all."""
    kept: list[str] = []
    described = False
    for line in text.splitlines():
        words = " ".join(line.split())
        if not words:
            continue
        mark = _MARK.search(words)
        # The description is in the mark's line or, where that stands alone, in the line before.
        if mark and mark.start() == 0 and described:
            kept.pop()
        described = not (mark or _BEGINNING.match(words) or _NAME.fullmatch(words))
        kept += [line] if described else []
    return "\n".join(kept)


def without_machine_descriptions(block: Block) -> Block | None:
    """Return a block without alternative texts that a program wrote; None where nothing is left of it."""
    if block.field is not BlockField.ALT_TEXT:
        return block
    paragraphs = tuple(
        replace(paragraph, text=own) for paragraph in block.paragraphs if (own := own_words(paragraph.text))
    )
    return replace(block, paragraphs=paragraphs) if paragraphs else None


def searched_blocks(blocks: Iterable[Block], takes_machine_descriptions: bool) -> list[Block]:
    """Return the blocks whose words are to be found, with or without what a program wrote."""
    if takes_machine_descriptions:
        return list(blocks)
    return [block for block in map(without_machine_descriptions, blocks) if block]
