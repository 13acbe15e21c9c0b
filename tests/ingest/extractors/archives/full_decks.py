"""A deck with a word of staff's in every place where a deck may have one."""

import io
import zipfile
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PROG_ID
from pptx.util import Pt

from tests.ingest.extractors.decks import (
    OFFICE,
    TITLE_ONLY,
    add_box,
    into_part,
    into_slide,
    related,
    saved,
    with_member,
)

SECRET = "hemligordet"
"""Stands in every place that is for staff, with a number behind it."""
_P188 = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
_MODERN = "http://schemas.microsoft.com/office/2018/10/relationships/comments"
_SECTIONS = (
    '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
    '<p14:section name="Öppen del" id="{00000000-0000-0000-0000-000000000001}"><p14:sldIdLst>'
    '<p14:sldId id="256"/><p14:sldId id="258"/></p14:sldIdLst></p14:section>'
    f'<p14:section name="{SECRET}1" id="{{00000000-0000-0000-0000-000000000002}}"><p14:sldIdLst>'
    '<p14:sldId id="257"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>'
)


def full_deck() -> bytes:
    """Return a deck of three slides, of which the second is hidden."""
    presentation = Presentation()
    slides = [presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY]) for _ in range(3)]
    for slide, title in zip(slides, ("Öppen ett", f"{SECRET}2", "Öppen tre"), strict=True):
        slide.shapes.title.text = title
    slides[1].element.set("show", "0")
    _set_properties(presentation)
    slides[0].notes_slide.notes_text_frame.text = f"{SECRET}4"
    _add_shapes(slides[0])
    link = slides[2].shapes.add_textbox(Pt(50), Pt(200), Pt(200), Pt(40))
    link.text_frame.text = "Länk till en dold bild"
    link.click_action.target_slide = slides[1]
    _add_run(slides[2], "Rapporten", "https://example.org/rapport", 250)
    _add_run(slides[2], "Fil", f"file:///C:/Users/{SECRET}9/plan.docx", 300)
    return _with_parts(saved(presentation))


def _set_properties(presentation: Any) -> None:
    core = presentation.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = core.title = f"{SECRET}3"


def _add_shapes(slide: Any) -> None:
    """Add an embedded workbook, a hidden shape, one beside the slide, and a photograph."""
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as package:
        package.writestr("xl/workbook.xml", f"<workbook>{SECRET}5</workbook>")
    icon = io.BytesIO()
    Image.new("RGB", (80, 60), "#336699").save(icon, "PNG")
    workbook.seek(0)
    icon.seek(0)
    slide.shapes.add_ole_object(workbook, PROG_ID.XLSX, Pt(300), Pt(300), Pt(80), Pt(60), icon_file=icon)
    hidden = add_box(slide.shapes, f"{SECRET}6", 50, 300)
    hidden._element.nvSpPr.cNvPr.set("hidden", "1")
    add_box(slide.shapes, f"{SECRET}7", 5000, 300)
    add_box(slide.shapes, "Text på bilden", 50, 350)
    photograph = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = f"{SECRET}8"  # the artist
    Image.new("RGB", (60, 40), "#993333").save(photograph, "JPEG", exif=exif, comment=f"{SECRET}8".encode())
    photograph.seek(0)
    slide.shapes.add_picture(photograph, Pt(400), Pt(100))


def _add_run(slide: Any, text: str, address: str, top_pt: float) -> None:
    box = add_box(slide.shapes, text, 50, top_pt)
    box.text_frame.paragraphs[0].runs[0].hyperlink.address = address


def _with_parts(deck: bytes) -> bytes:
    """Add the parts that python-pptx does not write."""
    slide, main = "ppt/slides/slide1.xml", "ppt/presentation.xml"
    parts = {
        "ppt/comments/comment1.xml": (
            slide,
            OFFICE + "comments",
            f'<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
            f'<p:cm authorId="0" idx="1"><p:pos x="1" y="1"/><p:text>{SECRET}10</p:text></p:cm></p:cmLst>',
        ),
        "ppt/comments/modernComment1.xml": (
            slide,
            _MODERN,
            f'<p188:cmLst xmlns:p188="{_P188}"><p188:cm authorId="{{2}}">{SECRET}11</p188:cm></p188:cmLst>',
        ),
        "ppt/tags/tag1.xml": (slide, OFFICE + "tags", f"<tagLst>{SECRET}12</tagLst>"),
        "ppt/commentAuthors.xml": (main, OFFICE + "commentAuthors", f"<cmAuthorLst>{SECRET}13</cmAuthorLst>"),
        "customXml/item1.xml": (main, OFFICE + "customXml", f"<item>{SECRET}14</item>"),
        "docProps/custom.xml": ("", OFFICE + "custom-properties", f"<Properties>{SECRET}15</Properties>"),
        "ppt/viewProps.xml": (main, OFFICE + "viewProps", f"<viewPr>{SECRET}16</viewPr>"),
    }
    for nth, (name, (source, kind, markup)) in enumerate(parts.items()):
        deck = with_member(deck, name, markup.encode())
        deck = _related(deck, source, kind, "/" + name, f"rIdX{nth}")
    deck = _related(deck, slide, OFFICE + "image", f"file:///C:/{SECRET}17.png", "rIdOut")
    deck = into_slide(
        deck,
        '<p:pic><p:nvPicPr><p:cNvPr id="90" name="Bild utifrån"/><p:cNvPicPr/><p:nvPr><p:custDataLst>'
        '<p:tags r:id="rIdX2"/></p:custDataLst></p:nvPr></p:nvPicPr><p:blipFill><a:blip r:link="rIdOut"/>'
        "</p:blipFill><p:spPr/></p:pic>",
    )
    deck = into_slide(deck, f"<!-- {SECRET}18 -->")
    shows = f'<p:custShowLst><p:custShow name="{SECRET}19" id="0"><p:sldLst/></p:custShow></p:custShowLst>'
    deck = into_part(deck, main, shows + _SECTIONS, "</p:presentation>")
    types = (
        '<Override PartName="/ppt/comments/comment1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.presentationml.comments+xml"/>'
    )
    return into_part(deck, "[Content_Types].xml", types, "</Types>")


def _related(deck: bytes, source: str, kind: str, target: str, relation_id: str) -> bytes:
    return (
        related(deck, source, kind, target, relation_id)
        if source
        else into_part(
            deck,
            "_rels/.rels",
            f'<Relationship Id="{relation_id}" Type="{kind}" Target="{target}"/>',
            "</Relationships>",
        )
    )
