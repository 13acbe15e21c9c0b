"""A PDF opened by pdfminer.six."""

import logging
import time
from typing import BinaryIO

from pdfminer.encodingdb import EncodingDB
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import apply_matrix_rect

from archive.ingest.extractors.pdf.letters import Letter, recompose
from archive.ingest.extractors.pdf.miner.device import LetterDevice
from archive.ingest.extractors.pdf.miner.interpreter import TextInterpreter
from archive.ingest.extractors.pdf.miner.layout import LineBox, boxes_of, without_shadows
from archive.ingest.extractors.pdf.streams import view

MINER = "pdfminer.six"
"""The reader of pages whose lines have places."""

_PAGE_CPU_S = 5.0  # forms that show forms can run for ever; an ordinary page takes 0.01 s

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it reports every oddity of every file
# A hyphen by ISO 32000-1 (D.2, note 6), which pdfminer takes for a space; writers put it where words divide.
EncodingDB.win2unicode[0xAD] = "\u00ad"


class MinerFile:
    """A PDF opened by pdfminer.six."""

    def __init__(self, file: BinaryIO, password: str = "") -> None:
        """Open `file`; raises what pdfminer raises, which is nearly any exception."""
        self._document = PDFDocument(PDFParser(view(file)), password)
        self._pages = PDFPage.create_pages(self._document)
        self._device = LetterDevice(PDFResourceManager())
        self._interpreter = TextInterpreter(self._device.rsrcmgr, self._device)

    def next_page(self) -> PDFPage | None:
        """Return the next page without reading it, None after the last; raises what pdfminer raises."""
        return next(self._pages, None)

    def letters(self, page: PDFPage) -> list[Letter]:
        """Return the letters of a page in the order in which they are drawn; raises what pdfminer raises."""
        self._device.letters = []
        self._interpreter.deadline_s = time.process_time() + _PAGE_CPU_S
        self._interpreter.process_page(page)
        return self._device.letters

    def boxes(self, page: PDFPage) -> tuple[LineBox, ...]:
        """Read a page into boxes in reading order; raises what pdfminer raises."""
        letters = recompose(self.letters(page))
        left, bottom, right, top = apply_matrix_rect(_TURNS.get(page.rotate, _UPRIGHT), page.mediabox)
        return without_shadows(boxes_of(letters, abs(left - right), abs(bottom - top)))


_UPRIGHT = (1, 0, 0, 1, 0, 0)
_TURNS = {90: (0, -1, 1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, 1, -1, 0, 0, 0)}
