"""What caches may keep of what was answered to somebody who has signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from archive.app import Archive, open_archive
from archive.catalogue import documents, pages
from archive.model.accounts import Role
from archive.model.pages import Picture
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.http.signed_in import COOKIE
from archive.web.presenters.slide_addresses import picture_address
from tests.filled_archive import add, slide
from tests.web.conftest import Client
from tests.web.people import post, session_cookie


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path_factory.mktemp("signed_in") / "data")) as opened:
        yield opened


@pytest.fixture(scope="module")
def app(archive: Archive) -> Flask:
    application = create_app(archive)
    application.test_client_class = Client
    return application


@pytest.fixture(scope="module")
def picture(archive: Archive, app: Flask) -> str:
    """Return the address of a picture that everybody may see, and that caches may keep."""
    document = add(archive, "öppen", slide("Sida"))
    with archive.database.write() as session:
        sha256 = archive.pictures.put_bytes(b"a picture").sha256
        version = documents.document(session, document).version
        kept = Picture(1, 960, 540, 1280, 720, sha256, sha256, ())
        pages.save_picture(session, version.id, kept)
    archive.indexer.catch_up()
    with app.test_request_context():
        return picture_address(document, kept, "small")


def test_public_picture_is_kept_by_shared_caches_only_for_those_without_a_session(
    archive: Archive, app: Flask, picture: str
) -> None:
    client = app.test_client(use_cookies=False)
    assert client.get(picture).headers["Cache-Control"].startswith("public, max-age=300")
    for headers in (
        session_cookie(archive, Role.MEMBER),
        session_cookie(archive, Role.STAFF),
        {"Cookie": f"{COOKIE}=over-long-ago"},
    ):
        answer = client.get(picture, headers=headers)
        assert answer.status_code == 200
        assert "public" not in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]
        assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("address", ["/", "/?q=sida", "/help", "/e", "/p", "/sign-in", "/missing", "/staff"])
def test_no_page_of_somebody_signed_in_is_kept_at_all(archive: Archive, app: Flask, address: str) -> None:
    answer = app.test_client(use_cookies=False).get(address, headers=session_cookie(archive, Role.STAFF))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_signing_out_empties_the_browsers_cache_and_its_pages_are_asked_for_anew(
    archive: Archive, app: Flask
) -> None:
    document = add(archive, "stängd", slide("Dold sida", hidden=True), slide("Sida"))
    client = app.test_client()
    cookie = session_cookie(archive, Role.STAFF)["Cookie"].partition("=")
    client.set_cookie(COOKIE, cookie[2])
    address = f"/d/{document}/original"
    seen = client.get(address)
    assert seen.headers["Cache-Control"] == "private, no-cache"
    assert post(client, "/sign-out").headers["Clear-Site-Data"] == '"cache"'
    again = client.get(address, headers={"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 404


def test_sign_in_is_offered_from_the_page_after_the_first_account_on(tmp_path: Path) -> None:
    with open_archive(Settings(data=tmp_path / "data")) as archive:
        client = create_app(archive).test_client()
        before = client.get("/")
        session_cookie(archive, Role.ADMIN)
        after = client.get("/")
    assert 'href="/sign-in?next=/"' not in before.text
    assert 'href="/sign-in?next=/"' in after.text
    assert "Cookie" in after.headers["Vary"]
