"""The small good files that hostile ones are made from, and how a package's parts are changed."""

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from archive.ingest.filetypes.media_types import DOCX, HTML, MAIL, PDF, PNG, PPTX, TEXT
from samples.packages import normalised
from tests.ingest.extractors.decks import deck_of_titles, rewritten, rich_deck
from tests.ingest.extractors.golden_others import others
from tests.ingest.extractors.mails import mail
from tests.ingest.extractors.pdfs import REPORT_PAGES, lines, pdf

SLIDE = "ppt/slides/slide1.xml"


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file that means harm. `media_type` is what its reader is chosen by where its bytes do not tell."""

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class GoodFile:
    """A file that must be read whole, whatever was read before it: its pages say `words`, in order."""

    data: bytes
    media_type: str
    words: tuple[str, ...]


@cache
def seeds() -> tuple[tuple[bytes, str], ...]:
    """Return good files of every type that is read without LibreOffice, as (bytes, media type).

    They are the same bytes at any time, so that a seed always gives the same damage.
    """
    made = others()
    return (
        (normalised(rich_deck()), PPTX),
        (normalised(deck_of_titles("Ett", "Två")), PPTX),
        (pdf(REPORT_PAGES, title="Översikt"), PDF),
        (made["latex_slides"](), PDF),
        (made["document"](), DOCX),
        (made["web_page"](), HTML),
        (made["text_utf16"](), TEXT),
        (mail("Inbjudan", "Välkommen till Falun.\n").as_bytes(), MAIL),
        (made["picture"](), PNG),
    )


@cache
def good_files() -> tuple[GoodFile, ...]:
    """Return the files that are read after each hostile one."""
    titles = ("Räksmörgås", "Åkerberg")
    return (
        GoodFile(deck_of_titles(*titles), PPTX, titles),
        GoodFile(pdf([lines([title], 700) for title in titles]), PDF, titles),
    )


@cache
def small_deck() -> bytes:
    """Return a deck of three slides with a title each."""
    return deck_of_titles("Ett", "Två", "Tre")


def with_part(name: str, change: Callable[[bytes], bytes | None], deck: bytes | None = None) -> bytes:
    """Return a deck whose part `name` is changed; None leaves it out."""
    return rewritten(deck or small_deck(), lambda found, old: change(old) if found == name else old)


def with_more_parts(parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a deck with parts added after its own, also under names that it has already."""
    buffer = io.BytesIO(small_deck())
    with zipfile.ZipFile(buffer, "a") as package:
        for name, data in parts:
            package.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()
