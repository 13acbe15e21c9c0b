"""The words of files embedded in a slide: workbooks, documents and decks, one level deep.

Their XML is read here, part by part and within bounds of their own; the files that they
embed in their turn are not.
"""

import io
from collections.abc import Iterator, Sequence

from archive.errors import FileRejected
from archive.ingest.extractors import left_out
from archive.ingest.extractors.ooxml.package import PackageBounds
from archive.ingest.extractors.ooxml.relations import relations_of
from archive.ingest.extractors.ooxml.word_text import STILL_THERE, has_deleted_words, hidden_lines, lines_of
from archive.ingest.extractors.pptx.deck import Deck, open_deck
from archive.ingest.extractors.pptx.package import DeckPackage, deck_bounds
from archive.ingest.extractors.pptx.slide import SlideReader
from archive.ingest.extractors.pptx.slide_parts import ShapePart
from archive.ingest.extractors.pptx.workbook import WORKBOOK_PART, workbook_blocks
from archive.ingest.filetypes.compound import OLE_MAGIC
from archive.model.extraction import Outcome
from archive.model.pages import Block, BlockField, Paragraph
from archive.visibility import STAFF_FIELDS, is_for_staff

FILES_MAX = 100
"""Embedded files that are read of one slide."""
SLIDES_MAX = 200
"""Slides that are read of one embedded deck."""
_TOO_MANY_FILES = f"Only the first {FILES_MAX} files embedded in a slide were read."
_TOO_MANY_SLIDES = f"Only the first {SLIDES_MAX} slides of an embedded deck were read."
_OLE_STREAM = "Package"
_OLE_STREAM_NAME = "Package".encode("utf-16-le")
# The formula itself is on the slide as a picture.
_EQUATION_STREAM = "Equation Native".encode("utf-16-le")
UNREAD = Block(BlockField.NOTES, (Paragraph("Inbäddad fil som arkivet inte läser finns i filen."),))
"""What staff read where a file is embedded whose words nobody knows."""
_KINDS = ("package", "oleObject")
_DOCUMENT_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_COMMENT_PART = "word/comments.xml"
_HOLDERS = ("chart", "chartEx")
_REPEATED = frozenset({BlockField.LAYOUT, BlockField.SECTION, BlockField.LINK})


class EmbeddedFiles:
    """Reads the files embedded in the slides of one deck, each once.

    `unpacked_max_bytes` bounds them all together, apart from the deck itself: they must cost no slide.
    """

    def __init__(self, unpacked_max_bytes: int) -> None:
        self._seen: set[str] = set()
        self._bounds = deck_bounds(unpacked_max_bytes)

    def blocks(self, part: ShapePart, shown: Sequence[Block]) -> tuple[list[Block], bool]:
        """Return the words of files embedded in a slide and its charts, and whether some were too large.

        Of the workbook behind a chart only those words are taken that are not in `shown`, the slide's own.
        Files that are damaged, locked or of other types give none; staff are told of them.
        """
        all_blocks: list[Block] = []
        mended = len(part.package.mended)
        is_short = False
        for name, is_behind_chart in left_out.up_to(_embedded_in(part), FILES_MAX, _TOO_MANY_FILES):
            if name.lower() in self._seen:
                continue
            self._seen.add(name.lower())
            try:
                blocks = _blocks(part.package.read(name, self._bounds) or b"", self._bounds)
            except FileRejected as error:
                is_short = is_short or error.category is Outcome.RESOURCE_LIMIT
                blocks = [UNREAD]
            open_blocks = [block for block in blocks if block.field not in STAFF_FIELDS]
            all_blocks += _unseen(open_blocks, shown) if is_behind_chart else open_blocks
            for_staff = [block for block in blocks if block.field in STAFF_FIELDS]
            all_blocks += [block for block in for_staff if block is not UNREAD or UNREAD not in all_blocks]
        return all_blocks, is_short or len(part.package.mended) > mended


def _embedded_in(part: ShapePart) -> Iterator[tuple[str, bool]]:
    """Yield the names of embedded files, and whether each holds the data of a chart."""
    for relation in part.relations.of_kind(*_KINDS, *_HOLDERS):
        if relation.kind in _KINDS:
            yield relation.target, False
        else:
            within = relations_of(part.package, relation.target)
            yield from ((each.target, True) for each in within.of_kind(*_KINDS))


def _unseen(blocks: list[Block], shown: Sequence[Block]) -> list[Block]:
    """Return the words in the cells of `blocks` that no block in `shown` has, as one block."""
    seen = {cell for block in shown for row in block.rows for cell in row}
    seen |= {paragraph.text for block in shown for paragraph in block.paragraphs}
    cells = dict.fromkeys(cell for block in blocks for row in block.rows for cell in row)
    texts = (cell for cell in cells if cell not in seen and any(map(str.isalpha, cell)))
    paragraphs = tuple(Paragraph(text) for text in texts)
    return [Block(BlockField.EMBEDDED, paragraphs=paragraphs)] if paragraphs else []


def _blocks(data: bytes, bounds: PackageBounds) -> list[Block]:
    """Return the words of one embedded file as blocks; where some may be unread, the last one says so."""
    data = _package_in_object(data)
    if not data.startswith(b"PK\x03\x04"):
        return [UNREAD] if data and _EQUATION_STREAM not in data else []
    package = DeckPackage(io.BytesIO(data), bounds)
    within = [UNREAD] if any("/embeddings/" in name for name in package.names()) else []
    if WORKBOOK_PART in package:
        return workbook_blocks(package) + within
    if "word/document.xml" in package:
        return _document_blocks(package) + within
    return _deck_blocks(package) + within if "ppt/presentation.xml" in package else [UNREAD]


def _document_blocks(package: DeckPackage) -> list[Block]:
    """Return the paragraphs of an embedded text document, its footnotes behind them; comments for staff."""
    roots = [root for name in _DOCUMENT_PARTS if (root := package.tree(name)) is not None]
    paragraphs = tuple(Paragraph(line.strip()) for root in roots for line in lines_of(root, page_break=""))
    blocks = [Block(BlockField.EMBEDDED, paragraphs=paragraphs)] if paragraphs else []
    if any(has_deleted_words(root) for root in roots):
        blocks.append(Block(BlockField.NOTES, (Paragraph(STILL_THERE),)))
    hidden = tuple(Paragraph(line) for root in roots for line in hidden_lines(root))
    blocks += [Block(BlockField.NOTES, hidden)] if hidden else []
    comments = package.tree(_COMMENT_PART)
    remarks = () if comments is None else tuple(map(Paragraph, lines_of(comments, page_break="")))
    return [*blocks, Block(BlockField.NOTES, remarks)] if remarks else blocks


def _deck_blocks(package: DeckPackage) -> list[Block]:
    """Return the words of each slide of an embedded deck.

    Hidden slides, notes and comments are for staff there as they are in a deck of its own: they become notes.
    """
    deck: Deck = open_deck(package)
    reader = SlideReader(deck)
    blocks: list[Block] = []
    for at in left_out.up_to(range(len(deck.slides)), SLIDES_MAX, _TOO_MANY_SLIDES):
        page, _ = reader.read(at)
        for_staff = [block for block in page.blocks if is_for_staff(page, block)]
        shown = [block for block in page.blocks if not is_for_staff(page, block)]
        blocks += _embedded(BlockField.EMBEDDED, shown) + _embedded(BlockField.NOTES, for_staff)
    return blocks


def _embedded(field: BlockField, blocks: Sequence[Block]) -> list[Block]:
    """Return the words of a slide in an embedded deck as one block of a field of the slide around it."""
    paragraphs = tuple(
        paragraph
        for block in blocks
        if block.field not in _REPEATED
        for paragraph in (*block.paragraphs, *(Paragraph("\t".join(row)) for row in block.rows))
    )
    return [Block(field, paragraphs=paragraphs)] if paragraphs else []


def _package_in_object(data: bytes) -> bytes:
    """Return the package that an OLE container holds; `data` as it is when it is none or holds none."""
    if not data.startswith(OLE_MAGIC) or _OLE_STREAM_NAME not in data:
        return data
    import olefile  # only here, because few decks have such objects

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if not container.exists(_OLE_STREAM):
                return data
            package: bytes = container.openstream(_OLE_STREAM).read()
            return package
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - olefile raises any kind on containers that are not whole
        return data
