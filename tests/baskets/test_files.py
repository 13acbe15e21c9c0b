"""The files that baskets become, made in the confined child and read by other programs."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTPage
from pptx import Presentation

from archive.baskets.deck_forms import DeckForm
from archive.baskets.files import BasketFiles
from archive.errors import Busy, NotFound
from archive.ingest.filetypes.media_types import PPTX
from archive.ingest.libreoffice.office import Office
from archive.model.visibility import Visibility
from tests.baskets.gathered_slides import (
    SITE,
    SPEAKER,
    TOPIC,
    Ground,
    add,
    address,
    basket_of,
    ground_in,
)
from tests.ingest.extractors.archives.full_decks import SECRET
from tests.ingest.libreoffice.samples_of_office import needs_office
from tests.web.slides import Slide

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with ground_in(tmp_path_factory.mktemp("files")) as made:
        yield made


@pytest.fixture(scope="module")
def files(ground: Ground) -> BasketFiles:
    archive = ground.archive
    return BasketFiles(archive.originals, archive.pictures, archive.settings, archive.clean_copies)


@pytest.fixture
def nothing_left(ground: Ground) -> Iterator[None]:
    yield
    left = [path.name for path in (ground.archive.settings.data / "tmp").iterdir()]
    assert [name for name in left if not name.startswith(".")] == []


def six(ground: Ground) -> str:
    return address(
        (ground.deck, 3), (ground.report, 2), (ground.pictures, 1), (ground.words, 1), (ground.damaged, 1),
        (ground.deck, 1), (ground.members, 1),
    )  # fmt: skip


@pytest.fixture(scope="module")
def made_pdf(ground: Ground, files: BasketFiles) -> bytes:
    with closing(files.pdf(*basket_of(ground.archive, six(ground)))) as file:
        return file.read()


@pytest.fixture(scope="module")
def made_deck(ground: Ground, files: BasketFiles) -> bytes:
    with closing(files.deck(*basket_of(ground.archive, six(ground)), DeckForm.SEVERAL)) as file:
        return file.read()


@pytest.fixture(scope="module")
def cut_deck(ground: Ground, files: BasketFiles) -> bytes:
    basket = basket_of(ground.archive, address((ground.deck, 3), (ground.deck, 1)))
    with closing(files.deck(*basket, DeckForm.CUT_DOWN)) as file:
        return file.read()


def texts_of(data: bytes) -> list[str]:
    """Return the words of each page, as pdfminer reads them."""
    count = len(list(extract_pages(io.BytesIO(data))))
    return [extract_text(io.BytesIO(data), page_numbers=[number]) for number in range(count)]


def test_each_slide_is_a_page_with_its_words_to_select_and_its_source(
    ground: Ground, made_pdf: bytes, nothing_left: None
) -> None:
    texts = texts_of(made_pdf)
    assert len(texts) == 7
    expected = ("bild 3", "Rapportsida 2", "Kiruna", "på svenska: åäö", "Trasig", "bild 1")
    for text, words in zip(texts, expected, strict=False):
        assert words in text
        assert f"{SITE}/d/" in text
    deck = " ".join(texts[0].split())
    for words in (SPEAKER, TOPIC, "2021-11-24", f"{SITE}/d/{ground.deck}/v1/3"):
        assert words in deck
    assert SECRET not in "".join(texts)


def test_pages_are_as_large_as_their_slides_with_room_for_the_source(made_pdf: bytes) -> None:
    with pypdfium2.PdfDocument(made_pdf) as document:
        (width, height), (report_width, report_height) = (document[at].get_size() for at in (0, 1))
    assert width == report_width == 720
    assert 540 < height < 600
    assert 540 < report_height < 600


def test_list_of_sources_ends_the_file_and_says_what_is_left_out(ground: Ground, made_pdf: bytes) -> None:
    last = " ".join(texts_of(made_pdf)[-1].split())
    assert last.startswith("Källor 1.")
    assert "6. Öberg, Å. (2021, november 24)" in last
    assert "En av bilderna i korgen är utelämnad" in last
    assert ground.members not in last


def test_file_says_its_language_and_title_and_nothing_of_who_made_it(made_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(made_pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert str(document.Root.Lang) == "sv"
        assert dict(document.docinfo.items()) == {"/Title": "Bilder ur arkivet"}
        assert "/Metadata" not in document.Root
        embedded = [
            font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
            for font in document.objects
            if isinstance(font, pikepdf.Dictionary)
            and font.get("/Type") == "/Font"
            and "Noto" in str(font.get("/BaseFont", "")) + str(font.get("/Name", ""))
        ]
        assert all("/FontFile2" in descriptor for descriptor in embedded)
        with document.open_outline() as outline:
            assert [item.title for item in outline.root][-1] == "Källor"


def test_address_of_each_slide_is_a_link(ground: Ground, made_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(made_pdf)) as document:
        links = [str(note.A.URI) for note in document.pages[0].obj.Annots]
    assert links == [f"{SITE}/d/{ground.deck}/v1/3"] * len(links)
    assert links


def test_deck_of_several_has_pictures_with_title_description_and_source(
    ground: Ground, made_deck: bytes, nothing_left: None
) -> None:
    slides = list(Presentation(io.BytesIO(made_deck)).slides)
    assert len(slides) == 6
    assert [slide.shapes.title.text for slide in slides][1:4] == ["Sida två", "Malm i berget", "Bara ord"]
    first = slides[2]
    picture = next(shape for shape in first.shapes if shape.shape_type == 13)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Malm i berget\nKiruna"
    for slide in slides:
        assert f"{SITE}/d/" in slide.notes_slide.notes_text_frame.text
    assert "utelämnad" in slides[0].notes_slide.notes_text_frame.text
    words = [shape.text_frame.text for shape in slides[3].shapes if shape.has_text_frame]
    assert "Bara ord\npå svenska: åäö" in words


def test_characters_that_xml_does_not_have_cost_no_file(ground: Ground, files: BasketFiles) -> None:
    slides = (Slide("Av\ufffestavad\x01", ("ett\uffff", "två\x0b")),)
    odd = add(ground.archive, "Udda", slides, PPTX, b"odd", is_drawn=True)
    basket = basket_of(ground.archive, address((odd, 1), (ground.words, 1)))
    with closing(files.deck(*basket, DeckForm.SEVERAL)) as file:
        first = Presentation(file).slides[0]
    assert first.shapes.title.text == "Avstavad"
    assert "ett två, bild 1" in first.notes_slide.notes_text_frame.text


def test_deck_of_pictures_says_nothing_of_others(made_deck: bytes) -> None:
    presentation = Presentation(io.BytesIO(made_deck))
    core = presentation.core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.title == "Bilder ur arkivet"
    names = zipfile.ZipFile(io.BytesIO(made_deck)).namelist()
    assert not [name for name in names if "thumbnail" in name or "printer" in name]


def test_deck_cut_down_has_its_slides_in_the_baskets_order(ground: Ground, cut_deck: bytes) -> None:
    slides = list(Presentation(io.BytesIO(cut_deck)).slides)
    assert [slide.shapes.title.text for slide in slides] == ["Öppen tre", "Öppen ett"]
    assert [slide.slide_layout.name for slide in slides] == ["Title Only", "Title Only"]
    for slide, number in zip(slides, (3, 1), strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith(f"{SPEAKER}: {TOPIC}, bild {number}")
        assert notes.endswith(f"{SITE}/d/{ground.deck}/v1/{number}")


def test_nothing_of_the_rest_of_the_deck_is_in_what_was_cut_down(cut_deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(cut_deck)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert SECRET.encode() not in b"".join([*parts.values(), "".join(parts).encode()])
    linked = b"".join(data for name, data in parts.items() if name.endswith(".rels")).decode()
    for name in parts:
        assert name.endswith((".rels", "].xml")) or name.rpartition("/")[2] in linked
    assert len([name for name in parts if name.startswith("ppt/slides/slide")]) == 2
    assert b"p14:section " not in parts["ppt/presentation.xml"]


def test_hidden_slides_are_not_in_a_deck_and_that_is_said(ground: Ground, files: BasketFiles) -> None:
    basket = basket_of(ground.archive, address((ground.deck, 2), (ground.deck, 1)), Visibility.STAFF)
    with closing(files.deck(*basket, DeckForm.CUT_DOWN)) as file:
        (slide,) = Presentation(file).slides
        assert slide.shapes.title.text == "Öppen ett"
        assert "En av bilderna i korgen är utelämnad" in slide.notes_slide.notes_text_frame.text


def test_deck_that_cannot_be_cut_down_comes_as_pictures_and_says_so(
    ground: Ground, files: BasketFiles, nothing_left: None
) -> None:
    basket = basket_of(ground.archive, address((ground.pictures, 2)))
    with closing(files.deck(*basket, DeckForm.CUT_DOWN)) as file:
        (slide,) = Presentation(file).slides
    assert slide.shapes.title.text == "Skog"
    assert "Bilderna är avbildningar" in slide.notes_slide.notes_text_frame.text


def test_same_basket_gives_the_same_pdf(ground: Ground, files: BasketFiles) -> None:
    basket = basket_of(ground.archive, address((ground.deck, 1)))
    made = []
    for _ in range(2):
        with closing(files.pdf(*basket)) as file:
            made.append(file.read())
    assert made[0] == made[1]


def test_empty_basket_becomes_no_file(ground: Ground, files: BasketFiles) -> None:
    basket = basket_of(ground.archive, "zzzzzzzzzz.v1.1")
    with pytest.raises(NotFound):
        files.pdf(*basket)
    with pytest.raises(NotFound):
        files.deck(*basket, DeckForm.SEVERAL)


def test_those_who_come_when_many_wait_are_told_to_come_again(ground: Ground, files: BasketFiles) -> None:
    basket = basket_of(ground.archive, address((ground.words, 1)))
    files.turns.waiting += 3
    try:
        with pytest.raises(Busy):
            files.pdf(*basket)
    finally:
        files.turns.waiting -= 3


@needs_office
def test_decks_open_in_libreoffice(ground: Ground, made_deck: bytes, cut_deck: bytes, tmp_path: Path) -> None:
    with Office(ground.archive.settings.pictures, tmp_path) as office:
        for name, data, count, words in (
            ("pictures", made_deck, 6, "Malm i berget"),
            ("cut", cut_deck, 2, "Öppen tre"),
        ):
            folder = tmp_path / name
            folder.mkdir()
            (folder / "deck").write_bytes(data)
            with pypdfium2.PdfDocument(office.convert(folder / "deck", PPTX, "pdf", folder)) as drawn:
                assert len(drawn) == count
                assert words in "\n".join(page.get_textpage().get_text_range() for page in drawn)


def test_layout_of_a_page_is_one_that_pdfminer_knows(made_pdf: bytes) -> None:
    assert all(isinstance(page, LTPage) for page in extract_pages(io.BytesIO(made_pdf)))
