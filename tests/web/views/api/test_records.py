"""All records as JSON: what pages show, to whom they show it, with whole addresses."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.views.api.walking import answer, walked
from tests.web.web_archive import STRATEGY_NAME, Built

LISTS = (
    "/api/focus-areas",
    "/api/events",
    "/api/talks",
    "/api/people",
    "/api/organisations",
    "/api/regions",
    "/api/documents",
    "/api/pages",
)


@pytest.mark.parametrize("address", LISTS)
def test_slices_of_one_make_the_list_and_each_record_has_an_address(
    client: FlaskClient, built: Built, address: str
) -> None:
    whole = walked(client, f"{address}?limit=100")
    assert len(whole) > 1 or address == "/api/focus-areas"
    assert walked(client, f"{address}?limit=1") == whole
    for record in whole:
        assert record["api_url"].startswith("http://localhost/api/")
        assert answer(client, record["api_url"]).items() >= record.items()
        assert client.get(record["url"]).status_code == 200


def test_an_event_leads_to_its_talks_documents_and_calendar(client: FlaskClient, built: Built) -> None:
    event = answer(client, f"/api/events/{built.autumn}")
    assert (event["title"], event["starts"], event["place"]) == (
        "Hållbar industri i mellersta Sverige",
        "2021-11-24",
        "Fagersta",
    )
    assert [area["id"] for area in event["focus_areas"]] == [built.focus_area]
    talks = walked(client, event["talks_url"])
    assert {talk["event"]["id"] for talk in talks} == {built.autumn}
    documents = walked(client, event["documents_url"])
    assert {one["id"] for one in documents} == {built.strategy, built.steel, built.report}
    assert client.get(event["calendar_url"]).mimetype == "text/calendar"


def test_a_talk_tells_who_spoke_for_whom_and_about_where(client: FlaskClient, built: Built) -> None:
    (talk,) = [one for one in walked(client, f"/api/talks?person={built.person}") if one["documents"]]
    (part,) = talk["contributions"]
    assert (part["name"], part["role"], part["organisation_name"]) == (
        "Maja Ekström",
        "utvecklingsstrateg",
        "Region Gävleborg",
    )
    assert part["organisation"]["id"] == built.organisation
    assert [region["id"] for region in talk["regions"]] == ["SE31"]
    assert talk["documents"][0]["id"] == built.strategy
    assert talk["url"] == f"http://localhost/t/{built.talk}"
    assert answer(client, f"/api/documents/{built.strategy}")["talk"]["url"] == talk["url"]
    for wanted in (f"organisation={built.organisation}", "region=SE31", f"focus_area={built.focus_area}"):
        assert talk["id"] in {one["id"] for one in walked(client, f"/api/talks?{wanted}")}
    assert talk["id"] in {one["id"] for one in walked(client, "/api/talks?region=SE")}
    assert walked(client, "/api/talks?region=SE11") == []


@pytest.mark.parametrize(
    "asked",
    [
        *(f"talks?{name}" for name in ("event", "person", "organisation", "focus_area", "region")),
        "events?focus_area",
        "documents?talk",
        "documents?event",
    ],
)
def test_list_of_what_is_not_there_is_not_found(client: FlaskClient, asked: str) -> None:
    response = client.get(f"/api/{asked}=zzzzzzzzzz")
    assert (response.status_code, response.get_json()["code"]) == (404, "not_found")


def test_a_document_tells_what_it_is_and_what_may_be_downloaded(client: FlaskClient, built: Built) -> None:
    document = answer(client, f"/api/documents/{built.strategy}")
    assert (document["filename"], document["kind"], document["page_count"]) == (STRATEGY_NAME, "deck", 6)
    assert document["speakers"] == ["Maja Ekström"]
    assert document["original_url"] == ""
    report = answer(client, f"/api/documents/{built.report}")
    assert (report["kind"], report["publisher"], report["year"]) == ("report", "Handelskammaren Mitt", 2021)
    assert {one["id"] for one in walked(client, "/api/documents?kind=report")} == {built.report}


def test_a_page_has_its_words_by_field_and_where_they_are(client: FlaskClient, built: Built) -> None:
    page = answer(client, f"/api/documents/{built.strategy}/pages/3")
    assert page["title"] == "Framgångsfaktorer"
    assert {"title", "body"} <= {block["field"] for block in page["blocks"]}
    assert any("Fossilfri" in block["text"] for block in page["blocks"])
    assert page["words"]
    assert all(word["width"] > 0 and 0 <= word["x"] < page["width_pt"] for word in page["words"])
    assert client.get(page["picture_url"]).mimetype == "image/webp"
    table = answer(client, f"/api/documents/{built.strategy}/pages/5")
    assert any(len(block["rows"]) > 1 for block in table["blocks"])


def test_hidden_slides_notes_and_closed_records_are_for_staff(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    numbers = [page["number"] for page in walked(client, f"/api/documents/{built.strategy}/pages?limit=2")]
    assert numbers == [1, 2, 3, 5, 6, 7]
    assert client.get(f"/api/documents/{built.strategy}/pages/4").status_code == 404
    assert answer(staff, f"/api/documents/{built.strategy}/pages/4")["is_hidden"] is True
    fields = {
        name: {block["field"] for block in answer(one, f"/api/documents/{built.strategy}/pages/2")["blocks"]}
        for name, one in (("all", client), ("staff", staff))
    }
    assert fields["staff"] - fields["all"] == {"notes"}
    shown, seen_by_staff = (
        {one["id"] for one in walked(who, "/api/documents?limit=2")} for who in (client, staff)
    )
    assert seen_by_staff - shown == {built.board}
    assert built.withdrawn not in seen_by_staff


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/nothing", 404, "not_found"),
        ("/api/documents/zzzzzzzzzz", 404, "not_found"),
        ("/api/documents/{withdrawn}", 410, "gone"),
        ("/api/documents/{withdrawn}/pages", 410, "gone"),
        ("/api/documents/{strategy}/pages/99999999999999999999", 404, "not_found"),
        ("/api/documents/{strategy}/versions/9", 404, "not_found"),
        ("/api/events?limit=0", 400, "bad_input"),
        ("/api/events?limit=101", 400, "bad_input"),
        ("/api/events?limit=x", 400, "bad_input"),
        ("/api/events?year=20000", 400, "bad_input"),
        ("/api/documents?kind=film", 400, "bad_input"),
        ("/api/events?yeer=2021", 400, "bad_input"),
        ("/api/talks?event=", 400, "bad_input"),
        ("/api/documents?talk=&limit=2", 400, "bad_input"),
        ("/api/events?cursor=abc", 400, "bad_cursor"),
        ("/api/events?cursor=%C3%A5", 400, "bad_cursor"),
        ("/api/regions/SE99", 404, "not_found"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_with_a_code(
    client: FlaskClient, built: Built, address: str, status: int, code: str
) -> None:
    response = client.get(address.format(withdrawn=built.withdrawn, strategy=built.strategy))
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    problem = response.get_json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]


def test_a_parameter_that_a_route_does_not_have_is_refused_with_those_that_it_has(
    client: FlaskClient, built: Built
) -> None:
    document = client.get("/api/openapi.json").get_json(force=True)
    routes = {path: one["get"] for path, one in document["paths"].items() if path.startswith("/api/")}
    assert len(routes) > 15
    for path, operation in routes.items():
        there = sorted(one["name"] for one in operation["parameters"] if one["in"] == "query")
        response = client.get(re.sub(r"\{\w+\}", "1", path) + "?yeer=2021")
        assert (response.status_code, response.mimetype) == (400, "application/problem+json"), path
        said = f"There are {', '.join(there)}." if there else "This address has none."
        assert response.get_json()["detail"] == f"There is no parameter 'yeer' here. {said}"
    assert client.get(f"/api/talks/{built.talk}").status_code == 200
    assert client.get(f"/api/talks/{built.talk}?event={built.autumn}").status_code == 400


def test_feeds_and_the_look_at_health_let_any_parameter_pass(client: FlaskClient) -> None:
    for address in ("/healthz", "/search.atom", "/events.ics", "/sitemap.xml", "/suggest"):
        expected = client.get(address).status_code
        assert client.get(f"{address}?utm_source=x").status_code == expected


def test_a_cursor_of_another_list_or_a_damaged_one_is_refused(client: FlaskClient, built: Built) -> None:
    (cursor,) = answer(client, "/api/documents?limit=1")["next"].split("cursor=")[1:]
    assert client.get(f"/api/documents?cursor={cursor}").status_code == 200
    for damaged in (cursor[:-1], cursor[1:], f"{cursor}A", cursor.swapcase(), f"{cursor[:9]}.{cursor[9:]}"):
        assert client.get(f"/api/documents?cursor={damaged}").get_json()["code"] == "bad_cursor"
    for other in ("/api/talks", "/api/pages", f"/api/documents/{built.strategy}/pages"):
        assert client.get(f"{other}?cursor={cursor}").get_json()["code"] == "bad_cursor"


def test_other_methods_are_refused_as_problems(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        response = client.open("/api/events", method=method)
        assert (response.status_code, response.get_json()["code"]) == (405, "bad_method")
        assert response.headers["Allow"] == "GET, HEAD"


def test_english_addresses_stay_english(client: FlaskClient, built: Built) -> None:
    event = answer(client, f"/en/api/events/{built.autumn}")
    assert event["url"] == f"http://localhost/en/e/{built.autumn}"
    assert event["api_url"] == f"http://localhost/en/api/events/{built.autumn}"
