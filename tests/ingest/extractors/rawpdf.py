"""PDFs written object by object, for what no library makes."""

from collections.abc import Mapping

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def raw_pdf(objects: Mapping[int, bytes], root: int = 1) -> bytes:
    """Return a PDF of numbered objects, the one numbered `root` being its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    return bytes(out + b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, root, start))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def page_pdf(
    content: bytes | tuple[bytes, ...],
    page: bytes = b"",
    catalogue: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    resources: bytes = b"",
) -> bytes:
    """Return a PDF of one page, 400 by 400 points, with Helvetica as /F1.

    Objects 1 to 9 are taken; `content` may be several streams; `page`, `catalogue` and `resources` are
    further entries of the dictionaries, `more` further objects from number 10 on.
    """
    contents = content if isinstance(content, tuple) else (content,)
    streams = {5 + index: stream(each) for index, each in enumerate(contents)}
    references = b" ".join(b"%d 0 R" % number for number in streams)
    fonts = b"" if b"/Font" in resources else b"/Font<</F1 4 0 R>>"
    entries = b"/Resources<<%s>>/Contents[%s]%s" % (fonts + resources, references, page)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]%s>>" % entries,
        4: FONT,
    }
    return raw_pdf(objects | streams | dict(more or {}))
