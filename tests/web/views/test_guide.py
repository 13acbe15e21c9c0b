"""The guide shows only examples that find something in the archive at hand."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive
from archive.model.visibility import Visibility
from archive.search.examples import SWEDISH, Examples
from archive.web.factory import create_app
from tests.filled_archive import opened
from tests.search.counting import counting
from tests.web.page_tree import links, text, tree
from tests.web.web_archive import Built


@pytest.mark.parametrize("address", ["/help", "/en/help"])
def test_every_example_finds_something(client: FlaskClient, address: str) -> None:
    page = tree(client, address)
    examples = [link for link in links(page, "//main//a") if "?q=" in link]
    assert len(examples) > 8
    for example in examples:
        found = client.get(example.replace("/?q=", "/api/search?q=").replace("/en/api", "/api")).get_json()
        assert found["total_with_all_words"] > 0, example


def test_names_and_years_are_those_of_the_archive(archive: Archive, built: Built) -> None:
    examples = Examples(archive.database, archive.engine, archive.analyzer, archive.search)
    found = examples.find(SWEDISH, Visibility.PUBLIC)
    assert found["speaker"] in ("talare:Ekström", "talare:Lindqvist", "talare:Sjölin")
    assert found["years"].startswith("år:")
    assert "Holm" not in " ".join(found.values())


def test_an_empty_archive_shows_how_questions_are_written(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        page = tree(create_app(archive).test_client(), "/help")
    assert not [link for link in links(page, "//main//a") if "?q=" in link]
    assert "talare:namn" in text(page)


def test_examples_are_looked_for_once_until_something_changes(archive: Archive, built: Built) -> None:
    counted, engine, _ = counting(archive)
    client = create_app(counted).test_client()
    first, searches = client.get("/help").get_data(), engine.searches
    assert searches > 0
    assert client.get("/help").get_data() == first
    assert engine.searches == searches
    assert client.get("/en/help").get_data() != first
