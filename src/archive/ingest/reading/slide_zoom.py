"""A slide's picture in more pixels than the one that is kept, drawn when a visitor zooms in.

To keep it of every slide would take three times the room of all pictures; it is wanted of few. A page is
drawn in a fresh confined process within the bounds of a slide's PDF (`slide_pdf.py`), and takes its turn
with those.
"""

import hashlib

from archive.errors import NotFound
from archive.ingest.filetypes.media_types import IMAGES
from archive.ingest.reading.on_demand import MakingTurns, pdf_is_kept, pdf_of
from archive.model.documents import Version
from archive.model.pages import Picture
from archive.settings.settings import Settings
from archive.store.store import Store

SIDE_MAX_PX = 2560
"""The longest side of a zoomed picture: four times the area of the large one, and 27 MB while it is drawn."""
_GAIN_MIN = 1.2
"""Less than a fifth more is not seen."""
_FORM = "1"
"""To be changed with what the picture looks like: browsers then ask for it again."""


class SlideZooms:
    """Draws slides larger than they are kept. Safe to use from several threads; nothing stays running."""

    def __init__(self, originals: Store, pictures: Store, settings: Settings, turns: MakingTurns) -> None:
        self._originals = originals
        self._pictures = pictures
        self._settings = settings
        self._turns = turns

    def webp(self, version: Version, picture: Picture) -> bytes:
        """Return the zoomed picture of the slide that has this picture, as a WebP file.

        Raises NotFound where nothing larger can be drawn, Busy where too many are being made, PictureError,
        PathError and PartMissing.
        """
        from archive.ingest.reading.draw_pages import Drawable, draw_larger
        from archive.ingest.reading.limits import cut_limits
        from archive.ingest.sandbox.spawning import FreshSandbox

        width_px = zoomed_width_px(version, picture)
        source = pdf_of(version, self._originals, self._pictures)
        if source is None and version.original.media_type in IMAGES:
            source = Drawable(self._originals.path(version.original.sha256), version.original.media_type)
        if not width_px or source is None:
            raise NotFound("There is no larger picture of this slide.")
        quality = self._settings.pictures.webp_quality
        with self._turns.turn():
            limits = cut_limits(self._settings)
            return draw_larger(FreshSandbox(), source, picture.number, width_px, quality, limits).large


def zoomed_width_px(version: Version, picture: Picture) -> int:
    """Return how wide the zoomed picture may be; 0 where none can be drawn, or none that shows more."""
    media_type = version.original.media_type
    if not (pdf_is_kept(version) or media_type in IMAGES) or min(picture.width_px, picture.height_px) < 1:
        return 0
    width_px = min(SIDE_MAX_PX, SIDE_MAX_PX * picture.width_px // picture.height_px)
    return width_px if width_px >= _GAIN_MIN * picture.width_px else 0


def slide_zoom_digest(version: Version, picture: Picture) -> str:
    """Return 64 hexadecimal digits that change whenever the zoomed picture of a slide may."""
    parts = (_FORM, version.original.sha256, version.drawn_sha256, picture.number, picture.large_sha256)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
