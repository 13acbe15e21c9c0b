"""Lists of speakers, organisations, regions and focus areas."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.analysis.collation import swedish_sort_key
from archive.catalogue.events import directory
from archive.web.views import directories
from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import Built

LABELS = "//main//ul/li/a/span[not(@aria-hidden)][1]"


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
    monkeypatch.setattr(directories, "NAMES_ON_ONE_PAGE", 2)
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


def test_all_values_of_a_facet_narrow_the_question(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/filter/event?q=industrin&sort=title")
    assert sorted(texts(page, LABELS)) == ["Hållbar industri i mellersta Sverige", "Transporter och klimat"]
    assert f"/?q=industrin&event={built.spring}&sort=title" in links(page, "//main//ul/li/a")


def test_values_with_equal_counts_stand_from_a_to_o(client: FlaskClient) -> None:
    page = tree(client, "/filter/speaker")
    counted = zip(texts(page, LABELS), texts(page, "//main//ul/li/a/span[not(@aria-hidden)][2]"), strict=True)
    listed = [(-int(count), swedish_sort_key(name)) for name, count in counted]
    assert len(listed) > 2
    assert listed == sorted(listed)


def test_values_are_found_by_a_part_of_their_name(client: FlaskClient) -> None:
    page = tree(client, "/filter/event?q=industrin&find=KLIMAT+transport")
    assert texts(page, LABELS) == ["Transporter och klimat"]
    assert page.xpath("//input[@name='find']/@value") == ["KLIMAT transport"]


def test_search_among_values_keeps_the_question(client: FlaskClient) -> None:
    page = tree(client, "/filter/speaker?q=industrin&year=2021&view=slides&page=3")
    hidden = page.xpath("//form[contains(@action, '/filter/')]//input[@type='hidden']")
    kept = [(one.get("name"), one.get("value")) for one in hidden]
    assert kept == [("q", "industrin"), ("year", "2021"), ("view", "slides")]


def test_nothing_found_among_the_values_is_said(client: FlaskClient) -> None:
    page = tree(client, "/filter/speaker?q=industrin&find=%00xyzzy")
    assert "Inget i listan" in text(page)


def test_chosen_value_leads_back_out(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/filter/event?q=industrin&event={built.spring}")
    assert links(page, "//a[@aria-current='true']") == ["/?q=industrin"]


@pytest.mark.parametrize("name", ["document", "xyzzy", "%00", "..%2f"])
def test_unknown_facet_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/filter/{name}").status_code == 404


def test_names_of_what_the_visitor_may_not_see_are_not_listed(
    client: FlaskClient, staff: FlaskClient
) -> None:
    assert "Ines Holm" not in texts(tree(client, "/filter/speaker"), LABELS)
    assert "Ines Holm" in texts(tree(staff, "/filter/speaker"), LABELS)
