"""Words that are letters of a soft mask have their boxes where the picture shows them."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from archive.ingest.extractors.base import DrawnPage, ReadLimits
from archive.ingest.extractors.pdf.draw import PdfDrawer
from tests.ingest.extractors.pdf.test_draw import OPTIONS, assert_covers, ink_box
from tests.ingest.extractors.pdfs import pdf

_CROP = (50, 250, 450, 550)


def _masked(rotation: int = 0, crop_pt: Any = None, password: str = "", plain: Any = ()) -> bytes:
    """Return a page that paints through the letters "Vätgas", in a coordinate system as Chrome's."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([list(plain)], rotation=rotation, crop_pt=crop_pt))) as document:
        page = document.pages[0]
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        font.Encoding = Name.WinAnsiEncoding
        letters = document.make_stream(
            "1 g BT /F9 80 Tf 1 0 0 -1 200 880 Tm (Vätgas) Tj ET".encode("cp1252"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 1200, 1700]),
            Resources=Dictionary(Font=Dictionary(F9=font)),
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
        )
        mask = Dictionary(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=letters))
        page.obj.Resources.ExtGState = Dictionary(G9=document.make_indirect(mask))
        through = b"q .5 0 0 -.5 0 842 cm q 1 0 0 1 0 0 cm /G9 gs 0 0 1200 1700 re f Q Q "
        page.contents_add(document.make_stream(2 * through))
        encryption = pikepdf.Encryption(user=password, owner=password) if password else False
        document.save(out, encryption=encryption)
    return out.getvalue()


def _drawn(data: bytes, password: str = "") -> DrawnPage:
    limits = ReadLimits(10, 10_000, password=password)
    first = next(iter(PdfDrawer().draw(io.BytesIO(data), limits, OPTIONS)))
    assert isinstance(first, DrawnPage)
    return first


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop_pt", [None, _CROP])
def test_box_sits_on_the_letters_however_the_page_lies(rotation: int, crop_pt: Any) -> None:
    drawn = _drawn(_masked(rotation, crop_pt))
    assert [word.text for word in drawn.words] == ["Vätgas"]
    assert_covers(drawn.words[0], ink_box(drawn))


def test_other_words_and_locked_files_keep_theirs() -> None:
    data = _masked(password="hemligt", plain=[("Gävleborg", 100.0, 100.0, 20.0)])
    assert [word.text for word in _drawn(data, "hemligt").words] == ["Gävleborg", "Vätgas"]
