"""Slides for tests: their text as pages, and their pictures drawn with Pillow, words in known places."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from archive.model.pages import Block, BlockField, Page, Paragraph, Picture, WordBox
from archive.store.store import Store

WIDTH_PT, HEIGHT_PT = 960.0, 540.0
LARGE_PX, SMALL_PX = 1280, 320
_SCALE = LARGE_PX / WIDTH_PT
_COLOURS = ["#0b4a57", "#31572c", "#5b3a68", "#7a3b1d"]


@dataclass(frozen=True)
class Slide:
    """What a test slide says."""

    title: str
    lines: tuple[str, ...] = ()
    notes: str = ""
    hidden: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    footer: str = ""


def page(slide: Slide, number: int, language: str) -> Page:
    """Return the slide as an extractor would."""
    blocks = [Block(BlockField.TITLE, (Paragraph(slide.title),), language=language)]
    if slide.lines:
        paragraphs = tuple(
            Paragraph(line.strip(), level=line.count("\t"), bullet=True) for line in slide.lines
        )
        blocks.append(Block(BlockField.BODY, paragraphs, language=language))
    if slide.rows:
        blocks.append(Block(BlockField.TABLE, rows=slide.rows, has_header=True, language=language))
    if slide.footer:
        blocks.append(Block(BlockField.FOOTER, (Paragraph(slide.footer),), language=language))
    if slide.notes:
        blocks.append(Block(BlockField.NOTES, (Paragraph(slide.notes),), language=language))
    return Page(number, tuple(blocks), slide.hidden, language, "test", WIDTH_PT, HEIGHT_PT)


def draw(slide: Slide, number: int, colour: int, store: Store) -> Picture:
    """Draw the slide, keep both sizes in the store, and return where its words stand."""
    image = Image.new("RGB", (LARGE_PX, round(HEIGHT_PT * _SCALE)), "#ffffff")
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, LARGE_PX, 26), fill=_COLOURS[colour % len(_COLOURS)])
    words = _write(canvas, slide.title, 70.0, 90.0, 54.0, _COLOURS[colour % len(_COLOURS)])
    top = 230.0
    for line in slide.lines:
        left = 100.0 + 60.0 * line.count("\t")
        canvas.ellipse((left - 30, top + 14, left - 18, top + 26), fill=_COLOURS[colour % len(_COLOURS)])
        words += _write(canvas, line.strip(), left, top, 34.0, "#222222")
        top += 68.0
    for row in slide.rows:
        for column, cell in enumerate(row):
            words += _write(canvas, cell, 100.0 + 330.0 * column, top, 32.0, "#222222")
        top += 56.0
    small = image.resize((SMALL_PX, round(image.height * SMALL_PX / LARGE_PX)))
    return Picture(
        number=number,
        width_pt=WIDTH_PT,
        height_pt=HEIGHT_PT,
        width_px=image.width,
        height_px=image.height,
        large_sha256=store.put_bytes(_webp(image)).sha256,
        small_sha256=store.put_bytes(_webp(small)).sha256,
        words=tuple(words),
    )


def _write(
    canvas: ImageDraw.ImageDraw, text: str, left: float, top: float, size: float, colour: str
) -> list[WordBox]:
    font = _font(size)
    boxes = []
    for word in text.split():
        box = canvas.textbbox((left, top), word, font=font)
        canvas.text((left, top), word, font=font, fill=colour)
        x, y = box[0] / _SCALE, box[1] / _SCALE
        boxes.append(WordBox(word, x, y, (box[2] - box[0]) / _SCALE, (box[3] - box[1]) / _SCALE))
        left = box[2] + size * 0.28
    return boxes


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return a font with Swedish letters where the machine has one of those in system-packages.txt."""
    for name in ("Carlito-Regular.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf"):
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _webp(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=80)
    return buffer.getvalue()
