"""Small files of the other formats that are read without LibreOffice, and PDFs that LaTeX made."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.ingest.extractors.texts_of_word import PAGE_BREAK, STYLES, document, paragraph

_LATEX = Path(__file__).parent / "latex"
_PAGE = """<!DOCTYPE html><html lang="sv"><head><title>Årsmöte</title><script>dolt()</script></head><body>
<header>Region Gävleborg</header><h1>Årsmötet 2024</h1><p>Vi <b>samlades</b> i Gävle.</p>
<ul><li>Val av styrelse</li><li>Budget<ul><li>Resor</li></ul></li></ul>
<table><tr><th>Post</th><th>Kronor</th></tr><tr><td>Resor</td><td>12&nbsp;000</td></tr></table>
<img src="karta.png" alt="Karta över länet"><a href="https://example.org/protokoll">Protokollet</a></body></html>"""
_TEXT = "Protokoll från årsmötet\n\nVi samlades i Gävle och valde ny styrelse.\n\n- Budgeten antogs\n"


def others() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by the name of its golden file."""
    return {
        "document": _document,
        "picture": _picture,
        "text": _TEXT.encode,
        "text_latin1": lambda: _TEXT.encode("latin-1"),
        "text_utf16": lambda: _TEXT.encode("utf-16"),
        "unknown": lambda: bytes(range(256)) * 20,
        "web_page": _PAGE.encode,
        **{f"latex_{file.stem}": file.read_bytes for file in sorted(_LATEX.glob("*.pdf"))},
    }


def _document() -> bytes:
    first = paragraph("Rapport", "Rubrik1") + paragraph("Skogen växer i Norrland.")
    return document(
        first + PAGE_BREAK + paragraph("Slutsats", "Rubrik1") + paragraph("Mer skog."), {"styles.xml": STYLES}
    )


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 150), (200, 20, 20)).save(buffer, "PNG", dpi=(150, 150))
    return buffer.getvalue()
