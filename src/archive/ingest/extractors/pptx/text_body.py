"""The words in a shape's text body, with levels, bullets and language.

Whether a paragraph has a bullet is mostly inherited from layout and master.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from archive.ingest.extractors.ooxml.drawing_text import PARAGRAPH, is_equation, language_of, paragraph_text
from archive.ingest.extractors.ooxml.markup import A, Element, P, whole_number
from archive.ingest.extractors.pptx.slide_parts import Template, ancestors, kind_of
from archive.model.pages import Block, BlockField, Paragraph

_BULLETS = (A + "buChar", A + "buAutoNum", A + "buBlip")
_LEVEL_MAX = 8
_BODY = f"{P}txBody/{PARAGRAPH}"


def _has_bullet(paragraph: Element, level: int, styles: Sequence[Element]) -> bool:
    """Return whether the `a:p` at `level` (0 to 8) has a bullet; `styles` are list styles, nearest first."""
    properties = [paragraph.find(A + "pPr")]
    properties += [style.find(f"{A}lvl{level + 1}pPr") for style in styles]
    for node in properties:
        if node is None:
            continue
        if node.find(A + "buNone") is not None:
            return False
        if any(node.find(tag) is not None for tag in _BULLETS):
            return True
    return False


def _list_styles(
    shape: Element, ancestors: Sequence[Element], master: Element, is_body: bool
) -> list[Element]:
    """Return the list styles that hold for a shape, nearest first.

    `ancestors` are the placeholders it inherits from; `master` is the slide master or None; `is_body` tells
    whether the master's body style holds (ECMA-376 part 1, 19.3.1.51).
    """
    return list(_inherited_styles(shape, ancestors, master, is_body))


def _inherited_styles(
    shape: Element, ancestors: Sequence[Element], master: Element, is_body: bool
) -> Iterator[Element]:
    for element in (shape, *ancestors):
        style = element.find(f"{P}txBody/{A}lstStyle")
        if style is not None:
            yield style
    if is_body and master is not None:
        style = master.find(f"{P}txStyles/{P}bodyStyle")
        if style is not None:
            yield style


def text_blocks(
    shape: Element, field: BlockField, mark: Element | None = None, layout: Template | None = None
) -> Iterator[Block]:
    """Yield the words of a shape (`p:sp`) as blocks of `field`; equations on their own become EQUATION.

    `mark` is the `p:ph` of a placeholder; bullets that it inherits come from `layout`.
    """
    worded = [(node, text) for node in shape.iterfind(_BODY) if (text := paragraph_text(node))]
    if not worded:
        return
    styles = _styles_of(shape, field, mark, layout)
    for is_formula, together in groupby(worded, key=lambda pair: is_equation(pair[0])):
        pairs = list(together)
        paragraphs = tuple(_paragraph(node, text, styles) for node, text in pairs)
        kind = BlockField.EQUATION if is_formula else field
        yield Block(kind, paragraphs=paragraphs, language=language_of(node for node, _ in pairs))


def _paragraph(node: Element, text: str, styles: Sequence[Element]) -> Paragraph:
    properties = node.find(A + "pPr")
    level = 0 if properties is None else min(max(whole_number(properties.get("lvl")), 0), _LEVEL_MAX)
    return Paragraph(text, level, _has_bullet(node, level, styles))


def _styles_of(
    shape: Element, field: BlockField, mark: Element | None, layout: Template | None
) -> list[Element]:
    """Return the list styles of a shape, its layout's and master's placeholder and the master's body."""
    is_body = field is BlockField.BODY and mark is not None and kind_of(mark) != "subTitle"
    master = None if layout is None or layout.master is None else layout.master.root
    return _list_styles(shape, ancestors(mark, layout), master, is_body)
