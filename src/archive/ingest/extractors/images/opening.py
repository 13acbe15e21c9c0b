"""Open a picture within bounds, as it is to be seen: turned upright, in red, green and blue, on white."""

import contextlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from archive.errors import FileRejected
from archive.model.extraction import Outcome

ENGINE = "Pillow"

PIXELS_MAX = 64_000_000
"""Red, green and blue of as many pixels take 192 MB, and drawing needs a copy; a child has 1 GiB."""

_DECLARED_PIXELS_MAX = 600_000_000  # JPEG is made smaller while it is read, other formats are not
# Imported here, because in the confined child Pillow cannot look for them among all the others it has.
_PLUGINS = (
    PngImagePlugin.PngImageFile,
    JpegImagePlugin.JpegImageFile,
    MpoImagePlugin.MpoImageFile,
    TiffImagePlugin.TiffImageFile,
    WebPImagePlugin.WebPImageFile,
    GifImagePlugin.GifImageFile,
    BmpImagePlugin.BmpImageFile,
)
_FORMATS = tuple(plugin.format for plugin in _PLUGINS if plugin.format in Image.OPEN)  # MPO opens as JPEG
_MANY_FRAMES = ("TIFF",)  # frames of a GIF or WebP are a film, those of a TIFF are pages
_RESOLUTIONS_DPI = (20.0, 2400.0)
_SCREEN_DPI = 96.0
_POINTS_PER_INCH = 72.0
_DAMAGED = "The picture is damaged and cannot be opened. Save it anew and add it again."
_TOO_LARGE = (
    "The picture has {millions} million pixels, more than can be opened. Make it smaller and add it again."
)


class OpenedPicture:
    """One opened picture file with one or more pages. Raises FileRejected where it cannot be opened."""

    def __init__(self, file: BinaryIO) -> None:
        Image.MAX_IMAGE_PIXELS = None  # sizes are looked at below, before anything is unpacked
        try:
            self._image = Image.open(file, formats=_FORMATS)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError) as error:
            raise FileRejected(Outcome.DAMAGED, _DAMAGED) from error
        self.page_count = self._count()

    def _count(self) -> int:
        if self._image.format not in _MANY_FRAMES:
            return 1
        try:
            return int(getattr(self._image, "n_frames", 1))
        except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError):
            return 1  # the pages after the first cannot be found

    def size_pt(self, number: int) -> tuple[float, float]:
        """Return the width and height of page `number` in points, by the resolution that the file gives."""
        self._go_to(number)
        resolution = self._image.info.get("dpi", (0, 0))
        sizes = [
            pixels * _POINTS_PER_INCH / _usable_dpi(dpi)
            for pixels, dpi in zip(self._image.size, resolution, strict=False)
        ]
        width_pt, height_pt = sizes if len(sizes) == 2 else (0.0, 0.0)
        return (height_pt, width_pt) if self._is_turned() else (width_pt, height_pt)

    def drawn(self, number: int, width_px: int) -> Image.Image:
        """Return page `number` upright, in red, green and blue; at least `width_px` wide if it is."""
        self._go_to(number)
        with _named_failures():
            self._image.draft("RGB", (2 * width_px, 2 * width_px))
            self._check_pixels(PIXELS_MAX)
            upright = ImageOps.exif_transpose(self._image)
            return _on_white(upright)

    def texts(self) -> dict[str, str]:
        """Return what the file says of itself: "title", "author", "description"."""
        texts: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError, SyntaxError, TypeError, KeyError):
            tags = self._image.getexif()
            for name, key in (("description", 0x010E), ("author", 0x013B)):  # TIFF 6.0, section 8
                if isinstance(tags.get(key), str):
                    texts[name] = tags[key]
        for name in ("Title", "Author", "Description"):  # PNG (third edition), 11.3.3.2
            if isinstance(self._image.info.get(name), str):
                texts[name.lower()] = self._image.info[name]
        return {name: " ".join(text.split()) for name, text in texts.items() if text.strip()}

    def close(self) -> None:
        """Free what Pillow holds."""
        self._image.close()

    def _go_to(self, number: int) -> None:
        with _named_failures():
            self._image.seek(number - 1)
        self._check_pixels(_DECLARED_PIXELS_MAX if self._image.format in ("JPEG", "MPO") else PIXELS_MAX)

    def _check_pixels(self, pixels_max: int) -> None:
        pixels = self._image.width * self._image.height
        if pixels > pixels_max:
            raise FileRejected(Outcome.RESOURCE_LIMIT, _TOO_LARGE.format(millions=round(pixels / 1_000_000)))

    def _is_turned(self) -> bool:
        """Return whether the picture lies on its side: orientations 5 to 8 (Exif 2.32, 4.6.4)."""
        with contextlib.suppress(OSError, ValueError, SyntaxError, TypeError, KeyError):
            return self._image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        return False


@contextlib.contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError) as error:
        raise FileRejected(Outcome.DAMAGED, _DAMAGED) from error


def _usable_dpi(resolution: object) -> float:
    try:
        dpi = float(resolution)  # type: ignore[arg-type] # a number or fraction of the file's own
    except (TypeError, ValueError, ZeroDivisionError):
        return _SCREEN_DPI
    return dpi if _RESOLUTIONS_DPI[0] <= dpi <= _RESOLUTIONS_DPI[1] else _SCREEN_DPI


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I", "F")):
        return _grey(picture).convert("RGB")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = Image.new("RGB", layer.size, "white")
        white.paste(layer, mask=layer.getchannel("A"))
        return white
    return picture.convert("RGB")


def _grey(picture: Image.Image) -> Image.Image:
    """Return 16 or 32 bits of grey as 8, from the darkest to the lightest that there is."""
    values = picture.convert("F")
    darkest, lightest = (float(extreme) for extreme in cast("tuple[float, float]", values.getextrema()))
    scale = 255.0 / (lightest - darkest) if lightest > darkest else 1.0
    return values.point(lambda value: value * scale - darkest * scale).convert("L")
