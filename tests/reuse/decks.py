"""Decks for tests of reuse: slides with words, and pictures in grey that are made up."""

import random

from sqlalchemy import select

from archive.app import Archive
from archive.catalogue import jobs, pages
from archive.catalogue.reuse import greys
from archive.catalogue.tables.documents import VersionRow
from archive.model.pages import GREY_HEIGHT_PX, GREY_WIDTH_PX, Picture
from archive.reuse import signature
from tests.filled_archive import slide, version_of

MARKET = slide(
    "Stålmarknaden i Sverige",
    "Exporten var 60 miljarder kronor",
    "Tyskland och Kina köper mest av det svenska stålet",
    "Järnmalmen från Kiruna går mest till Europa",
)
NEXT_YEAR = slide(
    "Stålmarknaden i Sverige",
    "Järnmalmen från Kiruna går mest till Europa",
    "Exporten var 72 miljarder kronor",
    "Tyskland och Kina köper mest av det svenska stålet",
    "Priset föll",
)
AS_PDF = slide(
    "",
    "Tyskland och Kina köper mest av det",
    "svenska stålet Järnmalmen från Kiruna går mest",
    "till Europa Stålmarknaden i Sverige Exporten",
    "var 60 miljarder kronor 4 Föreningens årsmöte",
)
ENERGY = slide(
    "Energi och klimat",
    "Vätgas ersätter kol i de nya verken i norr",
    "Elbehovet växer till 20 terawattimmar",
    "Kraftledningarna måste byggas ut i tid",
)
PEOPLE = slide(
    "Kompetens",
    "Ingenjörer saknas i hela landet, särskilt i Norrbotten och Västerbotten",
    "Utbildning på orten gör att fler stannar",
)
THANKS = slide("Tack!", "Frågor?")


def shades(seed: int) -> bytes:
    """Return a grey picture of boxes, the same for the same seed."""
    numbers = random.Random(seed)
    rows = [bytearray([255] * GREY_WIDTH_PX) for _ in range(GREY_HEIGHT_PX)]
    for _ in range(6):
        left, top = numbers.randrange(GREY_WIDTH_PX - 6), numbers.randrange(GREY_HEIGHT_PX - 5)
        for row in rows[top : top + numbers.randint(3, 5)]:
            row[left : left + 6] = bytes([numbers.randrange(200)]) * 6
    return b"".join(map(bytes, rows))


def with_logo(grey: bytes) -> bytes:
    """Return the picture with something dark in its upper right corner."""
    rows = [bytearray(grey[at : at + GREY_WIDTH_PX]) for at in range(0, len(grey), GREY_WIDTH_PX)]
    for row in rows[:2]:
        row[-3:] = bytes([40] * 3)
    return b"".join(map(bytes, rows))


def darker(grey: bytes) -> bytes:
    """Return the picture as another program draws it."""
    return bytes(max(0, shade - 3 * (at % 2)) for at, shade in enumerate(grey))


def add_grey(archive: Archive, document_id: str, number: int, grey: bytes) -> None:
    """Keep a picture of a slide with its grey one."""
    version_id = version_of(archive, document_id)  # before the session: a thread has one at a time
    with archive.database.write() as session:
        pages.save_picture(session, version_id, Picture(number, 960, 540, 1280, 720, "a" * 64, "b" * 64))
        session.flush()
        greys.save(session, version_id, number, grey)


def sign_all(archive: Archive) -> None:
    """Give all slides their signatures, as the follower does once nothing is left to do for them."""
    with archive.database.write() as session:
        jobs.drop(session, list(session.scalars(select(VersionRow.id))))
    while waiting := signature.waiting(archive.database, 50):
        for version_id in waiting:
            signature.sign(archive.database, version_id)
