"""Files that refer to something outside themselves in one way each, for what LibreOffice makes of them.

`ADDRESS` in these texts becomes an address or the path of a file, less its suffix. Each file also holds the
word "hej".
"""

from collections.abc import Callable, Sequence
from functools import partial

from archive.ingest.filetypes import media_types
from tests.hostile.references import open_document
from tests.hostile.referring_sheets import deck_with_workbook
from tests.ingest.extractors.decks import deck_of_titles, into_slide, rewritten
from tests.ingest.extractors.texts_of_word import document

_LINK = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
_FRAMED = {
    "picture": f'<draw:image xlink:href="ADDRESS.png" {_LINK}/>',
    "object": f'<draw:object xlink:href="ADDRESS.odt" {_LINK}/>',
    "spreadsheet": f'<draw:object xlink:href="ADDRESS.ods" {_LINK}/>',
    "old object": f'<draw:object-ole xlink:href="ADDRESS.doc" {_LINK}/>',
    "film": f'<draw:plugin xlink:href="ADDRESS.mp4" {_LINK} draw:mime-type="video/mp4"/>',
    "plug-in": f'<draw:plugin xlink:href="ADDRESS.html" {_LINK} draw:mime-type="text/html"/>',
    "frame": f'<draw:floating-frame xlink:href="ADDRESS.html" {_LINK}/>',
    "applet": f'<draw:applet xlink:href="ADDRESS.html" {_LINK} draw:code="a.class"/>',
}
_TEXTS = {
    "section of text": '<text:section text:name="s"><text:section-source xlink:href="ADDRESS.txt"'
    ' text:filter-name="Text"/><text:p/></text:section>',
    "section of a document": '<text:section text:name="s"><text:section-source xlink:href="ADDRESS.odt"/>'
    "<text:p/></text:section>",
    "section of a page": '<text:section text:name="s"><text:section-source xlink:href="ADDRESS.html"'
    ' text:filter-name="HTML (StarWriter)"/><text:p/></text:section>',
    "data of another program": '<text:section text:name="s"><office:dde-source office:name="d"'
    ' office:dde-application="soffice" office:dde-topic="ADDRESS.odt" office:dde-item="a"'
    ' office:automatic-update="true"/><text:p/></text:section>',
}
_FIELDS = {
    "picture": 'INCLUDEPICTURE "ADDRESS.png"',
    "picture that is not kept": r'INCLUDEPICTURE "ADDRESS.png" \d',
    "text": 'INCLUDETEXT "ADDRESS.txt"',
    "document": 'INCLUDETEXT "ADDRESS.odt"',
    "link": r'LINK Word.Document.8 "ADDRESS.doc" \a \t',
    "data of another program": r'DDEAUTO soffice "ADDRESS.odt" a',
    "file of data": r'DATABASE \d "ADDRESS.txt"',
}
_RICH_TEXTS = {
    "template": r"{\*\template ADDRESS.dot}",
    "next file": r"{\*\nextfile ADDRESS.rtf}",
    "object": r"{\object\objautlink{\*\objclass Word.Document.8}{\*\objdata 00}{\result x}}",
    "shape": r"{\shp{\*\shpinst\shpleft0\shptop0\shpright999\shpbottom999{\sp{\sn shapeType}{\sv 75}}"
    r"{\sp{\sn pibName}{\sv ADDRESS.png}}{\sp{\sn pibFlags}{\sv 10}}}}",
}
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWN = (
    f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="999999" cy="999999"/><wp:docPr id="1" name="p"/>'
    f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
    f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:link="image"/><a:stretch>'
    '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="999999"'
    ' cy="999999"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
_RELATED = {
    "picture": ("image", "ADDRESS.png", _DRAWN),
    "old picture": (
        "image",
        "ADDRESS.png",
        '<w:p><w:r><w:pict><v:shape style="width:99pt;height:99pt"><v:imagedata r:id="image"/>'
        "</v:shape></w:pict>"
        "</w:r></w:p>",
    ),
    "object": (
        "oleObject",
        "ADDRESS.doc",
        "<w:p><w:r><w:object>"
        '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="Word.Document.8"'
        ' r:id="oleObject"'
        ' UpdateMode="Always"/></w:object></w:r></w:p>',
    ),
    "piece": ("aFChunk", "ADDRESS.html", '<w:altChunk r:id="aFChunk"/>'),
    "part": ("subDocument", "ADDRESS.docx", '<w:subDoc r:id="subDocument"/>'),
}
_FILLED = (
    '<p:sp><p:nvSpPr><p:cNvPr id="40" name="b"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
    '<a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="999999" cy="999999"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:blipFill>'
    '<a:blip xmlns:r="'
    f'{_RELATIONS}" r:link="outside"/>'
    "<a:stretch><a:fillRect/></a:stretch></a:blipFill></p:spPr></p:sp>"
)
_PLACED = (
    '<p:pic><p:nvPicPr><p:cNvPr id="41" name="b"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
    '<a:blip xmlns:r="'
    f'{_RELATIONS}" r:link="outside"/>'
    '<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="999999" cy="999999"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</p:spPr></p:pic>"
)
_MOVING = _PLACED.replace(
    "<p:nvPr/>",
    f'<p:nvPr><a:videoFile xmlns:r="{_RELATIONS}" r:link="outside"/></p:nvPr>',
)
_SHAPES = {
    "picture": ("image", "ADDRESS.png", _PLACED),
    "picture that fills": ("image", "ADDRESS.png", _FILLED),
    "film": ("video", "ADDRESS.mp4", _MOVING),
    "layout": ("slideLayout", "ADDRESS.xml", ""),
}


def referring_alone(addresses: Sequence[str]) -> dict[str, tuple[bytes, str]]:
    """Return files by name, as (bytes, media type); each refers to all the addresses in one way."""
    made = {
        f"{name}: {kind}": make(inside)
        for name, (make, kinds) in _BODIES.items()
        for kind, inside in kinds.items()
    }
    return {name: make(addresses) for name, make in (made | _with_relations()).items()}


def referring_together(addresses: Sequence[str]) -> dict[str, tuple[bytes, str]]:
    """Return the same references in few files: those that need no part of their own stand together."""
    made = {name: make("".join(kinds.values())) for name, (make, kinds) in _BODIES.items()}
    return {name: make(addresses) for name, make in (made | _with_relations()).items()}


_Make = Callable[[Sequence[str]], tuple[bytes, str]]


def _repeated(inside: str, make: Callable[[str], tuple[bytes, str]]) -> _Make:
    return lambda addresses: make("".join(inside.replace("ADDRESS", address) for address in addresses))


def _presentation(inside: str) -> _Make:
    word = _FRAME.format("<draw:text-box><text:p>hej</text:p></draw:text-box>")
    before, after = (
        f"<office:presentation><draw:page draw:name='a'>{word}",
        "</draw:page></office:presentation>",
    )
    return _repeated(
        inside,
        lambda made: (open_document(media_types.ODP, (before + made + after).encode()), media_types.ODP),
    )


def _text(inside: str) -> _Make:
    before, after = "<office:text><text:p>hej</text:p>", "</office:text>"
    return _repeated(
        inside,
        lambda made: (open_document(media_types.ODT, (before + made + after).encode()), media_types.ODT),
    )


def _word(inside: str) -> _Make:
    return _repeated(inside, lambda made: (document(_HEJ + made), media_types.DOCX))


def _rich(inside: str) -> _Make:
    return _repeated(inside, lambda made: (rf"{{\rtf1\ansi hej\par {made}}}".encode(), media_types.RTF))


_FRAME = '<draw:frame svg:width="9cm" svg:height="9cm" svg:x="1cm" svg:y="1cm">{}</draw:frame>'
_FRAMES = {kind: _FRAME.format(inside) for kind, inside in _FRAMED.items()}
_BODIES: dict[str, tuple[Callable[[str], _Make], dict[str, str]]] = {
    "slide": (_presentation, _FRAMES),
    "text": (_text, {kind: f"<text:p>{frame}</text:p>" for kind, frame in _FRAMES.items()} | _TEXTS),
    "document": (
        _word,
        {
            kind: f"<w:p><w:fldSimple w:instr='{code}'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>"
            for kind, code in _FIELDS.items()
        },
    ),
    "rich text": (
        _rich,
        {
            f"field for {kind}": r"{\field{\*\fldinst " + code.replace("\\", r"\\") + r"}{\fldrslt x}}\par "
            for kind, code in _FIELDS.items()
        }
        | _RICH_TEXTS,
    ),
}


def _with_relations() -> dict[str, _Make]:
    made: dict[str, _Make] = {}
    for kind, (relation, target, body) in _RELATED.items():
        made[f"document: linked {kind}"] = partial(_document, relation, target, body)
    for kind, (relation, target, body) in _SHAPES.items():
        made[f"deck: linked {kind}"] = partial(_deck, relation, target, body)
    made["deck: embedded workbook"] = lambda addresses: (deck_with_workbook(addresses[0]), media_types.PPTX)
    return made


_HEJ = "<w:p><w:r><w:t>hej</w:t></w:r></w:p>"


def _document(kind: str, target: str, body: str, addresses: Sequence[str]) -> tuple[bytes, str]:
    bodies = "".join(body.replace(f'"{kind}"', f'"{kind}{nth}"') for nth in range(len(addresses)))
    made = document(_HEJ + bodies)
    return _related(made, "word/_rels/document.xml.rels", kind, target, addresses), media_types.DOCX


def _deck(kind: str, target: str, body: str, addresses: Sequence[str]) -> tuple[bytes, str]:
    bodies = "".join(body.replace('"outside"', f'"{kind}{nth}"') for nth in range(len(addresses)))
    deck = into_slide(deck_of_titles("hej"), bodies)
    return _related(deck, "ppt/slides/_rels/slide1.xml.rels", kind, target, addresses), media_types.PPTX


def _related(package: bytes, part: str, kind: str, target: str, addresses: Sequence[str]) -> bytes:
    """Return a package in which a part is related to the addresses outside."""
    relations = "".join(
        f'<Relationship Id="{kind}{nth}" Type="{_RELATIONS}/{kind}" TargetMode="External"'
        f' Target="{target.replace("ADDRESS", address)}"/>'
        for nth, address in enumerate(addresses)
    )

    def change(name: str, old: bytes) -> bytes:
        end = b"</Relationships>"
        return old.replace(end, relations.encode() + end) if name == part else old

    return rewritten(package, change)
