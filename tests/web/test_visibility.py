from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import open_archive
from archive.catalogue import documents
from archive.catalogue.accept import NewDocument, accept
from archive.model.documents import DocumentKind, Original
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.web.page_tree import text, texts, tree
from tests.web.web_archive import PPTX, Built


def test_hidden_slide_is_as_unknown_as_a_missing_one(client: FlaskClient, built: Built) -> None:
    hidden = client.get(f"/d/{built.strategy}/4")
    missing = client.get(f"/d/{built.strategy}/44")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.data.replace(b'/4"', b'/44"') == missing.data


def test_hidden_slide_leaves_the_overview_and_its_count(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}")
    assert texts(page, "//h2[@id='slides']") == ["6 bilder"]
    assert "Bild 4" not in text(page)


def test_staff_see_hidden_slides_marked_as_such(staff: FlaskClient, built: Built) -> None:
    assert texts(tree(staff, f"/d/{built.strategy}"), "//h2[@id='slides']") == ["7 bilder"]
    assert "Dold bild" in text(tree(staff, f"/d/{built.strategy}/4"))
    assert "Dold bild" in text(tree(staff, "/?q=varslet"))


def test_notes_are_for_staff(client: FlaskClient, staff: FlaskClient, built: Built) -> None:
    assert "hemliga" not in text(tree(client, f"/d/{built.strategy}/2?q=hemliga"))
    assert "hemliga förhandlingen" in text(tree(staff, f"/d/{built.strategy}/2"))


@pytest.mark.parametrize("words", ["hemliga", "varslet", "förtroligt"])
def test_what_only_staff_may_see_is_not_found_by_others(
    client: FlaskClient, staff: FlaskClient, words: str
) -> None:
    assert "Inga träffar" in text(tree(client, f"/?q={words}"))
    assert client.get(f"/api/search?q={words}").json["total"] == 0  # type: ignore[index]  # JSON of our own
    assert "Inga träffar" not in text(tree(staff, f"/?q={words}"))


@pytest.mark.parametrize("part", ["", "/1", "/original", "/1/small.webp", "/1/large.webp"])
def test_document_above_the_visitor_is_as_unknown_as_none(
    client: FlaskClient, staff: FlaskClient, built: Built, part: str
) -> None:
    closed = client.get(f"/d/{built.board}{part}")
    unknown = client.get(f"/d/aaaaaaaaaa{part}")
    assert closed.status_code == unknown.status_code == 404
    assert closed.data.replace(built.board.encode(), b"aaaaaaaaaa") == unknown.data
    assert staff.get(f"/d/{built.board}{part}").status_code == 200


def test_staff_view_and_what_only_staff_see_are_marked(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    view, only = "Personalvy", "Bara för personal"
    for address in ("/", "/?q=industrin", f"/d/{built.strategy}/3", "/e"):
        assert view in text(tree(staff, address))
        assert view not in text(tree(client, address))
    addresses = (f"/d/{built.board}", f"/d/{built.board}/1", f"/e/{built.autumn}", "/")
    results = ("/?kind=deck", "/?kind=deck&view=list", "/?kind=deck&view=slides")
    for address in (*addresses, *results):
        assert only in text(tree(staff, address)), address
    for address in (f"/d/{built.strategy}", f"/d/{built.strategy}/3"):
        assert only not in text(tree(staff, address)), address


@pytest.mark.parametrize("part", ["", "/1", "/original", "/1/small.webp"])
def test_withdrawn_document_is_gone(client: FlaskClient, built: Built, part: str) -> None:
    page = tree(client, f"/d/{built.withdrawn}{part}", 410)
    assert "Dokumentet är borttaget" in text(page)


def test_closed_talk_leaves_lists(client: FlaskClient, staff: FlaskClient, built: Built) -> None:
    assert "interna genomgång" not in text(tree(client, f"/e/{built.autumn}"))
    assert "interna genomgång" not in text(tree(client, "/"))
    assert "interna genomgång" in text(tree(staff, f"/e/{built.autumn}"))


def test_tombstone_of_a_closed_document_is_as_unknown_as_none(tmp_path: Path) -> None:
    with open_archive(Settings(data=tmp_path / "data")) as archive:
        stored = archive.originals.put_bytes(b"a closed deck")
        new = NewDocument(
            kind=DocumentKind.DECK,
            title="Stängd",
            source="test:closed",
            filename="closed.pptx",
            original=Original(stored.sha256, stored.size_bytes, PPTX),
        )
        with archive.database.write() as session:
            closed = accept(session, new, "test").document.id
            documents.set_visibility(session, closed, Visibility.STAFF, "test")
            documents.withdraw(session, closed, "test")
        answers = {}
        for visitor in ("public", "staff"):
            web = archive.settings.web.model_copy(update={"visitor": visitor})
            settings = archive.settings.model_copy(update={"web": web})
            own = create_app(replace(archive, settings=settings)).test_client()
            answers[visitor] = [own.get(f"/d/{one}").status_code for one in (closed, "aaaaaaaaaa")]
    assert answers == {"public": [404, 404], "staff": [410, 404]}
