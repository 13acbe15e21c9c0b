import pytest
from flask.testing import FlaskClient

from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import Built


def test_events_stand_by_year_newest_first(client: FlaskClient) -> None:
    page = tree(client, "/e")
    assert texts(page, "//section/h2") == ["2022", "2021"]
    assert "2022-04-05 – 2022-04-06" in text(page)


def test_event_shows_programme_and_reports(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/e/{built.autumn}")
    assert texts(page, "//section[@aria-labelledby='programme']//h3") == [
        "Strategi för industriell omvandling i Norra Mellansverige",
        "Green steel and the power grid",
        "Avslutande samtal",
    ]
    assert texts(page, "//section[@aria-labelledby='reports']//h3") == ["Exportvärden 2021"]
    assert "https://example.org/seminarier/2021" in links(page, "//a[contains(@rel, 'noopener')]")


def test_person_and_organisation_show_their_talks(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/p/{built.person}")
    assert texts(page, "//h1") == ["Maja Ekström"]
    assert len(page.xpath("//main//ol/li[div/h3]")) == 2
    page = tree(client, f"/o/{built.organisation}")
    assert texts(page, "//h1") == ["Region Gävleborg"]
    assert len(page.xpath("//main//ol/li[div/h3]")) == 1


def test_focus_area_shows_its_events_and_talks(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/f/{built.focus_area}")
    assert texts(page, "//section[@aria-labelledby='events']//li/a/span[2]") == [
        "Hållbar industri i mellersta Sverige"
    ]
    assert len(page.xpath("//main//ol/li[div/h3]")) == 3
    assert texts(page, "//main//header/p[1]") == ["Fokusområde 2021–2022"]


def test_region_shows_talks_of_narrower_ones_and_the_way_up(client: FlaskClient) -> None:
    page = tree(client, "/r/SE31")
    assert len(page.xpath("//main//ol/li[div/h3]")) == 2
    assert links(page, "//nav[@aria-label='Du är här']//a") == ["/", "/r", "/r/SE"]
    assert texts(page, "//section[@aria-labelledby='narrower']//li") == ["Värmlands län 1 presentation"]
    assert len(tree(client, "/r/SE311").xpath("//main//ol/li[div/h3]")) == 1


@pytest.mark.parametrize("address", ["/r/SE33", "/r/XX", "/r/se31", "/e?year=1999", "/e?year=x", "/e?year=²"])
def test_region_or_year_without_talks_is_not_found(client: FlaskClient, address: str) -> None:
    tree(client, address, 404)


def test_search_is_limited_to_the_page_it_stands_on(client: FlaskClient, built: Built) -> None:
    for address, facet, value in (
        (f"/e/{built.autumn}", "event", built.autumn),
        (f"/f/{built.focus_area}", "focus_area", built.focus_area),
        (f"/p/{built.person}", "speaker", built.person),
        (f"/o/{built.organisation}", "organisation", built.organisation),
        ("/r/SE31", "region", "SE31"),
    ):
        form = tree(client, address).xpath("//main//form[@role='search']")[0]
        assert form.get("action") == "/"
        assert form.xpath(".//input[@type='hidden']/@name") == [facet]
        assert form.xpath(".//input[@type='hidden']/@value") == [value]


def test_year_can_be_chosen(client: FlaskClient) -> None:
    page = tree(client, "/e")
    assert links(page, "//nav[@aria-label='År']//a") == ["/e?year=2022", "/e?year=2021"]
    page = tree(client, "/e?year=2021")
    assert texts(page, "//section/h2") == ["2021"]
    assert texts(page, "//a[@aria-current='page']") == ["2021 1"]


def test_programme_names_speaker_role_organisation_regions_and_pictures(
    client: FlaskClient, built: Built
) -> None:
    page = tree(client, f"/e/{built.autumn}")
    first = page.xpath("//section[@aria-labelledby='programme']/ol/li")[0]
    assert "Maja Ekström, utvecklingsstrateg, Region Gävleborg" in text(first)
    assert texts(first, ".//ul[@aria-label='Regioner']/li") == ["Norra Mellansverige"]
    assert links(first, ".//a[starts-with(., 'Se ')]") == [f"/d/{built.strategy}"]
    assert "Se PPT-bilder" in text(first)
    assert "Fokusområde Framtidens industri 2021–2022" in text(page)
    report = page.xpath("//section[@aria-labelledby='reports']//li")[0]
    assert "Läs rapporten" in text(report)


def test_programme_counts_the_slides_that_the_visitor_may_see(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    for visitor in (client, staff):
        page = tree(visitor, f"/e/{built.autumn}")
        listed = texts(page, f"//p[a[@href='/d/{built.strategy}']]/span")
        overview = texts(tree(visitor, f"/d/{built.strategy}"), "//section[@aria-labelledby='slides']//h2")
        assert listed == overview
    assert listed == ["7 bilder"]


@pytest.mark.parametrize("kind", ["d", "e", "p", "o", "f", "r"])
def test_unknown_identifier_is_not_found(client: FlaskClient, kind: str) -> None:
    tree(client, f"/{kind}/aaaaaaaaaa", 404)
