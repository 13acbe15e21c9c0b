"""The look of the sample decks: colours, fonts and where things stand, set on the master and its layouts."""

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

DARK = "12384A"
COPPER = "B5652B"
GREEN = "4F7F6A"
SAND = "F3EEE7"
INK = "1F2A30"
SLATE = "6B7C85"
COLOURS = {
    "dk1": INK,
    "lt1": "FFFFFF",
    "dk2": DARK,
    "lt2": SAND,
    "accent1": DARK,
    "accent2": COPPER,
    "accent3": GREEN,
    "accent4": "D9A441",
    "accent5": "7A9CB0",
    "accent6": SLATE,
}
WIDTH_IN = 13.333
HEIGHT_IN = 7.5
BAR_HEIGHT_IN = 1.05
FOOTER_IDX = 11
NUMBER_IDX = 12

Place = tuple[float, float, float, float]
"""Left, top, width and height in inches."""

CONTENT: Place = (0.7, 1.55, 11.93, 5.0)
LEFT: Place = (0.7, 1.55, 5.75, 5.0)
RIGHT: Place = (6.88, 1.55, 5.75, 5.0)
_TITLE: Place = (0.7, 0.12, 11.93, 0.82)
_FOOTER: Place = (0.7, 6.93, 9.0, 0.35)
_NUMBER: Place = (11.43, 6.93, 1.2, 0.35)


@dataclass(frozen=True, slots=True)
class Style:
    """The position of a placeholder and the look of its first level. `size` is in points."""

    place: Place
    size: int
    colour: str = "tx1"
    bold: bool = False
    anchor: str = "t"
    bullets: bool = False


_BAR_TITLE = Style(_TITLE, 30, "bg1", bold=True, anchor="ctr")

LAYOUTS: dict[str, dict[int, Style]] = {
    "Title Slide": {
        0: Style((0.9, 1.9, 9.6, 1.9), 42, "bg1", bold=True, anchor="b"),
        1: Style((0.9, 4.15, 9.6, 1.3), 22, "bg2"),
    },
    "Title and Content": {0: _BAR_TITLE, 1: Style(CONTENT, 28, bullets=True)},
    "Section Header": {
        0: Style((0.9, 2.3, 11.0, 1.5), 40, "bg1", bold=True, anchor="b"),
        1: Style((0.9, 4.05, 11.0, 1.4), 22, "bg1"),
    },
    "Two Content": {
        0: _BAR_TITLE,
        1: Style(LEFT, 26, bullets=True),
        2: Style(RIGHT, 26, bullets=True),
    },
    "Comparison": {
        0: _BAR_TITLE,
        1: Style((0.7, 1.45, 5.75, 0.6), 26, "accent2", bold=True, anchor="b"),
        2: Style((0.7, 2.15, 5.75, 4.4), 24, bullets=True),
        3: Style((6.88, 1.45, 5.75, 0.6), 26, "accent2", bold=True, anchor="b"),
        4: Style((6.88, 2.15, 5.75, 4.4), 24, bullets=True),
    },
    "Title Only": {0: _BAR_TITLE},
    "Picture with Caption": {
        0: _BAR_TITLE,
        1: Style((0.7, 1.55, 7.2, 4.8), 18),
        2: Style((8.3, 1.5, 4.33, 4.9), 24, anchor="ctr"),
    },
}
_DARK_LAYOUTS = {"Title Slide": "tx2", "Section Header": "accent3"}


def new_presentation() -> Any:
    """Return an empty 16:9 presentation in the samples' look."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
    master = deck.slide_master
    _set_colours(master)
    _set_title_and_body(master)
    _insert_first(master.shapes, _rectangle(90, 0, 0, WIDTH_IN, BAR_HEIGHT_IN, "tx2"))
    _insert_first(master.shapes, _rectangle(91, 0, BAR_HEIGHT_IN, WIDTH_IN, 0.07, "accent2"))
    _set_footer(master, "tx1")
    for layout in list(deck.slide_layouts):
        if layout.name in LAYOUTS:
            _set_layout(layout)
        else:
            deck.slide_layouts.remove(layout)
    return deck


def _set_colours(master: Any) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode("utf-8")
    for name, colour in COLOURS.items():
        pattern = rf"<a:{name}>.*?</a:{name}>"
        xml = re.sub(pattern, f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>', xml, flags=re.DOTALL)
    part._blob = xml.encode("utf-8")


def _set_title_and_body(master: Any) -> None:
    for shape in master.placeholders:
        kind = shape.placeholder_format.idx
        if kind == 0:
            _set_place(shape, _TITLE)
        elif kind == 1:
            _set_place(shape, CONTENT)
    for number, colour in ((1, "accent2"), (2, "accent2")):
        level = master._element.find(f".//{qn('p:bodyStyle')}/{qn(f'a:lvl{number}pPr')}")
        level.insert(1, parse_xml(f'<a:buClr {nsdecls("a")}><a:schemeClr val="{colour}"/></a:buClr>'))


def _set_layout(layout: Any) -> None:
    background = _DARK_LAYOUTS.get(layout.name)
    if background:
        layout._element.set("showMasterSp", "0")
        fill = f'<a:solidFill><a:schemeClr val="{background}"/></a:solidFill><a:effectLst/>'
        xml = f"<p:bg {nsdecls('p', 'a')}><p:bgPr>{fill}</p:bgPr></p:bg>"
        layout._element.cSld.insert(0, parse_xml(xml))
        _insert_first(layout.shapes, _rectangle(92, 0.9, 3.92, 1.6, 0.07, "accent2"))
    for shape in layout.placeholders:
        style = LAYOUTS[layout.name].get(shape.placeholder_format.idx)
        if style:
            _set_style(shape, style)
    _set_footer(layout, "bg1" if background else "tx1")


def _set_footer(holder: Any, colour: str) -> None:
    for shape in list(holder.placeholders):
        kind = str(shape.placeholder_format.type)
        if kind.startswith("DATE"):
            shape._element.getparent().remove(shape._element)
        elif kind.startswith("FOOTER"):
            _set_style(shape, Style(_FOOTER, 12, colour, anchor="ctr"))
        elif kind.startswith("SLIDE_NUMBER"):
            _set_style(shape, Style(_NUMBER, 12, colour, anchor="ctr"), align="r")


def _set_place(shape: Any, place: Place) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(length) for length in place)


def _set_style(shape: Any, style: Style, align: str = "l") -> None:
    _set_place(shape, style.place)
    body = shape.text_frame._txBody
    properties = body.find(qn("a:bodyPr"))
    properties.clear()
    properties.set("anchor", style.anchor)
    properties.append(parse_xml(f"<a:normAutofit {nsdecls('a')}/>"))
    old = body.find(qn("a:lstStyle"))
    body.replace(old, parse_xml(_levels(style, align)))


def _levels(style: Style, align: str) -> str:
    levels = []
    for number in (1, 2):
        spacing = 1400 if style.bullets and number == 1 else 700
        size = (style.size - 3 * (number - 1)) * 100
        bold = ' b="1"' if style.bold else ' b="0"'
        indent = f'marL="{number * 300000}" indent="-300000"' if style.bullets else 'marL="0" indent="0"'
        bullet = "" if style.bullets else "<a:buNone/>"
        levels.append(
            f'<a:lvl{number}pPr {indent} algn="{align}"><a:spcBef>'
            f'<a:spcPts val="{spacing}"/></a:spcBef>{bullet}'
            f'<a:defRPr sz="{size}"{bold} cap="none"><a:solidFill><a:schemeClr val="{style.colour}"/>'
            f"</a:solidFill></a:defRPr></a:lvl{number}pPr>"
        )
    return f"<a:lstStyle {nsdecls('a')}>{''.join(levels)}</a:lstStyle>"


def _insert_first(shapes: Any, element: etree._Element) -> None:
    shapes._spTree.insert(2, element)


def _rectangle(
    number: int, left: float, top: float, width: float, height: float, colour: str
) -> etree._Element:
    x, y, cx, cy = (int(Inches(length)) for length in (left, top, width, height))
    shape: etree._Element = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
        f'<p:cNvPr id="{number}" name="Bar {number}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
    return shape
