"""The sample report: a PDF of five A4 pages with headings, tables and page numbers."""

from io import BytesIO

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from samples.deck import LABEL
from samples.report_text import CHAPTERS, PUBLISHER, SUBTITLE, TITLE, Chapter
from samples.theme import COPPER, DARK, INK, SAND, SLATE

_BODY = ParagraphStyle(
    "body", fontName="Helvetica", fontSize=12, leading=19, spaceAfter=10, textColor=HexColor(f"#{INK}")
)
_HEADING = ParagraphStyle(
    "heading", _BODY, fontName="Helvetica-Bold", fontSize=20, leading=26, textColor=HexColor(f"#{DARK}")
)
_SMALL_HEADING = ParagraphStyle("small", _HEADING, fontSize=14, leading=19, spaceBefore=10, spaceAfter=4)
_TITLE = ParagraphStyle("title", _HEADING, fontSize=30, leading=36, alignment=TA_LEFT)
_LABEL = ParagraphStyle("label", _BODY, fontName="Helvetica-Bold", textColor=HexColor(f"#{COPPER}"))
_CAPTION = ParagraphStyle("caption", _BODY, fontSize=9, leading=12, textColor=HexColor(f"#{SLATE}"))


def build() -> bytes:
    """Return the report as a PDF; the same bytes each time."""
    content = BytesIO()
    document = SimpleDocTemplate(
        content,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=25 * mm,
        topMargin=25 * mm,
        bottomMargin=25 * mm,
        title=TITLE,
        author=PUBLISHER,
        subject=LABEL,
        lang="sv-SE",
        invariant=1,
    )
    story: list[Flowable] = [
        Spacer(1, 60 * mm),
        Paragraph(LABEL, _LABEL),
        Paragraph(TITLE, _TITLE),
        Spacer(1, 6 * mm),
        Paragraph(SUBTITLE, _BODY),
        Paragraph(PUBLISHER, _BODY),
    ]
    for chapter in CHAPTERS:
        story += _chapter(chapter)
    document.build(story, onFirstPage=_cover, onLaterPages=_running)
    return content.getvalue()


def _chapter(chapter: Chapter) -> list[Flowable]:
    parts: list[Flowable] = [PageBreak(), Paragraph(chapter.title, _HEADING)]
    for text in chapter.paragraphs:
        if text.startswith("# "):
            parts.append(Paragraph(text.removeprefix("# "), _SMALL_HEADING))
        else:
            parts.append(Paragraph(text, _BODY))
    if chapter.rows:
        parts += [Spacer(1, 4 * mm), _table(chapter.rows), Paragraph(chapter.caption, _CAPTION)]
    return parts


def _table(rows: tuple[tuple[str, ...], ...]) -> Flowable:
    widths = [52 * mm] + [108 * mm / (len(rows[0]) - 1)] * (len(rows[0]) - 1)
    table = Table([list(row) for row in rows], colWidths=widths, spaceAfter=4)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), "Helvetica", 11),
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 11),
                ("BACKGROUND", (0, 0), (-1, 0), HexColor(f"#{DARK}")),
                ("TEXTCOLOR", (0, 0), (-1, 0), white),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, HexColor(f"#{SAND}")]),
                ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
                ("TOPPADDING", (0, 0), (-1, -1), 7),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        )
    )
    return table


def _cover(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFillColor(HexColor(f"#{DARK}"))
    canvas.rect(0, A4[1] - 45 * mm, A4[0], 45 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor(f"#{COPPER}"))
    canvas.rect(0, A4[1] - 47 * mm, A4[0], 2 * mm, stroke=0, fill=1)
    _running(canvas, document)


def _running(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.setFillColor(HexColor(f"#{SLATE}"))
    canvas.drawString(25 * mm, 14 * mm, f"{LABEL} · {PUBLISHER}")
    canvas.drawRightString(A4[0] - 25 * mm, 14 * mm, f"Sida {document.page}")
