"""What all answers below /api/ have in common: kept copies, other sites' scripts, bounds, tokens."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.app import Archive
from archive.web.factory import create_app
from tests.web.conftest import Client
from tests.web.web_archive import Built

FAR_AWAY = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def bounded(archive: Archive, built: Built) -> Flask:
    """An application that answers three questions in a minute."""
    web = archive.settings.web.model_copy(update={"api_requests_per_minute": 3})
    settings = archive.settings.model_copy(update={"web": web})
    application = create_app(replace(archive, settings=settings))
    application.test_client_class = Client
    return application


@pytest.mark.parametrize("address", ["/api/events", "/api/search?q=industrin", "/api/openapi.json"])
def test_an_unchanged_answer_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    second = client.get(address, headers=known)
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert "Authorization" in first.headers["Vary"]
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["ETag"] != first.headers["ETag"] or "Content-Encoding" not in packed.headers


def test_more_than_the_bound_is_refused_and_says_how_long_to_wait(bounded: Flask) -> None:
    client = bounded.test_client()
    left = [client.get("/api/events", environ_overrides=FAR_AWAY) for _ in range(3)]
    assert [answer.status_code for answer in left] == [200] * 3
    assert [answer.headers["RateLimit"].split(";")[1] for answer in left] == ["r=2", "r=1", "r=0"]
    assert left[0].headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    refused = client.get("/api/events", environ_overrides=FAR_AWAY)
    assert (refused.status_code, refused.get_json()["code"]) == (429, "too_many")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    other = client.get("/api/events", environ_overrides={"REMOTE_ADDR": "203.0.113.10"})
    assert other.status_code == 200
    assert client.get("/", environ_overrides=FAR_AWAY).status_code == 200


def test_the_machine_itself_is_not_counted(bounded: Flask) -> None:
    client = bounded.test_client()
    answers = [client.get("/api/events") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


def test_a_wrong_token_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/api/events", headers={"Authorization": "Bearer archive_wrong"})
    assert (response.status_code, response.get_json()["code"]) == (401, "bad_token")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
