"""PDFs whose contents mean harm: streams that unpack without end, too much of anything, fonts that lie."""

import zlib
from collections.abc import Iterator

from archive.ingest.filetypes.media_types import PDF
from tests.hostile.pdf_making import CATALOG, FONT, HELLO, LEAF, PAGES, file_of, page_of, stream
from tests.hostile.sources import HostileFile

_MIB = 1 << 20


def pdf_content_attacks() -> Iterator[HostileFile]:
    """Yield one file for each trick."""
    for kind in (_streams(), _pictures(), _many(), _fonts()):
        for name, data in kind.items():
            yield HostileFile(f"pdf {name}", data, PDF)


def _streams() -> dict[str, bytes]:
    def packed(data: bytes, filters: bytes, parameters: bytes = b"") -> bytes:
        return page_of(stream(data, b"/Filter" + filters + parameters))

    zeros = _zeros(256)
    odd = b"/DecodeParms<</Predictor 12/Columns 2000000000/Colors 99/BitsPerComponent 99>>"
    return {
        "256 MiB of zeros": packed(zeros, b"/FlateDecode"),
        "256 MiB of spaces twice packed": packed(zlib.compress(zeros, 9), b"[/FlateDecode/FlateDecode]"),
        "twenty filters": packed(zeros, b"[" + b"/FlateDecode" * 20 + b"]"),
        "rows of 2,000 million": packed(zlib.compress(bytes(100_000)), b"/FlateDecode", odd),
        "rows of less than nothing": packed(
            zlib.compress(bytes(999)), b"/FlateDecode", b"/DecodeParms<</Predictor 15/Columns -9>>"
        ),
        "LZW": packed(b"\x80\x0b\x60\x50" * 50_000, b"/LZWDecode"),
        "ASCII85 zeros": packed(b"z" * 10_000_000 + b"~>", b"/ASCII85Decode"),
        "runs": packed(b"\x81a" * 3_000_000, b"/RunLengthDecode"),
        "no such filter": packed(b"x", b"/NoSuchDecode"),
        "encrypted with nothing": packed(b"x", b"/Crypt"),
        "cut in the middle": packed(zlib.compress(HELLO * 1000)[:40], b"/FlateDecode"),
        "inline picture without an end": page_of(stream(b"BI /W 1 /H 1 ID " + b"x" * 100_000)),
        "stream in a file": page_of(
            b"<</Length 3/F(/etc/passwd)/FFilter/FlateDecode>>stream\nabc\nendstream"
        ),
    }


def _pictures() -> dict[str, bytes]:
    return {
        "picture of 2,000 million dots": page_of(
            stream(b"/X Do"),
            stream(
                b"x",
                b"/Type/XObject/Subtype/Image/Width 46340/Height 46340/BitsPerComponent 8",
            ),
        ),
        "JBIG2": page_of(
            stream(b"/X Do"),
            stream(b"\xff" * 900, b"/Type/XObject/Subtype/Image/Width 99/Height 99/Filter/JBIG2Decode"),
        ),
        "JPEG 2000": page_of(
            stream(b"/X Do"),
            stream(
                b"\0\0\0\x0cjP  " * 99, b"/Type/XObject/Subtype/Image/Width 99/Height 99/Filter/JPXDecode"
            ),
        ),
    }


def _zeros(size_mib: int) -> bytes:
    packer = zlib.compressobj(9)
    piece = b" " * _MIB
    return b"".join(packer.compress(piece) for _ in range(size_mib)) + packer.flush()


def _many() -> dict[str, bytes]:
    def scattered(count: int, size: int) -> bytes:
        at = (b"1 0 0 1 %d %d Tm (ab) Tj " % (n * 7919 % 590, n * 104_729 % 790) for n in range(count))
        return page_of(
            stream(zlib.compress(b"BT /F %d Tf " % size + b"".join(at) + b"ET"), b"/Filter/FlateDecode")
        )

    kids = b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>"
    return {
        "4,000 words at random": scattered(4_000, 6),
        "15,000 words at random": scattered(15_000, 1),
        "300,000 words at random": scattered(300_000, 6),
        "a page 100,000 times": file_of([CATALOG, kids, LEAF, stream(HELLO), FONT]),
        "99,999,999 pages claimed": file_of(
            [CATALOG, PAGES.replace(b"Count 1", b"Count 99999999"), LEAF, stream(HELLO), FONT]
        ),
        "fewer pages than none": file_of(
            [CATALOG, PAGES.replace(b"Count 1", b"Count -7"), LEAF, stream(HELLO), FONT]
        ),
        "50,000 annotations": page_of(
            stream(HELLO),
            b"<</Type/Annot/Subtype/Text/Contents(a)/Rect[0 0 9 9]>>",
            page=b"/Annots[" + b"6 0 R " * 50_000 + b"]",
        ),
        "saves without restores": page_of(stream(b"q " * 1_000_000)),
        "restores without saves": page_of(stream(b"Q " * 1_000_000)),
        "a word of 5 MB": page_of(stream(b"BT /F 1 Tf (" + b"x" * 5_000_000 + b") Tj ET")),
        "operators without numbers": page_of(stream(b"BT Tf Td Tm Tj TJ ' \" Do cm re gs " * 20_000)),
        "numbers without operators": page_of(stream(b"1 " * 3_000_000)),
    }


def _fonts() -> dict[str, bytes]:
    def font(entries: bytes, *more: bytes) -> bytes:
        return page_of(stream(HELLO), b"<</Type/Font" + entries + b">>", *more, fonts=b"6 0 R")

    mapping = b"/CIDInit /ProcSet findresource begin begincmap %s endcmap"
    ranges = b"1 beginbfrange <0000> <ffffffff> <0041> endbfrange"
    wide = b"1 beginbfchar <68> <%s> endbfchar" % (b"0041" * 100_000)
    spans = b"1 begincidrange <00000000> <ffffffff> 0 endcidrange"
    type0 = b"/Subtype/Type0/BaseFont/X/DescendantFonts[7 0 R]/Encoding"
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X"
    inner += b"/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 0>>%s>>"
    return {
        "letters that stand for 4,000 million": font(
            b"/Subtype/Type1/ToUnicode 7 0 R", stream(mapping % ranges)
        ),
        "a letter that stands for 100,000": font(b"/Subtype/Type1/ToUnicode 7 0 R", stream(mapping % wide)),
        "mapping that uses itself": font(
            b"/Subtype/Type1/ToUnicode 7 0 R", stream(b"/X usecmap", b"/UseCMap 7 0 R")
        ),
        "codes of 4,000 million": font(type0 + b" 8 0 R", inner % (b"X", b""), stream(mapping % spans)),
        "mapping from a file": font(type0 + b"/..#2F..#2F..#2Ftmp#2Fevil", inner % (b"..#2Fevil", b"")),
        "font of itself": font(type0 + b"/Identity-H", b"<</Type/Font/DescendantFonts[7 0 R]>>"),
        "widths without end": font(type0 + b"/Identity-H", inner % (b"X", b"/W[0 2000000000 500]/DW -1e30")),
        "letters that draw themselves": font(
            b"/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/FontBBox[0 0 9 9]/FirstChar 0/LastChar 255/Widths[]"
            b"/CharProcs<</a 7 0 R>>/Encoding<</Differences[104/a]>>/Resources<</Font<</F 6 0 R>>>>",
            stream(HELLO),
        ),
        "letters of no size": font(b"/Subtype/Type3/FontMatrix[0 0 0 0 0 0]/CharProcs<<>>"),
        "differences without end": font(b"/Subtype/Type1/Encoding<</Differences[2000000000/a -5/b/c]>>"),
        "font file of noise": font(
            b"/Subtype/TrueType/FontDescriptor<</FontName/X/FontFile2 7 0 R>>",
            stream(bytes(range(256)) * 400),
        ),
        "Type 1 file of noise": font(
            b"/Subtype/Type1/FontDescriptor<</FontName/X/FontFile 7 0 R>>",
            stream(b"%!PS /Encoding 256 array dup 1 /a put " * 5_000, b"/Length1 9/Length2 -9"),
        ),
    }
