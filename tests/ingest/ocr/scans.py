"""Pictures of text, as a scanner or a camera makes them."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf")
HAS_FONT = _FONT.exists()


def picture_of(*lines: str, width_px: int = 1240, height_px: int = 900, size_px: int = 44) -> Image.Image:
    """Return a grey picture with these lines in black."""
    picture = Image.new("RGB", (width_px, height_px), (235, 235, 230))
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(_FONT), size_px)
    for index, line in enumerate(lines):
        pen.text((90, 120 + index * size_px * 2), line, fill=(20, 20, 20), font=font)
    return picture


def png_of(picture: Image.Image) -> bytes:
    """Return the picture as a PNG file."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def scanned_pdf(*pages: Image.Image) -> bytes:
    """Return a PDF whose pages are nothing but these pictures."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 432))
    for picture in pages:
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 432)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
