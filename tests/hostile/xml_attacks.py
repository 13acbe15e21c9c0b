"""Decks whose XML means harm: entities, depth, width, odd encodings, and numbers that claim too much."""

from collections.abc import Iterator

from archive.ingest.filetypes.media_types import PPTX
from tests.hostile.sources import SLIDE, HostileFile, with_part
from tests.ingest.extractors.decks import rewritten, rich_deck

_TITLE = b"Ett"
_END = b"</p:spTree>"
_COMPATIBILITY = b"http://schemas.openxmlformats.org/markup-compatibility/2006"
_GROUP = b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
_RELATION = (
    b'<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"'
    b' Target="%s"/>'
)


def xml_attacks() -> Iterator[HostileFile]:
    """Yield one file for each trick."""
    for name, data in {**_entities(), **_shapes(), **_encodings(), **_structure(), **_numbers()}.items():
        yield HostileFile(f"xml {name}", data, PPTX)


def doctype(old: bytes, declarations: bytes, root: bytes = b"x") -> bytes:
    """Return the XML with a document type definition before its root."""
    body = old.split(b"?>", 1)[1]
    return b'<?xml version="1.0"?><!DOCTYPE ' + root + b" [" + declarations + b"]>" + body


def _laughs(levels: int) -> bytes:
    made = b'<!ENTITY e0 "hahahahaha">'
    return made + b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, levels))


def _entities() -> dict[str, bytes]:
    types, relations = "[Content_Types].xml", "ppt/slides/_rels/slide1.xml.rels"

    def slide(declarations: bytes, text: bytes) -> bytes:
        return with_part(SLIDE, lambda old: doctype(old, declarations).replace(_TITLE, text))

    return {
        "a billion laughs": slide(_laughs(11), b"&e10;"),
        "laughs in an attribute": with_part(
            SLIDE, lambda old: doctype(old, _laughs(11)).replace(b"<p:cSld", b'<p:cSld name="&e10;"', 1)
        ),
        "quadratic growth": slide(b'<!ENTITY a "%s">' % (b"A" * 50_000), b"&a;" * 5_000),
        "entity in itself": slide(b'<!ENTITY a "&b;"><!ENTITY b "&a;">', b"&a;"),
        "parameter entities": slide(b'<!ENTITY % a "<!ENTITY b &#34;c&#34;>">%a;%a;', b"&b;"),
        "entity of a file": slide(b'<!ENTITY a SYSTEM "file:///etc/passwd">', b"&a;"),
        "laughs in the list of types": with_part(
            types,
            lambda old: doctype(old, _laughs(11)).replace(
                b"</Types>", b'<Default Extension="&e10;" ContentType="a/b"/></Types>'
            ),
        ),
        "laughs in relations": with_part(
            relations, lambda old: doctype(old, _laughs(11)).replace(b'Target="', b'Target="&e10;', 1)
        ),
    }


def _shapes() -> dict[str, bytes]:
    def slide(added: bytes) -> bytes:
        return with_part(SLIDE, lambda old: old.replace(_END, added + _END))

    paragraphs = b"<a:p><a:r><a:t>ord</a:t></a:r></a:p>"
    box = b'<p:sp><p:nvSpPr><p:cNvPr id="7" name="b"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
    box += b"<p:txBody>%s</p:txBody></p:sp>"
    choice = b'<mc:AlternateContent xmlns:mc="%s"><mc:Choice Requires="p14">' % _COMPATIBILITY
    return {
        "groups 240 deep": slide(_GROUP * 240 + b"</p:grpSp>" * 240),
        "groups 20,000 deep": slide(_GROUP * 20_000 + b"</p:grpSp>" * 20_000),
        "elements 300,000 deep": slide(b"<a:x>" * 300_000 + b"</a:x>" * 300_000),
        "elements that never close": slide(b"<a:x>" * 300_000),
        "alternatives 500 deep": slide(choice * 500 + b"</mc:Choice></mc:AlternateContent>" * 500),
        "a million empty shapes": slide(b"<p:sp/>" * 1_000_000),
        "300,000 paragraphs": slide(box % (paragraphs * 300_000)),
        "50,000 boxes": slide(box % paragraphs * 50_000),
        "an attribute of 8 MB": slide(b'<p:sp a="%s"/>' % (b"x" * 8_000_000)),
        "100,000 attributes": slide(b"<p:sp %s/>" % b" ".join(b'a%d="1"' % n for n in range(100_000))),
        "a word of 8 MB": slide(box % (b"<a:p><a:r><a:t>%s</a:t></a:r></a:p>" % (b"x" * 8_000_000))),
        "a name of 1 MB": slide(b"<p:%s/>" % (b"x" * 1_000_000)),
        "20,000 namespaces": slide(
            b"<p:sp %s/>" % b" ".join(b'xmlns:n%d="u:%d"' % (n, n) for n in range(20_000))
        ),
    }


def _encodings() -> dict[str, bytes]:
    def declared(name: str, codec: str) -> bytes:
        return with_part(SLIDE, lambda old: old.decode().replace("UTF-8", name).encode(codec, "replace"))

    return {
        "UTF-16": declared("UTF-16", "utf-16"),
        "UTF-16 that says UTF-8": declared("UTF-8", "utf-16"),
        "UTF-7": declared("UTF-7", "utf-7"),
        "UTF-32": declared("UTF-32", "utf-32"),
        "EBCDIC": declared("cp037", "cp037"),
        "no such encoding": declared("no-such-encoding", "utf-8"),
        "bytes that are no UTF-8": with_part(SLIDE, lambda old: old.replace(_TITLE, b"E\xff\xfe\xc0\x80tt")),
        "forbidden characters": with_part(
            SLIDE, lambda old: old.replace(_TITLE, b"&#0;&#x202E;&#xD800;&#1;\0")
        ),
        "processing instructions": with_part(
            SLIDE, lambda old: old.replace(_END, b"<?php x ?>" * 50_000 + _END)
        ),
        "comments": with_part(SLIDE, lambda old: old.replace(_TITLE, b"E<!-- " + b"x" * 500_000 + b"-->tt")),
        "CDATA": with_part(SLIDE, lambda old: old.replace(_TITLE, b"<![CDATA[" + b"<a:t>" * 50_000 + b"]]>")),
        "no XML at all": with_part(SLIDE, lambda _: bytes(100_000)),
        "an empty part": with_part(SLIDE, lambda _: b""),
        "another root": with_part(SLIDE, lambda _: b"<html><body>x</body></html>"),
    }


def _structure() -> dict[str, bytes]:
    presentation, relations = "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"
    own = "ppt/slides/_rels/slide1.xml.rels"
    ids = b'<p:sldId id="256" r:id="rId7"/>'

    def related(kind: bytes, target: bytes) -> bytes:
        made = _RELATION % (b"rId98", kind, target) + b"</Relationships>"
        return with_part(own, lambda old: old.replace(b"</Relationships>", made))

    gone = [
        presentation,
        relations,
        own,
        "[Content_Types].xml",
        "_rels/.rels",
        "ppt/slideMasters/slideMaster1.xml",
    ]
    return {
        "slide related to itself": related(b"slide", b"slide1.xml"),
        "notes that are the slide": related(b"notesSlide", b"slide1.xml"),
        "comments that are the slide": related(b"comments", b"slide1.xml"),
        "chart that is a picture": related(b"chart", b"../media/none.png"),
        "relation out of the package": related(b"notesSlide", b"../../../../../etc/passwd"),
        "20,000 relations": with_part(
            own,
            lambda old: old.replace(
                b"</Relationships>",
                b"".join(_RELATION % (b"x%d" % n, b"notesSlide", b"slide2.xml") for n in range(20_000))
                + b"</Relationships>",
            ),
        ),
        "a slide 20,000 times": with_part(
            presentation, lambda old: old.replace(b"</p:sldIdLst>", ids * 20_000 + b"</p:sldIdLst>")
        ),
        "master that is a layout": with_part(
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            lambda old: old.replace(b"slideMasters/slideMaster1.xml", b"slideLayouts/slideLayout1.xml"),
        ),
        **{f"without {name}": with_part(name, lambda _: None) for name in gone},
    }


def _numbers() -> dict[str, bytes]:
    def everywhere(old: bytes, new: bytes) -> bytes:
        return rewritten(rich_deck(), lambda _, data: data.replace(old, new))

    return {
        "a cell over 2,000 million columns": everywhere(b'gridSpan="2"', b'gridSpan="2000000000"'),
        "a cell over less than nothing": everywhere(b'gridSpan="2"', b'gridSpan="-5"'),
        "a chart of 2,000 million points": everywhere(b"<c:ptCount val=", b'<c:ptCount val="2000000000" x='),
        "points numbered 2,000 million": everywhere(b'<c:pt idx="', b'<c:pt idx="200000000'),
        "points without a number": everywhere(b"<c:pt idx=", b"<c:pt idy="),
        "levels 1,000 deep": everywhere(b'lvl="1"', b'lvl="1000"'),
        "levels that are words": everywhere(b'lvl="1"', b'lvl="ett"'),
        "places that are words": everywhere(b'<a:off x="', b'<a:off x="NaN'),
        "places beyond all numbers": everywhere(b'<a:off x="', b'<a:off x="9' + b"9" * 400),
        "sizes of nothing": everywhere(b'cx="', b'cx="0" cz="'),
        "slides without a size": everywhere(b"<p:sldSz ", b"<p:sldSx "),
        "slides of endless size": everywhere(b'<p:sldSz cx="', b'<p:sldSz cx="99999999999'),
    }
