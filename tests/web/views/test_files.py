from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from archive.errors import Busy, PictureError
from archive.ingest.reading.slide_pdf import SlidePdfs
from tests.web.page_tree import tree
from tests.web.web_archive import STRATEGY_NAME, Built


def test_original_is_always_a_download(staff: FlaskClient, built: Built) -> None:
    response = staff.get(f"/d/{built.strategy}/original")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert f"filename*=UTF-8''{quote(STRATEGY_NAME, safe='!#$&+-.^_`|~')}" in disposition
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.data.startswith(b"original of ")


def test_original_can_be_asked_for_in_parts_and_again(client: FlaskClient, built: Built) -> None:
    whole = client.get(f"/d/{built.railway}/original")
    part = client.get(f"/d/{built.railway}/original", headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.data) == (206, b"original")
    again = client.get(f"/d/{built.railway}/original", headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304
    beyond = client.get(f"/d/{built.railway}/original", headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


def test_picture_may_be_kept_only_at_an_address_with_its_version(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/1")
    address = str(page.xpath("//figure//img/@src")[0])
    kept = client.get(address)
    assert kept.mimetype == "image/webp"
    assert kept.headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert kept.headers["X-Content-Type-Options"] == "nosniff"
    for other in (address.partition("?")[0], f"/d/{built.strategy}/1/large.webp?v=000000000000"):
        assert client.get(other).headers["Cache-Control"] == "private, no-cache"


def test_picture_of_a_hidden_slide_is_for_staff_and_never_kept(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    address = str(tree(staff, f"/d/{built.strategy}/4").xpath("//figure//img/@src")[0])
    assert staff.get(address).headers["Cache-Control"] == "private, no-cache"
    assert client.get(address).status_code == 404


def test_missing_picture_is_not_found(client: FlaskClient, built: Built) -> None:
    assert client.get(f"/d/{built.steel}/1/small.webp").status_code == 404


def sheet_of(client: FlaskClient, address: str) -> str:
    """Return where the page of a slide offers it as a PDF."""
    return str(tree(client, address).xpath("//a[@data-pdf]/@href")[0])


def words_of(pdf: bytes) -> list[str]:
    """Return the words of a PDF of one page."""
    document = PdfDocument(pdf)
    assert len(document) == 1
    words: list[str] = document[0].get_textpage().get_text_range().split()
    return words


def test_slide_is_downloaded_as_a_pdf_of_just_that_slide(client: FlaskClient, built: Built) -> None:
    answer = client.get(sheet_of(client, f"/d/{built.strategy}/3?q=kompetens"))
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert (
        answer.headers["Content-Disposition"]
        == "attachment; filename=strategi-for-industriell-omvandling-i-norra-bild-3.pdf"
    )
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    found = words_of(answer.data)
    assert {"Framgångsfaktorer", "högskola", "Fossilfri"} <= set(found)
    assert "Yrkesutbildning" not in found
    document = PdfDocument(answer.data)
    assert document[0].get_size() == (960.0, 540.0)


def test_name_of_a_downloaded_slide_is_in_the_visitors_language(client: FlaskClient, built: Built) -> None:
    address = sheet_of(client, f"/en/d/{built.strategy}/3")
    assert client.head(address).headers["Content-Disposition"].endswith("-i-norra-slide-3.pdf")


def test_pdf_of_a_slide_is_not_made_again_for_who_has_it(
    client: FlaskClient, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = sheet_of(client, f"/d/{built.strategy}/1")
    tag = client.get(address).headers["ETag"]
    monkeypatch.setattr(SlidePdfs, "pdf", None)
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert "max-age=300" in again.headers["Cache-Control"]
    other = client.get(address.partition("?")[0], headers={"If-None-Match": tag})
    assert (other.status_code, other.headers["Cache-Control"]) == (304, "private, no-cache")


def test_pdf_of_a_hidden_slide_is_for_staff_and_never_kept(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    address = sheet_of(staff, f"/d/{built.strategy}/4")
    answer = staff.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-cache")
    assert client.get(address).status_code == 404


def test_slide_above_the_visitors_rank_has_no_pdf(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    assert client.get(f"/d/{built.board}/1/slide.pdf").status_code == 404
    assert staff.head(f"/d/{built.board}/1/slide.pdf").headers["Cache-Control"] == "private, no-cache"
    assert client.get(f"/d/{built.withdrawn}/1/slide.pdf").status_code == 410


@pytest.mark.parametrize("number", ["0", "8", "99999", "x", "-1"])
def test_pdf_of_a_slide_that_is_not_there_is_not_found(
    client: FlaskClient, built: Built, number: str
) -> None:
    assert client.get(f"/d/{built.strategy}/{number}/slide.pdf").status_code == 404


def test_slide_without_a_picture_offers_no_pdf(client: FlaskClient, built: Built) -> None:
    assert not tree(client, f"/d/{built.steel}/1").xpath("//a[@data-pdf]")
    assert client.get(f"/d/{built.steel}/1/slide.pdf").status_code == 404


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [(PictureError("no"), 500, "Det gick inte att göra en PDF"), (Busy("no"), 503, "upptaget just nu")],
)
def test_pdf_that_cannot_be_made_is_said_so(
    client: FlaskClient,
    built: Built,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    words: str,
) -> None:
    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(SlidePdfs, "pdf", fail)
    answer = client.get(f"/d/{built.strategy}/1/slide.pdf")
    assert answer.status_code == status
    assert words in answer.text


def test_zoomed_picture_is_sent_only_where_more_can_be_drawn(client: FlaskClient, built: Built) -> None:
    # The test archive has pictures without any PDF to draw them from.
    assert not tree(client, f"/d/{built.strategy}/3").xpath("//img[@data-sharper]")
    assert client.get(f"/d/{built.strategy}/3/zoom.webp").status_code == 404
    assert client.get(f"/d/{built.strategy}/4/zoom.webp").status_code == 404, "hidden from visitors"
    assert client.get(f"/d/{built.steel}/1/zoom.webp").status_code == 404, "has no picture"
