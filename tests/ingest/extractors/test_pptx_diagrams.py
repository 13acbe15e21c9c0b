from archive.ingest.extractors.pptx.charts import extended_chart_block
from archive.ingest.extractors.pptx.diagrams import diagram_block
from archive.ingest.extractors.pptx.markup import Element, parse

_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _point(point_id: str, text: str = "", kind: str = "node") -> str:
    return f'<pt modelId="{point_id}" type="{kind}"><t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></t></pt>'


def _model(points: str, links: str) -> Element:
    lists = f"<ptLst>{points}</ptLst><cxnLst>{links}</cxnLst>"
    return parse(f'<dataModel xmlns="{_DGM}" xmlns:a="{_A}">{lists}</dataModel>'.encode())


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


def test_extended_chart_gives_names_but_not_numbers() -> None:
    xml = (
        b'<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:chartData>'
        b'<cx:data id="0"><cx:strDim type="cat"><cx:lvl><cx:pt idx="0">Skog</cx:pt></cx:lvl></cx:strDim>'
        b'<cx:numDim type="val"><cx:lvl><cx:pt idx="0">7</cx:pt></cx:lvl></cx:numDim></cx:data>'
        b"</cx:chartData></cx:chartSpace>"
    )
    block = extended_chart_block(parse(xml))
    assert block is not None
    assert [p.text for p in block.paragraphs] == ["Skog"]
