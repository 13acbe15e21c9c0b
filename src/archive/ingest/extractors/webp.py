"""What every drawer does alike: which pages are wanted, how large a picture may be, and how it is kept."""

import io
from collections.abc import Mapping

from PIL import Image

from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX

HEIGHT_MAX_WIDTHS = 4.0
"""A picture taller than four times its width is drawn narrower."""
SIDE_MAX_PX = 16_000
"""The longest side of a picture: WebP ends at 16,383 (RFC 9649, 2.7.1.2)."""

_METHOD = 4  # Pillow's default, in the middle between speed and size


def wanted_numbers(count: int, options: Mapping[str, int]) -> range:
    """Return the numbers of the pages to draw: all, or the one that the option `page` names."""
    page = options.get("page", 0)
    return range(page, page + 1) if 1 <= page <= count else range(1, count + 1)


def resized(picture: Image.Image, width_px: int) -> Image.Image:
    """Return the picture at most `width_px` wide and not too tall; it is never made larger."""
    height_max_px = min(HEIGHT_MAX_WIDTHS * width_px, SIDE_MAX_PX)
    share = min(1.0, width_px / picture.width, height_max_px / picture.height)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def turned(picture: Image.Image, options: Mapping[str, int]) -> Image.Image:
    """Return the picture, upside down where the option `upside_down` says so."""
    return picture.transpose(Image.Transpose.ROTATE_180) if options.get("upside_down", 0) else picture


def grey(picture: Image.Image) -> bytes:
    """Return the picture in a few pixels of grey, whatever its shape: what it is compared with others by."""
    size = (GREY_WIDTH_PX, GREY_HEIGHT_PX)
    return picture.convert("L").resize(size, Image.Resampling.BOX, reducing_gap=3.0).tobytes()


def webp(picture: Image.Image, quality: int) -> bytes:
    """Return the picture as a WebP file of `quality` 1 to 100."""
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=_METHOD)
    return buffer.getvalue()
