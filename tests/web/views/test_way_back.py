"""From a slide back to the results that led to it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.page_tree import links, tree
from tests.web.web_archive import Built

_BACK = "//a[contains(., 'Tillbaka till sökresultatet')]"


def question_in(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_slide_leads_back_to_the_page_of_results_with_its_filters(client: FlaskClient, built: Built) -> None:
    results = tree(client, "/?q=industrin&year=2021&year=2022&sort=title&view=slides&only=typed")
    slide = next(one for one in links(results, "//main//ol//a") if f"/d/{built.strategy}/" in one)
    (back,) = links(tree(client, slide), _BACK)
    assert urlsplit(back).path == "/"
    assert urlsplit(back).fragment == f"d-{built.strategy}"
    assert question_in(back) == {
        "q": ["industrin"],
        "year": ["2021", "2022"],
        "sort": ["title"],
        "view": ["slides"],
        "only": ["typed"],
    }
    assert tree(client, back).xpath(f"//li[@id='d-{built.strategy}']")


def test_way_back_is_kept_from_slide_to_slide_and_overview(client: FlaskClient, built: Built) -> None:
    slide = tree(client, f"/d/{built.strategy}/3?q=kompetens&back=kind%3Ddeck%26page%3D2")
    (deck,) = links(slide, "//header[h1]//a[starts-with(@href, '/d/')]")
    for address in (*links(slide, "//a[@data-step]"), deck):
        (back,) = links(tree(client, address), _BACK)
        assert question_in(back) == {"q": ["kompetens"], "kind": ["deck"], "page": ["2"]}


def test_results_of_filters_alone_are_led_back_to(client: FlaskClient, built: Built) -> None:
    results = tree(client, "/?kind=report")
    slide = next(one for one in links(results, "//main//ol//a") if f"/d/{built.report}/" in one)
    (back,) = links(tree(client, slide), _BACK)
    assert question_in(back) == {"kind": ["report"]}


@pytest.mark.parametrize(
    "parameters", ["", "?back=page%3D3", "?back=http://example.org/", "?back=%FF%00=&&="]
)
def test_without_results_there_is_no_way_back(client: FlaskClient, built: Built, parameters: str) -> None:
    assert links(tree(client, f"/d/{built.strategy}/3{parameters}"), _BACK) == []


def test_way_back_stays_on_this_site_whatever_the_address_says(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/3?q=x&back=//example.org/%3Fevil%3D1%26kind%3D%2522%253E")
    (back,) = links(page, _BACK)
    assert back.startswith("/?q=x")
    assert "evil" not in back


def test_link_to_copy_has_the_slide_alone_and_the_question_apart(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/3?q=kompetens&back=kind%3Ddeck")
    (box,) = page.xpath("//input[@data-link]")
    assert box.get("value") == f"http://localhost/d/{built.strategy}/3"
    assert box.get("data-with-question") == f"http://localhost/d/{built.strategy}/3?q=kompetens"
    (plain,) = tree(client, f"/d/{built.strategy}/3").xpath("//input[@data-link]")
    assert plain.get("data-with-question") is None
