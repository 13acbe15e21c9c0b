"""The words of an embedded text document (WordprocessingML, ECMA-376 part 1, 17)."""

from collections.abc import Iterator

from archive.ingest.extractors.pptx.alternates import choose_alternates
from archive.ingest.extractors.pptx.markup import Element
from archive.ingest.extractors.pptx.package import OoxmlPackage
from archive.model.pages import Block, BlockField, Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_GAPS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n"}


def writing_block(package: OoxmlPackage) -> Block | None:
    """Return the paragraphs of a document, with its notes behind them; None when it has no words."""
    paragraphs = tuple(Paragraph(text) for name in _PARTS for text in _paragraphs(package.tree(name)))
    return Block(BlockField.EMBEDDED, paragraphs=paragraphs) if paragraphs else None


def _paragraphs(root: Element | None) -> Iterator[str]:
    if root is None:
        return
    choose_alternates(root)
    for paragraph in root.iter(_W + "p"):
        pieces = (
            _GAPS.get(node.tag) or node.text or ""
            for node in paragraph.iter(_W + "t", *_GAPS)
            if next(node.iterancestors(_W + "p")) is paragraph
        )
        text = "".join(pieces).strip()
        if text:
            yield text
