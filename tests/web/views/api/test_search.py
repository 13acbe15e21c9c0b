import pytest
from flask.testing import FlaskClient

from archive.web.presenters.api.answers import ProblemAnswer
from archive.web.presenters.api.search_answers import SearchResponse
from tests.web.web_archive import STRATEGY_NAME, Built


def answer(client: FlaskClient, address: str) -> SearchResponse:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    return SearchResponse.model_validate_json(response.data)


def test_hits_name_document_page_snippet_and_addresses(client: FlaskClient, built: Built) -> None:
    found = answer(client, "/api/search?q=fossilfri")
    assert (found.total, found.total_groups) == (1, 1)
    (hit,) = found.hits
    assert (hit.document, hit.filename, hit.page) == (built.strategy, STRATEGY_NAME, 3)
    assert (hit.title, hit.speakers, hit.date) == ("Framgångsfaktorer", ("Maja Ekström",), "2021-11-24")
    assert "Fossilfri" in hit.snippet
    assert "<mark>Fossilfri</mark>" in hit.snippet_html
    assert client.get(hit.url).status_code == 200
    assert [group.talk_url for group in found.groups] == [f"/t/{built.talk}"]
    assert client.get(hit.picture).mimetype == "image/webp"
    assert client.get(hit.thumbnail).mimetype == "image/webp"


def test_same_parameters_as_the_page(client: FlaskClient, built: Built) -> None:
    found = answer(client, f"/api/search?q=industrin&event={built.autumn}&kind=deck&sort=newest&page=99")
    assert (found.total_groups, found.page, found.sort) == (2, 1, "newest")
    assert [value.value for value in found.facets["kind"] if value.chosen] == ["deck"]


def test_nothing_asked_is_everything(client: FlaskClient) -> None:
    assert answer(client, "/api/search").total == 81


@pytest.mark.parametrize("query", ["q=%ff%fe", "page=x", "sort=x", "q=((((", "q=*", "q=%22"])
def test_bad_values_are_no_errors(client: FlaskClient, query: str) -> None:
    answer(client, f"/api/search?{query}")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("year=20x", "four digits"),
        ("year=2021&year=", "four digits"),
        ("kind=film", "'deck' or 'report'"),
        ("language=fi", "'sv' or 'en'"),
        ("media_type=pdf", "application/pdf"),
        ("event=%C3%A5%20%C3%A4", "as a list has it"),
        ("speaker=" + "x" * 101, "as a list has it"),
        ("&".join(f"year={year}" for year in range(2000, 2025)), "at most 24 values"),
        ("yeer=2021", "no parameter 'yeer'"),
    ],
)
def test_filter_that_cannot_be_is_said(client: FlaskClient, query: str, words: str) -> None:
    response = client.get(f"/api/search?q=industrin&{query}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    problem = response.get_json()
    assert problem["code"] == "bad_input"
    assert words in problem["detail"]


def test_filter_that_names_nothing_is_said(client: FlaskClient, built: Built) -> None:
    for name in ("event", "speaker", "organisation", "focus_area", "region"):
        response = client.get(f"/api/search?{name}=zzzzzzzzzz")
        assert (response.status_code, response.get_json()["code"]) == (404, "unknown_value")
        assert f"'zzzzzzzzzz' stands for as '{name}'" in response.get_json()["detail"]
    for name, value in (
        ("event", built.autumn),
        ("speaker", built.person),
        ("organisation", built.organisation),
        ("focus_area", built.focus_area),
        ("region", "SE31"),
    ):
        assert answer(client, f"/api/search?{name}={value}").total > 0
    assert answer(client, "/api/search?year=1987").total == 0  # there can be such a year


def test_pages_and_feeds_go_on_where_a_filter_cannot_be(client: FlaskClient) -> None:
    for address in ("/?year=20x", "/?event=zzzzzzzzzz", "/search.atom?year=20x", "/download?kind=film"):
        assert client.get(address).status_code == 200, address


def test_unknown_address_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/api/nothing")
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    problem = ProblemAnswer.model_validate_json(response.data)
    assert (problem.status, problem.code, problem.title) == (404, "not_found", "Not Found")
    assert set(response.get_json()) == {"type", "title", "status", "code", "detail"}


def test_health_is_ok(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    body = response.get_json()
    assert body["status"] == "ok"
    assert body["index"] is True
    assert body["pending"]["render"] >= 1


def test_pending_jobs_are_told_to_the_machine_itself_alone(client: FlaskClient) -> None:
    response = client.get("/healthz", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert (response.status_code, response.get_json()["pending"]) == (200, {})


def test_what_has_all_words_is_told_from_what_has_some(client: FlaskClient) -> None:
    found = answer(client, "/api/search?q=signalteknik+kompetens")
    assert (found.total_with_all_words, found.groups_with_all_words) == (1, 1)
    assert [group.has_all_words for group in found.groups] == [True] + [False] * (found.total_groups - 1)
    all_words = {group.id for group in found.groups if group.has_all_words}
    assert all(bool(hit.missing) != (hit.group in all_words) for hit in found.hits)
