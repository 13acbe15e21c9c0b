"""Pages about the site itself, and what search engines are told."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.web.factory import create_app
from tests.web.page_tree import links, text, texts, tree

PAGES = ["/about", "/accessibility", "/privacy"]


@pytest.mark.parametrize("address", PAGES)
def test_page_is_there_in_both_languages_and_linked_from_every_page(
    client: FlaskClient, address: str
) -> None:
    swedish, english = tree(client, address), tree(client, f"/en{address}")
    assert texts(swedish, "//h1") != texts(english, "//h1")
    assert len(texts(swedish, "//h2")) == len(texts(english, "//h2")) > 2
    assert address in links(tree(client, "/"), "//footer//a")


def test_statement_has_the_parts_of_the_model(client: FlaskClient) -> None:
    page = tree(client, "/accessibility")
    assert texts(page, "//h1") == ["Tillgänglighetsredogörelse för Arkivet"]
    for part in ("delvis förenlig", "Rapportera brister", "Digg", "WCAG 2.2", "2026-"):
        assert part in text(page), part


def test_contact_and_publisher_are_those_of_the_settings(archive: Archive) -> None:
    web = archive.settings.web.model_copy(update={"contact": "info@example.org", "publisher": "Föreningen"})
    settings = archive.settings.model_copy(update={"web": web})
    own = create_app(replace(archive, settings=settings)).test_client()
    for address in PAGES:
        assert "mailto:info@example.org" in links(tree(own, address), "//main//a")
    assert "Föreningen står bakom" in text(tree(own, "/accessibility"))


def test_robots_are_kept_from_endless_lists_and_originals(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.mimetype == "text/plain"
    assert "Disallow: /filter/" in response.get_data(as_text=True)
