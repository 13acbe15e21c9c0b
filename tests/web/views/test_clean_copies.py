"""Copies without what only staff may see, for those who do not get the original."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from archive.app import Archive, open_archive
from archive.catalogue import hidden_pages, pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.publishing.original_access import set_original_access
from archive.ingest.filetypes.media_types import DOCX, ODP, ODT, PPTX
from archive.ingest.reading.extract_file import read_file
from archive.ingest.reading.limits import extract_limits
from archive.ingest.sandbox.spawning import FreshSandbox
from archive.model.accounts import Role
from archive.model.documents import DocumentKind, Original
from archive.model.visibility import OriginalsPolicy
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.ingest.extractors.archives.full_decks import SECRET, full_deck
from tests.ingest.extractors.archives.test_clean_word import SECRET as WORD_SECRET
from tests.ingest.extractors.archives.test_clean_word import full_document
from tests.ingest.libreoffice.samples_of_office import needs_office, sample
from tests.web.conftest import Client
from tests.web.page_tree import text, tree
from tests.web.people import SAME_SITE, session_cookie
from tests.web.views.test_originals import WITH_NOTES, add, client_of


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path_factory.mktemp("copies") / "data")) as opened:
        yield opened


@pytest.fixture(scope="module")
def deck(archive: Archive) -> str:
    """Take in a deck that has everything that is for staff, and return its document."""
    stored = archive.originals.put_bytes(full_deck())
    original = Original(stored.sha256, stored.size_bytes, PPTX)
    new = NewDocument(DocumentKind.DECK, "Plan", "test:plan", "plan.pptx", original)
    limits = extract_limits(archive.settings)
    read = read_file(FreshSandbox(), archive.originals.path(stored.sha256), PPTX, limits)
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
        pages.save_extraction(session, accepted.newest.id, read, "sv", PPTX)
    return accepted.document.id


def offered(client: FlaskClient, document: str) -> list[str]:
    """Return what the page of a document offers to download."""
    links = tree(client, f"/d/{document}").xpath("//main//header//a[starts-with(@href, '/d/')]/@href")
    return [name for link in links if (name := str(link).rpartition("/")[2]) != "cite"]


def test_who_may_not_have_the_original_gets_a_clean_copy(archive: Archive, deck: str) -> None:
    client = client_of(archive)
    assert offered(client, deck) == ["clean"]
    assert client.get(f"/d/{deck}/original").status_code == 404
    answer = client.get(f"/d/{deck}/clean")
    assert answer.status_code == 200
    assert answer.mimetype == PPTX
    assert answer.headers["Content-Disposition"] == "attachment; filename=oppen-ett.pptx"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert len(Presentation(io.BytesIO(answer.data)).slides) == 2
    assert SECRET not in text(tree(client, f"/d/{deck}"))
    again = client.get(f"/d/{deck}/clean", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert offered(client_of(archive, "staff"), deck) == ["original", "clean"]


def test_word_document_has_a_clean_copy_too(archive: Archive) -> None:
    stored = archive.originals.put_bytes(full_document())
    original = Original(stored.sha256, stored.size_bytes, DOCX)
    new = NewDocument(DocumentKind.REPORT, "Malm", "test:malm", "malm.docx", original)
    limits = extract_limits(archive.settings)
    read = read_file(FreshSandbox(), archive.originals.path(stored.sha256), DOCX, limits)
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
        pages.save_extraction(session, accepted.newest.id, read, "sv", DOCX)
    client, document = client_of(archive), accepted.document.id
    assert offered(client, document) == ["clean"]
    answer = client.get(f"/d/{document}/clean")
    assert (answer.status_code, answer.mimetype) == (200, DOCX)
    assert ".docx" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
        parts = b"".join(package.read(name) for name in package.namelist())
    assert WORD_SECRET.encode() not in parts
    assert b"utpekad" in parts
    with archive.database.write() as session:
        hidden_pages.set_hidden(session, document, 1, True, "test")
    assert client.get(f"/d/{document}/clean").status_code == 404  # no page of it can be left out


@needs_office
@pytest.mark.parametrize(("kind", "media_type", "hidden"), [("odp", ODP, b"djupt"), ("odt", ODT, b"")])
def test_open_document_files_have_clean_copies(
    archive: Archive, kind: str, media_type: str, hidden: bytes
) -> None:
    stored = archive.originals.put_bytes(sample(kind))
    original = Original(stored.sha256, stored.size_bytes, media_type)
    new = NewDocument(DocumentKind.DECK, "Resor", f"test:{kind}", f"resor.{kind}", original)
    limits = extract_limits(archive.settings)
    read = read_file(FreshSandbox(), archive.originals.path(stored.sha256), media_type, limits)
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
        pages.save_extraction(session, accepted.newest.id, read, "sv", media_type)
    answer = client_of(archive).get(f"/d/{accepted.document.id}/clean")
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert f".{kind}" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
        content = package.read("content.xml")
        assert "meta.xml" not in package.namelist()
    assert "Gävle".encode() in content
    assert not hidden or hidden not in content


def test_staff_choose_for_each_document_who_gets_its_original(archive: Archive, deck: str) -> None:
    def choose(access: OriginalsPolicy | None) -> bool:
        with archive.database.write() as session:
            return set_original_access(session, deck, access, "test")

    client = client_of(archive)
    try:
        assert choose(OriginalsPolicy.EVERYBODY)
        assert not choose(OriginalsPolicy.EVERYBODY)
        assert client.get(f"/d/{deck}/original").status_code == 200
        assert choose(OriginalsPolicy.STAFF)
        assert offered(client, deck) == []
        statuses = [client.get(f"/d/{deck}/{part}").status_code for part in ("original", "clean")]
        assert statuses == [404, 404]
        assert offered(client_of(archive, "staff"), deck) == ["original", "clean"]
        assert choose(OriginalsPolicy.CLEAN)
        assert offered(client_of(archive, originals="staff"), deck) == ["clean"]
    finally:
        choose(None)
    assert offered(client_of(archive, originals="staff"), deck) == []


def test_where_no_copy_can_be_made_there_is_the_pdf_and_the_copy_is_offered_no_more(archive: Archive) -> None:
    document = add(archive, WITH_NOTES, drawn=True)
    client = client_of(archive)
    assert offered(client, document) == ["clean", "document.pdf"]
    answer = client.get(f"/d/{document}/clean")
    assert (answer.status_code, answer.location) == (303, f"/d/{document}/document.pdf")
    assert offered(client, document) == ["document.pdf"]
    assert client.get(f"/d/{document}/clean").status_code == 404


def test_staff_choose_on_the_page_of_the_document_and_others_have_no_form(tmp_path: Path) -> None:
    with open_archive(Settings(data=tmp_path / "data")) as own:
        document = add(own, WITH_NOTES)
        application = create_app(own)
        application.test_client_class = Client
        client = application.test_client(use_cookies=False)
        staff, member = session_cookie(own, Role.STAFF), session_cookie(own, Role.MEMBER)
        form = f'action="/d/{document}/original-access"'
        assert form in client.get(f"/d/{document}", headers=staff).text
        assert form not in client.get(f"/d/{document}", headers=member).text

        def choose(value: str, headers: Mapping[str, str]) -> int:
            sent = {**headers, **SAME_SITE}
            path = f"/d/{document}/original-access"
            return client.post(path, data={"access": value}, headers=sent).status_code

        assert choose("everybody", member) == 403
        assert client.get(f"/d/{document}/original").status_code == 404
        assert choose("everybody", staff) == 303
        assert client.get(f"/d/{document}/original").status_code == 200
        assert 'value="everybody" selected' in client.get(f"/d/{document}", headers=staff).text
        assert choose("nonsense", staff) == 400
        assert choose("", staff) == 303
        assert client.get(f"/d/{document}/original").status_code == 404
