"""Whatever stands in an address, a page comes back that helps on."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.web.web_archive import Built

BAD = {
    "NUL": "\0",
    "long": "å" * 3_000,
    "right to left": "\u202egnilims\u202c",
    "emoji": "👩‍🏭🇸🇪",
    "markup": "<script>alert(1)</script>",
    "quotes": "\"' onmouseover='x",
    "percent": "%%%41%zz",
    "path": "../../etc/passwd",
    "statement": "1' OR '1'='1",
    "number": "-1",
    "huge number": "9" * 400,
    "other digits": "٣",
    "nothing": " ",
    "half a character": "%ED%A0%80",
}
PLACES = ["/e/{}", "/p/{}", "/o/{}", "/f/{}", "/r/{}", "/d/{}", "/{}", "/en/{}", "/e?year={}", "/p?letter={}"]
PARAMETERS = ["/r/SE31?page={}", "/?lang={}", "/?page={}&q=a", "/o?letter={}&page={}"]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
@pytest.mark.parametrize("place", [*PLACES, *PARAMETERS])
def test_page_helps_whatever_stands_in_its_address(
    client: FlaskClient, built: Built, place: str, bad: str
) -> None:
    written = bad if bad.startswith("%ED") else quote(bad, safe="")
    response = client.get(place.replace("{}", written), follow_redirects=True)
    assert response.status_code in {200, 400, 404, 410}
    said = response.get_data(as_text=True)
    page = html.fromstring(said)
    assert page.xpath("//input[@type='search']")
    assert page.xpath("//h1")
    assert "<script>alert" not in said
    assert not page.xpath("//@onmouseover")


@pytest.mark.parametrize("raw", [b"\xe5\xe4\xf6", b"gr\xfcn%20a", b"\xff\xfe", "grå".encode()])
def test_bytes_that_no_browser_sends_are_read_as_if_they_were_written_with_percent_signs(
    client: FlaskClient, built: Built, raw: bytes
) -> None:
    written = quote(raw, safe="%")
    for address in ("/", "/api/search", "/no/such/page"):
        sent = client.get(address, environ_overrides={"QUERY_STRING": "q=" + raw.decode("latin-1")})
        expected = client.get(f"{address}?q={written}")
        assert sent.status_code == expected.status_code < 500
        assert sent.data == expected.data
    asked = {"QUERY_STRING": "lang=" + raw.decode("latin-1")}
    assert client.get("/", environ_overrides=asked).status_code == 200
    assert client.put("/", environ_overrides=asked).status_code == 405
