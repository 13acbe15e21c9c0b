import pytest
from flask.testing import FlaskClient

from .building import Built
from .reading import links, text, texts, tree


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
    assert len(page.xpath("//ol[@class='talks']/li")) == 2
    assert f"/?speaker={built.person}" in links(page, "//header//a")
    page = tree(client, f"/o/{built.organisation}")
    assert texts(page, "//h1") == ["Region Gävleborg"]
    assert len(page.xpath("//ol[@class='talks']/li")) == 1


def test_focus_area_shows_its_events(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/f/{built.focus_area}")
    assert texts(page, "//span[@class='event-title']") == ["Hållbar industri i mellersta Sverige"]


@pytest.mark.parametrize("kind", ["d", "e", "p", "o", "f"])
def test_unknown_identifier_is_not_found(client: FlaskClient, kind: str) -> None:
    tree(client, f"/{kind}/aaaaaaaaaa", 404)
