"""PDFs whose objects mean harm: loops, depth, tables that lie, locks that are none."""

from collections.abc import Iterator

from archive.ingest.filetypes.media_types import PDF
from tests.hostile.pdf_making import CATALOG, FONT, HELLO, PAGES, file_of, form, page_of, stream
from tests.hostile.sources import HostileFile, small_deck
from tests.ingest.extractors.pdfs import REPORT_PAGES, pdf


def pdf_attacks() -> Iterator[HostileFile]:
    """Yield one file for each trick."""
    for kind in (_loops(), _rings(), _tables(), _objects(), _encryption(), _stubs()):
        for name, data in kind.items():
            yield HostileFile(f"pdf {name}", data, PDF)


def _loops() -> dict[str, bytes]:
    hello = stream(HELLO)
    return {
        "pages in themselves": file_of([CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]),
        "pages in their page": page_of(hello, page=b"/Kids[2 0 R]/Count 5"),
        "page of its own parent": file_of([CATALOG, PAGES, b"<</Type/Page/Parent 3 0 R/Contents 3 0 R>>"]),
        "form in itself": page_of(stream(b"/X Do"), form(b"/X Do", 6)),
        "forms in each other": page_of(stream(b"/X Do"), form(b"/X Do", 7), form(b"/X Do", 6)),
        "forms that double 26 times": page_of(
            stream(b"/X Do"), *(form(b"/X Do /X Do", 7 + n) for n in range(26)), form(HELLO, 6)
        ),
        "forms tenfold 12 times": page_of(
            stream(b"/X Do"), *(form(b"/X Do " * 10, 7 + n) for n in range(12)), form(HELLO, 6)
        ),
        "contents in themselves": file_of(
            [CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/Contents[4 0 R]>>", b"[4 0 R]"]
        ),
        "length in itself": file_of(
            [CATALOG, PAGES, b"<</Type/Page/Contents 4 0 R>>", b"<</Length 4 0 R>>stream\nx"]
        ),
    }


def _rings() -> dict[str, bytes]:
    """Return PDFs in which something beside the pages leads back to itself."""
    hello = stream(HELLO)
    item = b"<</Title(a)/Parent 6 0 R/Next %d 0 R/First %d 0 R/Last 7 0 R/Dest[3 0 R/Fit]>>"
    return {
        "bookmarks in a ring": page_of(
            hello,
            b"<</Type/Outlines/First 7 0 R/Last 7 0 R>>",
            item % (8, 8),
            item % (7, 7),
            Outlines=b"6 0 R",
        ),
        "form fields in a ring": page_of(
            hello, b"<</Fields[7 0 R]>>", b"<</T(a)/V(b)/Kids[7 0 R 7 0 R]/Parent 7 0 R>>", AcroForm=b"6 0 R"
        ),
        "annotations in a ring": page_of(
            hello,
            b"<</Type/Annot/Subtype/Text/Contents(a)/Popup 6 0 R/IRT 6 0 R/Rect[0 0 9 9]>>",
            page=b"/Annots[6 0 R 6 0 R]",
        ),
        "names in a ring": page_of(
            hello, b"<</EmbeddedFiles 7 0 R>>", b"<</Kids[7 0 R 7 0 R]/Names[(a) 7 0 R]>>", Names=b"6 0 R"
        ),
        "structure in a ring": page_of(
            hello,
            b"<</Type/StructTreeRoot/K 7 0 R>>",
            b"<</S/H1/P 7 0 R/K[7 0 R 7 0 R]/Pg 3 0 R>>",
            StructTreeRoot=b"6 0 R",
            MarkInfo=b"<</Marked true>>",
        ),
        "page labels in a ring": page_of(hello, b"<</Kids[6 0 R]/Nums[0 6 0 R]>>", PageLabels=b"6 0 R"),
        "attachment that is the file's own contents": page_of(
            hello,
            b"<</Names[(a)<</Type/Filespec/F(../../etc/passwd)/EF<</F 4 0 R>>>>]>>",
            Names=b"<</EmbeddedFiles 6 0 R>>",
        ),
    }


def _tables() -> dict[str, bytes]:
    good = page_of(stream(HELLO))
    start = good.rsplit(b"startxref\n", 1)[1].split(b"\n")[0]
    table = b"/Type/XRef/Size 9/W[%s]/Index[%s]/Root 1 0 R"

    def by_stream(widths: bytes, index: bytes, data: bytes) -> bytes:
        head = b"%PDF-1.7\n"
        return head + b"1 0 obj\n" + stream(data, table % (widths, index)) + b"\nendobj\nstartxref\n9\n%%EOF"

    return {
        "points nowhere": good.replace(b"startxref\n", b"startxref\n9"),
        "points at itself": good.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev " + start),
        "points before the start": good.replace(b"startxref\n" + start, b"startxref\n-5"),
        "objects at wrong places": good.replace(b" 00000 n ", b" 00001 n "),
        "table of 2,000 million": good.replace(b"xref\n0 6", b"xref\n0 2000000000"),
        "table from 2,000 million": good.replace(b"xref\n0 6", b"xref\n2000000000 6"),
        "no root": good.replace(b"/Root 1 0 R", b""),
        "root that is a page": good.replace(b"/Root 1 0 R", b"/Root 3 0 R"),
        "root that is not there": good.replace(b"/Root 1 0 R", b"/Root 99 0 R"),
        "wide table": by_stream(b"1 2000000000 1", b"0 9", b"x" * 99),
        "table of nothing": by_stream(b"0 0 0", b"0 2000000000", b""),
        "table of less than nothing": by_stream(b"-1 -2 -1", b"0 -9", b"x"),
        "hybrid with itself": good.replace(b"/Root 1 0 R", b"/Root 1 0 R/XRefStm " + start),
    }


def _objects() -> dict[str, bytes]:
    hello = stream(HELLO)
    packed = stream(b"6 0 6 9 " + b"6 0 R " * 9, b"/Type/ObjStm/N 2000000000/First 8/Extends 6 0 R")
    boxes = (
        b"[0 0 0 0]",
        b"[9 9 -9 -9]",
        b"[0 0 1e30 1e30]",
        b"[NaN NaN NaN NaN]",
        b"(x)",
        b"[[[]]]",
        b"3 0 R",
    )
    return {
        "objects packed in themselves": page_of(hello, packed),
        "arrays 200,000 deep": page_of(stream(b"[" * 200_000 + b"]" * 200_000 + b" TJ")),
        "arrays 100,000 deep in an object": page_of(hello, b"[" * 100_000 + b"]" * 100_000, Deep=b"6 0 R"),
        "dictionaries 50,000 deep": page_of(hello, b"<</A" * 50_000 + b" 1" + b">>" * 50_000, Deep=b"6 0 R"),
        "strings 100,000 deep": page_of(stream(b"BT /F 9 Tf " + b"(" * 100_000 + b")" * 100_000 + b" Tj ET")),
        "odd hexadecimal": page_of(stream(b"BT /F 9 Tf <zz\xff\0 123> Tj <" + b"4" * 1_000_001 + b"> Tj ET")),
        "numbers beyond all numbers": page_of(
            stream(b"BT /F 1e308 Tf 9" + b"9" * 400 + b" -1e999 Td (hej) Tj ET")
        ),
        "turned by 7 degrees": page_of(hello, page=b"/Rotate 7"),
        "enlarged without end": page_of(hello, page=b"/UserUnit 1e30"),
        **{f"page box {number}": page_of(hello, page=b"/MediaBox" + box) for number, box in enumerate(boxes)},
        "names with everything": page_of(stream(b"/#00#2F#FF#zz Do /" + b"x" * 100_000 + b" Do")),
        "properties of 8 MB": page_of(hello).replace(
            b"/Root", b"/Info<</Title(" + b"x" * 8_000_000 + b")>>/Root"
        ),
        "javascript and launch": page_of(
            hello, b"<</S/Launch/F(/bin/sh)/Next<</S/JavaScript/JS(app.alert(1))>>>>", OpenAction=b"6 0 R"
        ),
    }


def _encryption() -> dict[str, bytes]:
    def locked(entries: bytes) -> bytes:
        return file_of([CATALOG, PAGES, FONT, stream(HELLO)], b"/Encrypt<<" + entries + b">>/ID[(a)(a)]")

    keys = b"/O(%s)/U(%s)/P -4" % (b"x" * 32, b"y" * 32)
    return {
        "locked": locked(b"/Filter/Standard/V 1/R 2" + keys),
        "locked by no such method": locked(b"/Filter/Evil/V 99"),
        "locked with a key of nothing": locked(b"/Filter/Standard/V 5/R 6/Length 0" + keys),
        "locked with a key of 2,000 million": locked(b"/Filter/Standard/V 2/R 3/Length 2000000000" + keys),
        "locked in a ring": locked(b"/Filter/Standard/V 4/R 4/StmF/A/CF<</A<</CFM/AESV2/A 1 0 R>>>>" + keys),
        "locked without keys": locked(b"/Filter/Standard/V 1/R 2"),
    }


def _stubs() -> dict[str, bytes]:
    whole = pdf(REPORT_PAGES)
    return {
        "magic only": b"%PDF-",
        "magic and zeros": b"%PDF-1.7\n" + bytes(5_000),
        "5 MB of spaces": b"%PDF-1.4\n" + b" " * 5_000_000,
        "50,000 beginnings": b"%PDF-1.4\n" + b"1 0 obj<<" * 50_000,
        "half": whole[: len(whole) // 2],
        "without its table": whole[: whole.rindex(b"xref\n") - 10],
        "after a letter": b"HTTP/1.1 200 OK\r\n\r\n" + whole,
        "a deck that says PDF": b"%PDF-1.4\n" + small_deck(),
        "a program that says PDF": b"MZ" + bytes(100) + b"%PDF-1.4" + bytes(2_000),
    }
