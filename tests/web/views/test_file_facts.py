"""What pages say of documents that no record describes: kind of file, slides, date or file name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.catalogue import pages
from archive.catalogue.accept import NewDocument, accept
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Page
from archive.web.factory import create_app
from tests.filled_archive import PPTX, numbered, opened, slide
from tests.web.page_tree import text, texts, tree


def _add(archive: Archive, filename: str, *slides: Page, media_type: str = PPTX) -> str:
    original = archive.originals.put_bytes(filename.encode())
    new = NewDocument(
        DocumentKind.DECK, "", f"/in/{filename}", filename, Original(original.sha256, 1, media_type)
    )
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
        extraction = Extraction(Outcome.OK, numbered(slides), "test")
        pages.save_extraction(session, accepted.newest.id, extraction, "sv", media_type)
    return accepted.document.id


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("facts")
    with opened(folder) as archive:
        cover, hidden = slide("Vätgas i norr", "Kim Ek"), slide("Dold", hidden=True)
        _add(
            archive,
            "2021-05-04_vatgas.pptx",
            cover,
            slide("Elnätet \uf0e0 norr", "Vätgas behöver el"),
            hidden,
        )
        _add(archive, "00c058_up_0be7994f3020eaae9ac40d9e_moten.pdf", cover, media_type="application/pdf")
        archive.indexer.catch_up()
        yield archive


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def test_cards_of_the_same_title_are_told_apart(client: FlaskClient) -> None:
    cards = tree(client, "/?q=vätgas").xpath("//main//li[article]")
    assert [texts(card, ".//h2") for card in cards] == [["Vätgas i norr"]] * 2
    facts = sorted(texts(card, ".//header/p[1]")[0] for card in cards)
    assert facts == [
        "Presentation · PDF · 1 bild · moten.pdf",
        "Presentation · PowerPoint · 2 bilder · 2021-05-04 (läst ur filen)",
    ]
    assert "2021-05-04 (read from the file)" in text(tree(client, "/en/?q=vätgas"))


@pytest.mark.parametrize("view", ["slides", "list"])
def test_grid_and_list_say_the_same(client: FlaskClient, view: str) -> None:
    page = tree(client, f"/?q=vätgas&view={view}")
    assert "Presentation · PDF · 1 bild · moten.pdf" in texts(page, "//main//ol/li//p")


@pytest.mark.parametrize("view", ["", "&view=slides"])
def test_slide_in_a_result_has_its_own_title(client: FlaskClient, view: str) -> None:
    names = texts(tree(client, f"/?q=vätgas{view}"), "//main//a[img or span]//span[starts-with(., 'Bild ')]")
    assert "Bild 2 Elnätet → norr" in names
    assert "Bild 1" in names  # the document's title stands above it


def test_pages_say_that_the_date_was_read_from_the_file(client: FlaskClient) -> None:
    (address, *_) = tree(client, "/?q=elnätet").xpath("//main//li[article]//h2/a/@href")
    document = address.partition("?")[0]
    for path in (document, f"{document}/2"):
        assert "2021-05-04 (läst ur filen)" in texts(tree(client, path), "//header/p | //header//p")
    caption = text(tree(client, f"{document}/2").xpath("//figcaption")[0])
    assert "2021-05-04 (läst ur filen)." in caption
    assert "2021-05-04 (läst ur filen)" in text(tree(client, "/").xpath("//section")[0])


def test_date_of_the_file_narrows_and_orders(client: FlaskClient) -> None:
    assert texts(tree(client, "/?year=2021"), "//main//h2/a") == ["Vätgas i norr"]
    newest = client.get("/api/search?q=vätgas&sort=newest").get_json()["hits"]
    assert [(hit["filename"][-10:], hit["date"], hit["file_date"]) for hit in newest] == [
        ("atgas.pptx", "", "2021-05-04"),
        ("atgas.pptx", "", "2021-05-04"),
        ("_moten.pdf", "", ""),
    ]
