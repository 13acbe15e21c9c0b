"""Words, places and pictures of single shapes."""

import io

import pytest
from pptx import Presentation
from pptx.util import Emu, Pt

from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, OcrReason, Page
from samples.pictures import mine
from tests.ingest.extractors.decks import (
    BLANK,
    OFFICE,
    TITLE_AND_CONTENT,
    deck_of_titles,
    into_part,
    into_slide,
    related,
    saved,
    with_member,
)
from tests.ingest.extractors.extraction import read, texts

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WHOLE_SLIDE = (9_144_000, 6_858_000)


def _page(deck: bytes) -> Page:
    pages, _ = read(PptxExtractor(), deck)
    return pages[0]


def _shape(body: str, place: str = "", filling: str = "") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="9" name="f"/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{filling}</p:spPr><p:txBody>{body}</p:txBody></p:sp>"
    )


def _run(text: str) -> str:
    return f"<a:r><a:t>{text}</a:t></a:r>"


def _math(inside: str) -> str:
    return f'<a14:m xmlns:a14="{_A14}"><m:oMath xmlns:m="{_MATH}">{inside}</m:oMath></a14:m>'


def _letter(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"<m:sSup><m:e>{_letter('x')}</m:e><m:sup>{_letter('2')}</m:sup></m:sSup>", "x^2"),
        (f"<m:sSub><m:e>{_letter('x')}</m:e><m:sub>{_letter('i+1')}</m:sub></m:sSub>", "x_(i+1)"),
        (f"<m:f><m:num>{_letter('a+b')}</m:num><m:den>{_letter('c')}</m:den></m:f>", "(a+b) / c"),
        (f"<m:rad><m:deg/><m:e>{_letter('y')}</m:e></m:rad>", "√(y)"),
        (f"<m:d><m:e>{_letter('a')}</m:e><m:e>{_letter('b')}</m:e></m:d>", "(a|b)"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{_letter("i=1")}</m:sub>'
            f"<m:sup>{_letter('n')}</m:sup><m:e>{_letter('i')}</m:e></m:nary>",
            "∑_(i=1)^n i",
        ),
        (f"<m:func><m:fName>{_letter('sin')}</m:fName><m:e>{_letter('x')}</m:e></m:func>", "sin x"),
        (
            f"<m:m><m:mr><m:e>{_letter('1')}</m:e><m:e>{_letter('0')}</m:e></m:mr>"
            f"<m:mr><m:e>{_letter('0')}</m:e><m:e>{_letter('1')}</m:e></m:mr></m:m>",
            "1, 0; 0, 1",
        ),
    ],
)
def test_equation_is_written_on_one_line(markup: str, text: str) -> None:
    page = _page(into_slide(deck_of_titles(""), _shape(f"<a:p>{_math(markup)}</a:p>")))
    assert texts(page, BlockField.EQUATION) == [text]


def test_letters_in_the_style_of_variables_become_plain() -> None:
    page = _page(into_slide(deck_of_titles(""), _shape(f"<a:p>{_math(_letter('𝑥+𝒚=ℎ'))}</a:p>")))
    assert texts(page, BlockField.EQUATION) == ["x+y=h"]


def test_equation_between_words_stays_in_their_sentence() -> None:
    body = f"<a:p>{_run('där ')}{_math(_letter('E=mc'))}{_run(' gäller')}</a:p>"
    page = _page(into_slide(deck_of_titles(""), _shape(body)))
    assert texts(page, BlockField.BOX) == ["där E=mc gäller"]
    assert texts(page, BlockField.EQUATION) == []


def test_equation_between_paragraphs_keeps_its_place() -> None:
    body = f"<a:p>{_run('Först')}</a:p><a:p>{_math(_letter('E=mc'))}</a:p><a:p>{_run('Sedan')}</a:p>"
    page = _page(into_slide(deck_of_titles(""), _shape(body)))
    assert [block.text for block in page.blocks] == ["Först", "E=mc", "Sedan"]


def test_word_art_is_read_like_other_words() -> None:
    art = f'<a:bodyPr><a:prstTxWarp prst="textWave1"/></a:bodyPr><a:p>{_run("Välkommen")}</a:p>'
    assert texts(_page(into_slide(deck_of_titles(""), _shape(art))), BlockField.BOX) == ["Välkommen"]


def test_words_of_fields_are_read_but_not_the_number_of_the_slide() -> None:
    def field(kind: str, text: str) -> str:
        return f'<a:fld id="{{0}}" type="{kind}"><a:t>{text}</a:t></a:fld>'

    body = f"<a:p>{field('datetime1', '2024-05-02')}{_run(' bild ')}{field('slidenum', '7')}</a:p>"
    assert texts(_page(into_slide(deck_of_titles(""), _shape(body))), BlockField.BOX) == ["2024-05-02 bild"]


@pytest.mark.parametrize(("text", "kept"), [("7", []), ("Sida sju", ["Sida sju"])])
def test_number_of_the_slide_written_by_hand_is_left_out(text: str, kept: list[str]) -> None:
    number = _shape(f"<a:p>{_run(text)}</a:p>", '<p:ph type="sldNum" idx="12"/>')
    assert texts(_page(into_slide(deck_of_titles(""), number)), BlockField.FOOTER) == kept


def _alternatives(needs: str, *, fallback: str) -> str:
    chosen = _shape(f"<a:p>{_run('val')}</a:p>")
    return (
        f'<mc:AlternateContent xmlns:mc="{_MC}" xmlns:known="{_A14}" xmlns:other="urn:other">'
        f'<mc:Choice Requires="{needs}">{chosen}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


@pytest.mark.parametrize(
    ("needs", "fallback", "read_text"),
    [
        ("known", _shape(f"<a:p>{_run('ersättning')}</a:p>"), "val"),
        ("other", _shape(f"<a:p>{_run('ersättning')}</a:p>"), "ersättning"),
        ("other", "", "val"),
    ],
)
def test_of_alternatives_the_one_that_powerpoint_shows_is_read(
    needs: str, fallback: str, read_text: str
) -> None:
    page = _page(into_slide(deck_of_titles(""), _alternatives(needs, fallback=fallback)))
    assert texts(page, BlockField.BOX) == [read_text]


def test_placeholder_without_a_place_stands_where_its_layout_says() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_AND_CONTENT])
    slide.placeholders[1].text_frame.text = "innehåll"
    box = slide.shapes.add_textbox(Pt(10), Pt(300), Pt(100), Pt(20))
    box.text_frame.text = "mitt på"
    assert [block.text for block in _page(saved(presentation)).blocks] == ["innehåll", "mitt på"]


def test_places_in_the_units_of_strict_decks_are_understood() -> None:
    deck = deck_of_titles("")
    for text, top in (("nere", "8cm"), ("uppe", "1in")):
        place = f'<a:xfrm><a:off x="10pt" y="{top}"/><a:ext cx="1in" cy="1in"/></a:xfrm>'
        deck = into_slide(deck, _shape(f"<a:p>{_run(text)}</a:p>", filling=place))
    assert texts(_page(deck), BlockField.BOX) == ["uppe", "nere"]


def test_table_in_the_notes_is_read_as_notes() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    slide.notes_slide.notes_text_frame.text = "Ord"
    cell = f"<a:tc><a:txBody><a:p>{_run('Cell')}</a:p></a:txBody></a:tc>"
    frame = f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>{cell}</a:tr></a:tbl></a:graphicData>"
    deck = saved(presentation)
    name = "ppt/notesSlides/notesSlide1.xml"
    page = _page(into_part(deck, name, f"{frame}</a:graphic></p:graphicFrame>"))
    assert texts(page, BlockField.NOTES) == ["Ord", "Cell"]


def _pictured(width: int, height: int, left: int = 0) -> bytes:
    filling = (
        f'<a:xfrm><a:off x="{left}" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:blipFill><a:blip r:embed="rId90"/></a:blipFill>'
    )
    deck = into_slide(deck_of_titles("A"), _shape("<a:p/>", filling=filling))
    deck = related(deck, "ppt/slides/slide1.xml", OFFICE + "image", "../media/image1.png")
    return with_member(deck, "ppt/media/image1.png", b"never read")


@pytest.mark.parametrize(
    ("width_share", "left_share", "reason"),
    [
        (0.5, 0.0, OcrReason.PICTURE),
        (0.3, 0.0, OcrReason.NONE),
        (0.5, 0.8, OcrReason.NONE),  # most of it is beside the slide
    ],
)
def test_picture_over_more_than_a_third_of_the_slide_asks_for_ocr(
    width_share: float, left_share: float, reason: OcrReason
) -> None:
    width, height = _WHOLE_SLIDE
    deck = _pictured(int(width * width_share), height, int(width * left_share))
    assert _page(deck).ocr_reason is reason


def test_picture_in_a_group_counts_in_the_slides_own_measure() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    group = slide.shapes.add_group_shape()
    picture = io.BytesIO(mine())
    group.shapes.add_picture(picture, Emu(0), Emu(0), Pt(100), Pt(100))
    small = _page(saved(presentation))
    group.width, group.height = (Emu(size) for size in _WHOLE_SLIDE)
    assert small.ocr_reason is OcrReason.NONE
    assert _page(saved(presentation)).ocr_reason is OcrReason.PICTURE


def _picture(left: int, top: int, width: int, height: int) -> str:
    return (
        '<p:pic><p:nvPicPr><p:cNvPr id="8" name="b"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill/><p:spPr>'
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm></p:spPr></p:pic>'
    )


def test_pictures_that_cover_a_third_together_go_to_ocr() -> None:
    width, height = _WHOLE_SLIDE
    quarter = (width // 2, height // 2)
    one = _page(into_slide(deck_of_titles("Två bilder"), _picture(0, 0, *quarter)))
    both = _picture(0, 0, *quarter) + _picture(width // 2, 0, *quarter)
    two = _page(into_slide(deck_of_titles("Två bilder"), both))
    assert (one.ocr_reason, two.ocr_reason) == (OcrReason.NONE, OcrReason.PICTURE)


_PICTURE_GROUND = (
    '<p:bg><p:bgPr><a:blipFill><a:blip r:embed="rId9"/></a:blipFill><a:effectLst/></p:bgPr></p:bg>'
)


def _with_ground(deck: bytes, part: str) -> bytes:
    return into_part(deck, part, _PICTURE_GROUND, "<p:spTree>")


def test_slide_on_a_picture_goes_to_ocr() -> None:
    page = _page(_with_ground(deck_of_titles("Energi"), "ppt/slides/slide1.xml"))
    assert page.ocr_reason is OcrReason.PICTURE


def test_one_slide_stands_for_all_on_the_picture_of_a_layout() -> None:
    deck = _with_ground(deck_of_titles("Energi", "Vatten"), "ppt/slideLayouts/slideLayout6.xml")
    pages, _ = read(PptxExtractor(), deck)
    assert [page.ocr_reason for page in pages] == [OcrReason.PICTURE, OcrReason.NONE]


def test_words_of_a_shape_hidden_in_the_selection_pane_are_for_staff() -> None:
    hidden = _shape(f"<a:p>{_run('Facit')}</a:p>").replace('name="f"', 'name="f" hidden="1" descr="Svaren"')
    pages, finish = read(PptxExtractor(), into_slide(deck_of_titles("Övningar"), hidden))
    assert texts(pages[0], BlockField.NOTES) == ["Facit"]
    assert sum("Facit" in block.text for block in pages[0].blocks) == 1
    assert not any("Svaren" in block.text for block in pages[0].blocks)
    assert finish.category is Outcome.OK


@pytest.mark.parametrize(
    ("left_cm", "turn", "is_beside"),
    [
        (5, 0, False),
        (-2, 0, False),
        (-9, 0, True),
        (60, 0, True),
        (-5, 5_400_000, False),
        (-60, 5_400_000, True),
    ],
)
def test_words_of_a_shape_beside_the_slide_are_for_staff(left_cm: int, turn: int, is_beside: bool) -> None:
    placed = (
        f'<p:spPr><a:xfrm rot="{turn}"><a:off x="{left_cm * 360_000}" y="360000"/>'
        '<a:ext cx="1440000" cy="360000"/></a:xfrm></p:spPr>'
    )
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="9" name="f"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f"{placed}<p:txBody><a:bodyPr/><a:p>{_run('Minnesord')}</a:p></p:txBody></p:sp>"
    )
    pages, _ = read(PptxExtractor(), into_slide(deck_of_titles("Övningar"), shape))
    assert texts(pages[0], BlockField.NOTES if is_beside else BlockField.BOX) == ["Minnesord"]


def test_title_beside_the_slide_is_its_title() -> None:
    """Programs offer it for those who listen to slides."""
    presentation = Presentation(io.BytesIO(deck_of_titles("Energi")))
    title = presentation.slides[0].shapes.title
    title.left, title.top, title.width, title.height = -9_000_000, 0, 3_600_000, 360_000
    pages, _ = read(PptxExtractor(), saved(presentation))
    assert pages[0].title == "Energi"


def test_groups_nested_deeper_than_is_read_are_told() -> None:
    properties = '<p:cNvPr id="7" name="g"/><p:cNvGrpSpPr/><p:nvPr/>'
    opened = f"<p:grpSp><p:nvGrpSpPr>{properties}</p:nvGrpSpPr><p:grpSpPr/>"
    deep = opened * 45 + _shape(f"<a:p>{_run('Djupt')}</a:p>") + "</p:grpSp>" * 45
    pages, finish = read(PptxExtractor(), into_slide(deck_of_titles("Grupper"), deep))
    assert (finish.category, finish.message) == (Outcome.OK_PARTIAL, "Slide 1 could not be read whole.")
    assert pages[0].broken


def test_characters_written_as_numbers_are_those_characters() -> None:
    page = _page(into_slide(deck_of_titles(""), _shape(f"<a:p>{_run('Malm_x000D_koppar_x0041_')}</a:p>")))
    assert texts(page, BlockField.BOX) == ["Malm\nkopparA"]


def test_slide_with_a_metafile_wants_the_words_of_its_rendering() -> None:
    filled = '<p:blipFill><a:blip r:embed="rId90"/></p:blipFill>'
    picture = _picture(0, 0, 9000, 9000).replace("<p:blipFill/>", filled)
    deck = into_slide(deck_of_titles("Tabell"), picture)
    deck = related(deck, "ppt/slides/slide1.xml", OFFICE + "image", "../media/image9.emf")
    assert _page(deck).ocr_reason is OcrReason.DRAWING
