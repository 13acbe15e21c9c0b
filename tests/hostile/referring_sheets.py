"""Sheets that refer to something outside themselves in every way they can, and a deck that holds one.

Each has the word "hej", and the values 71 and 72 that its formulas last gave.
"""

import io
import zipfile
from collections.abc import Mapping

from pptx import Presentation
from pptx.enum.shapes import PROG_ID
from pptx.util import Pt

from tests.hostile.references import open_document
from tests.ingest.extractors.decks import saved

ODS = "application/vnd.oasis.opendocument.spreadsheet"
"""The media type of OpenDocument sheets, which the archive takes in no deck's place: they lie in one."""

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = f'xmlns="{_SHEET}" xmlns:r="{_OFFICE}"'
_ROWS = """<row><c t="inlineStr"><is><t>hej</t></is></c></row>
<row><c><f>_xlfn.WEBSERVICE("ADDRESS/service")</f><v>71</v></c></row>
<row><c><f>SUM([1]Blad1!A1,1)</f><v>72</v></c></row>
<row><c><f>SUM(A1,"1/2")</f><v>73</v></c></row>"""
_ANCHOR = f"""<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"
xmlns:r="{_OFFICE}">
<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="b"/><xdr:cNvPicPr/>
</xdr:nvPicPr><xdr:blipFill><a:blip r:link="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>
<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>
</xdr:twoCellAnchor></xdr:wsDr>"""
_BOOK = {
    "xl/workbook.xml": f'<workbook {_SPACES}><sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets>'
    '<externalReferences><externalReference r:id="rId2"/><externalReference r:id="rId3"/>'
    "</externalReferences></workbook>",
    "xl/worksheets/sheet1.xml": f'<worksheet {_SPACES}><sheetData>{_ROWS}</sheetData><drawing r:id="rId1"/>'
    "</worksheet>",
    "xl/drawings/drawing1.xml": _ANCHOR,
    "xl/externalLinks/externalLink1.xml": f'<externalLink {_SPACES}><externalBook r:id="rId1"><sheetNames>'
    '<sheetName val="Blad1"/></sheetNames></externalBook></externalLink>',
    "xl/externalLinks/externalLink2.xml": f'<externalLink {_SPACES}><ddeLink ddeService="soffice"'
    ' ddeTopic="ADDRESS/topic"><ddeItems><ddeItem name="a"/></ddeItems></ddeLink></externalLink>',
    "xl/connections.xml": f'<connections {_SPACES}><connection id="1" name="w" type="4" refreshOnLoad="1">'
    '<webPr url="ADDRESS/query"/></connection></connections>',
}
# Of each part: what its relations lead to.
_LEADS = {
    "_rels/.rels": [("officeDocument", "xl/workbook.xml")],
    "xl/_rels/workbook.xml.rels": [
        ("worksheet", "worksheets/sheet1.xml"),
        ("externalLink", "externalLinks/externalLink1.xml"),
        ("externalLink", "externalLinks/externalLink2.xml"),
        ("connections", "connections.xml"),
    ],
    "xl/worksheets/_rels/sheet1.xml.rels": [("drawing", "../drawings/drawing1.xml")],
    "xl/drawings/_rels/drawing1.xml.rels": [("image", "ADDRESS/picture.png")],
    "xl/externalLinks/_rels/externalLink1.xml.rels": [("externalLinkPath", "ADDRESS/book.xlsx")],
}
_TYPES = {
    "xl/workbook.xml": "spreadsheetml.sheet.main",
    "xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
    "xl/drawings/drawing1.xml": "drawing",
    "xl/externalLinks/externalLink1.xml": "spreadsheetml.externalLink",
    "xl/externalLinks/externalLink2.xml": "spreadsheetml.externalLink",
    "xl/connections.xml": "spreadsheetml.connections",
}
_OPEN_SHEET = """<office:spreadsheet xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">
<table:table table:name="Blad1"><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>hej</text:p></table:table-cell>
</table:table-row>
<table:table-row><table:table-cell table:formula='of:=WEBSERVICE("ADDRESS/service")' office:value-type="float"
 office:value="71"><text:p>71</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:formula="of:=SUM(['ADDRESS/book.ods'#$Blad1.A1])"
 office:value-type="float" office:value="72"><text:p>72</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell table:formula="of:=SUM([.A1])" office:value-type="float" office:value="73">
<table:cell-range-source table:name="a" xlink:href="ADDRESS/range.html" table:last-column-spanned="1"
 table:last-row-spanned="1"/><text:p>73</text:p></table:table-cell></table:table-row>
<table:shapes><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="ADDRESS/picture.png"/>
</draw:frame></table:shapes></table:table>
<table:table table:name="Blad2"><table:table-source xlink:href="ADDRESS/sheet.ods" table:table-name="Blad1"/>
<table:table-column/><table:table-row><table:table-cell/></table:table-row></table:table>
<table:dde-links><table:dde-link><office:dde-source office:dde-application="soffice"
 office:dde-topic="ADDRESS/topic" office:dde-item="a"/><table:table><table:table-column/><table:table-row>
<table:table-cell/></table:table-row></table:table></table:dde-link></table:dde-links></office:spreadsheet>"""


def workbook(address: str) -> bytes:
    """Return a workbook that refers to the address."""
    parts = {name: text.replace("ADDRESS", address) for name, text in _BOOK.items()}
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}.{kind}+xml"/>' for name, kind in _TYPES.items()
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>'
    )
    for name, leads in _LEADS.items():
        relations = "".join(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}"'
            f' Target="{target.replace("ADDRESS", address)}"{_mode(target)}/>'
            for number, (kind, target) in enumerate(leads, 1)
        )
        parts[name] = f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
    return _packed(parts)


def open_sheet(address: str) -> bytes:
    """Return an OpenDocument sheet that refers to the address."""
    return open_document(ODS, _OPEN_SHEET.replace("ADDRESS", address).encode())


def deck_with_workbook(address: str) -> bytes:
    """Return a deck with "hej" on a slide, and a workbook that refers to the address."""
    deck = Presentation()
    shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
    shapes.add_textbox(Pt(50), Pt(20), Pt(200), Pt(40)).text_frame.text = "hej"
    shapes.add_ole_object(io.BytesIO(workbook(address)), PROG_ID.XLSX, Pt(50), Pt(90), Pt(300), Pt(200))
    return saved(deck)


def _mode(target: str) -> str:
    return ' TargetMode="External"' if target.startswith("ADDRESS") else ""


def _packed(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()
