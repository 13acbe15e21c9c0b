"""The files that are made of single slides on demand: a PDF, a larger picture. They wait for one another."""

from archive.ingest.reading.on_demand import Turns
from archive.ingest.reading.slide_pdf import SlidePdfs
from archive.ingest.reading.slide_zoom import SlideZooms
from archive.settings.settings import Settings
from archive.store.store import Store


class SlideFiles:
    """Makes files of slides. Safe to use from several threads; nothing of it stays running."""

    def __init__(self, originals: Store, pictures: Store, settings: Settings) -> None:
        self.turns = Turns()
        self.pdfs = SlidePdfs(originals, pictures, settings, self.turns)
        self.zooms = SlideZooms(originals, pictures, settings, self.turns)
