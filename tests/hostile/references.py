"""Files that refer to addresses outside themselves, in every way their formats know."""

import io
import zipfile
from collections.abc import Mapping

from archive.ingest.filetypes import media_types
from tests.hostile.pdf_making import HELLO, page_of, stream
from tests.hostile.sources import SLIDE, small_deck
from tests.hostile.xml_attacks import doctype
from tests.ingest.extractors.decks import rewritten

# "ADDRESS" in these texts becomes the address that is referred to.
_PICTURES = "".join(
    f"""<p:pic><p:nvPicPr><p:cNvPr id="4{number}" name="b"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>
<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" {reference}/>
<a:stretch><a:fillRect/></a:stretch></p:blipFill>
<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="999999" cy="999999"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>"""
    for number, reference in enumerate(
        ('r:link="rIdimage"', 'r:embed="rIdimage"', 'r:link="rIdimage" r:embed=""')
    )
)
_DOCUMENT = """<?xml version="1.0"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>
<w:p><w:r><w:t>hej</w:t></w:r></w:p>
<w:p><w:fldSimple w:instr='INCLUDEPICTURE "ADDRESS/field.png" \\d'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>
<w:altChunk r:id="rIdaFChunk"/>
<w:p><w:r><w:drawing><wp:inline
xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><wp:extent cx="999999" cy="999999"/>
<wp:docPr id="1" name="p"/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:link="rIdimage"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="999999" cy="999999"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>
</w:drawing></w:r></w:p>
<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:99pt;height:99pt">
<v:imagedata r:id="rIdimage"/></v:shape></w:pict></w:r></w:p>
</w:body></w:document>"""
_PRESENTATION = """<office:presentation><draw:page draw:name="a">
<draw:frame svg:width="5cm" svg:height="1cm"><draw:text-box><text:p>hej</text:p></draw:text-box></draw:frame>
<draw:frame svg:width="5cm" svg:height="5cm" svg:x="1cm" svg:y="1cm">
<draw:image xlink:href="ADDRESS/picture.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame>
<draw:frame svg:width="5cm" svg:height="5cm" svg:x="1cm" svg:y="7cm">
<draw:object xlink:href="ADDRESS/object" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame>
<draw:frame svg:width="5cm" svg:height="5cm" svg:x="7cm" svg:y="1cm">
<draw:plugin xlink:href="ADDRESS/film" xlink:type="simple" draw:mime-type="video/mp4"/></draw:frame>
</draw:page></office:presentation>"""
_TEXT = """<office:text><text:p>hej</text:p>
<text:section text:name="s"><text:section-source xlink:href="ADDRESS/part.odt"/></text:section>
<text:p><draw:frame svg:width="5cm" svg:height="5cm">
<draw:image xlink:href="ADDRESS/picture.png"/></draw:frame></text:p></office:text>"""
_RICH_TEXT = r"""{\rtf1\ansi{\*\template ADDRESS/template.dot} hej \par
{\field{\*\fldinst INCLUDEPICTURE "ADDRESS/picture.png" \\d}{\fldrslt x}}}"""
_WEB_PAGE = """<!DOCTYPE html SYSTEM "ADDRESS/outside.dtd"><html><head><meta charset="utf-8">
<base href="ADDRESS/">
<meta http-equiv="refresh" content="0;url=ADDRESS/next"><link rel="stylesheet" href="ADDRESS/a.css">
<style>@import url("ADDRESS/b.css"); body {background: url(ADDRESS/back.png)}</style>
<script src="ADDRESS/a.js"></script><title>hej</title></head><body><p>hej</p><img src="ADDRESS/a.png">
<iframe src="ADDRESS/frame"></iframe><object data="ADDRESS/object"></object><video src="ADDRESS/film"></video>
</body></html>"""
_VECTOR_PICTURE = """<?xml version="1.0"?><?xml-stylesheet href="ADDRESS/a.css"?>
<!DOCTYPE svg [<!ENTITY x SYSTEM "ADDRESS/x">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">
<image xlink:href="ADDRESS/a.png" width="9" height="9"/><use xlink:href="ADDRESS/b.svg#c"/>
<text>hej &x;</text></svg>"""
_KINDS = ("image", "hyperlink", "video", "audio", "oleObject", "aFChunk", "attachedTemplate", "slideMaster")


def referring_files(url: str) -> dict[str, tuple[bytes, str]]:
    """Return files by name, as (bytes, media type), that refer to `url`; each also holds the word "hej"."""

    def text(template: str) -> bytes:
        return template.replace("ADDRESS", url).encode()

    entity = f'<!ENTITY x SYSTEM "{url}/entity">'.encode()
    return {
        "deck with outside parts": (_deck(url), media_types.PPTX),
        "deck with an outside entity": (_deck_with_entity(entity), media_types.PPTX),
        "deck with an outside DTD": (_deck_with_dtd(url), media_types.PPTX),
        "PDF with outside streams": (_pdf(url.encode()), media_types.PDF),
        "document with outside parts": (_document(text(_DOCUMENT), url), media_types.DOCX),
        "open presentation": (open_document(media_types.ODP, text(_PRESENTATION)), media_types.ODP),
        "open text": (open_document(media_types.ODT, text(_TEXT)), media_types.ODT),
        "rich text": (text(_RICH_TEXT), media_types.RTF),
        "web page": (text(_WEB_PAGE), media_types.HTML),
        "vector picture": (text(_VECTOR_PICTURE), ""),
    }


def _relations(url: str) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    made = (
        f'<Relationship Id="rId{kind}" Type="{base}/{kind}" Target="{url}/{kind}" TargetMode="External"/>'
        for kind in _KINDS
    )
    return "".join(made).encode()


def _deck(url: str) -> bytes:
    def change(name: str, old: bytes) -> bytes:
        if name == SLIDE:
            return old.replace(b"</p:spTree>", _PICTURES.encode() + b"</p:spTree>").replace(b"Ett", b"hej")
        if name.endswith("slides/_rels/slide1.xml.rels") or name == "ppt/_rels/presentation.xml.rels":
            return old.replace(b"</Relationships>", _relations(url) + b"</Relationships>")
        return old

    return rewritten(small_deck(), change)


def _deck_with_entity(entity: bytes) -> bytes:
    def change(name: str, old: bytes) -> bytes:
        return doctype(old, entity).replace(b"Ett", b"hej &x;") if name == SLIDE else old

    return rewritten(small_deck(), change)


def _deck_with_dtd(url: str) -> bytes:
    head = f'<?xml version="1.0"?><!DOCTYPE x SYSTEM "{url}/outside.dtd">'.encode()

    def change(name: str, old: bytes) -> bytes:
        is_ours = name == SLIDE or name.endswith(("[Content_Types].xml", "presentation.xml", "core.xml"))
        return head + old.split(b"?>", 1)[1].replace(b"Ett", b"hej") if is_ours else old

    return rewritten(small_deck(), change)


def _pdf(at: bytes) -> bytes:
    file = b"<</FS/URL/F(%s/file)>>" % at
    actions = b"[<</S/URI/URI(%s/uri)>><</S/GoToR/F %s/D[0/Fit]>><</S/SubmitForm/F %s>>]" % (at, file, file)
    picture = b"/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/F "
    reference = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F %s/Page 0>>" % file
    return page_of(
        stream(HELLO + b" /X Do"),
        stream(b"", picture + file),
        stream(b"", reference),
        b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(%s/link)>>>>" % at,
        page=b"/Annots[8 0 R]/AA<</O<</S/URI/URI(%s/opened)/Next %s>>>>" % (at, actions),
        OpenAction=b"<</S/URI/URI(%s/start)>>" % at,
        Names=b"<</EmbeddedFiles<</Names[(a)<</Type/Filespec/FS/URL/F(%s/attached)>>]>>>>" % at,
    )


def _packed(parts: Mapping[str, bytes], mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        if mimetype:
            package.writestr(zipfile.ZipInfo("mimetype"), mimetype, zipfile.ZIP_STORED)
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _document(body: bytes, url: str) -> bytes:
    package = b"http://schemas.openxmlformats.org/package/2006/"
    outside = b'<Relationships xmlns="%srelationships">%s</Relationships>' % (package, _relations(url))
    main = (
        b'<Relationships xmlns="%srelationships"><Relationship Id="rId1" Target="word/document.xml" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    types = (
        b'<Types xmlns="%scontent-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/word/document.xml" ContentType="%s.main+xml"/></Types>'
    )
    word = b'<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    return _packed(
        {
            "[Content_Types].xml": types % (package, media_types.DOCX.encode()),
            "_rels/.rels": main % package,
            "word/document.xml": body,
            "word/_rels/document.xml.rels": outside,
            "word/settings.xml": word,
            "word/_rels/settings.xml.rels": outside,
        }
    )


def open_document(media_type: str, body: bytes) -> bytes:
    """Return an OpenDocument file with this body."""
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{one}="{name}{one}:1.0"' for one in ("office", "text", "presentation"))
    spaces += f' xmlns:draw="{name}drawing:1.0" xmlns:svg="{name}svg-compatible:1.0"'
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
    content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body>'.encode()
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    entries = entry.format("/", media_type) + entry.format("content.xml", "text/xml")
    listed = f'<manifest:manifest xmlns:manifest="{name}manifest:1.0">{entries}</manifest:manifest>'
    parts = {
        "content.xml": content + body + b"</office:body></office:document-content>",
        "META-INF/manifest.xml": listed.encode(),
    }
    return _packed(parts, media_type)
