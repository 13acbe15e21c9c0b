"""PDFs written object by object, so that every one of them can lie."""

from collections.abc import Sequence

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
LEAF = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
HELLO = b"BT /F 12 Tf 9 9 Td (hej) Tj ET"


def file_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return data + b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>stream\n" % (len(data), entries) + data + b"\nendstream"


def page_of(
    contents: bytes, *more: bytes, page: bytes = b"", fonts: bytes = b"5 0 R", **catalog: bytes
) -> bytes:
    """Return a PDF of one page: object 4 is its contents, 5 a font, 6 and on are `more`."""
    extra = b"".join(b"/%s %s" % (name.encode(), value) for name, value in catalog.items())
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R%s"
    leaf += b"/Resources<</Font<</F %s>>/XObject<</X 6 0 R>>>>>>"
    root = CATALOG[:-2] + extra + b">>"
    return file_of([root, PAGES, leaf % (page, fonts), contents, FONT, *more])


def form(contents: bytes, following: int) -> bytes:
    """Return a form that can draw the object `following`."""
    entries = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    )
    return stream(contents, entries % following)
