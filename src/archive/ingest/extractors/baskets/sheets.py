"""The sheets that slides are laid on: a source line below each, and a list of all sources at the end."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame, Paragraph

from archive.ingest.extractors.baskets.tagging import FIGURE, HEADING, PARAGRAPH, Marks

FONT: Final = "Sources"
_FOLDERS: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_INSTALLED: Final = (
    "truetype/noto/NotoSans-Regular.ttf",
    "truetype/dejavu/DejaVuSans.ttf",
    "truetype/liberation2/LiberationSans-Regular.ttf",
)
_OWN: Final = "Vera.ttf"
"""Comes with reportlab and has the letters of Western Europe, so there is always one."""
_WIDTHS_PT: Final = (320.0, 1440.0)
"""Slides are made as wide as this at least and at most, so that the line below them can be read."""
_HEIGHT_MAX_PT: Final = 5000.0
_FONT_SHARE: Final = 1 / 76  # of the sheet's width
_FONT_MIN_PT: Final = 6.5
_LEADING: Final = 1.3
_MARGIN_SHARE: Final = 0.025
_STRIP_LINES: Final = 4
_INK, _LINK_INK, _RULE = HexColor(0x222222), "#0b4a8f", HexColor(0x999999)
_LIST_MARGIN_PT: Final = 56.0
_LIST_FONT_PT, _HEADING_PT = 10.0, 16.0
_CARD_PT: Final = (720.0, 405.0)
_MEASURED_MAX: Final = 20_000


class _Measured(TTFont):
    """A font that measures a word once: what is made smaller until it fits is measured many times."""

    def __init__(self, path: Path) -> None:
        super().__init__(FONT, str(path))
        self.stringWidth = lru_cache(_MEASURED_MAX)(super().stringWidth)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a slide is laid on its sheet: left, bottom, right and top in points."""

    place: tuple[float, float, float, float]


def sheets(
    told: Mapping[str, Any], sizes_pt: Sequence[tuple[float, float] | None]
) -> tuple[bytes, list[Sheet], Marks]:
    """Return a PDF of empty sheets with their source lines and the list at the end, where slides go, and what
    stands on each page.

    Args:
        told: what the bundle says.
        sizes_pt: the size of each slide; None for one whose words are set on its sheet instead.
    """
    pages = told["pages"]
    embed_font(_texts(told))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1, lang=told["language"])
    places, marks = [], Marks()
    for page, size_pt in zip(pages, sizes_pt, strict=True):
        places.append(_sheet(canvas, page, size_pt, marks))
        canvas.showPage()
        marks.begin_page()
    _list_sources(canvas, told, marks)
    canvas.save()
    return buffer.getvalue(), places, marks


def _sheet(
    canvas: Canvas, page: Mapping[str, Any], size_pt: tuple[float, float] | None, marks: Marks
) -> Sheet:
    width, height = _bounded(size_pt or _CARD_PT)
    font_pt = max(_FONT_MIN_PT, width * _FONT_SHARE)
    margin = width * _MARGIN_SHARE
    line = Paragraph(_linked(page["source"], page["address"]), _style(font_pt))
    strip = margin + _STRIP_LINES * font_pt * _LEADING
    kept = KeepInFrame(width - 2 * margin, strip - 0.6 * margin, [line], mode="shrink")
    _, used = kept.wrapOn(canvas, width - 2 * margin, strip)
    strip = used + margin
    canvas.setPageSize((width, height + strip))
    canvas.setStrokeColor(_RULE)
    canvas.setLineWidth(0.5)
    canvas.line(0, strip, width, strip)
    if size_pt is None:
        with marks.drawn(canvas, PARAGRAPH):
            _set_words(canvas, page, (margin, strip + margin, width - margin, strip + height - margin))
    else:
        marks.reserve(FIGURE)  # the slide is laid there later
    with marks.drawn(canvas, PARAGRAPH):
        kept.drawOn(canvas, margin, strip - used - 0.4 * margin)
    return Sheet((0.0, strip, width, strip + height))


def _bounded(size_pt: tuple[float, float]) -> tuple[float, float]:
    width, height = size_pt
    scale = min(max(width, _WIDTHS_PT[0]), _WIDTHS_PT[1]) / width
    scale = min(scale, _HEIGHT_MAX_PT / height)
    return width * scale, height * scale


def _set_words(canvas: Canvas, page: Mapping[str, Any], place: tuple[float, float, float, float]) -> None:
    """Set the words of a slide that has no picture, made smaller until they fit."""
    left, bottom, right, top = place
    flow: list[Any] = [Paragraph(escape(page["title"]), _style(24.0, after=0.5))] if page["title"] else []
    flow += [Paragraph(escape(text), _style(14.0, after=0.4)) for text in page["paragraphs"]]
    if flow:
        kept = KeepInFrame(right - left, top - bottom, flow, mode="shrink")
        _, used = kept.wrapOn(canvas, right - left, top - bottom)
        kept.drawOn(canvas, left, top - used)


def _list_sources(canvas: Canvas, told: Mapping[str, Any], marks: Marks) -> None:
    """Draw the list of sources, on as many pages as it takes."""
    width, height = A4[0] - 2 * _LIST_MARGIN_PT, A4[1] - 2 * _LIST_MARGIN_PT
    canvas.setPageSize(A4)
    left_pt = height
    for nth, paragraph in enumerate(_list(told)):
        waiting = [paragraph]
        while waiting:
            piece, *rest = waiting
            fitting: list[Any] = piece.split(width, left_pt)
            if not fitting and left_pt < height:  # not even its first lines
                canvas.showPage()
                marks.begin_page()
                canvas.setPageSize(A4)
                left_pt = height
                continue
            piece, *waiting = [*(fitting or [piece]), *rest]  # what no page can hold is drawn as it is
            _, used = piece.wrap(width, height)
            with marks.drawn(canvas, PARAGRAPH if nth else HEADING):
                piece.drawOn(canvas, _LIST_MARGIN_PT, _LIST_MARGIN_PT + left_pt - used)
            left_pt -= used + piece.style.spaceAfter
    canvas.showPage()


def _list(told: Mapping[str, Any]) -> Iterator[Paragraph]:
    yield Paragraph(escape(told["heading"]), _style(_HEADING_PT, after=0.8))
    for entry in told["sources"]:
        yield Paragraph(_linked(entry["text"], entry["address"]), _style(_LIST_FONT_PT, after=0.8))
    for remark in told["remarks"]:
        yield Paragraph(escape(remark), _style(_LIST_FONT_PT, after=0.8))


def _linked(text: str, address: str) -> str:
    """Return a text as reportlab's markup, its address as a link."""
    before, found, after = text.partition(address) if address else (text, "", "")
    if not found:
        return escape(text)
    link = f'<a href={quoteattr(address)} color="{_LINK_INK}">{escape(address)}</a>'
    return f"{escape(before)}{link}{escape(after)}"


def _style(size_pt: float, after: float = 0.0) -> ParagraphStyle:
    return ParagraphStyle(
        "source",
        fontName=FONT,
        fontSize=size_pt,
        leading=size_pt * _LEADING,
        textColor=_INK,
        spaceAfter=after * size_pt,
        splitLongWords=1,
    )


def _texts(told: Mapping[str, Any]) -> Iterator[str]:
    yield told["heading"]
    yield from told["remarks"]
    for entry in told["sources"]:
        yield entry["text"]
    for page in told["pages"]:
        yield page["source"]
        yield page.get("title", "")
        yield from page.get("paragraphs", ())


def embed_font(texts: Iterable[str]) -> None:
    """Make `FONT` the font that lacks the fewest letters of `texts`, the first of those that lack none."""
    letters = {ord(letter) for letter in set[str]().union(*texts) if not letter.isspace()}
    best: _Measured | None = None
    least = len(letters) + 1
    for path in (*(folder / name for name in _INSTALLED for folder in _FOLDERS), Path(_OWN)):
        try:
            font = _Measured(path)
        except (TTFError, OSError):
            continue
        lacking = len(letters - font.face.charToGlyph.keys())
        if lacking < least:
            best, least = font, lacking
        if not lacking:
            break
    pdfmetrics.registerFont(best)
