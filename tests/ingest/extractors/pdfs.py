"""Small PDFs made for tests."""

import io
from collections.abc import Sequence

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

A4_PT = (595.0, 842.0)


def pdf(
    pages: Sequence[Sequence[tuple[str, float, float, float]]],
    size_pt: tuple[float, float] = A4_PT,
    title: str = "",
    password: str = "",
    rotation: int = 0,
    crop_pt: tuple[float, float, float, float] | None = None,
) -> bytes:
    """Return a PDF; each page is a list of (text, x, y from below, letter size) in points."""
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, pagesize=size_pt, invariant=True, encrypt=encryption)
    if title:
        canvas.setTitle(title)
    for page in pages:
        canvas.setPageRotation(rotation)
        if crop_pt:
            canvas.setCropBox(crop_pt)
        for text, x, y, size in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(
    texts: Sequence[str], top: float, size: float = 11, x: float = 70
) -> list[tuple[str, float, float, float]]:
    """Return lines of text set close below each other, the first at height `top` from below."""
    return [(text, x, top - index * size * 1.2, size) for index, text in enumerate(texts)]


REPORT_PAGES = [
    [
        ("Regional översikt", 70, 760, 24),
        *lines(["Arbetsmarknaden i länet har vuxit, och industri-", "ell produktion går bra."], 700),
        *lines(["• Fler sysselsatta", "• Närings- och", "teknikstöd"], 600),
    ],
    [("Slutsatser", 70, 760, 20), *lines(["Mer samverkan mellan EU-", "Kommissionen och länen."], 700)],
]
