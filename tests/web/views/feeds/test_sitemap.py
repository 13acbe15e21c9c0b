"""The sitemap, and the search box for browsers, read as XML."""

from dataclasses import replace
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from lxml import etree

from archive.app import Archive
from archive.web.factory import create_app
from archive.web.views.feeds import sitemap
from tests.web.page_tree import tree
from tests.web.web_archive import Built

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "o": "http://a9.com/-/spec/opensearch/1.1/"}


def xml(client: FlaskClient, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    return etree.fromstring(response.data)


def test_the_sitemap_has_every_page_that_everybody_may_see(client: FlaskClient, built: Built) -> None:
    found = xml(client, "/sitemap.xml")
    addresses = found.xpath("//s:loc/text()", namespaces=NAMES)
    assert len(addresses) == len(set(addresses))
    paths = {address.removeprefix("http://localhost") for address in addresses}
    wanted = {f"/d/{built.strategy}", f"/e/{built.autumn}", f"/p/{built.person}", f"/o/{built.organisation}"}
    assert wanted | {"/", f"/f/{built.focus_area}", "/r/SE31", f"/d/{built.report}"} <= paths
    assert not {f"/d/{built.board}", f"/d/{built.withdrawn}"} & paths
    for path in paths:
        assert client.get(path).status_code == 200
    dates = found.xpath("//s:url[contains(s:loc, '/d/')]/s:lastmod/text()", namespaces=NAMES)
    assert len(dates) == len([path for path in paths if path.startswith("/d/")])
    assert all(datetime.fromisoformat(one).tzinfo for one in dates)


def test_a_long_sitemap_is_in_parts(
    client: FlaskClient, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = xml(client, "/sitemap.xml").xpath("//s:loc/text()", namespaces=NAMES)
    monkeypatch.setattr(sitemap, "ADDRESSES_MAX", 10)
    parts = xml(client, "/sitemap.xml").xpath("//s:sitemap/s:loc/text()", namespaces=NAMES)
    listed = [
        xml(client, part.removeprefix("http://localhost")).xpath("//s:url/s:loc/text()", namespaces=NAMES)
        for part in parts
    ]
    assert max(map(len, listed)) == 10
    assert [one for part in listed for one in part] == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_robots_are_told_of_the_sitemap(client: FlaskClient) -> None:
    assert "\nSitemap: http://localhost/sitemap.xml\n" in client.get("/robots.txt").text


def test_browsers_are_told_of_the_search_box(client: FlaskClient, built: Built) -> None:
    (address,) = tree(client, "/").xpath("//link[@rel='search']/@href")
    found = xml(client, address)
    (short,) = found.xpath("//o:ShortName/text()", namespaces=NAMES)
    assert 0 < len(short) <= 16
    templates = found.xpath("//o:Url[contains(@template, 'searchTerms')]/@template", namespaces=NAMES)
    assert len(templates) == 2
    for template in templates:
        asked = template.removeprefix("http://localhost").replace("{searchTerms}", "fossilfri")
        assert built.strategy in client.get(asked).text


@pytest.mark.parametrize(
    "name", ["Seminariearkivet", "Seminariearkivet 1", "Föreningens seminariearkiv " * 3]
)
def test_name_of_the_search_box_is_as_short_as_browsers_want_it(archive: Archive, name: str) -> None:
    web = archive.settings.web.model_copy(update={"site_name": name})
    client = create_app(
        replace(archive, settings=archive.settings.model_copy(update={"web": web}))
    ).test_client()
    found = xml(client, "/opensearch.xml")
    (short,) = found.xpath("//o:ShortName/text()", namespaces=NAMES)
    (long,) = found.xpath("//o:LongName/text()", namespaces=NAMES)
    assert (len(short), len(long)) == (min(len(name), 16), min(len(name), 48))
