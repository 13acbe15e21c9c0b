import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.pptx import package
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.extraction import Outcome
from tests.ingest.extractors.decks import deck_of_titles, rewritten
from tests.ingest.extractors.extraction import read

DECK = deck_of_titles("Ett", "Två", "Tre")
SLIDE_2 = "ppt/slides/slide2.xml"


@pytest.fixture(scope="module")
def deck() -> bytes:
    return DECK


def _with(deck: bytes, member: str, data: bytes | None) -> bytes:
    return rewritten(deck, lambda name, old: data if name == member else old)


def test_one_broken_slide_does_not_lose_the_deck(deck: bytes) -> None:
    pages, finish = read(PptxExtractor(), _with(deck, SLIDE_2, b"<p:sld this is not XML"))
    assert [page.title for page in pages] == ["Ett", "", "Tre"]
    assert [bool(page.broken) for page in pages] == [False, True, False]
    assert finish.category is Outcome.OK_PARTIAL


def test_words_before_the_break_in_a_slide_are_kept(deck: bytes) -> None:
    cut = rewritten(deck, lambda name, old: old[: old.index(b"</p:sp>")] if name == SLIDE_2 else old)
    pages, _ = read(PptxExtractor(), cut)
    assert pages[1].title == "Två"
    assert pages[1].broken


def test_lost_slide_does_not_lose_the_deck(deck: bytes) -> None:
    pages, finish = read(PptxExtractor(), _with(deck, SLIDE_2, None))
    assert [page.title for page in pages] == ["Ett", "", "Tre"]
    assert pages[1].broken
    assert finish.category is Outcome.OK_PARTIAL


def test_slide_with_damaged_bytes_does_not_lose_the_deck(deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(deck)) as whole:
        info = whole.getinfo(SLIDE_2)
    at = info.header_offset + 30 + len(SLIDE_2) + 40
    damaged = deck[:at] + bytes(byte ^ 0xFF for byte in deck[at : at + 20]) + deck[at + 20 :]
    pages, _ = read(PptxExtractor(), damaged)
    assert [page.title for page in pages if not page.broken] == ["Ett", "Tre"]


def test_broken_layout_does_not_lose_the_deck(deck: bytes) -> None:
    pages, _ = read(PptxExtractor(), _with(deck, "ppt/slideLayouts/slideLayout6.xml", b"<broken"))
    assert [page.title for page in pages] == ["Ett", "Två", "Tre"]


def test_part_larger_than_the_bound_is_not_unpacked_and_costs_one_slide(
    deck: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "PART_MAX_BYTES", 1_000_000)
    pages, finish = read(PptxExtractor(), _with(deck, SLIDE_2, b" " * 2_000_000))
    assert [page.title for page in pages] == ["Ett", "", "Tre"]
    assert finish.category is Outcome.OK_PARTIAL
    assert "larger than is read" in finish.message


def test_part_that_lies_about_its_size_is_not_unpacked_past_the_bound(
    deck: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "PART_MAX_BYTES", 1_000_000)
    bomb = _with(deck, SLIDE_2, b" " * 2_000_000)
    lying = bomb.replace((2_000_000).to_bytes(4, "little"), (2_000).to_bytes(4, "little"))
    assert lying != bomb
    pages, _ = read(PptxExtractor(), lying)
    assert [page.title for page in pages] == ["Ett", "", "Tre"]


def test_deck_of_nothing_but_too_large_parts_is_beyond_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PART_MAX_BYTES", 1_000_000)
    bomb = _with(deck_of_titles("Ett"), "ppt/slides/slide1.xml", b" " * 2_000_000)
    _, finish = read(PptxExtractor(), bomb)
    assert finish.category is Outcome.RESOURCE_LIMIT


def test_parts_that_together_pass_the_bound_end_the_reading(deck: bytes) -> None:
    heavy = rewritten(deck, lambda name, old: old + b" " * 50_000 if "slides/slide" in name else old)
    pages, finish = read(PptxExtractor(), heavy, ReadLimits(10, 1000, unpacked_max_bytes=150_000))
    assert [page.title for page in pages] == ["Ett", "Två"]
    assert finish.category is Outcome.RESOURCE_LIMIT
    assert finish.page_count == 3


def test_more_parts_than_the_bound_are_refused(deck: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MEMBERS_MAX", 10)
    pages, finish = read(PptxExtractor(), deck)
    assert pages == []
    assert finish.category is Outcome.RESOURCE_LIMIT


def test_entity_bomb_is_harmless(deck: bytes) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY e0 "lol">{entities}]>'.encode()

    def armed(name: str, old: bytes) -> bytes:
        if name != SLIDE_2:
            return old
        body = old[old.index(b"<p:sld") :]
        return bomb + body.replace("Två".encode(), b"&e11;")

    pages, _ = read(PptxExtractor(), rewritten(deck, armed))
    assert len(pages) == 3
    assert "lol" not in pages[1].title
    assert pages[2].title == "Tre"


def test_outside_entity_is_not_fetched(deck: bytes) -> None:
    def armed(name: str, old: bytes) -> bytes:
        if name != SLIDE_2:
            return old
        head = b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        return head + old[old.index(b"<p:sld") :].replace("Två".encode(), b"f\xc3\xb6re &x; efter")

    pages, _ = read(PptxExtractor(), rewritten(deck, armed))
    assert "före" in pages[1].title
    assert len(pages[1].title) <= len("före  efter")


def test_encrypted_office_file_needs_a_password() -> None:
    _, finish = read(PptxExtractor(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert finish.category is Outcome.PASSWORD


def test_member_marked_as_encrypted_needs_a_password(deck: bytes) -> None:
    name = deck.index(b"ppt/presentation.xml", deck.index(b"PK\x01\x02"))
    at = name - 46 + 8
    _, finish = read(PptxExtractor(), deck[:at] + b"\x01" + deck[at + 1 :])
    assert finish.category is Outcome.PASSWORD


def test_package_cut_short_keeps_what_is_there(deck: bytes) -> None:
    end = deck.index(b"ppt/slides/slide3.xml") - 30
    pages, finish = read(PptxExtractor(), deck[:end])
    assert [page.title for page in pages][:2] == ["Ett", "Två"]
    assert finish.category is Outcome.OK_PARTIAL


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\x00" * 1000, b""])
def test_file_without_any_part_is_damaged(data: bytes) -> None:
    pages, finish = read(PptxExtractor(), data)
    assert pages == []
    assert finish.category is Outcome.DAMAGED


def test_package_without_slides_and_presentation_is_damaged(deck: bytes) -> None:
    def stripped(name: str, data: bytes) -> bytes | None:
        return None if name.startswith(("ppt/slides/", "ppt/presentation.xml")) else data

    _, finish = read(PptxExtractor(), rewritten(deck, stripped))
    assert finish.category is Outcome.DAMAGED


def test_relationships_that_lead_in_a_circle_end(deck: bytes) -> None:
    layout = b"slideLayouts/slideLayout6.xml"

    def circle(name: str, data: bytes) -> bytes:
        is_layout = name == "ppt/slideLayouts/_rels/slideLayout6.xml.rels"
        return data.replace(b"slideMasters/slideMaster1.xml", layout) if is_layout else data

    pages, _ = read(PptxExtractor(), rewritten(deck, circle))
    assert [page.title for page in pages] == ["Ett", "Två", "Tre"]


def test_deep_nesting_costs_at_most_one_slide(deck: bytes) -> None:
    deep = rewritten(
        deck,
        lambda name, old: (
            old.replace(b"</p:spTree>", b"<p:grpSp>" * 5000 + b"</p:grpSp>" * 5000 + b"</p:spTree>")
            if name == SLIDE_2
            else old
        ),
    )
    pages, _ = read(PptxExtractor(), deep)
    assert [pages[0].title, pages[2].title] == ["Ett", "Tre"]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_change_of_bytes_makes_an_exception(data: st.DataObject) -> None:
    changed = bytearray(DECK)
    for _ in range(data.draw(st.integers(1, 20))):
        changed[data.draw(st.integers(0, len(DECK) - 1))] = data.draw(st.integers(0, 255))
    _, finish = read(PptxExtractor(), bytes(changed))
    assert finish.category in Outcome


@settings(max_examples=40, deadline=None)
@given(share=st.floats(0, 1), inserted=st.binary(max_size=30), removed=st.integers(0, 200))
def test_no_change_inside_a_slide_loses_another(share: float, inserted: bytes, removed: int) -> None:
    def change(name: str, old: bytes) -> bytes:
        at = int(share * len(old))
        return old[:at] + inserted + old[at + removed :] if name == SLIDE_2 else old

    pages, _ = read(PptxExtractor(), rewritten(DECK, change))
    assert [pages[0].title, pages[2].title] == ["Ett", "Tre"]
