from archive.ingest.extractors.ooxml.markup import Element, parse
from archive.ingest.extractors.pptx.graphics import diagram_block, drawing_block
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.pages import BlockField
from tests.ingest.extractors.decks import OFFICE, deck_of_titles, into_slide, related, with_member
from tests.ingest.extractors.extraction import read, texts

_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DSP = "http://schemas.microsoft.com/office/drawing/2008/diagram"
_FRAME = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="d"/><p:cNvGraphicFramePr/><p:nvPr/>'
    f'</p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri="{_DGM}"><dgm:relIds xmlns:dgm="{_DGM}"'
    ' r:dm="rId90" r:lo="rId91"/></a:graphicData></a:graphic></p:graphicFrame>'
)


def _point(point_id: str, text: str = "", kind: str = "node") -> str:
    return f'<pt modelId="{point_id}" type="{kind}"><t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></t></pt>'


def _markup(points: str, links: str) -> bytes:
    lists = f"<ptLst>{points}</ptLst><cxnLst>{links}</cxnLst>"
    return f'<dataModel xmlns="{_DGM}" xmlns:a="{_A}">{lists}</dataModel>'.encode()


def _model(points: str, links: str) -> Element:
    return parse(_markup(points, links))


def test_diagram_keeps_the_levels_and_order_of_its_tree() -> None:
    points = _point("0", kind="doc") + _point("3", "Andra") + _point("1", "Första") + _point("2", "Under")
    links = (
        '<cxn modelId="a" srcId="0" destId="3" srcOrd="1"/><cxn modelId="b" srcId="0" destId="1" srcOrd="0"/>'
        '<cxn modelId="c" srcId="1" destId="2" srcOrd="0"/>'
        '<cxn modelId="d" type="presOf" srcId="3" destId="2"/>'
    )
    block = diagram_block(_model(points, links))
    assert block is not None
    assert [(p.text, p.level) for p in block.paragraphs] == [("Första", 0), ("Under", 1), ("Andra", 0)]


def test_circle_in_a_diagram_ends() -> None:
    points = _point("0", kind="doc") + _point("1", "Ett") + _point("2", "Två")
    links = "".join(
        f'<cxn modelId="{a}{b}" srcId="{a}" destId="{b}" srcOrd="0"/>' for a, b in ("01", "12", "21")
    )
    block = diagram_block(_model(points, links))
    assert block is not None
    assert [p.text for p in block.paragraphs] == ["Ett", "Två"]


def test_words_that_the_layout_of_a_diagram_repeats_are_left_out() -> None:
    block = diagram_block(_model(_point("1", "Ett") + _point("2", "Ett", kind="pres"), ""))
    assert block is not None
    assert [p.text for p in block.paragraphs] == ["Ett"]


def test_words_on_the_arrows_of_a_diagram_are_read() -> None:
    block = diagram_block(_model(_point("1", "Ett") + _point("2", "leder till", kind="sibTrans"), ""))
    assert block is not None
    assert "leder till" in block.text


def _with_diagram(model: bytes | None) -> bytes:
    deck = into_slide(deck_of_titles("A"), _FRAME)
    deck = related(deck, "ppt/slides/slide1.xml", OFFICE + "diagramData", "../diagrams/data1.xml")
    deck = related(
        deck,
        "ppt/slides/slide1.xml",
        "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing",
        "../diagrams/drawing1.xml",
        "rId95",
    )
    drawing = f'<dsp:drawing xmlns:dsp="{_DSP}" xmlns:a="{_A}"><a:p><a:r><a:t>Steg ett</a:t></a:r></a:p>'
    deck = with_member(deck, "ppt/diagrams/drawing1.xml", f"{drawing}</dsp:drawing>".encode())
    return deck if model is None else with_member(deck, "ppt/diagrams/data1.xml", model)


def test_drawing_beside_a_diagram_is_not_read_a_second_time() -> None:
    pages, _ = read(PptxExtractor(), _with_diagram(_markup(_point("1", "Steg ett"), "")))
    assert texts(pages[0], BlockField.DIAGRAM) == ["Steg ett"]
    assert not pages[0].broken


def test_drawing_stands_in_for_a_lost_diagram() -> None:
    pages, _ = read(PptxExtractor(), _with_diagram(None))
    assert texts(pages[0], BlockField.DIAGRAM) == ["Steg ett"]


def test_drawing_without_words_gives_nothing() -> None:
    assert drawing_block(parse(f'<dsp:drawing xmlns:dsp="{_DSP}"/>'.encode())) is None
