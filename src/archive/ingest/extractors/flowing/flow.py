"""Turns text that flows into pages: at the breaks it has, else before a heading or after a printed page."""

from collections.abc import Iterator, Sequence

from archive.model.pages import Block, BlockField, Page, Paragraph

PAGE_CHARS = 3_000
"""A printed page holds about as much; a hit then shows the part of a long text that it is in."""

_PAGE_MAX_CHARS = 6_000
_TITLE_MAX_CHARS = 300


class Flow:
    """Collects the blocks of a text and deals them out to pages.

    `is_paged` says that the text marks its own pages, so that none are made elsewhere.
    """

    def __init__(self, engine: str, is_paged: bool = False) -> None:
        self._engine = engine
        self._is_paged = is_paged
        self._pages: list[list[Block]] = []
        self._blocks: list[Block] = []
        self._paragraphs: list[Paragraph] = []
        self._chars = 0

    def paragraph(self, text: str, level: int = 0, bullet: bool = False) -> None:
        """Add a paragraph; one without words is left out."""
        if not text.strip():
            return
        self._make_room(len(text))
        self._paragraphs.append(Paragraph(text.strip(), level, bullet))
        self._chars += len(text)

    def heading(self, text: str) -> None:
        """Add a heading: the page's title if nothing is before it, else it may begin a new page."""
        line = " ".join(text.split())
        if not line:
            return
        if self._chars >= PAGE_CHARS and not self._is_paged:
            self.end_page()
        if self._chars or len(line) > _TITLE_MAX_CHARS:
            self.paragraph(line)
        else:
            self.block(BlockField.TITLE, [line])

    def table(self, rows: Sequence[Sequence[str]], has_header: bool = False) -> None:
        """Add a table; one without words is left out."""
        cells = tuple(tuple(" ".join(cell.split()) for cell in row) for row in rows)
        if any(any(row) for row in cells):
            self._add(Block(BlockField.TABLE, rows=cells, has_header=has_header))

    def block(self, field: BlockField, texts: Sequence[str]) -> None:
        """Add words of another field, one paragraph a text."""
        paragraphs = tuple(Paragraph(text.strip()) for text in texts if text.strip())
        if paragraphs:
            self._add(Block(field, paragraphs))

    def end_page(self) -> None:
        """End the page, also an empty one where the text marks its own pages."""
        self._close_paragraphs()
        if self._blocks or self._is_paged:
            self._pages.append(self._blocks)
        self._blocks = []
        self._chars = 0

    def pages(self) -> Iterator[Page]:
        """Yield the pages; call it once, at the end. There is always one, if only an empty one."""
        self._close_paragraphs()
        if self._blocks or not self._pages:
            self._pages.append(self._blocks)
        for number, blocks in enumerate(self._pages, start=1):
            yield Page(number, tuple(blocks), reader=self._engine)

    def _add(self, block: Block) -> None:
        self._make_room(len(block.text))
        self._close_paragraphs()
        self._blocks.append(block)
        self._chars += len(block.text)

    def _make_room(self, chars: int) -> None:
        if not self._is_paged and self._chars and self._chars + chars > _PAGE_MAX_CHARS:
            self.end_page()

    def _close_paragraphs(self) -> None:
        if self._paragraphs:
            self._blocks.append(Block(BlockField.BODY, tuple(self._paragraphs)))
            self._paragraphs = []
