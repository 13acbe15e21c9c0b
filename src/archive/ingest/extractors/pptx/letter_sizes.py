"""Which words of a slide without a title are its title: those in by far the largest letters.

People who draw a cover by hand put its title into a text box. The PDF of such a deck has its title by the
size of letters, too (`pdf/blocks.py`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.ingest.extractors.ooxml.drawing_text import PARAGRAPH, paragraph_text
from archive.ingest.extractors.ooxml.markup import A, Element, P, whole_number
from archive.ingest.extractors.pptx.placement import Placed
from archive.model.pages import BlockField

_SIZES_A_PT = 100  # ST_TextFontSize is in hundredths of a point (ECMA-376 part 1, 20.1.10.68)
_BOX_PT = 18.0  # of text without a size of its own in any style (ECMA-376 part 1, 21.1.2.3.9)
_BODY_PT = 28.0  # what templates give the first level of a body; exact inheritance matters little here
_LARGER_MIN = 1.2
_WORDS_MAX = 16
_WORD = re.compile(r"[^\W\d_]{2,}")
_OWN_FIELDS = frozenset({BlockField.BODY, BlockField.BOX, BlockField.GROUP})


def letters_pt(shape: Element, field: BlockField) -> float:
    """Return the size of the largest letters in a shape, 0 where it has no words."""
    inherited = _size(shape.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr/{A}defRPr"))
    inherited = inherited or (_BODY_PT if field is BlockField.BODY else _BOX_PT)
    return max((size or inherited for size in _sizes(shape)), default=0.0)


def with_largest_as_title(placed: Sequence[Placed]) -> list[Placed]:
    """Return the blocks of a slide: without a title, the words in the largest letters of all become it.

    They do where they are few, and no other words are nearly as large.
    """
    own = [at for at, item in enumerate(placed) if item.block.field in _OWN_FIELDS and item.letters_pt]
    if not own or any(item.block.field is BlockField.TITLE for item in placed):
        return list(placed)
    first, *others = sorted(own, key=lambda at: -placed[at].letters_pt)
    title, next_pt = placed[first], placed[others[0]].letters_pt if others else 0.0
    is_title = len(title.block.text.split()) <= _WORDS_MAX and _WORD.search(title.block.text)
    if not is_title or title.letters_pt < _LARGER_MIN * (next_pt or _BOX_PT):
        return list(placed)
    heading = replace(title, block=replace(title.block, field=BlockField.TITLE))
    return [heading if at == first else item for at, item in enumerate(placed)]


def _sizes(shape: Element) -> Iterator[float]:
    for paragraph in shape.iterfind(f"{P}txBody/{PARAGRAPH}"):
        if paragraph_text(paragraph):
            of_paragraph = _size(paragraph.find(f"{A}pPr/{A}defRPr"))
            runs = [run for run in paragraph.iterchildren(A + "r", A + "fld") if _has_words(run)]
            yield from (_size(run.find(A + "rPr")) or of_paragraph for run in runs)


def _has_words(run: Element) -> bool:
    return any(text.text and text.text.strip() for text in run.iterchildren(A + "t"))


def _size(properties: Element | None) -> float:
    return 0.0 if properties is None else max(whole_number(properties.get("sz")), 0) / _SIZES_A_PT
