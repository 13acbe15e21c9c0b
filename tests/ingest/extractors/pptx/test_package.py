"""Decks of every kind of package: Strict, templates and shows, locked, cut short, without their lists."""

import io
import os
import re
import struct
import zipfile
from pathlib import Path

import pytest

from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.ingest.extractors.pptx.salvage import local_members, unpack
from archive.model.extraction import Outcome
from archive.model.pages import Page
from tests.ingest.extractors.decks import deck_of_titles, rewritten, rich_deck, with_member
from tests.ingest.extractors.extraction import LIMITS, read

DECK = deck_of_titles("Ett", "Två", "Tre")
PRESENTATION = "ppt/presentation.xml"
_TYPE = b"vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_MAIN_TYPES = (
    b"vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    b"vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    b"vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    b"vnd.ms-powerpoint.template.macroEnabled.main+xml",
    b"vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
    b"octet-stream",
)


def _titles(deck: bytes, limits: ReadLimits = LIMITS) -> tuple[list[str], Finish]:
    pages, finish = read(PptxExtractor(), deck, limits)
    return [page.title for page in pages], finish


@pytest.mark.parametrize("main_type", _MAIN_TYPES, ids=lambda each: each.decode().split(".", 1)[-1])
def test_template_show_or_unknown_type_is_read_as_a_deck(main_type: bytes) -> None:
    deck = rewritten(DECK, lambda _, data: data.replace(_TYPE, main_type))
    titles, finish = _titles(deck)
    assert titles == ["Ett", "Två", "Tre"]
    assert finish.category is Outcome.OK


def test_package_without_its_list_of_types_is_read() -> None:
    titles, finish = _titles(with_member(DECK, "[Content_Types].xml", None))
    assert titles == ["Ett", "Två", "Tre"]
    assert finish.category is Outcome.OK


def _strict(deck: bytes) -> bytes:
    ordinary = re.compile(
        rb"http://schemas\.openxmlformats\.org/(presentationml|drawingml|officeDocument)/2006/"
    )

    def change(name: str, data: bytes) -> bytes:
        data = ordinary.sub(rb"http://purl.oclc.org/ooxml/\1/", data)
        return data.replace(b"relationships/extended-properties", b"relationships/extendedProperties")

    return rewritten(deck, change)


def test_strict_deck_reads_like_an_ordinary_one() -> None:
    strict = _strict(rich_deck())
    with zipfile.ZipFile(io.BytesIO(strict)) as package:
        assert b"http://purl.oclc.org/ooxml/presentationml/main" in package.read(PRESENTATION)
    pages, finish = read(PptxExtractor(), strict)
    ordinary_pages, ordinary_finish = read(PptxExtractor(), rich_deck())
    assert pages == ordinary_pages
    assert finish.category is Outcome.OK
    assert finish.properties.get("application") == ordinary_finish.properties.get("application")


def test_names_in_any_case_of_letters_and_with_backslashes_are_found() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DECK)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            target.writestr(info.filename.upper().replace("/", "\\"), source.read(info))
    titles, _ = _titles(buffer.getvalue())
    assert titles == ["Ett", "Två", "Tre"]


@pytest.mark.parametrize("lost", [PRESENTATION, "ppt/_rels/presentation.xml.rels"])
def test_deck_without_its_list_of_slides_is_read_in_the_order_of_their_names(lost: str) -> None:
    deck = with_member(deck_of_titles(*(f"Nr {number}" for number in range(1, 12))), lost, None)
    titles, finish = _titles(deck)
    assert titles == [f"Nr {number}" for number in range(1, 12)]
    assert finish.category is Outcome.OK_PARTIAL
    assert "list of slides is lost" in finish.message


def test_deck_whose_first_relationships_are_lost_is_read_whole() -> None:
    titles, _ = _titles(with_member(DECK, "_rels/.rels", None))
    assert titles == ["Ett", "Två", "Tre"]


def test_slides_that_are_not_whole_are_named() -> None:
    deck = deck_of_titles(*"ABCDE")
    for number in (2, 4):
        deck = with_member(deck, f"ppt/slides/slide{number}.xml", b"<p:sld")
    _, finish = _titles(deck)
    assert finish.message == "Slides 2 and 4 could not be read whole."


def test_of_many_slides_that_are_not_whole_some_are_named_and_the_rest_counted() -> None:
    deck = rewritten(
        deck_of_titles(*["A"] * 30),
        lambda name, old: b"<x" if "slides/slide" in name and name[-1] == "l" else old,
    )
    _, finish = _titles(deck)
    assert finish.message.endswith("19, 20 and 10 more could not be read whole.")


def _without_directory(deck: bytes) -> bytes:
    return deck[: deck.index(b"PK\x01\x02")]


def test_deck_without_its_directory_is_salvaged() -> None:
    titles, finish = _titles(_without_directory(DECK))
    assert titles == ["Ett", "Två", "Tre"]
    assert finish.category is Outcome.OK_PARTIAL
    assert "list of parts is damaged" in finish.message


def test_deck_with_a_wrong_directory_is_salvaged() -> None:
    titles, _ = _titles(DECK.replace(b"PK\x01\x02", b"PK\x00\x00"))
    assert titles == ["Ett", "Två", "Tre"]


def test_directory_that_leads_astray_costs_only_what_it_hides() -> None:
    at = DECK.index(b"PK\x01\x02")
    slide = DECK.index(b"ppt/slides/slide2.xml", at) - 46 + 42
    titles, _ = _titles(DECK[:slide] + struct.pack("<I", 5) + DECK[slide + 4 :])
    assert titles == ["Ett", "", "Tre"]


def test_words_before_the_damage_in_a_packed_slide_are_kept() -> None:
    body = "".join(f"<a:p><a:r><a:t>ord{number}</a:t></a:r></a:p>" for number in range(4000))
    shape = (
        f"<p:sp><p:nvSpPr><p:cNvPr id='9' name=''/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody>{body}"
    )

    def longer(name: str, data: bytes) -> bytes:
        if name != "ppt/slides/slide2.xml":
            return data
        return data.replace(b"</p:spTree>", f"{shape}</p:txBody></p:sp></p:spTree>".encode())

    deck = rewritten(DECK, longer)
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        info = package.getinfo("ppt/slides/slide2.xml")
    at = info.header_offset + 30 + len(info.filename) + info.compress_size * 2 // 3
    pages, _ = read(PptxExtractor(), deck[:at] + b"\xff" * 40 + deck[at + 40 :])
    assert pages[1].title == "Två"
    assert "ord100\n" in pages[1].blocks[1].text
    assert pages[1].broken
    assert [pages[0].title, pages[2].title] == ["Ett", "Tre"]


def test_members_are_found_behind_each_other_and_not_inside_each_other() -> None:
    inner = with_member(deck_of_titles("Inre"), "ppt/innermost.xml", b"<x/>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        package.writestr("embedded.pptx", inner)
        package.writestr("after.xml", b"<y/>")
    found = list(local_members(io.BytesIO(buffer.getvalue())))
    assert [member.name for member in found] == ["embedded.pptx", "after.xml"]
    assert unpack(io.BytesIO(buffer.getvalue()), found[1], 100) == (b"<y/>", True)


def test_salvaged_member_is_unpacked_within_bounds() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("bomb.xml", b"\0" * 5_000_000)
    file = io.BytesIO(_without_directory(buffer.getvalue()))
    (member,) = local_members(file)
    data, is_whole = unpack(file, member, 1000)
    assert (len(data), is_whole) == (1000, False)


def _locked(password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(DECK)).encrypt(password, buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def locked_deck() -> bytes:
    return _locked("hemligt ö")


def test_locked_deck_opens_with_its_password(locked_deck: bytes) -> None:
    titles, finish = _titles(locked_deck, ReadLimits(10, 1000, password="hemligt ö"))
    assert titles == ["Ett", "Två", "Tre"]
    assert finish.category is Outcome.OK


def test_locked_deck_asks_for_a_password(locked_deck: bytes) -> None:
    titles, finish = _titles(locked_deck)
    assert titles == []
    assert finish.category is Outcome.PASSWORD
    assert "Give its password" in finish.message


def test_wrong_password_is_said(locked_deck: bytes) -> None:
    _, finish = _titles(locked_deck, ReadLimits(10, 1000, password="fel"))
    assert finish.category is Outcome.PASSWORD
    assert "does not open the deck" in finish.message


def test_damaged_locked_deck_stays_locked(locked_deck: bytes) -> None:
    for end in (600, len(locked_deck) // 2):
        _, finish = _titles(locked_deck[:end], ReadLimits(10, 1000, password="hemligt ö"))
        assert finish.category is Outcome.PASSWORD


def test_locked_deck_larger_than_fits_in_memory_is_refused(locked_deck: bytes, tmp_path: Path) -> None:
    path = tmp_path / "large.pptx"
    path.write_bytes(locked_deck)
    os.truncate(path, 200 << 20)  # takes no room on the disk
    with path.open("rb") as file:
        (finish,) = PptxExtractor().extract(file, ReadLimits(10, 1000, password="hemligt ö"))
    assert isinstance(finish, Finish)
    assert finish.category is Outcome.RESOURCE_LIMIT


def test_locked_deck_whose_key_takes_too_long_is_refused(locked_deck: bytes) -> None:
    start = locked_deck.index(b"<?xml")
    end = locked_deck.index(b"</encryption>", start)
    about = locked_deck[start:end]
    dear = about.replace(b' standalone="yes"', b"").replace(b'spinCount="100000"', b'spinCount="9000000"')
    assert about != dear
    deck = locked_deck[:start] + dear + b" " * (len(about) - len(dear)) + locked_deck[end:]
    assert len(deck) == len(locked_deck)
    _, finish = _titles(deck, ReadLimits(10, 1000, password="hemligt ö"))
    assert finish.category is Outcome.RESOURCE_LIMIT


def test_media_of_any_size_are_never_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "large.pptx"
    path.write_bytes(DECK)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for number in range(3):
            with package.open(f"ppt/media/video{number}.mp4", "w") as member:
                for _ in range(40):
                    member.write(bytes(1 << 20))
    with path.open("rb") as file:
        records = list(PptxExtractor().extract(file, ReadLimits(10, 1000, unpacked_max_bytes=2_000_000)))
    assert [record.title for record in records if isinstance(record, Page)] == ["Ett", "Två", "Tre"]
    assert isinstance(records[-1], Finish)
    assert records[-1].category is Outcome.OK
