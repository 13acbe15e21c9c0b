"""The start page: what there is, and what to do where there is nothing."""

from pathlib import Path

from flask.testing import FlaskClient

from archive.app import open_archive
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import Built


def test_figures_count_what_the_visitor_may_see(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    figures = "//ul[li/*/strong]/li"
    assert texts(tree(client, "/"), figures) == [
        "3 presentationer",
        "11 bilder",
        "1 rapport",
        "70 rapportsidor",
    ]
    assert texts(tree(staff, "/"), figures) == [
        "4 presentationer",
        "13 bilder",
        "1 rapport",
        "70 rapportsidor",
    ]
    browse = "//section[@aria-labelledby='browse']//li"
    assert texts(tree(client, "/"), browse) == ["Talare 4", "Organisationer 3", "Regioner 3"]
    assert texts(tree(staff, "/"), browse) == ["Talare 5", "Organisationer 3", "Regioner 3"]


def test_newest_seminars_and_focus_areas_are_a_link_away(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/")
    events = links(page, "//section[@aria-labelledby='events']//a")
    assert events == [f"/e/{built.spring}", f"/e/{built.autumn}", "/e"]
    assert f"/f/{built.focus_area}" in links(page, "//section[@aria-labelledby='areas']//a")


def test_empty_archive_says_how_to_put_the_first_file_in(tmp_path: Path) -> None:
    with open_archive(Settings(data=tmp_path / "data")) as empty:
        client = create_app(empty).test_client()
        page = tree(client, "/")
        assert texts(page, "//pre") == ["archive ingest mapp/"]
        assert "Lägg in den första filen" in text(page)
        for address in ("/e", "/p", "/o", "/r", "/f", "/about"):
            assert "än" in text(tree(client, address)), address


def test_removed_document_leaves_a_tombstone_with_a_search_box(client: FlaskClient, built: Built) -> None:
    for address in (f"/d/{built.withdrawn}", f"/d/{built.withdrawn}/1", f"/en/d/{built.withdrawn}"):
        page = tree(client, address, 410)
        assert page.xpath("//input[@type='search']")
        assert "Borta" not in text(page)
    assert "Dokumentet är borttaget" in text(tree(client, f"/d/{built.withdrawn}", 410))
