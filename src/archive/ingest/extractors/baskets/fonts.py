"""The font that sources are set in: one that has their letters, embedded in the file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

FONT: Final = "Sources"
_FOLDERS: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_INSTALLED: Final = (
    "truetype/noto/NotoSans-Regular.ttf",
    "truetype/dejavu/DejaVuSans.ttf",
    "truetype/liberation2/LiberationSans-Regular.ttf",
)
_OWN: Final = "Vera.ttf"
"""Comes with reportlab and has the letters of Western Europe, so there is always one."""


def embed_font(texts: Iterable[str]) -> None:
    """Make `FONT` the font that lacks the fewest letters of `texts`, the first of those that lack none."""
    letters = {ord(letter) for text in texts for letter in text if not letter.isspace()}
    best: TTFont | None = None
    least = len(letters) + 1
    for path in (*(folder / name for name in _INSTALLED for folder in _FOLDERS), Path(_OWN)):
        try:
            font = TTFont(FONT, str(path))
        except (TTFError, OSError):
            continue
        lacking = len(letters - font.face.charToGlyph.keys())
        if lacking < least:
            best, least = font, lacking
        if not lacking:
            break
    pdfmetrics.registerFont(best)
