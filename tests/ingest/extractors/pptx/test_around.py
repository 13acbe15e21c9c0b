"""What belongs to a slide but stands in none of its shapes: comments, links, captions, layouts, sections."""

import re

from pptx import Presentation

from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.extraction import Outcome
from archive.model.pages import BlockField, Page
from tests.ingest.extractors.decks import (
    BLANK,
    OFFICE,
    TITLE_ONLY,
    add_box,
    deck_of_titles,
    into_part,
    into_slide,
    related,
    rewritten,
    saved,
    with_member,
)
from tests.ingest.extractors.extraction import read, texts

SLIDE = "ppt/slides/slide1.xml"
PRESENTATION = "ppt/presentation.xml"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_P188 = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MODERN = "http://schemas.microsoft.com/office/2018/10/relationships/"


def _pages(deck: bytes) -> list[Page]:
    pages, finish = read(PptxExtractor(), deck)
    assert finish.category is Outcome.OK, finish.message
    return pages


def _shape(text: str, place: str = "", run: str = "") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="9" name="f"/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p><a:r>{run}<a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def test_old_comment_is_read_with_its_author() -> None:
    deck = related(deck_of_titles("A"), SLIDE, OFFICE + "comments", "../comments/comment1.xml")
    deck = related(deck, PRESENTATION, OFFICE + "commentAuthors", "commentAuthors.xml")
    deck = with_member(
        deck,
        "ppt/commentAuthors.xml",
        f'<p:cmAuthorLst xmlns:p="{_P}"><p:cmAuthor id="3" name="Åsa Öberg"/></p:cmAuthorLst>'.encode(),
    )
    answer = '<p:extLst><p:ext><t:threadingInfo xmlns:t="urn:t"><t:parentCm authorId="3" idx="1"/>'
    comments = (
        f'<p:cmLst xmlns:p="{_P}"><p:cm authorId="3" idx="1"><p:text>Är siffran rätt?</p:text></p:cm>'
        f'<p:cm authorId="3" idx="2"><p:text>Ja.</p:text>{answer}</t:threadingInfo></p:ext></p:extLst></p:cm>'
        "</p:cmLst>"
    )
    page = _pages(with_member(deck, "ppt/comments/comment1.xml", comments.encode()))[0]
    block = next(block for block in page.blocks if block.field is BlockField.COMMENT)
    assert [(each.text, each.level) for each in block.paragraphs] == [
        ("Åsa Öberg: Är siffran rätt?", 0),
        ("Åsa Öberg: Ja.", 1),
    ]


def test_threaded_comment_is_read_with_its_answers() -> None:
    deck = related(deck_of_titles("A"), SLIDE, _MODERN + "comments", "../comments/modernComment_100_0.xml")
    deck = related(deck, PRESENTATION, _MODERN + "authors", "authors.xml")
    people = '<p:author id="{1}" name="Bo Ek"/><p:author id="{2}" name="Eva Alm"/>'
    authors = f'<p:authorLst xmlns:p="{_P188}">{people}</p:authorLst>'

    def said(text: str) -> str:
        return f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>"

    comments = (
        f'<p:cmLst xmlns:p="{_P188}" xmlns:a="{_A}"><p:cm id="x" authorId="{{1}}"><p:replyLst><p:reply id="y"'
        f' authorId="{{2}}">{said("Nej")}</p:reply></p:replyLst>{said("Byta bild?")}</p:cm></p:cmLst>'
    )
    deck = with_member(deck, "ppt/authors.xml", authors.encode())
    page = _pages(with_member(deck, "ppt/comments/modernComment_100_0.xml", comments.encode()))[0]
    block = next(block for block in page.blocks if block.field is BlockField.COMMENT)
    assert [(each.text, each.level) for each in block.paragraphs] == [
        ("Bo Ek: Byta bild?", 0),
        ("Eva Alm: Nej", 1),
    ]


def test_links_of_words_and_shapes_are_read_once_and_only_those_that_lead_outside() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    other = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    run = add_box(slide.shapes, "", 10, 10).text_frame.paragraphs[0].add_run()
    run.text = "Läs mer"
    run.hyperlink.address = "https://exempel.se/rapport"
    add_box(slide.shapes, "Kontakt", 10, 50).click_action.hyperlink.address = "mailto:a@exempel.se"
    add_box(slide.shapes, "Igen", 10, 90).click_action.hyperlink.address = "https://exempel.se/rapport"
    add_box(slide.shapes, "Fil", 10, 120).click_action.hyperlink.address = "file:///C:/hemligt.docx"
    add_box(slide.shapes, "Vidare", 10, 150).click_action.target_slide = other
    pages = _pages(saved(presentation))
    assert texts(pages[0], BlockField.LINK) == ["https://exempel.se/rapport\nmailto:a@exempel.se"]
    assert texts(pages[1], BlockField.LINK) == []


def test_caption_track_of_a_video_is_read_without_its_times_and_marks() -> None:
    track = (
        "\ufeffWEBVTT\n\nNOTE\ninte detta\n\n1\n00:00:01.000 --> 00:00:04.000 align:start\n"
        "<v Åsa>Välkomna</v> till &amp; från\nGävle\n\n00:00:05.000 --> 00:00:06.000\nTack\n"
    )
    kind = "http://schemas.microsoft.com/office/2017/04/relationships/track"
    deck = related(deck_of_titles("A"), SLIDE, kind, "../media/track1.vtt")
    page = _pages(with_member(deck, "ppt/media/track1.vtt", track.encode()))[0]
    assert texts(page, BlockField.CAPTION) == ["Välkomna till & från Gävle\nTack"]


def test_words_of_layout_and_master_come_once_in_a_deck_without_prompts() -> None:
    deck = deck_of_titles("A", "B")
    deck = into_part(deck, "ppt/slideLayouts/slideLayout6.xml", _shape("Region Gävleborg"))
    deck = into_part(deck, "ppt/slideMasters/slideMaster1.xml", _shape("Nätverksträff"))
    deck = into_part(deck, "ppt/slideLayouts/slideLayout1.xml", _shape("aldrig visad"))
    pages = _pages(deck)
    assert texts(pages[0], BlockField.LAYOUT) == ["Region Gävleborg\nNätverksträff"]
    assert texts(pages[1], BlockField.LAYOUT) == []
    everything = "\n".join(block.text for page in pages for block in page.blocks)
    assert "Click to edit" not in everything
    assert "aldrig visad" not in everything


def test_description_of_a_logotype_on_a_layout_is_not_among_the_words_shown() -> None:
    shape = _shape("Region G").replace('name="f"', 'name="f" descr="Vapen"')
    pages = _pages(into_part(deck_of_titles("A"), "ppt/slideLayouts/slideLayout6.xml", shape))
    assert texts(pages[0], BlockField.LAYOUT) == ["Region G"]


def test_words_of_a_layout_that_the_slide_hides_are_left_out() -> None:
    deck = into_part(deck_of_titles("A", "B"), "ppt/slideLayouts/slideLayout6.xml", _shape("Region G"))

    def hidden(name: str, data: bytes) -> bytes:
        return data.replace(b"<p:sld ", b'<p:sld showMasterSp="0" ') if name == SLIDE else data

    pages = _pages(rewritten(deck, hidden))
    assert texts(pages[0], BlockField.LAYOUT) == []
    assert texts(pages[1], BlockField.LAYOUT) == ["Region G"]


def _with_sections(*sections: tuple[str, int]) -> bytes:
    deck = deck_of_titles("A", "B", "C")
    ids: list[str] = []

    def look(name: str, data: bytes) -> bytes:
        if name == PRESENTATION:
            ids.extend(re.findall(r'<p:sldId [^>]*?\bid="(\d+)"', data.decode()))
        return data

    rewritten(deck, look)
    listed = "".join(
        f'<s:section name="{name}" id="x"><s:sldIdLst><s:sldId id="{ids[at]}"/></s:sldIdLst></s:section>'
        for name, at in sections
    )
    extension = f'<p:ext uri="u"><s:sectionLst xmlns:s="{_P14}">{listed}</s:sectionLst></p:ext>'
    return into_part(deck, PRESENTATION, f"<p:extLst>{extension}</p:extLst>", "</p:presentation>")


def test_name_of_a_section_stands_on_its_first_slide() -> None:
    pages = _pages(_with_sections(("Inledning", 0), ("Resultat", 2)))
    assert [texts(page, BlockField.SECTION) for page in pages] == [["Inledning"], [], ["Resultat"]]


def test_section_that_no_one_named_is_left_out() -> None:
    pages = _pages(_with_sections(("Default Section", 0), ("Namnlöst avsnitt", 1)))
    assert all(texts(page, BlockField.SECTION) == [] for page in pages)


def test_what_stands_around_a_slide_comes_after_it_and_before_the_notes() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
    slide.shapes.title.text = "Rubrik"
    slide.notes_slide.notes_text_frame.text = "Anteckning"
    add_box(slide.shapes, "Kontakt", 10, 500).click_action.hyperlink.address = "https://exempel.se"
    deck = into_part(saved(presentation), "ppt/slideLayouts/slideLayout6.xml", _shape("Region G"))
    deck = into_slide(deck, _shape("Fot", '<p:ph type="ftr" idx="11"/>'))
    (page,) = _pages(deck)
    assert [block.field for block in page.blocks] == [
        BlockField.TITLE,
        BlockField.BOX,
        BlockField.FOOTER,
        BlockField.LINK,
        BlockField.LAYOUT,
        BlockField.NOTES,
    ]


def test_properties_of_program_and_people_are_read_and_those_of_servers_are_not() -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    deck = related(deck_of_titles("A"), "", kinds + "custom-properties", "docProps/custom.xml", "rId80")
    custom = (
        '<Properties xmlns="urn:c" xmlns:vt="urn:v"><property name="Diarienummer"><vt:lpwstr>RS 2024/12'
        '</vt:lpwstr></property><property name="MSIP_Label_1"><vt:lpwstr>x</vt:lpwstr></property>'
        "</Properties>"
    )
    deck = with_member(deck, "docProps/custom.xml", custom.encode())
    app = b"<Properties><Company>Region G</Company><Slides>1</Slides></Properties>"
    _, finish = read(PptxExtractor(), with_member(deck, "docProps/app.xml", app))
    assert finish.properties["company"] == "Region G"
    assert finish.properties["custom.Diarienummer"] == "RS 2024/12"
    assert not any("MSIP" in name for name in finish.properties)


def test_language_of_a_block_is_that_of_most_of_its_letters() -> None:
    swedish, english, german = (f'<a:rPr lang="{tag}"/>' for tag in ("sv-SE", "en-GB", "de-DE"))
    deck = deck_of_titles("A")
    for text, run in (("Gävle hamn", swedish), ("Harbour", english), ("Hafen", german), ("omärkt", "")):
        deck = into_slide(deck, _shape(text, run=run))
    found = {block.text: block.language for block in _pages(deck)[0].blocks}
    assert found == {"A": "", "Gävle hamn": "sv", "Harbour": "en", "Hafen": "", "omärkt": ""}
