"""The rows of a table on a slide."""

from archive.ingest.extractors.pptx.markup import A, Element, is_true
from archive.ingest.extractors.pptx.paragraphs import PARAGRAPH, language_of, paragraph_text
from archive.model.pages import Block, BlockField


def table_block(table: Element) -> Block | None:
    """Return an `a:tbl` as a block; merged cells give their words once. None when it has no words."""
    rows = tuple(tuple(_cell_text(cell) for cell in row.findall(A + "tc")) for row in table.findall(A + "tr"))
    if not any(any(row) for row in rows):
        return None
    properties = table.find(A + "tblPr")
    has_header = properties is not None and is_true(properties.get("firstRow"))
    return Block(BlockField.TABLE, rows=rows, has_header=has_header, language=language_of((table,)))


def _cell_text(cell: Element) -> str:
    if is_true(cell.get("hMerge")) or is_true(cell.get("vMerge")):
        return ""
    texts = (paragraph_text(paragraph) for paragraph in cell.iterfind(f"{A}txBody/{PARAGRAPH}"))
    return "\n".join(text for text in texts if text)
