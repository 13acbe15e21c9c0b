"""Small decks whose features python-pptx does not know: the XML of each is put into a deck of its making."""

import io
import zipfile
from collections.abc import Callable, Mapping

from pptx import Presentation

from tests.ingest.extractors.decks import deck_of_titles, rewritten, rich_deck, saved

_SLIDE = "ppt/slides/slide1.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MAIN = "http://schemas.openxmlformats.org/presentationml/2006/main"
_MODERN = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
_TYPE = "application/vnd.openxmlformats-officedocument"
_STRICT = (
    (_MAIN, "http://purl.oclc.org/ooxml/presentationml/main"),
    (_DRAWING, "http://purl.oclc.org/ooxml/drawingml/main"),
    (_OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)


def decks_of_parts() -> dict[str, Callable[[], bytes]]:
    """Return what makes each deck, by the name of its golden file."""
    return {
        "deck_alternative": _alternative,
        "deck_comments": _comments,
        "deck_embedded": _embedded,
        "deck_equation": _equation,
        "deck_footers": _footers,
        "deck_layout": _layout,
        "deck_number_behind": _number_behind,
        "deck_properties": _properties,
        "deck_sections": _sections,
        "deck_strict": _strict,
        "deck_without_types": _without_types,
    }


def _with_xml(deck: bytes, part: str, before: str, xml: str) -> bytes:
    """Return the deck with `xml` put in before a tag of one of its parts."""

    def change(name: str, old: bytes) -> bytes:
        return old.replace(before.encode(), xml.encode() + before.encode(), 1) if name == part else old

    return rewritten(deck, change)


def _with_parts(deck: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO(deck)
    with zipfile.ZipFile(buffer, "a") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def _related(deck: bytes, kind: str, target: str, source: str = _SLIDE, identifier: str = "rId90") -> bytes:
    """Return the deck with a relation of one part to another; `kind` is a whole address or its end."""
    folder, _, name = source.rpartition("/")
    kind = kind if "://" in kind else f"{_OFFICE}/{kind}"
    xml = f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>'
    return _with_xml(deck, f"{folder}/_rels/{name}.rels", "</Relationships>", xml)


def _typed(deck: bytes, part: str, content_type: str) -> bytes:
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
    return _with_xml(deck, "[Content_Types].xml", "</Types>", override)


def _box(text: str, run: str = "") -> str:
    return (
        f'<p:sp xmlns:p="{_MAIN}" xmlns:a="{_DRAWING}"><p:nvSpPr><p:cNvPr id="70" name="Ruta"/><p:cNvSpPr/>'
        "<p:nvPr/>"
        '</p:nvSpPr><p:spPr><a:xfrm><a:off x="900000" y="2900000"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
        f"</p:spPr><p:txBody><a:bodyPr/><a:p>{run}<a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _alternative() -> bytes:
    choice = _box("Det nya valet")
    fallback = _box("Det gamla valet")
    xml = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" Requires="p14">'
        f"{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )
    return _with_xml(deck_of_titles("Rubrik"), _SLIDE, "</p:spTree>", xml)


def _comments() -> bytes:
    """Return a deck with a comment of the old kind, and one of the new kind with an answer."""
    words = "<p188:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p188:txBody>"
    reply = f'<p188:reply id="{{2}}" authorId="{{A}}">{words.format("Ett svar")}</p188:reply>'
    thread = f'<p188:cm id="{{1}}" authorId="{{A}}" created="2024-05-02T10:00:00"><p188:replyLst>{reply}'
    thread += f"</p188:replyLst>{words.format('En tråd')}</p188:cm>"
    parts = {
        "ppt/comments/comment1.xml": f'<p:cmLst xmlns:p="{_MAIN}"><p:cm authorId="0" '
        'dt="2024-05-01T10:00:00" idx="1"><p:pos x="1" y="1"/><p:text>Kolla källan</p:text></p:cm></p:cmLst>',
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="{_MAIN}">'
        '<p:cmAuthor id="0" name="Åsa Öberg"/></p:cmAuthorLst>',
        "ppt/comments/modernComment_1.xml": f'<p188:cmLst xmlns:p188="{_MODERN}" xmlns:a="{_DRAWING}">'
        f"{thread}</p188:cmLst>",
        "ppt/authors.xml": f'<p188:authorLst xmlns:p188="{_MODERN}">'
        '<p188:author id="{A}" name="Lisa Virén"/></p188:authorLst>',
    }
    recent = "http://schemas.microsoft.com/office/2018/10/relationships"
    presentation = "ppt/presentation.xml"
    deck = _related(deck_of_titles("Rubrik"), "comments", "../comments/comment1.xml")
    deck = _related(deck, f"{recent}/comments", "../comments/modernComment_1.xml", identifier="rId91")
    deck = _related(deck, "commentAuthors", "commentAuthors.xml", presentation)
    deck = _related(deck, f"{recent}/authors", "authors.xml", presentation, "rId91")
    deck = _typed(deck, "ppt/comments/comment1.xml", f"{_TYPE}.presentationml.comments+xml")
    deck = _typed(deck, "ppt/commentAuthors.xml", f"{_TYPE}.presentationml.commentAuthors+xml")
    deck = _typed(deck, "ppt/comments/modernComment_1.xml", "application/vnd.ms-powerpoint.comments+xml")
    deck = _typed(deck, "ppt/authors.xml", "application/vnd.ms-powerpoint.authors+xml")
    return _with_parts(deck, parts)


def _embedded() -> bytes:
    """Return a deck with a workbook behind a chart and a deck within the deck."""
    deck = _related(rich_deck(), "package", "../embeddings/inre.pptx")
    inner = deck_of_titles("Bilden inuti")
    deck = _typed(
        deck,
        "ppt/embeddings/inre.pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    )
    return _with_parts(deck, {"ppt/embeddings/inre.pptx": inner})


def _equation() -> bytes:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    xml = (
        '<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main">'
        f'<m:oMathPara xmlns:m="{math}"><m:oMath><m:r><m:t>E=m</m:t></m:r>'
        "<m:sSup><m:e><m:r><m:t>c</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara></a14:m>"
    )
    return _with_xml(deck_of_titles("Rubrik"), _SLIDE, "</p:spTree>", _box("efter formeln", xml))


def _footers() -> bytes:
    def small(kind: str, content: str) -> str:
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="8" name="{kind}"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}"/>'
            f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p>{content}</a:p></p:txBody></p:sp>"
        )

    number = '<a:fld id="{A}" type="slidenum"><a:t>1</a:t></a:fld>'
    xml = small("ftr", "<a:r><a:t>Region Gävleborg</a:t></a:r>") + small("sldNum", number)
    xml += small("dt", "<a:r><a:t>2024-05-01</a:t></a:r>")
    return _with_xml(deck_of_titles("Rubrik"), _SLIDE, "</p:spTree>", xml)


def _layout() -> bytes:
    """Return a deck whose used layout, unused layout and master have words of their own."""
    deck = deck_of_titles("Ett", "Två")
    deck = _with_xml(deck, "ppt/slideLayouts/slideLayout6.xml", "</p:spTree>", _box("Hållbar region"))
    deck = _with_xml(deck, "ppt/slideLayouts/slideLayout9.xml", "</p:spTree>", _box("Syns aldrig"))
    return _with_xml(deck, "ppt/slideMasters/slideMaster1.xml", "</p:spTree>", _box("Länsstyrelsen"))


def _number_behind() -> bytes:
    """Return slides whose number stands in a free box of their master, which shows it on every slide."""
    field = '<a:fld id="{A}" type="slidenum"><a:t>18</a:t></a:fld>'
    deck = deck_of_titles("Ett", "Två")
    return _with_xml(deck, "ppt/slideMasters/slideMaster1.xml", "</p:spTree>", _box("av två", field))


def _properties() -> bytes:
    presentation = Presentation(io.BytesIO(deck_of_titles("Rubrik")))
    core = presentation.core_properties
    core.title, core.author, core.subject = "Titel", "Åsa Öberg", "Ämne"
    core.keywords, core.comments, core.category = "nyckel, ord", "Beskrivning", "Kategori"
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Diarienummer">'
        "<vt:lpwstr>RG 2024/17</vt:lpwstr></property></Properties>"
    )
    deck = _typed(saved(presentation), "docProps/custom.xml", f"{_TYPE}.custom-properties+xml")
    relation = f'<Relationship Id="rId90" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/>'
    deck = _with_xml(deck, "_rels/.rels", "</Relationships>", relation)
    return _with_parts(deck, {"docProps/custom.xml": custom})


def _sections() -> bytes:
    sections = "".join(
        f'<p14:section name="{name}" id="{{{n}}}"><p14:sldIdLst><p14:sldId id="{n}"/></p14:sldIdLst>'
        "</p14:section>"
        for n, name in ((256, "Bakgrund"), (257, "Resultat"))
    )
    xml = (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}">'
        '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        f"{sections}</p14:sectionLst></p:ext></p:extLst>"
    )
    return _with_xml(deck_of_titles("Ett", "Två"), "ppt/presentation.xml", "</p:presentation>", xml)


def _strict() -> bytes:
    def change(_: str, old: bytes) -> bytes:
        for loose, strict in _STRICT:
            old = old.replace(loose.encode(), strict.encode())
        return old

    return rewritten(deck_of_titles("Strikt rubrik"), change)


def _without_types() -> bytes:
    deck = deck_of_titles("Rubrik")
    return rewritten(deck, lambda name, old: None if name == "[Content_Types].xml" else old)
