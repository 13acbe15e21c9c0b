"""ETags and compressed text."""

import gzip
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.web.conftest import Client
from tests.web.page_tree import tree
from tests.web.web_archive import Built, build

GZIP = {"Accept-Encoding": "br, gzip"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of its own: pages asked for in a row are the same only while nobody else is at it."""
    with open_archive(Settings(data=tmp_path_factory.mktemp("compression") / "data")) as opened:
        yield opened


@pytest.fixture(scope="module")
def built(archive: Archive) -> Built:
    return build(archive)


@pytest.fixture(scope="module")
def app(archive: Archive, built: Built) -> Flask:
    application = create_app(archive)
    application.test_client_class = Client
    return application


def test_unchanged_page_is_not_sent_again(client: FlaskClient, built: Built) -> None:
    for address in ("/", "/?q=industrin", f"/e/{built.autumn}", "/en/about"):
        first = client.get(address, headers=GZIP)
        again = client.get(address, headers={**GZIP, "If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, address
        assert again.data == b""
        assert client.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_tag_differs_by_language_and_by_visitor(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    tags = {
        one.headers["ETag"]
        for one in (client.get("/"), client.get("/en/"), staff.get("/"), client.get("/?lang=en"))
    }
    assert len(tags) >= 3
    assert staff.get("/", headers={"If-None-Match": client.get("/").headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/missing", "/api/search?q=industrin", "sheet"])
def test_text_is_compressed_for_those_who_can_read_it(
    client: FlaskClient, built: Built, address: str
) -> None:
    if address == "sheet":
        address = str(tree(client, "/").xpath("//link[@rel='stylesheet']/@href")[0])
    plain = client.get(address)
    packed = client.get(address, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 1.5


def test_who_refuses_gzip_gets_plain_text(client: FlaskClient) -> None:
    for refused in ("gzip;q=0", "identity", "br"):
        assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": refused}).headers


def test_pictures_and_originals_are_not_compressed(client: FlaskClient, built: Built) -> None:
    for address in (f"/d/{built.strategy}/1/small.webp", f"/d/{built.railway}/original"):
        assert "Content-Encoding" not in client.get(address, headers=GZIP).headers


def test_sheet_asked_for_in_part_or_by_its_tag_is_answered_rightly(client: FlaskClient) -> None:
    sheet = str(tree(client, "/").xpath("//link[@rel='stylesheet']/@href")[0])
    whole = client.get(sheet)
    part = client.get(sheet, headers={**GZIP, "Range": "bytes=0-99"})
    assert (part.status_code, part.data) == (206, whole.data[:100])
    again = client.get(sheet, headers={**GZIP, "If-None-Match": whole.headers["ETag"]})
    assert again.status_code == 304


def test_size_is_told_without_the_page(client: FlaskClient) -> None:
    head, page = client.head("/", headers=GZIP), client.get("/", headers=GZIP)
    assert head.data == b""
    assert head.headers["ETag"] == page.headers["ETag"]


@pytest.mark.parametrize("address", ["/help", "sheet"])
def test_each_encoding_has_a_tag_of_its_own(client: FlaskClient, built: Built, address: str) -> None:
    if address == "sheet":
        address = str(tree(client, "/").xpath("//link[@rel='stylesheet']/@href")[0])
    plain, packed = client.get(address), client.get(address, headers=GZIP)
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again = client.get(address, headers={**GZIP, "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (304, packed.headers["ETag"])
    assert client.get(address, headers={"If-None-Match": packed.headers["ETag"]}).status_code == 200
