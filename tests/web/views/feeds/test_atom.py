"""Feeds as feed readers read them: of a question, of a record, of events."""

from pathlib import Path

import feedparser
from flask.testing import FlaskClient

from archive.model.visibility import Visibility
from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide
from tests.web.page_tree import tree
from tests.web.web_archive import Built


def read(client: FlaskClient, address: str) -> feedparser.FeedParserDict:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    found = feedparser.parse(response.data)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_a_feed_has_what_the_question_finds(client: FlaskClient, built: Built) -> None:
    found = read(client, "/search.atom?q=industrin")
    assert found.feed.title == "Arkivet: industrin"
    assert {entry.link for entry in found.entries} == {
        f"http://localhost/d/{one}" for one in (built.strategy, built.steel, built.railway, built.report)
    }
    strategy = next(entry for entry in found.entries if entry.link.endswith(built.strategy))
    assert strategy.id == f"http://localhost/t/{built.talk}"
    assert [author.name for author in strategy.authors] == ["Maja Ekström"]
    assert strategy.updated_parsed
    assert strategy.summary
    assert client.get(strategy.link).status_code == 200
    assert found.feed.updated == max(entry.updated for entry in found.entries)


def test_every_record_page_and_question_leads_to_its_feed(client: FlaskClient, built: Built) -> None:
    pages = {
        f"/p/{built.person}": f"/search.atom?speaker={built.person}",
        f"/o/{built.organisation}": f"/search.atom?organisation={built.organisation}",
        f"/f/{built.focus_area}": f"/search.atom?focus_area={built.focus_area}",
        "/r/SE31": "/search.atom?region=SE31",
        f"/e/{built.autumn}": f"/search.atom?event={built.autumn}",
        "/?q=industrin&year=2021&page=2": "/search.atom?q=industrin&year=2021",
        "/e": "/e/feed.atom",
        "/": "/search.atom",
        "/en/?q=industrin": "/en/search.atom?q=industrin",
    }
    for page, wanted in pages.items():
        (found,) = tree(client, page).xpath("//link[@type='application/atom+xml']/@href")
        assert found == wanted
        assert read(client, found).entries


def test_feed_of_events_has_the_newest_first(client: FlaskClient, built: Built) -> None:
    found = read(client, "/e/feed.atom")
    assert [entry.id for entry in found.entries] == [
        f"http://localhost/e/{one}" for one in (built.spring, built.autumn)
    ]


def test_an_entry_is_the_same_in_both_languages_and_leads_to_either(
    client: FlaskClient, built: Built
) -> None:
    swedish, english = (read(client, f"{prefix}/search.atom?q=fossilfri") for prefix in ("", "/en"))
    assert [entry.id for entry in swedish.entries] == [entry.id for entry in english.entries]
    assert english.entries[0].link == f"http://localhost/en/d/{built.strategy}"
    assert english.feed.language == "en"


def test_an_unchanged_feed_is_not_sent_again(client: FlaskClient, built: Built) -> None:
    for address in ("/search.atom?q=industrin", "/e/feed.atom", "/sitemap.xml", "/e/calendar.ics"):
        known = {"If-None-Match": client.get(address).headers["ETag"]}
        assert client.get(address, headers=known).status_code == 304


def test_feeds_of_everybody_tell_nothing_of_what_is_closed(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    for address in (
        "/search.atom",
        "/e/feed.atom",
        "/search.atom?q=varslet",
        "/e/calendar.ics",
        "/sitemap.xml",
    ):
        told = client.get(address).text
        assert built.board not in told
        assert "interna genomgång" not in told
    assert built.board in staff.get("/search.atom").text
    assert built.board not in staff.get("/sitemap.xml").text


def test_an_entry_keeps_its_id_over_edits_and_new_versions_and_words_that_xml_cannot_have(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as archive:
        add(archive, "kol", slide("Kol \x0b <b>&", "stål \x00 \ufffe gruva"))
        archive.indexer.catch_up()
        client = create_app(archive).test_client()
        (before,) = read(client, "/search.atom").entries
        add(archive, "kol", slide("Malm", "gruva"), data="second")
        archive.indexer.catch_up()
        (after,) = read(client, "/search.atom?q=gruva").entries
        assert after.id == before.id
        assert after.updated_parsed >= before.updated_parsed
        add(archive, "slutet", slide("Slutet"), visibility=Visibility.MEMBERS)
        archive.indexer.catch_up()
        assert len(read(client, "/search.atom").entries) == 1
