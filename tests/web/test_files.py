from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from archive.web.files import download_name

from .building import STRATEGY_NAME, Built
from .reading import tree


def test_original_is_always_a_download(client: FlaskClient, built: Built) -> None:
    response = client.get(f"/d/{built.strategy}/original")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert f"filename*=UTF-8''{quote(STRATEGY_NAME, safe='!#$&+-.^_`|~')}" in disposition
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.data.startswith(b"original of ")


def test_original_can_be_asked_for_in_parts_and_again(client: FlaskClient, built: Built) -> None:
    whole = client.get(f"/d/{built.strategy}/original")
    part = client.get(f"/d/{built.strategy}/original", headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.data) == (206, b"original")
    again = client.get(f"/d/{built.strategy}/original", headers={"If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304
    beyond = client.get(f"/d/{built.strategy}/original", headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


def test_picture_may_be_kept_only_at_an_address_with_its_version(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/1")
    address = str(page.xpath("//figure//img/@src")[0])
    kept = client.get(address)
    assert kept.mimetype == "image/webp"
    assert "immutable" in kept.headers["Cache-Control"]
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


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a\r\nSet-Cookie: b.pptx", "a_Set-Cookie: b.pptx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("...", "original"),
    ],
)
def test_download_name_is_safe(name: str, safe: str) -> None:
    assert download_name(name) == safe
