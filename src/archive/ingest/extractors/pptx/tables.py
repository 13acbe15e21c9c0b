"""The rows of a table on a slide."""

from archive.ingest.extractors.pptx.markup import A, Element, paragraph_text
from archive.model import Block, BlockField


def table_block(table: Element) -> Block | None:
    """Return an `a:tbl` as a block; merged cells give their words once. None when it has no words."""
    rows = tuple(tuple(_cell_text(cell) for cell in row.findall(A + "tc")) for row in table.findall(A + "tr"))
    if not any(any(row) for row in rows):
        return None
    properties = table.find(A + "tblPr")
    has_header = properties is not None and properties.get("firstRow") in ("1", "true")
    return Block(BlockField.TABLE, rows=rows, has_header=has_header)


def _cell_text(cell: Element) -> str:
    if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
        return ""
    paragraphs = (paragraph_text(paragraph) for paragraph in cell.iterfind(f"{A}txBody/{A}p"))
    return "\n".join(text for text in paragraphs if text)
