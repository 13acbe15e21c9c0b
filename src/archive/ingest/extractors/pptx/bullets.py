"""Whether a paragraph has a bullet, which a slide mostly inherits from its layout and master."""

from collections.abc import Iterator, Sequence

from archive.ingest.extractors.pptx.markup import A, Element, P

_BULLETS = (A + "buChar", A + "buAutoNum", A + "buBlip")


def has_bullet(paragraph: Element, level: int, styles: Sequence[Element]) -> bool:
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


def list_styles(
    shape: Element, ancestors: Sequence[Element], master: Element, is_body: bool
) -> list[Element]:
    """Return the list styles that hold for a shape, nearest first.

    `ancestors` are the placeholders it inherits from; `master` is the slide master or None; `is_body` tells
    whether the master's body style holds (ECMA-376 part 1, 19.3.1.51).
    """
    return list(_styles(shape, ancestors, master, is_body))


def _styles(
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
