"""Cut one page out of a PDF, with nothing of the others.

A page of a PDF may share its list of fonts and pictures with all others, as in every PDF that LibreOffice
makes: taken along as it is, it carries the pictures of hidden slides with it. So what the page does not use
is left out (by qpdf), and so is what leads elsewhere: other pages, scripts, attached files, data of forms.
Comments, the names of layers and what is on layers that are off are left out, too: nobody sees them on the
page, but they would be in the file.
"""

import ctypes
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
from pikepdf.models import PdfParsingError

from archive.ingest.extractors.base import Finish, PagePdf, ReadLimits
from archive.ingest.extractors.frames import PAGE_PDF_MAX_BYTES
from archive.ingest.extractors.pdf.off_layers import off_layers, take_out
from archive.ingest.extractors.pdf.pdfium.words import words_of
from archive.ingest.extractors.pdf.unseen import PagePlacement, lay_over
from archive.model.extraction import Outcome
from archive.model.pages import WordBox

ENGINE = "qpdf"

FAILURES = (pikepdf.PdfError, PdfParsingError, pypdfium2.PdfiumError, ValueError, TypeError, KeyError,
             AttributeError, IndexError, RuntimeError, OverflowError)  # fmt: skip
_PAGE_KEYS = frozenset(
    {
        "/Type",
        "/Parent",
        "/MediaBox",
        "/CropBox",
        "/Rotate",
        "/UserUnit",
        "/Resources",
        "/Contents",
        "/Group",
        "/Annots",
    }
)
_REMARKS = frozenset({"/Text", "/Popup", "/FileAttachment", "/Sound", "/Redact"})
"""Kinds of annotation that are what somebody has remarked or attached: shown as icons, read when opened."""
_DRAWN_WORDS = frozenset({"/FreeText", "/Link"})
"""Kinds whose contents are what is drawn, or the description of a link; other contents are remarks, too."""
_NOTE_KEYS = frozenset(
    {"/Type", "/Subtype", "/Rect", "/AP", "/AS", "/F", "/Border", "/BS", "/C", "/CA", "/H", "/QuadPoints",
     "/Contents", "/A", "/OC"}
)  # fmt: skip
_NOTES_MAX = 2_000
_OUTSIDE = ("http://", "https://", "mailto:")
_UNITS = 10_000  # pdfium takes whole device units: as many across the page and down it
_NO_PAGE = "The file has no such page."
_DAMAGED = "The page cannot be cut out of the file. Download the original."
_LOCKED = "The file is protected by a password, so no page can be cut out of it. Download the original."
_TOO_LARGE = "The page is too large to be sent on its own. Download the original."


class PdfCutter:
    """Cuts pages out of PDF files with qpdf, and sees with pdfium what came of it."""

    def cut(
        self, file: BinaryIO, limits: ReadLimits, options: Mapping[str, int], words: Sequence[WordBox]
    ) -> Iterator[PagePdf | Finish]:
        """Yield the page that `options["page"]` names, then a Finish; see `base.Cutter`."""
        try:
            with pikepdf.open(file, password=limits.password) as source:
                number, count = options["page"], len(source.pages)
                if not 1 <= number <= min(count, limits.pages_max):
                    yield Finish(Outcome.DAMAGED, _NO_PAGE, page_count=count, engine=ENGINE)
                    return
                data = pages_alone(source, [source.pages[number - 1]])
            made = page_pdf(data, number, words)
        except pikepdf.PasswordError:
            yield Finish(Outcome.PASSWORD, _LOCKED, engine=ENGINE)
            return
        except FAILURES:
            yield Finish(Outcome.DAMAGED, _DAMAGED, engine=ENGINE)
            return
        yield from sent(made, count, ENGINE)


def sent(page_pdf: PagePdf, page_count: int, engine: str) -> Iterator[PagePdf | Finish]:
    """Yield the PDF of a page and a good end, or an end that says that it is too large."""
    if len(page_pdf.pdf) > PAGE_PDF_MAX_BYTES:
        yield Finish(Outcome.RESOURCE_LIMIT, _TOO_LARGE, page_count=page_count, engine=engine)
        return
    yield page_pdf
    yield Finish(Outcome.OK, page_count=page_count, engine=engine)


def saved(document: Any) -> bytes:
    """Return a pikepdf document as bytes; the same document always gives the same ones."""
    buffer = io.BytesIO()
    document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return buffer.getvalue()


def pages_alone(source: Any, pages: Sequence[Any]) -> bytes:
    """Return a PDF that holds some pages of `source` and nothing of the others."""
    if "/AcroForm" in source.Root and source.Root.AcroForm.get("/NeedAppearances", False):
        source.generate_appearance_streams()
    off, layers = off_layers(source), unnamed_layers(source)
    with pikepdf.new() as cut:
        for page in pages:
            take_out(source, page, off)
            _strip(page)
            cut.pages.append(page)
        if layers is not None:
            cut.Root.OCProperties = cut.copy_foreign(source.make_indirect(layers))
        return saved(cut)


def _strip(page: Any) -> None:
    """Leave out what the page does not use, and what leads elsewhere."""
    page.remove_unreferenced_resources()
    for key in set(page.obj.keys()) - _PAGE_KEYS:
        del page.obj[key]
    if "/Annots" in page.obj:
        notes = [note for note in page.obj.Annots if str(note.get("/Subtype", "")) not in _REMARKS]
        page.obj.Annots = pikepdf.Array([_harmless(note) for note in islice(notes, _NOTES_MAX)])


def _harmless(note: Any) -> Any:
    """Return an annotation as it looks, with no remark in it and no way from it but to an address on the web.

    A field of a form shows nothing without its form: it becomes a stamp, with the contents of the field.
    """
    kept = pikepdf.Dictionary({key: note[key] for key in set(note.keys()) & _NOTE_KEYS})
    if "/Contents" in kept and str(kept.get("/Subtype", "")) not in _DRAWN_WORDS:
        del kept["/Contents"]
    if kept.get("/Subtype") == pikepdf.Name.Widget:
        kept.Subtype = pikepdf.Name.Stamp
    if "/A" in kept:
        action = kept.A
        address = str(action.get("/URI", "")) if action.get("/S") == pikepdf.Name.URI else ""
        del kept["/A"]
        if address.lower().startswith(_OUTSIDE):
            kept.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
    return kept


def page_pdf(data: bytes, number: int, words: Sequence[WordBox]) -> PagePdf:
    """Return a PDF of one page with `words` over it; raises where pdfium cannot open it."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        width_pt, height_pt = page.get_size()
        missing = _missing(page, words, width_pt, height_pt) if words else []
        place = _place(page, width_pt, height_pt)
    finally:
        document.close()
    if missing:
        with pikepdf.open(io.BytesIO(data)) as cut:
            lay_over(cut, cut.pages[0], missing, place)
            data = saved(cut)
    return PagePdf(number, width_pt, height_pt, data)


def _missing(page: Any, words: Sequence[WordBox], width_pt: float, height_pt: float) -> list[WordBox]:
    """Return the words that the page does not have itself, at that place."""
    text_page = page.get_textpage()
    try:
        own = {_key(word) for word in words_of(page, text_page, width_pt, height_pt)}
    finally:
        text_page.close()
    return [word for word in words if _key(word) not in own]


def _key(word: WordBox) -> tuple[str, int, int]:
    return word.text, round(word.x), round(word.y)


def _place(page: Any, width_pt: float, height_pt: float) -> PagePlacement:
    corner, right, bottom = (
        _page_point(page, 0, 0),
        _page_point(page, _UNITS, 0),
        _page_point(page, 0, _UNITS),
    )
    return PagePlacement(
        corner,
        ((right[0] - corner[0]) / width_pt, (right[1] - corner[1]) / width_pt),
        ((bottom[0] - corner[0]) / height_pt, (bottom[1] - corner[1]) / height_pt),
    )


def _page_point(page: Any, x: int, y: int) -> tuple[float, float]:
    across, up = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDF_DeviceToPage(page, 0, 0, _UNITS, _UNITS, 0, x, y, across, up)
    return across.value, up.value


_GROUP_KEYS = frozenset({"/Type", "/Intent", "/Usage"})
_USAGE_KEYS = frozenset({"/View", "/Print", "/Export", "/Zoom"})
_CONFIGURATION_KEYS = ("/BaseState", "/ON", "/OFF", "/Intent", "/AS")


def unnamed_layers(source: Any) -> Any:
    """Return what says which layers of a pikepdf document are seen, None where it has none.

    The layers of the document itself lose their names.
    """
    properties = source.Root.get("/OCProperties")
    if properties is None:
        return None
    groups = [group for group in properties.get("/OCGs", ()) if isinstance(group, pikepdf.Dictionary)]
    for group in groups:
        _take_name(group)
    configuration = properties.get("/D", pikepdf.Dictionary())
    kept = {key: configuration[key] for key in _CONFIGURATION_KEYS if key in configuration}
    return pikepdf.Dictionary(OCGs=pikepdf.Array(groups), D=pikepdf.Dictionary(kept))


def _take_name(group: Any) -> None:
    for key in set(group.keys()) - _GROUP_KEYS:
        del group[key]
    group.Name = pikepdf.String("")
    usage = group.get("/Usage")
    for key in set(usage.keys()) - _USAGE_KEYS if isinstance(usage, pikepdf.Dictionary) else ():
        del usage[key]
