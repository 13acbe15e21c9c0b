"""A SmartArt process, written by hand: python-pptx has no call for one.

A diagram has five parts (ECMA-376 part 1, 21.4; the drawing is [MS-ODRAWXML] 2.3): the data holds the words,
the layout, style and colours say how Office draws them, and the drawing is the picture that other programs,
LibreOffice among them, show unchanged.
"""

from typing import Any

from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Inches

from samples.theme import Place

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_DSP = "http://schemas.microsoft.com/office/drawing/2008/diagram"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.diagram"
_DRAWING_TYPE = "application/vnd.ms-office.drawingml.diagramDrawing+xml"
_DRAWING_RELATION = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES = f'xmlns:dgm="{_DGM}" xmlns:a="{_A}"'
_COLOURS = ("accent1", "accent2", "accent3", "accent6")


def add_process(slide: Any, steps: list[str], place: Place, name: str) -> None:
    """Add a SmartArt of boxes from left to right, one for each of `steps`, called `name`."""
    left, top, width, height = (int(Inches(length)) for length in place)
    drawing = _relate(slide, "drawing1", _drawing(steps, width, height), _DRAWING_TYPE, _DRAWING_RELATION)
    ids = [
        _relate(slide, "data1", _data(steps, drawing), f"{_TYPE}Data+xml", f"{_R}/diagramData"),
        _relate(slide, "layout1", _LAYOUT, f"{_TYPE}Layout+xml", f"{_R}/diagramLayout"),
        _relate(slide, "quickStyle1", _STYLE, f"{_TYPE}Style+xml", f"{_R}/diagramQuickStyle"),
        _relate(slide, "colors1", _COLOUR_PART, f"{_TYPE}Colors+xml", f"{_R}/diagramColors"),
    ]
    references = " ".join(f'r:{key}="{rid}"' for key, rid in zip(("dm", "lo", "qs", "cs"), ids, strict=True))
    frame = (
        '<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        f'xmlns:a="{_A}" xmlns:r="{_R}"><p:nvGraphicFramePr><p:cNvPr id="40" name="{name}"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        f'<p:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{_DGM}"><dgm:relIds xmlns:dgm="{_DGM}" {references}/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
    slide.shapes._spTree.append(parse_xml(frame))


def _relate(slide: Any, name: str, xml: str, content_type: str, relation: str) -> str:
    uri = PackURI(f"/ppt/diagrams/{name}.xml")
    part = Part(uri, content_type, slide.part.package, (_HEAD + xml).encode("utf-8"))
    rid: str = slide.part.relate_to(part, relation)
    return rid


def _data(steps: list[str], drawing: str) -> str:
    points = [
        '<dgm:pt modelId="1" type="doc"><dgm:prSet loTypeId="urn:archive:process"/><dgm:spPr/></dgm:pt>'
    ]
    links = []
    for at, step in enumerate(steps):
        node, parent, sibling, link = (str(10 * (at + 1) + offset) for offset in range(4))
        points.append(
            f'<dgm:pt modelId="{node}"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:lstStyle/>'
            f'<a:p><a:r><a:rPr lang="sv-SE"/><a:t>{step}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        )
        for kind, model in (("parTrans", parent), ("sibTrans", sibling)):
            points.append(
                f'<dgm:pt modelId="{model}" type="{kind}" cxnId="{link}"><dgm:prSet/><dgm:spPr/></dgm:pt>'
            )
        links.append(
            f'<dgm:cxn modelId="{link}" srcId="1" destId="{node}" srcOrd="{at}" destOrd="0" '
            f'parTransId="{parent}" sibTransId="{sibling}"/>'
        )
    extension = (
        '<dgm:extLst><a:ext uri="http://schemas.microsoft.com/office/drawing/2008/diagram">'
        f'<dsp:dataModelExt xmlns:dsp="{_DSP}" relId="{drawing}" minVer="http://schemas.openxmlformats.org/'
        'drawingml/2006/diagram"/></a:ext></dgm:extLst>'
    )
    return (
        f"<dgm:dataModel {_NAMES}><dgm:ptLst>{''.join(points)}</dgm:ptLst>"
        f"<dgm:cxnLst>{''.join(links)}</dgm:cxnLst><dgm:bg/><dgm:whole/>{extension}</dgm:dataModel>"
    )


def _drawing(steps: list[str], width: int, height: int) -> str:
    step_width = width // len(steps)
    shapes = []
    for at, step in enumerate(steps):
        geometry = "homePlate" if at == 0 else "chevron"
        box = f'<a:off x="{at * step_width}" y="0"/><a:ext cx="{int(step_width * 1.06)}" cy="{height}"/>'
        words = (
            f'<a:off x="{at * step_width + height // 3}" y="0"/>'
            f'<a:ext cx="{int(step_width * 1.06) - 2 * height // 3}" cy="{height}"/>'
        )
        shapes.append(
            f'<dsp:sp modelId="{10 * (at + 1)}"><dsp:nvSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvSpPr/>'
            "</dsp:nvSpPr>"
            f'<dsp:spPr><a:xfrm>{box}</a:xfrm><a:prstGeom prst="{geometry}"><a:avLst>'
            '<a:gd name="adj" fmla="val 30000"/></a:avLst></a:prstGeom>'
            f'<a:solidFill><a:schemeClr val="{_COLOURS[at % len(_COLOURS)]}"/></a:solidFill>'
            "<a:ln><a:noFill/></a:ln></dsp:spPr>"
            '<dsp:style><a:lnRef idx="0"><a:schemeClr val="lt1"/></a:lnRef><a:fillRef idx="1">'
            '<a:schemeClr val="accent1"/></a:fillRef><a:effectRef idx="0"><a:schemeClr val="accent1"/>'
            '</a:effectRef><a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef></dsp:style>'
            '<dsp:txBody><a:bodyPr wrap="square" lIns="0" rIns="0" anchor="ctr"/><a:lstStyle/>'
            '<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="sv-SE" sz="1800" b="1"><a:solidFill>'
            f'<a:schemeClr val="lt1"/></a:solidFill></a:rPr><a:t>{step}</a:t></a:r></a:p></dsp:txBody>'
            f"<dsp:txXfrm>{words}</dsp:txXfrm></dsp:sp>"
        )
    return (
        f'<dsp:drawing xmlns:dsp="{_DSP}" {_NAMES}><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/>'
        f"<dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/>{''.join(shapes)}</dsp:spTree></dsp:drawing>"
    )


_LAYOUT = (
    f'<dgm:layoutDef {_NAMES} uniqueId="urn:archive:process"><dgm:title val="Process"/><dgm:desc val=""/>'
    '<dgm:catLst><dgm:cat type="process" pri="1000"/></dgm:catLst>'
    '<dgm:layoutNode name="process"><dgm:varLst><dgm:dir/></dgm:varLst><dgm:alg type="lin"/>'
    "<dgm:shape><dgm:adjLst/></dgm:shape><dgm:presOf/><dgm:constrLst>"
    '<dgm:constr type="w" for="ch" forName="step" refType="w"/>'
    '<dgm:constr type="primFontSz" for="ch" forName="step" op="equ" val="18"/></dgm:constrLst><dgm:ruleLst/>'
    '<dgm:forEach name="steps" axis="ch" ptType="node"><dgm:layoutNode name="step"><dgm:alg type="tx"/>'
    '<dgm:shape type="chevron"><dgm:adjLst/></dgm:shape><dgm:presOf axis="desOrSelf" ptType="node"/>'
    '<dgm:constrLst/><dgm:ruleLst><dgm:rule type="primFontSz" val="5"/></dgm:ruleLst></dgm:layoutNode>'
    "</dgm:forEach></dgm:layoutNode></dgm:layoutDef>"
)
_STYLE = (
    f'<dgm:styleDef {_NAMES} uniqueId="urn:archive:process-style"><dgm:title val=""/><dgm:desc val=""/>'
    '<dgm:catLst/><dgm:styleLbl name="node1"><dgm:txPr/><dgm:style><a:lnRef idx="0"><a:schemeClr val="lt1"/>'
    '</a:lnRef><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef><a:effectRef idx="0">'
    '<a:schemeClr val="accent1"/></a:effectRef><a:fontRef idx="minor"><a:schemeClr val="lt1"/></a:fontRef>'
    "</dgm:style></dgm:styleLbl></dgm:styleDef>"
)
_COLOUR_PART = (
    f'<dgm:colorsDef {_NAMES} uniqueId="urn:archive:process-colours"><dgm:title val=""/><dgm:desc val=""/>'
    '<dgm:catLst/><dgm:styleLbl name="node1"><dgm:fillClrLst><a:schemeClr val="accent1"/></dgm:fillClrLst>'
    '<dgm:linClrLst><a:schemeClr val="lt1"/></dgm:linClrLst><dgm:txFillClrLst><a:schemeClr val="lt1"/>'
    "</dgm:txFillClrLst></dgm:styleLbl></dgm:colorsDef>"
)
