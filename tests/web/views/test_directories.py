"""Lists of speakers, organisations, regions and focus areas."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.catalogue.events import directory
from archive.web.views import directories
from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import Built


def test_speakers_stand_by_surname_with_swedish_letters_last(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/p")
    assert texts(page, "//main//section//ul//a") == [
        "Maja Ekström",
        "Amy Lindqvist",
        "Jonas Sjölin",
        "Åke Öberg",
    ]
    assert texts(page, "//section/h2") == ["E", "L", "S", "Ö"]
    assert f"/p/{built.person}" in links(page, "//main//a")
    assert "2 presentationer" in texts(page, "//section[h2='E']//li")[0]


def test_organisations_stand_from_a_to_o(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/o")
    assert texts(page, "//main//section//ul//a") == [
        "Nordic Steel Institute",
        "Region Gävleborg",
        "Region Värmland",
    ]
    assert f"/o/{built.organisation}" in links(page, "//main//a")


def test_who_spoke_behind_closed_doors_is_listed_for_staff_only(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    assert "Ines Holm" not in text(tree(client, "/p"))
    assert "Ines Holm" in text(tree(staff, "/p"))
    assert "Ines Holm" not in text(tree(client, "/p"))


def test_many_names_are_shown_letter_by_letter(
    client: FlaskClient, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directories, "_NAMES_ON_ONE_PAGE", 2)
    page = tree(client, "/p")
    assert texts(page, "//main//section//ul//a") == ["Maja Ekström"]
    assert links(page, "//nav[@aria-label='Bokstäver']//a")[-1] == "?letter=%C3%96"
    page = tree(client, "/p?letter=ö")
    assert texts(page, "//main//section//ul//a") == ["Åke Öberg"]


@pytest.mark.parametrize("letter", ["X", "EE", "<b>", "%00", "1", "å"])
def test_letter_without_names_is_not_found(client: FlaskClient, built: Built, letter: str) -> None:
    tree(client, f"/p?letter={letter}", 404)


def test_regions_stand_as_a_tree_with_their_talks(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/r")
    assert texts(page, "//main/ul/li") == [
        "Sverige 2 presentationer",
        "Norra Mellansverige 2 presentationer",
        "Värmlands län 1 presentation",
    ]


def test_focus_areas_are_listed(client: FlaskClient, built: Built) -> None:
    assert f"/f/{built.focus_area}" in links(tree(client, "/f"), "//main//a")


def test_list_is_made_again_only_after_a_change(
    app: Flask, client: FlaskClient, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(client, "/r")

    def fail(*_: object) -> None:
        raise AssertionError("the list was made again")

    fail.__name__ = directory.listed_regions.__name__
    monkeypatch.setattr(directory, "listed_regions", fail)
    tree(client, "/r")
