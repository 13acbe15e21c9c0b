import pytest
from flask.testing import FlaskClient

from archive.analysis.collation import swedish_sort_key
from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import Built

LABELS = "//main//ul/li/a/span[not(@aria-hidden)][1]"


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
