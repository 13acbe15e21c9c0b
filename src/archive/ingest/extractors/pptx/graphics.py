"""What stands in a graphic frame: a table, a chart or a diagram."""

from collections.abc import Iterator

from archive.ingest.extractors.pptx.chartex import extended_chart_blocks
from archive.ingest.extractors.pptx.charts import chart_blocks
from archive.ingest.extractors.pptx.diagrams import diagram_block, drawing_block
from archive.ingest.extractors.pptx.markup import CX, DGM, A, C, Element, R
from archive.ingest.extractors.pptx.paragraphs import lines
from archive.ingest.extractors.pptx.part import ShapePart
from archive.ingest.extractors.pptx.relations import relations_of
from archive.ingest.extractors.pptx.tables import table_block
from archive.model.pages import Block, BlockField, Paragraph

_DRAWING = "diagramDrawing"


class LostPart(ValueError):
    """The part with the words of a frame is not in the package."""


def graphic_blocks(frame: Element, part: ShapePart) -> Iterator[Block]:
    """Yield the words of a `p:graphicFrame`. Raises LostPart when they are in a part that is lost."""
    content = frame.find(f"{A}graphic/{A}graphicData")
    for found in (
        () if content is None else content.iter(A + "tbl", C + "chart", CX + "chart", DGM + "relIds")
    ):
        if found.tag == A + "tbl":
            block = table_block(found)
            yield from () if block is None else (block,)
        elif found.tag == DGM + "relIds":
            yield from _diagram(found, part)
        elif found.get(R + "id"):
            yield from _chart(found, part)
            return


def _chart(reference: Element, part: ShapePart) -> Iterator[Block]:
    name = part.related_name(reference.get(R + "id"))
    root = part.package.tree(name)
    if root is None:
        raise LostPart
    yield from chart_blocks(root) if reference.tag == C + "chart" else extended_chart_blocks(root)
    overlay = relations_of(part.package, name).first("chartUserShapes")
    drawn = part.package.tree(overlay) if overlay else None
    paragraphs = () if drawn is None else tuple(Paragraph(text) for text in lines(drawn))
    if paragraphs:
        yield Block(BlockField.CHART, paragraphs=paragraphs)


def _diagram(reference: Element, part: ShapePart) -> Iterator[Block]:
    """Yield the words of the data model; those of the drawing made from it only when the model is lost."""
    model = part.related(reference.get(R + "dm"))
    if model is not None:
        block = diagram_block(model)
    else:
        drawing = part.package.tree(part.relations.first(_DRAWING))
        if drawing is None:
            raise LostPart
        block = drawing_block(drawing)
    if block is not None:
        yield block
