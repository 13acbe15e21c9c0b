"""Slides that nobody changed: made of running text, on a few designs, so that there are many."""

import io
import random
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from archive.model.pages import Block, BlockField, Page, Paragraph
from bench.reuse.slides import Slide
from bench.synthetic.corpus import RunningText

_SIZE_PX: Final = (320, 180)
_SHORT_SHARE: Final = 0.25
_DESIGNS: Final = (
    ("white", "#1b4f9c", "top"),
    ("white", "#c00000", "left"),
    ("#f4f1ea", "#0a7a3c", "bottom"),
    ("#10243f", "#e0e6ee", "none"),
    ("white", "#888888", "none"),
    ("#e9eef5", "#1b4f9c", "left"),
)


def made_slide(text: RunningText, number: int) -> Slide:
    """Return the slide of a number: every fourth has less than twelve words, and a picture or a drawing."""
    numbers = random.Random(19_000_000 + number)
    is_short = numbers.random() < _SHORT_SHARE
    wanted = numbers.randint(1, 9) if is_short else numbers.randint(12, 120)
    words = text.run(numbers.randrange(len(text.row)), wanted)
    title, said = " ".join(words[:6]).capitalize(), words[6:]
    lines = [" ".join(said[start : start + 9]) for start in range(0, len(said), 9)]
    blocks = [Block(BlockField.TITLE, (Paragraph(title),))]
    if lines:
        blocks.append(Block(BlockField.BODY, tuple(map(Paragraph, lines))))
    picture = _picture(numbers, title, lines, is_short)
    return Slide(f"made/{number // 40}", Page(1, tuple(blocks)), picture)


def _picture(numbers: random.Random, title: str, lines: list[str], has_drawing: bool) -> bytes:
    ground, colour, place = numbers.choice(_DESIGNS)
    picture = Image.new("RGB", _SIZE_PX, ground)
    draw = ImageDraw.Draw(picture)
    width, height = _SIZE_PX
    bars = {"top": (0, 0, width, 28), "left": (0, 0, 16, height), "bottom": (0, height - 18, width, height)}
    if place in bars:
        draw.rectangle(bars[place], fill=colour)
    if has_drawing:
        _drawing(draw, numbers)
    draw.text((24, 34), title, fill=colour, font=ImageFont.load_default(16))
    for at, line in enumerate(lines[:9]):
        draw.text((28, 62 + 12 * at), line, fill="#333333", font=ImageFont.load_default(9))
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=80)
    return buffer.getvalue()


def _drawing(draw: ImageDraw.ImageDraw, numbers: random.Random) -> None:
    """Draw a chart, boxes or something like a photograph."""
    kind = numbers.randrange(3)
    for at in range(numbers.randint(3, 9)):
        x, y = numbers.randint(20, 260), numbers.randint(55, 150)
        colour = f"#{numbers.randrange(1 << 24):06x}"
        if kind == 0:
            draw.rectangle((40 + 26 * at, y, 58 + 26 * at, 165), fill=colour)
        elif kind == 1:
            draw.rectangle((x, y, x + numbers.randint(20, 90), y + numbers.randint(10, 50)), outline=colour)
        else:
            draw.ellipse((x, y, x + numbers.randint(30, 150), y + numbers.randint(20, 90)), fill=colour)
