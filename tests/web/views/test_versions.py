"""Earlier versions of a document: staff see and download them, others see when it was updated."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.catalogue import documents, pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.events.new_event import NewEvent, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.catalogue.tables.events import EventRow
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide
from tests.web.page_tree import links, text, texts, tree
from tests.web.slides import Slide, page
from tests.web.web_archive import PPTX, Built

FILES = {"plan 2020.pptx": b"first", "plan 2021.pptx": b"second" * 300, "plan 2022.pptx": b"third"}


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("versions")
    with open_archive(Settings(data=folder / "data")) as opened:
        yield opened


@pytest.fixture(scope="module")
def plan(updated: Archive) -> str:
    """Return a document of three versions; the newest could not be read yet, the second is shown."""
    for filename, data in FILES.items():
        document_id = _add(updated, filename, data)
    return document_id


def _add(archive: Archive, filename: str, data: bytes) -> str:
    stored = archive.originals.put_bytes(data)
    original = Original(stored.sha256, stored.size_bytes, PPTX)
    new = NewDocument(DocumentKind.DECK, "Plan", "test:plan", filename, original, title_is_given=True)
    with archive.database.write() as session:
        document = accept(session, new, "test").document
        newest, *_ = documents.versions(session, document.id)
        if filename != "plan 2022.pptx":
            read = Extraction(Outcome.OK, (page(Slide(filename), 1, "sv"),), "test")
            pages.save_extraction(session, newest.id, read, "sv", PPTX)
    return document.id


def client_of(archive: Archive, visitor: str) -> FlaskClient:
    web = archive.settings.web.model_copy(update={"visitor": visitor})
    settings = archive.settings.model_copy(update={"web": web})
    return create_app(replace(archive, settings=settings)).test_client()


def test_public_sees_that_a_document_was_updated_and_when(updated: Archive, plan: str) -> None:
    shown = tree(client_of(updated, "public"), f"/d/{plan}")
    names = texts(shown, "//section[@aria-labelledby='properties']//dt")
    assert names[names.index("Inlagd") + 1] == "Uppdaterad"
    assert len(shown.xpath("//section[@aria-labelledby='properties']//dd/time")) == 2
    assert "version 2" in text(shown)
    assert not shown.xpath("//section[@aria-labelledby='versions']")
    for name in ("plan 2020.pptx", "plan 2022.pptx"):
        assert name not in text(shown)


def test_staff_see_all_versions_and_which_one_is_shown(updated: Archive, plan: str) -> None:
    shown = tree(client_of(updated, "staff"), f"/d/{plan}")
    assert texts(shown, "//section[@aria-labelledby='versions']//tbody/tr/th") == ["3", "2 visas nu", "1"]
    assert texts(shown, "//section[@aria-labelledby='versions']//td/a") == list(FILES)[::-1]
    assert texts(shown, "//tr[@aria-current]/td[2]") == ["plan 2021.pptx (2 kB)"]
    assert "Texten läses just nu" in texts(shown, "//section[@aria-labelledby='versions']//tbody/tr[1]")[0]


def test_versions_are_listed_in_english(updated: Archive, plan: str) -> None:
    shown = tree(client_of(updated, "staff"), f"/en/d/{plan}")
    assert texts(shown, "//section[@aria-labelledby='versions']/h2") == ["Versions"]
    assert "Updated" in texts(shown, "//section[@aria-labelledby='properties']//dt")


def test_staff_download_any_version_under_its_own_name(updated: Archive, plan: str) -> None:
    client = client_of(updated, "staff")
    found = links(tree(client, f"/d/{plan}"), "//section[@aria-labelledby='versions']//td/a")
    assert found == [f"/d/{plan}/version/{number}/original" for number in (3, 2, 1)]
    for address, (name, data) in zip(reversed(found), FILES.items(), strict=True):
        with client.get(address) as answer:
            assert answer.data == data
            assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
            assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("visitor", ["public", "members"])
def test_others_download_only_the_version_that_is_shown(updated: Archive, plan: str, visitor: str) -> None:
    client = client_of(updated, visitor)
    with client.get(f"/d/{plan}/version/2/original") as shown, client.get(f"/d/{plan}/original") as usual:
        assert shown.data == usual.data == FILES["plan 2021.pptx"]
    for number in (1, 3, 4, 0, 99999):
        assert client.get(f"/d/{plan}/version/{number}/original").status_code == 404


@pytest.mark.parametrize("number", ["4", "0", "99999", "-1", "x"])
def test_version_that_is_not_there_is_not_found(updated: Archive, plan: str, number: str) -> None:
    assert client_of(updated, "staff").get(f"/d/{plan}/version/{number}/original").status_code == 404


def test_document_of_one_version_lists_none(staff: FlaskClient, client: FlaskClient, built: Built) -> None:
    for visitor in (staff, client):
        page_of_one = tree(visitor, f"/d/{built.strategy}")
        assert not page_of_one.xpath("//section[@aria-labelledby='versions']")
        assert "Uppdaterad" not in texts(page_of_one, "//dt")


@pytest.mark.parametrize("visitor", ["public", "members", "staff"])
def test_cited_slide_of_a_replaced_version_is_shown_with_a_way_to_the_newer_one(
    updated: Archive, plan: str, visitor: str
) -> None:
    client = client_of(updated, visitor)
    shown = tree(client, f"/d/{plan}/v1/1")
    assert "plan 2020.pptx" in text(shown)
    assert "Det här är en äldre version" in text(shown)
    assert f"/d/{plan}/1" in shown.xpath("//a/@href")
    assert shown.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert shown.xpath("//abbr[@class='unapi-id']/@title") == [f"d/{plan}/v1/1"]
    assert f"/d/{plan}/v1/1/cite" in shown.xpath("//a/@href")
    current = tree(client, f"/d/{plan}/v2/1")
    assert "Det här är en äldre version" not in text(current)
    assert not current.xpath("//meta[@name='robots']")


def test_version_that_has_not_been_read_has_no_slides_yet(updated: Archive, plan: str) -> None:
    assert client_of(updated, "staff").get(f"/d/{plan}/v3/1").status_code == 404


def test_replaced_slide_is_cited_with_its_own_version(updated: Archive, plan: str) -> None:
    client = client_of(updated, "public")
    answer = client.get(f"/d/{plan}/v1/1", headers={"Accept": "application/x-research-info-systems"})
    assert f"http://localhost/d/{plan}/v1/1" in answer.text
    assert f"/d/{plan}/v1/1" in client.get(f"/unapi?id=d/{plan}/v1/1&format=rdf_zotero").text


def test_event_that_is_closed_later_takes_the_replaced_slides_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        held = NewEvent("Stämma", starts_on=date(2020, 5, 4), talks=(NewTalk("Budget", 1),))
        with archive.database.write() as session:
            saved = save_event(session, held, "test")
        deck = add(archive, "bilder", slide("Ett"), talk=saved.talk_ids[0])
        add(archive, "bilder", slide("Två"), data="nytt", talk=saved.talk_ids[0])
        slides = [f"/d/{deck}/v1/1", f"/d/{deck}/v2/1"]
        asked = [*slides, *(f"{one}/cite" for one in slides), *(f"{one}/cite/ris" for one in slides)]
        asked += [f"/unapi?id={one[1:]}&format=ris" for one in slides]
        asked += [f"/t/{saved.talk_ids[0]}", f"/t/{saved.talk_ids[0]}/cite", f"/e/{saved.event_id}/event.ics"]
        public, members = client_of(archive, "public"), client_of(archive, "members")
        assert {public.get(one).status_code for one in asked} == {200}
        with archive.database.write() as session:
            session.get_one(EventRow, saved.event_id).visibility = Visibility.MEMBERS
        assert {public.get(one).status_code for one in asked} == {404}
        assert {members.get(one).status_code for one in asked} == {200}
        for media_type in ("application/ld+json", "application/x-bibtex", "text/x-bibliography"):
            told = [public.get(one, headers={"Accept": media_type}).status_code for one in slides]
            assert told == [404, 404]
        with archive.database.write() as session:
            documents.withdraw(session, deck, "test")
        assert [public.get(one).status_code for one in slides] == [404, 404]
        assert [members.get(one).status_code for one in slides] == [410, 410]
